#!/usr/bin/env python3
"""Counts what every rule says of foreign libraries, and which of it is true.

    bench/precision.py [--snug SNUG] [--clang CLANG] [--update]   run over the installed libraries, compare with the triage
    bench/precision.py --page [--update]                          only hold docs/precision.md to the triage

Each file of bench/precision uses one library; bench/precision/triage.json holds a verdict on every finding. A finding
without a verdict fails, as does a verdict without its finding. --update writes the lines counted and docs/precision.md.
SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""
import argparse
import json
import re
import subprocess
import sys
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
UNITS = ROOT / "bench" / "precision"
TRIAGE = UNITS / "triage.json"
PAGE = ROOT / "docs" / "precision.md"
FLAGS = ["-std=c++20", "-w"]
OWN_FLAGS = {"llvm.cpp": ["-isystem", "/usr/lib/llvm-22/include"]}
# The library that a file belongs to: the first pattern that is in its path.
LIBRARIES = [
    ("Boost.Intrusive", "/boost/intrusive/"),
    ("Boost.Asio", "/boost/asio"),
    ("Boost.Beast", "/boost/beast"),
    ("Boost, what these include", "/boost/"),
    ("libstdc++ 12", "/c++/12/"),
    ("Abseil", "/absl/"),
    ("LLVM and clang 22", "/llvm-22/include/"),
    ("hooks and container_of", "bench/precision/hooks.cpp"),
]
VERDICTS = ["true", "false", "undecided"]


def library_of(path):
    return next((name for name, pattern in LIBRARIES if pattern in path), None)


def short(path):
    """The path as one writes it in an #include."""
    for start in (r".*/llvm-22/include/", r".*/include/c\+\+/12/", r"/usr/include/", rf"{ROOT}/"):
        path = re.sub("^" + start, "", path)
    return path


def flags_of(unit):
    return FLAGS + OWN_FLAGS.get(unit.name, [])


def lines_of(clang, unit):
    """Lines of code that the compiler sees of each file, comments and blank lines left out."""
    run = subprocess.run([clang, *flags_of(unit), "-E", str(unit)], capture_output=True, text=True, check=False)
    if run.returncode:
        return None, run.stderr
    count, path = Counter(), ""
    for line in run.stdout.splitlines():
        if match := re.match(r'# \d+ "(.*?)"', line):
            path = str(Path(match[1]).resolve()) if match[1].startswith("/") else match[1]
        elif line.strip() and not line.startswith("#"):
            count[path] += 1
    return count, ""


def findings_of(snug, unit, without):
    checks = ["--checks=*" + "".join(f",-{rule}" for rule in without)] if without else []
    run = subprocess.run([snug, "check", str(unit), "--no-cache", "--include-system-headers", "--format=json", *checks,
                          "--", *flags_of(unit)], capture_output=True, text=True, check=False)
    if run.returncode not in (0, 1):
        sys.exit(f"snug check {unit.name} ended with {run.returncode}:\n{run.stderr[-2000:]}")
    return json.loads(run.stdout)["findings"]


def key_of(finding):
    entity = re.search(r"'([^']*)'", finding["message"])
    return finding["rule"], finding["level"], short(finding["file"]), entity[1] if entity else ""


def key_of_entry(entry):
    return entry["rule"], entry["level"], entry["file"], entry["entity"]


def measure(options, triage):
    """Lines by library, and how often each finding occurs, over all units; each place of the source once."""
    lines, places, missing = {}, {}, []
    for unit in sorted(UNITS.glob("*.cpp")):
        count, why = lines_of(options.clang, unit)
        if count is None:
            missing.append(unit.name)
            print(f"precision: {unit.name} is SKIPPED, its library is not installed:\n{why[:300]}", file=sys.stderr)
            continue
        for path, number in count.items():
            lines[path] = max(number, lines.get(path, 0))
        for finding in findings_of(options.snug, unit, triage["without"].get(unit.name, {})):
            places[finding["file"], finding["line"], *key_of(finding)] = finding
    by_library = Counter()
    for path, number in lines.items():
        by_library[library_of(path)] += number
    return by_library, Counter(key_of(f) for f in places.values()), places, missing


