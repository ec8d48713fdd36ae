#!/usr/bin/env python3
"""Runs the canaries of a lit suite and fails unless every one of them fails: tests of the tests.

usage: run_canaries.py LIT FOLDER. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""
import json
import os
import subprocess
import sys
import tempfile


def main():
    lit, folder = sys.argv[1:]
    with tempfile.TemporaryDirectory() as scratch:
        report = os.path.join(scratch, "report.json")
        subprocess.run([lit, "-q", "-o", report, folder], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        with open(report) as stream:
            tests = json.load(stream)["tests"]
    alive = [test["name"] for test in tests if test["code"] != "FAIL"]
    for name in alive:
        print(f"error: the canary '{name}' did not fail: its kind of test proves nothing", file=sys.stderr)
    if not tests:
        print(f"error: no canary in {folder}", file=sys.stderr)
        return 1
    print(f"{len(tests) - len(alive)} of {len(tests)} canaries failed, as they must")
    return 1 if alive else 0


if __name__ == "__main__":
    sys.exit(main())
