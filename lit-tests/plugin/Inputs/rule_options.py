"""Prints each row of RuleOptions.def as clang-tidy's --dump-config has its option: `snug-RULE.KEY: 'DEFAULT'`.

A file without rows is an error. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""
import pathlib
import re
import sys

rows = re.findall(r'^SNUG_RULE_OPTION\("([^"]+)", "([^"]+)", (\d+),', pathlib.Path(sys.argv[1]).read_text(), re.M)
if not rows:
    sys.exit(f"{sys.argv[1]}: no row was found")
print("\n".join(f"snug-{rule}.{key}: '{default}'" for rule, key, default in sorted(rows)))
