#!/usr/bin/env python3
"""Fails on test directives that look right and test nothing: a misspelt one is silently ignored by every runner.

Checks each lit test for: a RUN line, FileCheck prefixes that some directive uses, directives whose prefix no RUN line
asks for, and near misses of legal spellings (CHECK-NXT, CHECK_NOT, expected-waring).
SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""
import difflib
import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
SUFFIXES = (".verify.cpp", ".layout.cpp", ".asm.cpp", ".sh.cpp", ".test", ".s")
# Directives of ours: read by scripts/claims.py, by `snug asm --verify`, and by lit itself.
KNOWN = {"RUN", "REQUIRES", "UNSUPPORTED", "XFAIL", "ALLOW_RETRIES", "DEFINE", "REDEFINE", "END",
         "CLAIM", "SOURCE", "VERDICT", "NOTE", "EXPECT", "COVERS", "WITHOUT TWIN", "ABOVE"}
MODIFIERS = {"NEXT", "SAME", "NOT", "DAG", "LABEL", "EMPTY"}
EXPECTED = {"expected-error", "expected-warning", "expected-note", "expected-remark", "expected-no-diagnostics"}
DIRECTIVE = re.compile(r"^\s*(?:(?://|#|;)\s*)?([A-Z][A-Za-z0-9_]*(?:-[A-Za-z0-9_]+)*)(?:\{[A-Z]+\})?:")


def split_modifier(word):
    head, _, tail = word.rpartition("-")
    if head.endswith("-COUNT") and tail.isdigit():
        return head.removesuffix("-COUNT"), "COUNT"
    if head and tail in MODIFIERS:
        return head, tail
    return word, ""


def check(path):
    text = path.read_text()
    # A RUN line that ends in a backslash goes on in the next one.
    lines = re.sub(r"\\\n[^\n]*?RUN:", " ", text)
    runs = re.findall(r"RUN:(.*)", lines)
    if not runs:
        yield 1, "no RUN line: lit skips the file"
        return
    prefixes = set()
    for command in (part for run in runs for part in re.split(r"\||&&|;", run) if "FileCheck" in part):
        # Of lit's %if and %else either may be run: both count.
        command = re.sub(r"%if \S+ %\{(.*?)%\}(?: %else %\{(.*?)%\})?", lambda m: m[1] + ("," + m[2] if m[2] else ""), command)
        named = re.findall(r"--?check-prefix(?:es)?[= ]([\w,-]+)", command)
        prefixes.update(name for value in named or ["CHECK"] for name in value.split(","))
    custom = set(re.findall(r"--?verify=([\w,]+)", " ".join(runs)))
    used = set()
    for number, line in enumerate(text.splitlines(), 1):
        for word in re.findall(r"\b([a-z]\w*-[a-z-]+)(?:@[^\s{]+)?\s*(?:\d+\+?|\+|\*|-re)?\s*\{\{", line):
            stem = word.removesuffix("-re")
            legal = EXPECTED | {e.replace("expected", c) for c in custom for e in EXPECTED}
            if stem not in legal and difflib.get_close_matches(stem, legal, 1, 0.75):
                yield number, f"'{word}' is no directive of -verify"
        if not (match := DIRECTIVE.match(line)):
            continue
        word = match[1]
        head, _ = split_modifier(word)
        if head in prefixes:
            used.add(head)
        elif word in KNOWN or word.startswith("EXPECT-"):
            pass
        # Data in a test (YAML keys) has other names; a directive is shouted, even where it is misspelt.
        elif head.isupper() or sum(map(str.isupper, word)) * 2 > len(word) and difflib.get_close_matches(word.upper(), prefixes | KNOWN, 1, 0.8):
            near = difflib.get_close_matches(word.upper(), {f"{p}-{m}" for p in prefixes for m in MODIFIERS} | prefixes | KNOWN, 1, 0.6)
            hint = f"; did you mean '{near[0]}'?" if near else ""
            yield number, f"'{word}:' is checked by no RUN line{hint}"
    for prefix in sorted(prefixes - used):
        yield 1, f"a RUN line asks for the prefix '{prefix}', and no directive has it"


def main():
    roots = [pathlib.Path(a) for a in sys.argv[1:] if not a.startswith("--")] or [ROOT / "lit-tests"]
    failed = False
    for root in roots:
        files = [root] if root.is_file() else sorted(root.rglob("*"))
        for path in files:
            if not path.name.endswith(SUFFIXES) or ("Inputs" in path.parts and not root.is_file()):
                continue
            for number, message in check(path):
                print(f"{path}:{number}: error: {message}", file=sys.stderr)
                failed = True
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
