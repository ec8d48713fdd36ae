#!/usr/bin/env python3
# Rewrites the layout dumps (CHECK lines) of lit-tests/layout/*.layout.cpp; claims (static_assert) are written by hand.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""usage: scripts/update_layouts.py SNUG FILE…

Each dump goes behind the closing line of its namespace. Commit the old output first, so that a change shows as a diff.
"""
import os
import re
import subprocess
import sys

NOTE = "// NOTE: the CHECK lines are dumps, rewritten by scripts/update_layouts.py; the static_asserts are the claims."


def pattern(line):
    """Line numbers move with every edit; everything else is exact."""
    return re.sub(r"( at [\w.-]+):\d+:\d+\)", r"\1:{{[0-9:]+}})", line)


def dumps(snug, path, flags):
    """(line of the record, its check lines), in the order of the records."""
    run = subprocess.run([snug, "layout", path, "--", *flags], capture_output=True, text=True, check=False)
    if run.returncode:
        sys.exit(run.stderr)
    for block in run.stdout.rstrip("\n").split("\n\n"):
        title, number, body = re.match(r"([^\n]*?)(?:  |\n  )\S+:(\d+)\n(.*)", block, re.DOTALL).groups()
        place = f"  {{{{.*}}}}{os.path.basename(path)}:{{{{[0-9]+}}}}"
        own_line = not block.startswith(title + "  ")
        checks = ["// CHECK-LABEL:" + pattern(title) + ("" if own_line else place)]
        checks += ["// CHECK-NEXT:" + place] * own_line
        yield int(number), checks + ["// CHECK-NEXT:" + pattern(line) for line in body.split("\n")]


def main():
    snug, *paths = sys.argv[1:]
    for path in paths:
        with open(path, encoding="utf-8") as source:
            lines = [line for line in source.read().split("\n") if not line.startswith(("// CHECK", NOTE))]
        with open(path, "w", encoding="utf-8") as target:
            target.write("\n".join(lines))
        flags = next(line.split(" -- ", 1)[1].split("|")[0].split() for line in lines if "RUN: %snug layout %s" in line)
        blocks = list(dumps(snug, path, flags))
        out = []
        for number, line in enumerate(lines, 1):
            out.append(line)
            if "RUN:" in line and "RUN:" not in lines[number]:
                out.append(NOTE)
            if re.match(r"} // namespace \w+$", line):
                out += [check for where, checks in blocks if where < number for check in checks]
                blocks = [block for block in blocks if block[0] > number]
        with open(path, "w", encoding="utf-8") as target:
            target.write("\n".join(out))


if __name__ == "__main__":
    main()
