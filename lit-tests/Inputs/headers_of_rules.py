#!/usr/bin/env python3
"""Puts the firing tests of every rule into headers: what a header holds is reported there, once, however many sources
include it; nothing is reported when it is a system header, and everything when those are asked for.

    headers_of_rules.py --snug SNUG --include DIR --rules FOLDER --table Rules.def [RULE…]

SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""
import argparse
import json
import os
import pathlib
import re
import shlex
import subprocess
import sys
from collections import Counter
from concurrent.futures import ThreadPoolExecutor

# Rules that weigh some of their findings less in a header, and why.
LESS_IN_HEADERS = {"union-inactive-member": "another source may make the other member active"}
# Rules that report nothing in headers, and why.
NOT_IN_HEADERS = {"unused-suppression": "another source may need what the header silences"}
RUN = re.compile(r"^// RUN: %verify_both %s(.*)$", re.M)


def command_of(test, include):
    """The options and the compiler's flags that a test states for itself."""
    match = RUN.search(test.read_text(encoding="utf-8"))
    if not match:
        return None
    words = [w.replace("%S", str(test.parent)) for w in shlex.split(match[1])]
    split = words.index("--") if "--" in words else len(words)
    options = [w for w in words[:split] if w != "--ignore-notes" and not w.startswith("--without=")]
    return options, ["-std=c++20", f"-I{include}", f"-I{test.parent}", *words[split + 1 :]]


def findings(snug, rule, options, flags, files):
    done = subprocess.run([snug, "check", *files, "--format=json", "-j1", *options, "--", *flags], capture_output=True, text=True, check=False)
    if done.returncode not in (0, 1):
        raise SystemExit(f"headers_of_rules: {rule}: exit code {done.returncode}\n{done.stderr}")
    return [f for f in json.loads(done.stdout)["findings"] if f["rule"] == rule and f["verdict"] != "holds"]


def places(rule, found):
    return Counter((f["line"], f["column"], "" if rule in LESS_IN_HEADERS else f["level"], f["message"]) for f in found)


def check(rule, test, options, folder):
    """Yields what is wrong about one test of one rule."""
    folder.mkdir(parents=True, exist_ok=True)
    words, flags = command_of(test, options.include)
    header = folder / "fires.hpp"
    header.write_text(test.read_text(encoding="utf-8"), encoding="utf-8")
    for name in ("one.cpp", "two.cpp"):
        (folder / name).write_text("#include <fires.hpp>\n", encoding="utf-8")
    sources = [str(folder / "one.cpp"), str(folder / "two.cpp")]
    everything = findings(options.snug, rule, words, [*flags, f"-I{folder}"], [str(test), *sources])
    alone = [f for f in everything if f["file"] == str(test)]
    found = [f for f in everything if f["file"] == str(header)]
    if not everything:
        yield f"{test}: reports nothing"
    if astray := [f for f in everything if f["file"] in sources]:
        yield f"{test}: findings of the header are reported where it is included: {places(rule, astray)}"
    if rule in NOT_IN_HEADERS:
        if found:
            yield f"{test}: reported in a header: {sorted(places(rule, found))}"
        return
    if missing := places(rule, alone) - places(rule, found):
        yield f"{test}: not reported in a header: {sorted(missing)}"
    if surplus := places(rule, found) - places(rule, alone):
        yield f"{test}: reported in a header alone, or twice: {sorted(surplus)}"
    system = [*flags, "-isystem", str(folder)]
    if found := [f for f in findings(options.snug, rule, words, system, sources[:1]) if f["file"] == str(header)]:
        yield f"{test}: reported in a system header: {sorted(places(rule, found))}"
    found = findings(options.snug, rule, [*words, "--include-system-headers"], system, sources[:1])
    if missing := places(rule, alone) - places(rule, found):
        yield f"{test}: not reported where system headers are asked for: {sorted(missing)}"


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--snug", required=True)
    parser.add_argument("--include", required=True)
    parser.add_argument("--rules", required=True, type=pathlib.Path)
    parser.add_argument("--table", required=True, type=pathlib.Path)
    parser.add_argument("rule", nargs="*")
    options = parser.parse_args()
    rules = options.rule or re.findall(r'^SNUG_RULE\("([^"]+)"', options.table.read_text(encoding="utf-8"), re.M)
    work = pathlib.Path(os.environ.get("TMPDIR", ".")).resolve() / "headers"
    jobs, wrong = [], []
    for rule in rules:
        tests = [t for t in sorted((options.rules / rule).glob("fires*.verify.cpp")) if command_of(t, options.include)]
        if not tests:
            wrong.append(f"{rule}: no fires*.verify.cpp that runs in every host")
        jobs += [(rule, test, options, work / rule / test.name.split(".")[0]) for test in tests]
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        for found in pool.map(lambda job: list(check(*job)), jobs):
            wrong += found
    print(f"{len(jobs)} tests of {len(rules)} rules")
    for line in wrong:
        print(f"error: {line}")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
