#!/usr/bin/env python3
"""Holds estimated sizes of coroutine frames to the real ones: an estimate is a lower bound, and a useful one.

    compare_frames.py ESTIMATES REAL…

ESTIMATES is the text of `snug check`; each REAL that of a compile that generated code, under a budget of 0 for all.
SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""
import re
import sys

LINE = re.compile(r":(\d+):\d+: warning: the frame of [^;]*? (?:takes at least|is) (\d+) bytes?")


def sizes(path):
    with open(path, encoding="utf-8") as text:
        return {int(m.group(1)): int(m.group(2)) for m in LINE.finditer(text.read())}


def main(arguments):
    estimated = sizes(arguments[0])
    problems = [] if estimated else ["no frame was estimated"]
    for path in arguments[1:]:
        real = sizes(path)
        if real.keys() != estimated.keys():
            problems.append(f"{path}: other coroutines: lines {sorted(real.keys() ^ estimated.keys())}")
        for line in real.keys() & estimated.keys():
            if estimated[line] > real[line]:
                problems.append(f"{path}: line {line}: estimated {estimated[line]}, really {real[line]} bytes")
            # What is not seen from the source: padding, the number of the point, the awaiter of the last suspension.
            if real[line] - estimated[line] > 64 and "-O2" in path:
                problems.append(f"{path}: line {line}: estimated {estimated[line]} only, really {real[line]} bytes")
    print("\n".join(problems) or f"{len(estimated)} frames agree")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