def page(triage):
    rows, rules, total = [], {}, Counter()
    for name, _ in LIBRARIES:
        if name not in triage["lines"]:
            continue
        count = Counter()
        for entry in triage["findings"]:
            if entry["library"] == name:
                count[entry["verdict"]] += entry["count"]
                count["false warnings"] += entry["count"] * (entry["verdict"] == "false" and entry["level"] != "note")
                rules.setdefault(entry["rule"], Counter())[entry["level"], entry["verdict"]] += entry["count"]
        total += count
        rows.append((name, triage["lines"][name], *(count[v] for v in VERDICTS)))
    lines = sum(row[1] for row in rows)
    text = ["# Precision", "",
            "What every rule says of libraries that know nothing of it, read and judged one by one. `snug check` runs with",
            "`--include-system-headers` and all rules over the files of `bench/precision`, each of which uses one library;",
            "`bench/precision/triage.json` gives the verdict on each finding with its reason, and `python3 bench/precision.py`",
            "compares: a finding without a verdict fails, and so does a verdict without its finding. The figures are those of",
            "Debian 12: Boost 1.81, libstdc++ 12, Abseil 20220623, LLVM 22.", "",
            "Lines are those that the compiler sees, without comments and blank lines, each file once, and only those of the",
            "libraries named; nothing is reported in the C library or elsewhere. *True* means that the",
            "standard says what the message says, also where every compiler does what was meant; *undecided* that a reader of",
            "the source could not tell.", "",
            "| library | lines | true | false | undecided |", "|---|---:|---:|---:|---:|"]
    text += [f"| {' | '.join(f'{c:,}' if isinstance(c, int) else c for c in row)} |" for row in rows]
    text += [f"| all | {lines:,} | {total['true']} | {total['false']} | {total['undecided']} |", "",
             f"False warnings and errors per 100,000 lines: {total['false warnings'] * 100000 / lines:.2f}.", "",
             "| rule | level | true | false | undecided |", "|---|---|---:|---:|---:|"]
    for rule, counts in sorted(rules.items()):
        for level in sorted({level for level, _ in counts}):
            text.append(f"| `{rule}` | {level} | {' | '.join(str(counts[level, v]) for v in VERDICTS)} |")
    for unit, rules_off in sorted(triage["without"].items()):
        text += ["", *(f"`{unit}` runs without `{rule}`: {why}" for rule, why in rules_off.items())]
    text += ["", "## Verdicts", "", "| where | rule | of | times | verdict | because |", "|---|---|---|---:|---|---|"]
    text += [f"| {e['file']} | `{e['rule']}` | `{e['entity']}` | {e['count']} | {e['verdict']} | {e['reason']} |"
             for e in triage["findings"]]
    text += ["", "## Sender libraries", "",
             "Debian has none of them, so these were run by hand, with default rules, and no test holds the figures: `snug check FILE…`",
             "over examples and tests of stdexec (e92245d5), beman.execution (e9c3032), libunifex (c6e5af9) and squiz (acc285a), 39 files.",
             "Every finding but eight notes is a stored back-pointer (35), a cast into storage without `std::launder` (30), an operation",
             "state that can be moved (5), or, in squiz, which inlines as this library does, a parent's address by a cast that changes",
             "nothing: `manual_child_operation.hpp` and `variant_child_operation.hpp` reach the base that holds the bytes of the child",
             "with `reinterpret_cast` and go down from there (`downcast-after-bad-cast`, 6 instantiations, two places). Read by place, not by instantiation, none was false.",
             "", "## Against the compilers", "",
             "`lit-tests/Inputs/cast_oracle.py` generates classes and casts and compares the rules with the traits, offsets and",
             "sentences of clang and g++; `lit-tests/layout/Inputs/compare_verdicts.py` does so for `snug layout`, and",
             "`lit-tests/Inputs/downcast_oracle.py` has clang's constant evaluator judge downcasts. Each names the causes of what",
             "differs; anything else fails its test.", ""]
    return "\n".join(text)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--snug", default=str(ROOT / "build" / "release" / "bin" / "snug"))
    parser.add_argument("--clang", default="clang++-22")
    parser.add_argument("--page", action="store_true")
    parser.add_argument("--update", action="store_true")
    options = parser.parse_args()
    triage = json.loads(TRIAGE.read_text(encoding="utf-8"))
    wrong = [f"{e['file']}: a verdict is one of {VERDICTS}, with a reason" for e in triage["findings"]
             if e["verdict"] not in VERDICTS or not e["reason"]]
    if not options.page:
        lines, found, places, missing = measure(options, triage)
        stated = {key_of_entry(e): e for e in triage["findings"]}
        for key, count in sorted(found.items()):
            if key not in stated or stated[key]["count"] != count:
                where = [f"{p[0]}:{p[1]}" for p in places if p[2:] == key]
                wrong.append(f"{count} × {key}, {stated.get(key, {'count': 'none'})['count']} in the triage: {where[:4]}")
        if missing:
            print("precision: verdicts without findings are not looked for", file=sys.stderr)
        else:
            wrong += [f"no longer found: {key}" for key in stated if key not in found]
        if options.update and not missing:
            triage["lines"] = {name: lines[name] for name, _ in LIBRARIES if lines[name]}
            TRIAGE.write_text(json.dumps(triage, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    if options.update:
        PAGE.write_text(page(triage), encoding="utf-8")
    elif not PAGE.exists() or PAGE.read_text(encoding="utf-8") != page(triage):
        wrong.append("docs/precision.md: stale; run bench/precision.py --page --update")
    for line in wrong:
        print(f"precision: {line}")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
