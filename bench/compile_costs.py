#!/usr/bin/env python3
"""Prints what each pipeline costs to compile (user + system seconds, the median of several runs) and its bytes of code.

usage: compile_costs.py CLANG [--runs=N | --check]
Beside the goals: half of the time, and no more code than the best of stdexec, beman.execution, squiz and libunifex, as measured in
November 2026 on another machine. Times compare across machines by the empty file alone, so read them together with its line.
`--check` takes no times: it fails where a pipeline leaves more code than its goal.
SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""
import os
import pathlib
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent
# name, expression, goal in seconds, goal in bytes
CASES = [
    ("op4", "op4(v[0], v[1], v[2], v[3], v[4])", 0.89, 123),
    ("chain8", "chain<8>(v)", 1.01, 162),
    ("chain32", "chain<32>(v)", 1.51, 442),
    ("wa_loop", "two_branches(loop.get_scheduler(), v)", 1.10, 419),
    ("wa_inline", "two_branches(ex::inline_scheduler(), v)", 1.05, 340),
    ("let3", "let3(v)", 1.25, 289),
    ("when_all8", "all_just<8>(v)", 1.18, 941),
]


def cpu_seconds(command):
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    if done.returncode:
        sys.exit(f"compile_costs: {' '.join(command)}\nfailed:\n{done.stderr[:2000]}")
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def median(command, runs):
    cpu_seconds(command)  # warms the page cache
    return statistics.median(cpu_seconds(command) for _ in range(runs))


def text_bytes(path):
    """All code of an object, whatever the names of its sections."""
    done = subprocess.run(["size", "-A", "-d", path], stdout=subprocess.PIPE, text=True, check=True)
    return sum(int(line.split()[1]) for line in done.stdout.splitlines() if line.startswith(".text"))


def compile_command(flags, pipeline, target):
    return [*flags, f"-DSNUG_PIPELINE={pipeline}", "-c", str(ROOT / "bench" / "compile_case.cpp"), "-o", target]


def check(flags, target):
    above = 0
    for name, pipeline, _, goal in CASES:
        cpu_seconds(compile_command(flags, pipeline, target))
        size = text_bytes(target)
        print(f"  {name:12} {size:6} bytes of code, goal {goal}")
        above += size > goal
    return 1 if above else 0


def main():
    clang = sys.argv[1]
    runs = next((int(a.removeprefix("--runs=")) for a in sys.argv if a.startswith("--runs=")), 5)
    if not shutil.which(clang):
        sys.exit(f"compile_costs: there is no '{clang}'")
    os.environ["CCACHE_DISABLE"] = "1"
    flags = [clang, "-std=c++20", "-O2", "-DNDEBUG", f"-I{ROOT / 'include'}"]
    with tempfile.TemporaryDirectory() as folder:
        if "--check" in sys.argv:
            return check(flags, f"{folder}/out.o")
        empty, umbrella, target = f"{folder}/empty.cpp", f"{folder}/umbrella.cpp", f"{folder}/out.o"
        pathlib.Path(empty).touch()
        pathlib.Path(umbrella).write_text("#include <snug/execution.hpp>\n")
        print(f"  {'':12} {'seconds':>8} {'goal':>6}   {'.text':>6} {'goal':>5}")
        print(f"  {'empty file':12} {median([*flags, '-fsyntax-only', empty], runs):8.3f}")
        print(f"  {'umbrella':12} {median([*flags, '-fsyntax-only', umbrella], runs):8.3f} {0.85:6.2f}")
        for name, pipeline, seconds, size in CASES:
            command = compile_command(flags, pipeline, target)
            print(f"  {name:12} {median(command, runs):8.3f} {seconds:6.2f}   {text_bytes(target):6} {size:5}")


if __name__ == "__main__":
    sys.exit(main())
