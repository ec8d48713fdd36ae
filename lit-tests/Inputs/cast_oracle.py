#!/usr/bin/env python3
"""Holds what the rules say about casts and offsets to what clang and g++ say about the same classes.

    cast_oracle.py --snug SNUG --clang CLANG --gxx GXX [--seed N] [--classes N] [--files N] [--keep FOLDER]

Generates classes from a seed and casts between each of them and its direct bases and members. A program built by both
compilers prints their verdicts: standard-layout, pointer-interconvertible, offset. From these alone follows what `snug
check` has to report. A case that differs and has none of the causes named in KNOWN fails, as does a run that decides
too little. Many seeds by hand: --seed 100 --files 50.
SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""
import argparse
import json
import os
import re
import subprocess
import sys
import tempfile
from collections import Counter
from dataclasses import dataclass

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "layout", "Inputs"))
from gen_records import Generator  # noqa: E402

FLAGS = ["-std=c++20", "-w", "-fno-access-control"]
RULES = ",".join([
    "reinterpret-base-cast", "interconvertible-not-standard-layout", "layout-contradicts-interconvertible",
    "first-member-not-first", "first-member-bit-field", "no-unique-address-child", "offsetof-not-standard-layout",
])
# Why a rule may say something else than follows from what the compilers say. Nothing else may differ.
KNOWN = {
    "bytes": "char is the type of storage: casts from bytes are left alone",
    "union": "a union and its members are interconvertible by [basic.compound]/7; the traits ask for standard layout first",
    "empty-overlapping": "an empty [[no_unique_address]] member may have any address: reported whatever the trait says",
    "gxx-standard-layout": "g++ 12 takes the class for standard-layout and clang does not; the rules agree with clang",
    "gxx-not-standard-layout": "clang takes the class for standard-layout and g++ 12 does not; the rules agree with clang",
    "gxx-first-member": "g++ 12 counts unnamed bit-fields and forgets empty members: another member is its first",
    "base-not-unique": "the member's type is an ambiguous or virtual base as well, which reinterpret-base-cast leaves alone",
    "member-of-base-type": "a member whose type is a base as well: reinterpret-base-cast takes the pointer for one to the base",
    "abi": "clang and g++ 12 give the member different offsets; the rules agree with clang",
}
# What clang 22 says of a class that is not standard-layout, and which of our reasons has to be among those given.
CLANG_REASONS = {
    "has a virtual base": {"sl-virtual-base"},
    "has mixed access": {"sl-mixed-access"},
    "has a virtual function": {"sl-virtual-function"},
    "has a non-standard-layout base": {"sl-base-type"},
    "has a non-standard-layout member": {"sl-member-type", "sl-reference-member"},
    "has multiple base classes with data members": {"sl-two-classes"},
    "has an indirect base": {"sl-two-classes"},
}
# What clang has no sentence for.
UNSAID = {"sl-repeated-base", "sl-first-member-base", "sl-two-classes"}


@dataclass
class Case:
    """One line of the source that is judged."""
    whole: str
    kind: str        # "from-member", "to-base", "from-base", "offset"
    part: str        # name of the member or base
    code: str
    member: object = None
    line: int = 0


@dataclass
class Verdict:
    """What one compiler says of a case: trait and offset; of a class: trait and size."""
    trait: int
    offset: int
    flags: int

    @property
    def is_bytes(self):
        return bool(self.flags & 1)

    @property
    def is_empty(self):
        return bool(self.flags & 2)

    @property
    def is_unnamable_base(self):
        return bool(self.flags & 4)


def ancestors(record, known):
    """Names of all bases, once for each subobject; a virtual one too often rather than too seldom."""
    for name, _ in record.bases:
        yield name
        yield from ancestors(known[name], known)


def make_cases(record, known):
    name = record.name
    every = list(ancestors(record, known))
    for base, virtual in record.bases:
        if not virtual and every.count(base) == 1:
            yield Case(name, "to-base", base, f"use(reinterpret_cast<{base} *>(&object));")
            yield Case(name, "from-base", base, f"use(reinterpret_cast<{name} *>(static_cast<{base} *>(&object)));")
    for member in record.members:
        if member.bits >= 0 or member.reference:
            continue
        for each in member.inner or [member.name]:
            yield Case(name, "from-member", each, f"use(reinterpret_cast<{name} *>(&object.{each}));", member)
            yield Case(name, "offset", each, f"return offsetof({name}, {each});", member)


def with_cases(source, cases):
    lines = ("#include <cstddef>\nvoid use(void *);\n" + source).rstrip("\n").split("\n")
    for number, case in enumerate(cases):
        result = "std::size_t" if case.kind == "offset" else "void"
        lines.append(f"{result} case{number}({case.whole} &object) {{ {case.code} }}")
        case.line = len(lines)
    return "\n".join(lines) + "\n"


def verdict_program(source, records, cases, has_member_trait):
    """A program that prints one line for every record and one for every case."""
    text = ["#include <cstddef>", "#include <cstdio>", "#include <type_traits>",
            "template <class B, class D> constexpr bool unnamable_base =",
            "    std::is_base_of_v<B, D> && !std::is_same_v<B, D> && !requires(B *b) { static_cast<D *>(b); };", source]
    table = [f"{{__is_standard_layout({r.name}), sizeof({r.name}), 0}}" for r in records]
    for case in cases:
        if "base" in case.kind:
            # The one cast that looks through access and knows where the base is.
            where = f"(char *)({case.part} *)({case.whole} *)4096 - (char *)4096"
            trait = f"__is_pointer_interconvertible_base_of({case.part}, {case.whole})"
            kind = "0"
        else:
            member = f"{case.whole}::{case.part}"
            where = f"offsetof({case.whole}, {case.part})"
            trait = (f"std::is_pointer_interconvertible_with_class<{case.whole}, decltype({member})>(&{member})"
                     if has_member_trait else "-1")
            kind = (f"std::is_same_v<std::remove_all_extents_t<decltype({member})>, char>"
                    f" + 2 * std::is_empty_v<decltype({member})>"
                    f" + 4 * unnamable_base<std::remove_all_extents_t<decltype({member})>, {case.whole}>")
        table.append(f"{{{trait}, (long)({where}), {kind}}}")
    text += ["long table[][3] = {", ",\n".join(table), "};",
             'int main() { for (auto &row : table) std::printf("%ld %ld %ld\\n", row[0], row[1], row[2]); }']
    return "\n".join(text) + "\n"


def run(command):
    return subprocess.run(command, capture_output=True, text=True, check=False)


def compilers_verdicts(compiler, folder, text):
    path = os.path.join(folder, "verdicts.cpp")
    with open(path, "w", encoding="utf-8") as out:
        out.write(text)
    program = os.path.join(folder, "verdicts")
    built = run([compiler, *FLAGS, "-O0", path, "-o", program])
    if built.returncode:
        sys.exit(f"{compiler} does not compile the classes:\n{built.stderr[:2000]}")
    return [Verdict(*map(int, line.split())) for line in run([program]).stdout.splitlines()]


def findings(snug, checks, path):
    ran = run([snug, "check", path, "--no-cache", "--format=json", f"--checks={checks}", "--", *FLAGS])
    if ran.returncode not in (0, 1):
        sys.exit(f"snug check ended with {ran.returncode}:\n{ran.stderr[:2000]}")
    found = {}
    for finding in json.loads(ran.stdout)["findings"]:
        found.setdefault(finding["line"], []).append(finding)
    return found


def layouts(snug, path):
    ran = run([snug, "layout", path, "--format=json", "--", *FLAGS])
    if ran.returncode:
        sys.exit(f"snug layout ended with {ran.returncode}:\n{ran.stderr[:2000]}")
    return {r["name"]: r for r in json.loads(ran.stdout)["records"]}


def clang_reasons(clang, folder, source, records):
    """For each class that is not standard-layout what clang says about it; nothing at all where clang is older."""
    path = os.path.join(folder, "reasons.cpp")
    with open(path, "w", encoding="utf-8") as out:
        out.write(source + "".join(f'static_assert(__is_standard_layout({r.name}));\n' for r in records))
    said, current = {}, None
    for line in run([clang, *FLAGS, "-fsyntax-only", "-ferror-limit=0", path]).stderr.splitlines():
        if match := re.search(r"error: static assertion failed.*__is_standard_layout\((S\d+)\)", line):
            current = said.setdefault(match[1], [])
        elif match := re.search(r"note: because it (.*)", line):
            current.append(match[1])
    return said if any(said.values()) else {}


def compare_reasons(said, layout):
    """Disagreements between clang's sentences and our reasons."""
    for name, sentences in said.items():
        ours = {reason["id"] for reason in layout[name].get("not_standard_layout", [])}
        for sentence in sentences:
            for start, ids in CLANG_REASONS.items():
                if sentence.startswith(start) and not ours & ids:
                    yield f"{name}: clang says that it {sentence}; snug's reasons are {sorted(ours)}"
        if not sentences and not ours & UNSAID:
            yield f"{name}: clang has no reason, snug's are {sorted(ours)}"


