#!/usr/bin/env python3
"""Counts the instructions that each function of instruction_counts executes, with valgrind's callgrind.

usage: count_instructions.py PROGRAM
Prints a table: the pipeline, its hand-written twin, and their ratio. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""
import re
import subprocess
import sys
import tempfile

# (row, function, hand-written twin)
CASES = (
    ("op4", "op4_snug", "op4_hand"),
    ("op4, escaped", "op4_escaped_snug", "op4_escaped_hand"),
    ("chain8", "chain8_snug", "chain8_hand"),
    ("chain8, escaped", "chain8_escaped_snug", "chain8_escaped_hand"),
    ("let1", "let1_snug", "let1_hand"),
    ("let1, escaped", "let1_escaped_snug", "let1_escaped_hand"),
    ("let3", "let3_snug", "let3_hand"),
    ("let3, escaped", "let3_escaped_snug", "let3_escaped_hand"),
    ("upon_error", "upon_error_snug", "upon_error_hand"),
    ("let_error", "let_error_snug", "let_error_hand"),
    ("let_stopped", "let_stopped_snug", "let_stopped_hand"),
    ("continues_on", "continues_on_snug", "continues_on_hand"),
    ("continues_on, escaped", "continues_on_escaped_snug", "continues_on_escaped_hand"),
    ("starts_on", "starts_on_snug", "starts_on_hand"),
    ("starts_on, escaped", "starts_on_escaped_snug", "starts_on_escaped_hand"),
    ("bulk", "bulk_snug", "bulk_hand"),
    ("when_all2 / one thread", "when_all2_snug", "when_all2_hand"),
    ("when_all2 / atomic", "when_all2_snug", "when_all2_atomic_hand"),
    ("when_all2, escaped", "when_all2_escaped_snug", "when_all2_escaped_hand"),
    ("when_all4 / one thread", "when_all4_snug", "when_all4_hand"),
    ("when_all4 / atomic", "when_all4_snug", "when_all4_atomic_hand"),
    ("when_all4, escaped", "when_all4_escaped_snug", "when_all4_escaped_hand"),
    ("when_all8 / one thread", "when_all8_snug", "when_all8_hand"),
    ("when_all8 / atomic", "when_all8_snug", "when_all8_atomic_hand"),
    ("when_all8, escaped", "when_all8_escaped_snug", "when_all8_escaped_hand"),
    ("branches / atomic", "branches_snug", "branches_atomic_hand"),
    ("branches, escaped", "branches_escaped_snug", "branches_escaped_hand"),
    ("stop9b / atomic", "stop9b_snug", "stop9b_atomic_hand"),
    ("stop9b, escaped", "stop9b_escaped_snug", "stop9b_escaped_hand"),
)


def executed(program, function):
    with tempfile.NamedTemporaryFile() as out:
        done = subprocess.run(
            ["valgrind", "--tool=callgrind", f"--callgrind-out-file={out.name}", f"--toggle-collect={function}", program],
            capture_output=True, text=True)
    match = re.search(r"Collected\s*:\s*(\d+)", done.stderr)
    if done.returncode or not match:
        sys.exit(f"count_instructions: valgrind failed on {function}:\n{done.stderr[-2000:]}")
    return int(match[1])


def main():
    program = sys.argv[1]
    print(f"  {'connect + start':22} {'snug':>6} {'by hand':>8} {'ratio':>6}   (executed instructions, one run)")
    for case, function, twin in CASES:
        snug, hand = executed(program, function), executed(program, twin)
        print(f"  {case:22} {snug:6} {hand:8} {snug / hand:6.2f}")


if __name__ == "__main__":
    main()
