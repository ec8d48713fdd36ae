#!/usr/bin/env python3
"""Prints figures of `snug asm --format=json` or `snug layout --format=json` as sentences, one line per function or record.

usage: … | figures.py [--name=TEXT]   TEXT stands in the place of the (often very long) name.
SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""
import json
import sys


def count(number, noun):
    return f"{number} {noun}{'' if number == 1 else 's'}"


def main():
    name = next((a.removeprefix("--name=") for a in sys.argv[1:] if a.startswith("--name=")), None)
    report = json.load(sys.stdin)
    for f in report.get("functions", []):
        print(f"{name or f['name']}: {count(f['instructions'], 'instruction')}, {count(f['bytes'], 'byte')}, "
              f"{count(f['loads'], 'load')}, {count(f['stores'], 'store')}, chain {f['chain']}, "
              f"{count(f['spills'], 'spill')}, {count(f['calls'], 'call')}")
    for r in report.get("records", []):
        print(f"{name or r['name']}: {count(r['size'], 'byte')}, alignment {r['align']}, data size {r['data_size']}, "
              f"{'' if r['standard_layout'] else 'not '}standard-layout")


if __name__ == "__main__":
    main()
