#!/usr/bin/env python3
"""Measures `snug asm` beside llvm-objdump on one large library: user time, in turns, and what each second gets through.

usage: machine_code.py --snug=SNUG --objdump=OBJDUMP --function=MANGLED [--runs=N] [--threads] LIBRARY
All functions with a name are analysed, and printed as a table; llvm-objdump prints all code. In a library without its local
symbols these are not the same bytes, so both ratios are printed: of the time, and of the time per byte of code; then the same with
--unnamed, which takes the other functions from the unwinder's tables: nearly the same bytes as llvm-objdump's. --threads adds
the elapsed time with two threads, which says nothing on a machine that has other things to do.
"""
import resource
import subprocess
import sys
import time


def run(command):
    before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, check=False)
    elapsed, after = time.monotonic() - start, resource.getrusage(resource.RUSAGE_CHILDREN)
    if done.returncode:
        sys.exit(f"{' '.join(command)}\nfailed: {done.stderr.decode()}")
    return after.ru_utime - before.ru_utime, elapsed, done.stdout


def best_of(runs, commands):
    """The least user and elapsed time of each, run in turns, and its last output."""
    results = {name: [] for name in commands}
    for _ in range(runs):
        for name, command in commands.items():
            results[name].append(run(command))
    return {name: (min(r[0] for r in all_), min(r[1] for r in all_), all_[-1][2]) for name, all_ in results.items()}


def bytes_analysed(table):
    """Of the line under the table that sums up."""
    return next(int(line.split()[1]) for line in table.decode().splitlines() if " functions (chain: " in line)


def main():
    options = dict(a.removeprefix("--").split("=", 1) for a in sys.argv[1:] if a.startswith("--") and "=" in a)
    library = [a for a in sys.argv[1:] if not a.startswith("--")][0]
    snug, objdump, runs = options["snug"], options["objdump"], int(options.get("runs", 3))
    variants = {"snug asm": [snug, "asm", library], "snug asm --unnamed": [snug, "asm", "--unnamed", library]}
    analysed = {name: bytes_analysed(run(command)[2]) / 1e6 for name, command in variants.items()}
    sections = run([objdump, "-h", library])[2].decode().splitlines()
    text = sum(int(line.split()[2], 16) for line in sections if line.rstrip().endswith("TEXT")) / 1e6
    # Both have to find it among all names.
    mangled = options["function"]

    whole = best_of(runs, {"llvm-objdump -d": [objdump, "-d", library], **variants})
    theirs = whole["llvm-objdump -d"][0]
    print(f"llvm-objdump -d      {theirs:6.2f} s for {text:5.1f} MB of code, {text / theirs:5.1f} MB/s")
    for name, size in analysed.items():
        ours = whole[name][0]
        print(f"{name:20} {ours:6.2f} s for {size:5.1f} MB of code, {size / ours:5.1f} MB/s: "
              f"{theirs / ours:.1f} times as fast in time, {size / ours / (text / theirs):.1f} per byte")
    one = best_of(3 * runs, {"objdump": [objdump, f"--disassemble-symbols={mangled}", library],
                             "snug": [snug, "asm", library, f"--function=^{mangled}$"]})
    print(f"one function         {one['snug'][0]:6.3f} s, llvm-objdump --disassemble-symbols {one['objdump'][0]:.3f} s: "
          f"{one['snug'][0] / one['objdump'][0]:.2f} times its time")
    if "--threads" in sys.argv:
        both = best_of(runs, {"1": [snug, "asm", "-j1", library], "2": [snug, "asm", "-j2", library]})
        print(f"two threads          {both['1'][1]:6.2f} s, then {both['2'][1]:.2f} s: {both['1'][1] / both['2'][1]:.2f} times faster (elapsed)")


if __name__ == "__main__":
    main()
