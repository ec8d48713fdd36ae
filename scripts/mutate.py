#!/usr/bin/env python3
"""Breaks the runtime on purpose, one way at a time, and fails unless a lit test turns red each time.

usage: mutate.py LIT BUILD [SUITE…]   (suites: claims, layout …; default claims)
Works on a copy of include/ in BUILD/mutation; the tests are pointed at it by the lit parameter `include`.
SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""
import json
import pathlib
import re
import shutil
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent

# (what is broken, header below include/snug, pattern, replacement). A pattern that no longer matches is an error: a
# mutation that changes nothing proves nothing.
MUTATIONS = [
    ("the receiver no longer offers make_receiver_for", "execution/child_receiver.hpp", r"\bmake_receiver_for\b", "make_receiver_from"),
    ("then's operation state has one pointer more", "execution/then.hpp",
     r"(\n  \[\[no_unique_address\]\] callable f_;)", r"\1\n  void *unused_ = nullptr;"),
    ("just's operation state forgets its inlining base", "execution/inlinable_operation_state.hpp",
     r"requires inlinable_receiver<", "requires (sizeof(DerivedOp *) == 1) && inlinable_receiver<"),
    ("two members of the stop source are swapped, so that nobody can use its tail padding", "stop_token.hpp",
     r"(\n  std::uint32_t requesting_thread_ = 0;[^\n]*)(\n  std::uint8_t state_ = 0;)", r"\2\1"),
]


def failing_tests(lit, build, include, suites):
    report = build / "mutation" / "report.json"
    folders = [str(build / "lit-tests" / suite) for suite in suites]
    subprocess.run([lit, "-q", "-o", str(report), f"--param=include={include}", *folders],
                   stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    tests = json.loads(report.read_text())["tests"]
    return [test["name"] for test in tests if test["code"] not in ("PASS", "UNSUPPORTED", "XFAIL")]


def main():
    lit, build = sys.argv[1], pathlib.Path(sys.argv[2]).resolve()
    suites = sys.argv[3:] or ["claims"]
    copy = build / "mutation" / "include"
    survivors = 0
    for mutation in [None, *MUTATIONS]:
        shutil.rmtree(copy, ignore_errors=True)
        shutil.copytree(ROOT / "include", copy)
        if mutation:
            what, header, pattern, replacement = mutation
            path = copy / "snug" / header
            text, hits = re.subn(pattern, replacement, path.read_text())
            if not hits:
                print(f"error: the mutation '{what}' matches nothing in {header}", file=sys.stderr)
                survivors += 1
                continue
            path.write_text(text)
        failed = failing_tests(lit, build, copy, suites)
        if mutation is None:
            if failed:
                print(f"error: the tests fail without any mutation: {', '.join(failed)}", file=sys.stderr)
                return 1
        elif failed:
            print(f"caught: {what}: {len(failed)} red, such as {failed[0]}")
        else:
            print(f"error: survived: {what}: no test turned red", file=sys.stderr)
            survivors += 1
    return 1 if survivors else 0


if __name__ == "__main__":
    sys.exit(main())
