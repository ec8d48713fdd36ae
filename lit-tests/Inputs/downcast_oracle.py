#!/usr/bin/env python3
"""Compares the rules about downcasts with clang's constant evaluator, which knows the object that a pointer leads to.

    downcast_oracle.py --snug SNUG --clang CLANG [--seed N] [--cases N] [--keep FILE]

Generates classes and objects from a seed. Every case stands in the file twice over: as a constexpr function that `snug
check` judges, and as a constant that makes the compiler run it. The two must reject the same cases, as they must all
others accept.
SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""
import argparse
import json
import os
import random
import re
import subprocess
import sys
import tempfile

RULES = "downcast-wrong-object,crtp-not-derived"


class Hierarchy:
    """Classes with up to two bases each, and how often each base occurs in them."""

    def __init__(self, chance):
        self.chance = chance
        self.bases = []

    def add(self):
        number = min(len(self.bases), self.chance.choices([0, 1, 2], [1, 5, 2])[0])
        for _ in range(8):
            chosen = self.chance.sample(range(len(self.bases)), number)
            # A direct base that is an indirect one as well could not be named.
            if all(not self.count(a, b) for a in chosen for b in chosen if a != b):
                break
        else:
            chosen = chosen[:1]
        self.bases.append(chosen)

    def count(self, whole, part):
        return int(whole == part) + sum(self.count(base, part) for base in self.bases[whole])

    def has(self, whole, part):
        return self.count(whole, part) == 1

    def text(self):
        for i, bases in enumerate(self.bases):
            heads = ", ".join(f"C{b}" for b in bases)
            yield f"struct C{i}{' : ' + heads if heads else ''} {{ int m{i} = {i}; }};"


def object_cases(chance, count):
    """An object, steps up to one of its bases, and a step down from there."""
    classes = Hierarchy(chance)
    for _ in range(14):
        classes.add()
    everything = range(len(classes.bases))
    lines = list(classes.text())
    triples = [
        (x, b, d)
        for x in everything
        for b in everything
        for d in everything
        if b != d and classes.has(x, b) and classes.has(d, b)
    ]
    wrong = [t for t in triples if not classes.has(t[0], t[2])]
    right = [t for t in triples if classes.has(t[0], t[2])]
    for n in range(count):
        x, b, d = chance.choice(wrong if n % 2 and wrong else right or wrong)
        made, name = chance.choice(
            [
                (f"C{x} object{{}};", "object"),
                (f"C{x} object[3]{{}};", f"object[{chance.randrange(3)}]"),
                (f"struct {{ int before = 0; C{x} member; }} object{{}};", "object.member"),
                (f"struct : C{x} {{}} object{{}};", "object"),
            ]
        )
        up = chance.choice([f"C{b} &up = {name};", f"C{x} &whole = {name}; C{b} &up = whole;"])
        down = f"static_cast<C{d} &>(up)"
        if chance.random() < 0.5:
            up = chance.choice([f"C{b} *up = &{name};", f"C{b} &part = {name}; C{b} *up = &part;"])
            down = f"static_cast<C{d} *>(up)"
        lines += [
            f"constexpr bool run{n}() {{",
            f"  {made}",
            f"  {up}",
            f"  auto {'*' if '*>' in down else '&'}down = {down}; // case {n}",
            "  return &down != nullptr;",
            "}",
            f"CONSTANT(run{n}) // case {n}",
        ]
    return lines


def crtp_cases(chance, first, count):
    """A class or an object below a base that casts its `this`."""
    lines = [
        "template <class D> struct Self { constexpr D &self() { return static_cast<D &>(*this); } };",
        "template <class D> struct Middle : Self<D> {};",
        "template <class D> struct Other { constexpr D *other() { return static_cast<D *>(this); } };",
    ]
    direct, middle = ["Y0"], ["Y1"]
    lines += ["struct Y0 : Self<Y0> {};", "struct Y1 : Middle<Y1> {};"]
    for n in range(first, first + count):
        name, call = f"X{n}", "self"
        use = name
        kind = chance.choice(["itself", "itself by way", "another", "another by way", "derived", "both", "other", "alone"])
        head = f"Self<{name}>"
        if kind == "itself":
            direct.append(name)
        elif kind == "itself by way":
            head = f"Middle<{name}>"
            middle.append(name)
        elif kind == "another":
            head = f"Self<{chance.choice(direct + middle)}>"
        elif kind == "another by way":
            head = f"Middle<{chance.choice(middle)}>"
        elif kind == "derived":
            head = chance.choice(direct + middle)
        elif kind == "both":
            head = f"Other<{name}>, Self<{chance.choice(direct + middle)}>"
        elif kind == "other":
            head, call = f"Other<{name}>", "other"
        else:
            use = chance.choice([f"Self<{chance.choice(direct + middle)}>", f"Middle<{chance.choice(middle)}>"])
        lines += [
            f"struct {name} : {head} {{ int m{n} = {n}; }};" + ("" if kind == "alone" else f" // case {n}"),
            f"constexpr bool run{n}() {{",
            f"  {use} object{{}}; // case {n}",
            f"  return &object.{call}() != nullptr;".replace("&object.other()", "object.other()"),
            "}",
            f"CONSTANT(run{n}) // case {n}",
        ]
    return lines


def cases_of(text, numbers):
    lines = text.split("\n")
    tags = (re.search(r"// case (\d+)$", lines[n - 1]) for n in numbers)
    return {int(tag.group(1)) for tag in tags if tag}


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--snug", required=True)
    parser.add_argument("--clang", required=True)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--cases", type=int, default=120)
    parser.add_argument("--keep")
    options = parser.parse_args()
    chance = random.Random(options.seed)
    lines = [
        "#ifdef CONSTANTS",
        "#define CONSTANT(F) constexpr bool constant_##F = F();",
        "#else",
        "#define CONSTANT(F) bool used_##F = F();",
        "#endif",
    ]
    half = options.cases // 2
    lines += object_cases(chance, half) + crtp_cases(chance, half, options.cases - half)
    text = "\n".join(lines) + "\n"
    with tempfile.TemporaryDirectory() as scratch:
        path = options.keep or os.path.join(scratch, "cases.cpp")
        with open(path, "w", encoding="utf-8") as out:
            out.write(text)
        flags = ["-std=c++20", "-w", "-Wno-invalid-constexpr"]
        checked = subprocess.run(
            [options.snug, "check", path, "--format=json", f"--checks={RULES}", "--", *flags],
            capture_output=True, text=True, check=False,
        )
        if checked.returncode not in (0, 1):
            sys.exit(f"snug check ended with {checked.returncode}:\n{checked.stderr}")
        plain = subprocess.run([options.clang, "-fsyntax-only", *flags, path], capture_output=True, text=True, check=False)
        if plain.returncode:
            sys.exit(f"the cases do not compile:\n{plain.stderr}")
        constant = subprocess.run(
            [options.clang, "-fsyntax-only", "-ferror-limit=0", "-DCONSTANTS", *flags, path],
            capture_output=True, text=True, check=False,
        )
    found = cases_of(text, [f["line"] for f in json.loads(checked.stdout)["findings"]])
    errors = re.findall(r":(\d+):\d+: error: constexpr variable", constant.stderr)
    if constant.stderr.count(": error:") != len(errors):
        sys.exit(f"an error that is none of a constant:\n{constant.stderr}")
    if constant.stderr.count("cannot cast object of dynamic type") != len(errors):
        sys.exit(f"a constant that fails for another reason:\n{constant.stderr}")
    refused = cases_of(text, [int(e) for e in errors])
    for case in sorted(found ^ refused):
        who = "the rule alone" if case in found else "the compiler alone"
        print(f"case {case} is refused by {who}:")
        at = next(i for i, line in enumerate(lines) if line.startswith(f"CONSTANT(run{case})"))
        print("\n".join("  " + line for line in lines[at - 6 : at + 1]))
    print(f"{options.cases} cases, {len(refused)} refused by the compiler, {len(found ^ refused)} disagreements")
    return 1 if found != refused or not refused or len(refused) == options.cases else 0


if __name__ == "__main__":
    sys.exit(main())
