#!/usr/bin/env bash
# The main job in under a minute: P3425's example in both forms, verified end to end. usage: demo.sh BUILD
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."
build=${1:-build/release}
snug=$build/bin/snug
clang=clang++-22
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

title() { printf '\n\033[1m%s\033[0m\n' "$1"; printf '%.0s─' {1..79}; echo; }
show() { printf '\033[2m$ %s\033[0m\n' "$1"; }
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
show "snug layout examples/op4.cpp --type='op4_state' -- -DSNUG_STORE_RECEIVERS=1"
"$snug" layout examples/op4.cpp --type='^op4_state$' -- -std=c++20 -Iinclude -DSNUG_STORE_RECEIVERS=1 | fit
show "snug layout examples/op4.cpp --type='op4_state'"
"$snug" layout examples/op4.cpp --type='^op4_state$' -- -std=c++20 -Iinclude | fit

title "3. Its machine code, stored receivers against inlined ones"
for function in 'make_op\(' 'void start_op<'; do
  show "snug asm --diff stored.o inlined.o --function='^$function'"
  "$snug" asm --diff "$work/op4.1.o" "$work/op4.0.o" --function="^$function" | fit
  echo
done

title "4. The shortcut that is undefined: the parent's address by offsetof"
show "clang++ -fplugin=SnugPlugin.so examples/diagnostics/offsetof_form.cpp"
$clang -std=c++20 -Iinclude -fsyntax-only -Wno-invalid-offsetof -fplugin="$build/lib/SnugPlugin.so" \
  examples/diagnostics/offsetof_form.cpp 2>&1 | fit

title "5. Code that is not ours: Boost.Intrusive and Boost.Asio"
show "snug check --include-system-headers --checks='stored-back-pointer,container-of-*' …/third_party.cpp"
allow_findings "$snug" check --include-system-headers --checks='stored-back-pointer,container-of-*' examples/diagnostics/third_party.cpp -- -std=c++20 2>&1 | fit

title "Try next"
cat <<TEXT
  $snug check your.cpp -- -std=c++20 -Iyour/include
  $snug layout your.cpp --type='your::operation'
  $snug asm your.o --function=your_hot_path
  $clang -std=c++20 -fplugin=$build/lib/SnugPlugin.so -c your.cpp
State what must stay: struct SNUG(size(24), back_pointers(0)) your_op { … };
TEXT
