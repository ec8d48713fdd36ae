#!/usr/bin/env bash
# Runs every benchmark: instructions, times, thread pools, compile times, the plugin's overhead,
# disassembly, type-erased streams, coroutine I/O. usage: run.sh BUILD
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
build=${1:-build/release}
clang=clang++-22
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cpu_time() { python3 bench/cpu_time.py "$@"; }
# The compiler cache would measure itself.
export CCACHE_DISABLE=1

echo "machine: $(nproc) x $(sed -n 's/^model name[^:]*: //p' /proc/cpuinfo | head -1), $($clang --version | head -1)"
echo
echo "1. Executed instructions against the hand-written twin"
python3 bench/count_instructions.py "$build/bin/instruction_counts"
echo
echo "2. Time of the same (Google Benchmark, median of 5)"
"$build/bin/execution_bench" --benchmark_repetitions=5 --benchmark_report_aggregates_only=true --benchmark_min_time=0.1 2> /dev/null |
  grep -E '_median|Benchmark '
echo
echo "3. Thread pools: the same tasks on two threads (Google Benchmark, median of 5)"
"$build/bin/thread_pool_bench" --benchmark_repetitions=5 --benchmark_report_aggregates_only=true --benchmark_min_time=0.1 2> /dev/null |
  grep -E '_median|Benchmark '
echo
echo "4. Compile time (user + system seconds, median of 5, -O2) and bytes of code"
python3 bench/compile_costs.py "$clang"
flags="-std=c++20 -Iinclude"
echo
echo "5. The plugin's overhead on op4 (alternating runs)"
cpu_time --runs 15 "without=$clang $flags -O2 -DNDEBUG -c examples/op4.cpp -o $work/a.o" \
  "with SnugPlugin.so=$clang $flags -O2 -DNDEBUG -fplugin=$build/lib/SnugPlugin.so -c examples/op4.cpp -o $work/b.o"
echo
library=$(ls /usr/lib/llvm-22/lib/libclang-cpp.so.22* | head -1)
echo "6. Machine code of $(basename "$library") ($(($(stat -Lc %s "$library") >> 20)) MiB)"
python3 bench/machine_code.py --snug="$build/bin/snug" --objdump=/usr/lib/llvm-22/bin/llvm-objdump --threads \
  --function=_ZN5clang4Sema16BuildCXXThisExprENS_14SourceLocationENS_8QualTypeEb "$library"
echo
echo "7. Type-erased streams: executed instructions per read"
python3 bench/count_any_streams.py "$build/bin/any_streams_counts"
echo
echo "8. Time of the same: a thousand reads, and one with the tables in the cache and out of it (Google Benchmark, median of 5)"
"$build/bin/any_streams_bench" --benchmark_repetitions=5 --benchmark_report_aggregates_only=true --benchmark_min_time=0.1 2> /dev/null |
  grep -E '_median|Benchmark '
echo
echo "9. Coroutine I/O: executed instructions per I/O of a stream that does nothing, from launch to completion"
python3 bench/count_io.py "$build/bin/io_counts"
echo
echo "10. Time of the same, and messages over loopback (Google Benchmark, median of 5)"
"$build/bin/io_bench" --benchmark_repetitions=5 --benchmark_report_aggregates_only=true --benchmark_min_time=0.05 2> /dev/null |
  grep -E '_median|Benchmark '
echo
echo "11. Memory of an idle connection"
"$build/bin/idle_connections"
echo
echo "12. The page of snug report for 2,000 types, in headless Chromium (least of 5)"
if command -v chromium > /dev/null; then
  python3 lit-tests/tool/report/Inputs/many_types.py 2000 > "$work/many.cpp"
  "$build/bin/snug" report "$work/many.cpp" -o "$work/many.html" -- -std=c++20 2> /dev/null
  python3 lit-tests/tool/report/Inputs/open_page.py "$work/many.html" --time
else
  echo "skipped: not installed: chromium"
fi
echo
echo "13. Facts: bytes in objects, instructions of the compile (callgrind)"
python3 bench/facts_cost.py --clang /usr/lib/llvm-22/bin/clang++ --readelf llvm-readelf-22 --plugin "$build/lib/SnugPlugin.so" \
  examples/op4.cpp examples/expectations.cpp lib/io/resolver.cpp examples/io/echo.cpp
echo
echo "14. Merging the objects of a simulated fleet"
python3 bench/fleet.py "$build/bin/snug"
