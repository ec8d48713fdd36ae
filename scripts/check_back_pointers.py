#!/usr/bin/env python3
"""Holds the operation states of every test and example of the runtime to the back-pointers that they may store, and the
runtime's headers, instantiated by them all, to every other rule.

usage: check_back_pointers.py SNUG BUILD {inlined|stored} [--update] [-j N]
Runs `snug check` over the sources below, with the flags of BUILD/compile_commands.json. With receivers inlined,
stored-back-pointer may find nothing but what ON_PURPOSE names. With receivers stored each file must find what its line in
unittests/execution/back_pointers.txt says, so that a rule that went blind cannot pass for a runtime that stores nothing:
per class, the back-pointers of its largest specialisation. --update writes these lines anew; read the difference. Other
rules may find nothing below include/ but notes and what NOT_OURS names; what a test does wrong on purpose is its
own affair.
SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""
import argparse
import concurrent.futures
import json
import pathlib
import re
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent
SOURCES = ("unittests/execution/*_test.cpp", "examples/*.cpp", "examples/io/*.cpp")
TABLE = ROOT / "unittests" / "execution" / "back_pointers.txt"
HEADING = "# What stored-back-pointer finds with SNUG_STORE_RECEIVERS=1; written by scripts/check_back_pointers.py --update.\n"
RULE = "stored-back-pointer"
OWN = ROOT / "include"

# Found with receivers inlined, and meant: FILE → what its line would say. A test's own class that stores says so itself
# ([[clang::suppress]], see unittests/execution/test_receivers.hpp) and needs no line here.
ON_PURPOSE = {
    # Its sender stands for other people's code, which the reader cannot annotate.
    "examples/foreign.cpp": "then_op=1",
    # A task returns through an object with virtual functions, which cannot be a base of the operation (io/sender.hpp). And
    # what a stop callback calls has nothing but what it holds.
    "examples/io/chat.cpp": "member=1 task_operation=1",
    "examples/io/http.cpp": "task_operation=1",
}


# Said where a receiver is stored, as stored receivers are, and those that a test has foreign code hand on.
NOT_OURS = {"inlining-did-not-happen"}


class CannotDo(Exception):
    pass


def commands(build, stored):
    """One entry of the database for each source that is compiled in this mode."""
    database = build / "compile_commands.json"
    if not database.is_file():
        raise CannotDo(f"{database}: not found; configure with cmake --preset release")
    found, known = {}, set()
    for entry in json.loads(database.read_text()):
        path = (pathlib.Path(entry["directory"]) / entry["file"]).resolve()
        known.add(path)
        if bool(re.search(r"-DSNUG_STORE_RECEIVERS=1\b", entry["command"])) == stored:
            found.setdefault(path, entry)
    sources = sorted(path.resolve() for pattern in SOURCES for path in ROOT.glob(pattern))
    missing = [str(source.relative_to(ROOT)) for source in sources if source not in known]
    if missing:
        raise CannotDo(f"{database} does not compile {', '.join(missing)}; configure again")
    return {source: found[source] for source in sources if source in found}


def findings(snug, folder, source):
    """The findings in one source: the line of the table, and all as text for people."""
    run = [snug, "check", "-p", folder, "--checks=*", "--format=json", str(source)]
    done = subprocess.run(run, capture_output=True, text=True, check=False)
    if done.returncode not in (0, 1):
        raise CannotDo(f"{source}: snug check ended with exit code {done.returncode}\n{done.stderr}")
    words, text = [], []
    for finding in json.loads(done.stdout)["findings"]:
        if finding["rule"] != RULE:
            if finding["rule"] in NOT_OURS or finding["level"] == "note":
                continue
            if finding["verdict"] == "violated" and OWN in pathlib.Path(finding["file"]).resolve().parents:
                words.append(f"{finding['rule']}!")
                text.append(f"{finding['file']}:{finding['line']}: {finding['message']} [snug-{finding['rule']}]")
            continue
        name = re.search(r"'([^'<]*)", finding["message"])[1].rsplit("::", 1)[-1]
        words.append(f"{name}={sum(reason.get('id') == 'back-pointer' for reason in finding['reasons'])}")
        text += [f"{f['file']}:{f['line']}: {f['message']}" for f in [finding, *finding["reasons"]]]
    return " ".join(sorted(words)), "\n".join(text)


def read_table():
    lines = TABLE.read_text().splitlines() if TABLE.is_file() else []
    return dict(re.split(r":\s*", line, maxsplit=1) for line in lines if line and not line.startswith("#"))


def write_table(actual):
    lines = [f"{name}: {words}".rstrip() for name, (words, _) in sorted(actual.items())]
    TABLE.write_text(HEADING + "\n".join(lines) + "\n")


def problems(actual, expected, stored):
    for name, (words, text) in sorted(actual.items()):
        if name not in expected and stored:
            yield f"{name}: has no line in {TABLE.relative_to(ROOT)}; it would be\n{name}: {words}"
        elif words != expected.get(name, ""):
            yield f"{name}: expected '{expected.get(name, '')}', found '{words}'\n{text}"
    for name in sorted(expected.keys() - actual.keys()):
        yield f"{name}: is expected to store, and is no source"


def main():
    arguments = argparse.ArgumentParser()
    arguments.add_argument("snug")
    arguments.add_argument("build", type=pathlib.Path)
    arguments.add_argument("mode", choices=("inlined", "stored"))
    arguments.add_argument("--update", action="store_true")
    arguments.add_argument("-j", type=int, default=2, help="how many sources at a time")
    given = arguments.parse_args()
    stored = given.mode == "stored"
    if given.update and not stored:
        arguments.error("only what is stored is recorded: inlined, nothing may be found")
    try:
        entries = commands(given.build.resolve(), stored)
        with tempfile.TemporaryDirectory() as folder, concurrent.futures.ThreadPoolExecutor(given.j) as pool:
            (pathlib.Path(folder) / "compile_commands.json").write_text(json.dumps(list(entries.values())))
            found = pool.map(lambda source: findings(given.snug, folder, source), entries)
            actual = {str(source.relative_to(ROOT)): result for source, result in zip(entries, found)}
    except CannotDo as failure:
        print(f"check_back_pointers: error: {failure}", file=sys.stderr)
        return 2
    if given.update:
        write_table(actual)
        return 0
    wrong = list(problems(actual, read_table() if stored else ON_PURPOSE, stored))
    print("\n\n".join(wrong))
    if wrong and stored:
        print("\nIf that is meant: scripts/check_back_pointers.py SNUG BUILD stored --update")
    elif wrong:
        print("\nWhere a test's own class stores on purpose, mark it with SNUG_TEST_STORES_ON_PURPOSE (test_receivers.hpp).")
    print(f"{len(actual)} sources, {sum(len(words.split()) for words, _ in actual.values())} classes with back-pointers, {len(wrong)} problems")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