def cause_of(case, record, level, clang, gxx, standard):
    """None where the rule says what follows from the compilers' verdicts, else a cause of KNOWN, or "unknown"."""
    reported = level in ("warning", "error")
    if case.kind == "offset":
        if reported == standard[0]:
            return "unknown"
        return None if standard[0] == standard[1] else "gxx-" + ("not-" if standard[0] else "") + "standard-layout"
    if clang.offset != gxx.offset:
        return "abi"
    interconvertible = clang.trait if "base" in case.kind else gxx.trait
    # At another offset the address is wrong, whatever the letter; a base's says "error" unless the letter allows the cast.
    wrong = clang.offset != 0 or not interconvertible
    if reported == wrong:
        return "unknown" if "base" in case.kind and wrong and (level == "error") != (
            clang.offset != 0 and not interconvertible) else None
    if "base" in case.kind:
        return "unknown"
    if wrong and gxx.is_bytes:
        return "bytes"
    if wrong and level == "note":
        return "member-of-base-type"
    if wrong and clang.is_unnamable_base:
        return "base-not-unique"
    if wrong and clang.offset == 0 and (record.union or case.member.inner):
        return "union"
    if reported and gxx.is_empty and case.member.overlapping:
        return "empty-overlapping"
    if standard[0] != standard[1]:
        return "gxx-" + ("not-" if standard[0] else "") + "standard-layout"
    if wrong and clang.offset == 0 and standard[0]:
        return "gxx-first-member"
    return "unknown"


