#!/usr/bin/env python3
"""Fails when a source is in no CMakeLists.txt: explicit lists lose files unless something compares them.

SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""
import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
FOLDERS = ("lib", "checker", "plugin", "unittests", "examples", "bench")


def listed_files():
    names = set()
    for path in ROOT.rglob("CMakeLists.txt"):
        if "build" in path.relative_to(ROOT).parts:
            continue
        text = re.sub(r"#.*", "", path.read_text())
        for word in re.findall(r"[\w./-]+", text):
            names.add((path.parent / word).resolve())
            # A list of tests may name them without the ending.
            names.add((path.parent / f"{word}.cpp").resolve())
    return names


def untested_rules():
    table = ROOT / "checker" / "rules" / "Rules.def"
    for rule in re.findall(r'^SNUG_RULE\("([^"]+)"', table.read_text(), re.M):
        folder = ROOT / "lit-tests" / "rules" / rule
        names = [p.name for p in folder.glob("*")] if folder.is_dir() else []
        for needed in ("fires", "silent"):
            if not any(needed in name for name in names):
                yield f"lit-tests/rules/{rule}: no test named '{needed}…'"
        if not (ROOT / "docs" / "rules" / f"{rule}.md").is_file():
            yield f"docs/rules/{rule}.md: the page of the rule is missing"


def main():
    listed = listed_files()
    errors = [
        f"{path.relative_to(ROOT)}: in no CMakeLists.txt"
        for folder in FOLDERS
        for path in sorted((ROOT / folder).rglob("*.cpp"))
        if path.resolve() not in listed
    ]
    errors += untested_rules()
    for message in errors:
        print(f"error: {message}", file=sys.stderr)
    return 1 if errors else 0


if __name__ == "__main__":
    sys.exit(main())
