#!/usr/bin/env python3
"""Prints figures of `snug asm --format=json` or `snug layout --format=json` as sentences, one line per function or record.

usage: … | figures.py [--name=TEXT] [--lines]
TEXT stands in the place of the (often very long) name; --lines prints the cache lines of a function instead, by what is
in them: `arg0→8` is what the pointer at offset 8 of the first argument points to.
SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""
import json
import sys


def count(number, noun):
    return f"{number} {noun}{'' if number == 1 else 's'}"


def cache_lines(function):
    """(base, line) of each access to memory that is not the stack; both ways of a branch count."""
    found = set()
    for access in function["load_list"] + function["store_list"]:
        base, arrow, offset = access["path"].rpartition("→")
        if arrow and access["class"] == "memory":
            found.add((base, int(offset, 0) // 64))
    return sorted(found)


def main():
    name = next((a.removeprefix("--name=") for a in sys.argv[1:] if a.startswith("--name=")), None)
    report = json.load(sys.stdin)
    for f in report.get("functions", []):
        if "--lines" in sys.argv:
            lines = cache_lines(f)
            print(f"{name or f['name']}: {count(len(lines), 'cache line')}: {', '.join(base for base, _ in lines)}")
            continue
        print(f"{name or f['name']}: {count(f['instructions'], 'instruction')}, {count(f['bytes'], 'byte')}, "
              f"{count(f['loads'], 'load')}, {count(f['stores'], 'store')}, chain {f['chain']}, "
              f"{count(f['spills'], 'spill')}, {count(f['calls'], 'call')}")
    for r in report.get("records", []):
        print(f"{name or r['name']}: {count(r['size'], 'byte')}, alignment {r['align']}, data size {r['data_size']}, "
              f"{'' if r['standard_layout'] else 'not '}standard-layout")


if __name__ == "__main__":
    main()