def wrong_offset(found, case, offset):
    """The note that states an offset other than the compiler's, if there is one."""
    for finding in found:
        for reason in finding["reasons"]:
            match = re.match(rf"'{case.part}' is at offset (\d+) of '{case.whole}'", reason["message"])
            if match and int(match[1]) != offset:
                return reason["message"]
    return None


def compare(options, seed, folder):
    generator = Generator(seed)
    source = generator.run(options.classes)
    records = generator.records
    known = {r.name: r for r in records}
    cases = [c for r in records for c in make_cases(r, known)]
    path = os.path.join(folder, "casts.cpp")
    with open(path, "w", encoding="utf-8") as out:
        out.write(with_cases(source, cases))
    clang = compilers_verdicts(options.clang, folder, verdict_program(source, records, cases, False))
    gxx = compilers_verdicts(options.gxx, folder, verdict_program(source, records, cases, True))
    found = findings(options.snug, options.checks, path)
    layout = layouts(options.snug, path)
    said = clang_reasons(options.clang, folder, source, records)
    unknown = list(compare_reasons(said, layout))
    standard = {r.name: (bool(c.trait), bool(g.trait)) for r, c, g in zip(records, clang, gxx)}
    unknown += [f"{name}: standard-layout: snug says {layout[name]['standard_layout']}, clang {verdicts[0]}"
                for name, verdicts in standard.items() if layout[name]["standard_layout"] != verdicts[0]]
    count = Counter(classes=len(records), casts=len(cases), reasons=sum(map(len, said.values())))
    causes = Counter()
    for case, c, g in zip(cases, clang[len(records):], gxx[len(records):]):
        here = found.get(case.line, [])
        level = here[0]["level"] if here else None
        count["reported"] += level in ("warning", "error")
        cause = cause_of(case, known[case.whole], level, c, g, standard[case.whole])
        offset = wrong_offset(here, case, c.offset)
        if cause == "unknown" or len(here) > 1 or offset:
            unknown.append(f"{path}:{case.line}: {case.code}: {[(f['rule'], f['level']) for f in here]} {offset or ''}; "
                           f"clang {c}, g++ {g}, standard-layout {standard[case.whole]}")
        elif cause:
            causes[cause] += 1
    return unknown, count, causes


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--snug", required=True)
    parser.add_argument("--clang", required=True)
    parser.add_argument("--gxx", required=True)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--classes", type=int, default=500)
    parser.add_argument("--files", type=int, default=1)
    parser.add_argument("--checks", default=RULES, help="rules to run instead; fewer must fail")
    parser.add_argument("--keep")
    options = parser.parse_args()
    unknown, count, causes = [], Counter(), Counter()
    for seed in range(options.seed, options.seed + options.files):
        with tempfile.TemporaryDirectory() as scratch:
            more, counted, caused = compare(options, seed, options.keep or scratch)
        unknown += [f"seed {seed}: {line}" for line in more]
        count += counted
        causes += caused
    for line in unknown[:20]:
        print(line)
    for cause, times in sorted(causes.items()):
        print(f"  {times} by {cause}: {KNOWN[cause]}")
    print(f"{count['classes']} classes, {count['casts']} casts and offsets, {count['reported']} reported, "
          f"{count['reasons']} reasons of clang; {sum(causes.values())} differ for known causes, {len(unknown)} for none")
    decided = count["reported"] >= count["casts"] // 5 and sum(causes.values()) <= count["casts"] // 8
    return 1 if unknown or not decided else 0


if __name__ == "__main__":
    sys.exit(main())
