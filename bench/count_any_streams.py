#!/usr/bin/env python3
"""Counts the instructions that one read executes, by the form of type erasure, with valgrind's callgrind.

usage: count_any_streams.py PROGRAM [--check]
PROGRAM is any_streams_counts. Prints a table: per read, and how many more than the stream itself.
--check prints nothing but what type erasure adds over its bound; the bounds are for clang 22, -O2 and libstdc++ 12.
SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""
import sys

from count_instructions import executed

READS = 1000
STREAMS = (
    ("completes at once", "ready"),
    ("completes at once, inlined", "ready_inlined"),
    ("suspends", "waiting"),
    ("suspends, inlined", "waiting_inlined"),
)
FORMS = (
    ("native", "native"),
    ("flat", "flat"),
    ("split", "split"),
    ("flat, made in await_suspend", "flat_in_suspend"),
    ("split, made in await_suspend", "split_in_suspend"),
    ("flat, a call for each step", "steps"),
)
# What a read costs more than that of the stream itself at most: the wrappers as they are.
BOUNDS = (
    ("ready", "flat", 18),
    ("ready", "split_in_suspend", 41),
    ("waiting", "flat", 27),
    ("waiting", "split_in_suspend", 26),
)


def check(program):
    over = []
    for stream, form, bound in BOUNDS:
        more = (executed(program, f"{stream}_{form}") - executed(program, f"{stream}_native")) // READS
        if more > bound:
            over.append(f"{stream}_{form}: {more} instructions more than the stream itself, {bound} at most")
    sys.exit("\n".join(over) or 0)


def main():
    program = sys.argv[1]
    if "--check" in sys.argv:
        check(program)
    print(f"  {'':30}" + "".join(f" {name:>28}" for name, _ in STREAMS) + "   (executed instructions per read)")
    native = {}
    for name, form in FORMS:
        cells = []
        for _, stream in STREAMS:
            count = executed(program, f"{stream}_{form}") // READS
            native.setdefault(stream, count)
            more = count - native[stream]
            cells.append(f" {f'{count} (+{more})' if more else str(count):>28}")
        print(f"  {name:30}" + "".join(cells))


if __name__ == "__main__":
    main()
