#!/usr/bin/env python3
"""Writes docs/claims.md from lit-tests/claims: one row per claim of the source documents, with what was measured.

A test states a claim in comments: CLAIM (what the source says), SOURCE, VERDICT (`reproduced`, or `corrected: …`), and
MEASURED lines. The MEASURED lines are FileCheck directives, so the column cannot drift from what the test saw.
`--print [TEST…]` shows rows on the terminal instead. `--check` fails instead of writing when the page is stale or a test is incomplete.
SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""
import pathlib
import re
import sys
import textwrap

ROOT = pathlib.Path(__file__).resolve().parent.parent
TESTS = ROOT / "lit-tests" / "claims"
PAGE = ROOT / "docs" / "claims.md"
LINE = re.compile(r"^\s*(?://|#)\s*(CLAIM|SOURCE|VERDICT|MEASURED(?:-[0-9]+)?(?:-NEXT|-DAG|-SAME)?):\s*(.*?)\s*$")


def claims(path):
    """Yields one dict per CLAIM line; the keys that follow it belong to it. A comment line that continues one is joined."""
    current, last = None, None
    for line in path.read_text().splitlines():
        if match := LINE.match(line):
            key = match[1].split("-")[0]
            if key == "CLAIM":
                current = {"CLAIM": match[2], "SOURCE": "", "VERDICT": "", "MEASURED": [], "TEST": path.name}
                yield current
            elif current is None:
                raise ValueError(f"{path}: '{key}:' stands before any 'CLAIM:'")
            elif key == "MEASURED":
                current["MEASURED"].append(match[2])
            else:
                current[key] = match[2]
            last = None if key == "MEASURED" else key
        elif last and (more := re.match(r"^\s*(?://|#)\s{2,}(\S.*)$", line)):
            current[last] += " " + more[1]
        else:
            last = None


def collect():
    rows, errors = [], []
    for path in sorted(TESTS.glob("*.*")):
        if path.name.endswith((".cpp", ".test", ".s")):
            try:
                found = list(claims(path))
            except ValueError as error:
                errors.append(str(error))
                continue
            if not found:
                errors.append(f"{path}: a test without a CLAIM")
            for row in found:
                errors += [f"{path}: '{row['CLAIM']}' has no {key}" for key in ("SOURCE", "VERDICT", "MEASURED") if not row[key]]
                if not re.match(r"reproduced|corrected: ", row["VERDICT"]):
                    errors.append(f"{path}: the verdict is 'reproduced' or 'corrected: why', not '{row['VERDICT']}'")
            rows += found
    return rows, errors


def plain(measured):
    """A FileCheck pattern as a reader wants it: variables and regular expressions by what they stand for."""
    text = re.sub(r"\{\{.*?\}\}", "…", measured)
    return re.sub(r"\s+", " ", text).replace("|", "\\|")


def page(rows):
    lines = [
        "# Claims",
        "",
        "What the source documents say, and what our own tools measure: clang 22, `-O2`, x86-64, unless a row says otherwise.",
        "Made by `scripts/claims.py` from `lit-tests/claims`; every figure in the third column is checked by the test in the last.",
        "",
        "| claim | source | measured | verdict | test |",
        "|---|---|---|---|---|",
    ]
    for row in rows:
        cells = [row["CLAIM"].replace("|", "\\|"), row["SOURCE"], "<br>".join(map(plain, row["MEASURED"])), row["VERDICT"], f"`{row['TEST']}`"]
        lines.append("| " + " | ".join(cells) + " |")
    reproduced = sum(row["VERDICT"].startswith("reproduced") for row in rows)
    lines += ["", f"{len(rows)} claims: {reproduced} reproduced, {len(rows) - reproduced} corrected."]
    return "\n".join(lines) + "\n"


def print_rows(rows):
    """The table for a terminal of 80 columns."""
    for row in rows:
        for text, first in [(row["CLAIM"], "  claim     "), *((plain(m), "  measured  ") for m in row["MEASURED"]), (row["VERDICT"], "  verdict   ")]:
            print("\n".join(textwrap.wrap(text, 79, initial_indent=first, subsequent_indent=" " * 12)))
        print()


def main():
    rows, errors = collect()
    if "--print" in sys.argv:
        wanted = sys.argv[sys.argv.index("--print") + 1 :]
        names = {row["TEST"].split(".")[0] for row in rows}
        errors += [f"no test '{name}' in lit-tests/claims" for name in wanted if name not in names]
        print_rows([row for name in wanted for row in rows if row["TEST"].split(".")[0] == name] if wanted else rows)
        for message in errors:
            print(f"error: {message}", file=sys.stderr)
        return 1 if errors else 0
    text = page(rows)
    if "--check" not in sys.argv:
        PAGE.write_text(text)
    elif not PAGE.exists() or PAGE.read_text() != text:
        errors.append("docs/claims.md is stale; run scripts/claims.py")
    for message in errors:
        print(f"error: {message}", file=sys.stderr)
    return 1 if errors else 0


if __name__ == "__main__":
    sys.exit(main())
