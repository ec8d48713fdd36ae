"""Writes a compilation database: database.py DATABASE FOLDER FILE… -- FLAG…

All files are compiled in FOLDER with the same flags. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""
import json
import sys

database, folder, *rest = sys.argv[1:]
split = rest.index("--")
files, flags = rest[:split], rest[split + 1 :]
entries = [{"directory": folder, "file": file, "arguments": ["clang++", *flags, "-c", file]} for file in files]
with open(database, "w", encoding="utf-8") as out:
    json.dump(entries, out)
