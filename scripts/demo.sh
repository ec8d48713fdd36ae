#!/usr/bin/env bash
# The main job in under a minute: P3425's example in both forms, verified end to end. usage: demo.sh BUILD
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
build=${1:-build/release}
snug=$build/bin/snug
clang=clang++-22
here=${build#"$PWD"/}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

title() { printf '\n\033[1m%s\033[0m\n' "$1"; printf '%.0s─' {1..79}; echo; }
# A command as it can be typed; a second argument goes on in a second line.
show() { printf '\033[2m$ %s%s\033[0m\n' "$1" "${2:+ \\
    $2}"; }
# For 80 columns: messages are wrapped, everything else is cut.
fit() {
  PYTHONIOENCODING=utf-8 python3 -c '
import re, sys, textwrap
for line in sys.stdin:
    line = line.rstrip("\n")
    if re.search(r": (error|warning|note): ", line):
        print(textwrap.fill(line, 80, subsequent_indent="    ", break_long_words=False, break_on_hyphens=False))
    else:
        print(line if len(line) <= 80 else line[:79] + "…")'
}
# Long jobs behind a pipe must not pretend that they succeeded, and findings are no failure here.
allow_findings() { "$@" || [ $? -eq 1 ]; }

for mode in 0 1; do
  $clang -std=c++20 -O2 -DNDEBUG -DSNUG_STORE_RECEIVERS=$mode -Iinclude -c examples/op4.cpp -o "$work/op4.$mode.o"
done

title "1. The claims, and what our own tools measure"
python3 scripts/claims.py --print op4-size op4-make-op op4-start-op when-all-tree-back-pointers when-all-tree-size stop-token-query then-chains

title "2. One operation state, two layouts: just | then | then | then | then"
show "snug layout examples/op4.cpp --type=op4_state" "-- -std=c++20 -Iinclude -DSNUG_STORE_RECEIVERS=1"
"$snug" layout examples/op4.cpp --type=op4_state -- -std=c++20 -Iinclude -DSNUG_STORE_RECEIVERS=1 | fit
show "snug layout examples/op4.cpp --type=op4_state -- -std=c++20 -Iinclude"
"$snug" layout examples/op4.cpp --type=op4_state -- -std=c++20 -Iinclude | fit

title "3. Its machine code, stored receivers against inlined ones"
for function in 'make_op\(' 'void start_op<'; do
  show "snug asm --diff stored.o inlined.o --function='^$function'"
  "$snug" asm --diff "$work/op4.1.o" "$work/op4.0.o" --function="^$function" | fit
  echo
done

title "4. The shortcut that is undefined: the parent's address by offsetof"
show "clang++-22 -std=c++20 -Iinclude -fplugin=$here/lib/SnugPlugin.so" \
  "-fsyntax-only -Wno-invalid-offsetof examples/diagnostics/offsetof_form.cpp"
$clang -std=c++20 -Iinclude -fsyntax-only -Wno-invalid-offsetof -fplugin="$build/lib/SnugPlugin.so" \
  examples/diagnostics/offsetof_form.cpp 2>&1 | fit

title "5. Code that is not ours: Boost.Intrusive, LLVM"
show "snug check --include-system-headers --checks='stored-*,container-*'" \
  "examples/diagnostics/third_party.cpp"
allow_findings "$snug" check --include-system-headers --checks='stored-*,container-*' \
  examples/diagnostics/third_party.cpp 2>&1 | fit

show "snug check --include-system-headers examples/diagnostics/llvm_stream.cpp" \
  "--checks='stored-*' -- -std=c++20 -isystem /usr/lib/llvm-22/include"
allow_findings "$snug" check --include-system-headers --checks='stored-*' examples/diagnostics/llvm_stream.cpp \
  -- -std=c++20 -isystem /usr/lib/llvm-22/include 2>&1 | sed -n '1,/could be/p' | fit

title "Try next"
cat <<TEXT
  $here/bin/snug check your.cpp -- -std=c++20 -Iyour/include
  $here/bin/snug layout your.cpp --type='your::operation'
  $here/bin/snug asm your.o --function=your_hot_path
  $clang -std=c++20 -fplugin=$here/lib/SnugPlugin.so -c your.cpp
State what must stay: struct SNUG(size(24), back_pointers(0)) your_op { … };
TEXT
