#!/usr/bin/env python3
# Runs a command that must refuse: exit code 2, nothing on stdout, one message of snug's on stderr, which is printed.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""usage: cannot_do.py COMMAND…"""
import subprocess
import sys

run = subprocess.run(sys.argv[1:], capture_output=True, text=True, check=False)
print(run.stderr, end="")
if run.returncode != 2:
    sys.exit(f"exit code {run.returncode}, not 2")
if run.stdout:
    sys.exit(f"on stdout: {run.stdout}")
if sum(line.startswith("snug: error:") for line in run.stderr.splitlines()) != 1:
    sys.exit("not one message of snug's")
