#!/usr/bin/env python3
# Stands in for snug and says one thing wrong, so that the comparisons can be seen to fail.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""usage: SNUG=path SHIFT=offset|size|standard_layout|interconvertible shifted_snug.py layout …"""
import json
import os
import subprocess
import sys

run = subprocess.run([os.environ["SNUG"], *sys.argv[1:]], capture_output=True, text=True, check=True)
layout = json.loads(run.stdout)
key = os.environ["SHIFT"]
record = next(r for r in layout["records"] if r["name"].startswith("S") and r["fields"])
if key in ("offset", "interconvertible"):
    field = next(r["fields"][0] for r in layout["records"]
                 if r["name"].startswith("S") and r["bases"] == [] and r["fields"] and r["fields"][0]["kind"] == "field")
    field[key] = field[key] + 1 if key == "offset" else not field[key]
elif key == "size":
    record["size"] += 1
else:
    record["standard_layout"] = not record["standard_layout"]
json.dump(layout, sys.stdout)
