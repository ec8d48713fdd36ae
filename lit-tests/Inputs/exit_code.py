#!/usr/bin/env python3
"""exit_code.py N COMMAND…: succeeds when COMMAND ends with exit code N.

SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""
import subprocess
import sys

wanted = int(sys.argv[1])
actual = subprocess.run(sys.argv[2:], check=False).returncode
if actual != wanted:
    print(f"exit code {actual}, {wanted} was expected: {' '.join(sys.argv[2:])}", file=sys.stderr)
sys.exit(actual != wanted)
