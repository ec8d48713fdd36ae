#!/usr/bin/env python3
# Holds snug's verdicts on standard layout and pointer interconvertibility against those of clang and g++.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""usage: compare_verdicts.py SNUG CLANG GXX SEED [RECORDS]

Generates records, asks `snug layout` for its verdicts, and lets both compilers static_assert them. A disagreement that
none of the known causes (ALLOWED below) explains fails, and so does a run that decides too little.
"""
import json
import os
import re
import subprocess
import sys
import tempfile

sys.path.insert(0, os.path.dirname(__file__))
from gen_records import Generator  # noqa: E402

# Known causes, with the paragraph or the habit behind each. All are differences of compilers, not of taste.
ALLOWED = {
    "offset": "the letter says interconvertible, the ABI puts it elsewhere: we say no, the traits may say yes",
    "unnamed-bit-field-access": "g++ 12 counts an unnamed bit-field among the members whose access must be one",
    "first-member-base": "g++ 12 looks for a base's type only in the first member itself, not at offset 0 below it",
    "empty-indirect-base": "g++ 12 overlooks what an indirect base declares (bits of width 0, an empty member) if it is empty",
    "unnamed-bit-field-first": "g++ 12: a member behind an unnamed bit-field is not the first",
    "empty-inherited-first": "g++ 12: an empty [[no_unique_address]] first member of an empty base is not the first",
    "inside": "a base or member has one of the above",
}


class Facts:
    """What can be the cause of a disagreement, of one record; from the generator, not from snug."""

    def __init__(self, record, known):
        self.record = record
        self.causes = set()
        unnamed = [m for m in record.members if m.bits >= 0 and not m.name]
        accesses = {m.access for m in record.members if not (m.bits >= 0 and not m.name)}
        if any(len(accesses | {m.access}) > len(accesses or {m.access}) for m in unnamed) or \
                len({m.access for m in record.members}) > 1 and unnamed:
            self.causes.add("unnamed-bit-field-access")
        if unnamed:
            self.causes.add("unnamed-bit-field-first")
        below = [known[b] for b, _ in record.bases if b in known]
        below += [known[m.type] for m in record.members if m.type in known]
        below += [known[t] for m in record.members for t in getattr(m, "inner_types", []) if t in known]
        if any(b.causes for b in below):
            self.causes.add("inside")


def all_bases(entry):
    """Names of all base subobjects, virtual ones included."""
    for base in entry.get("bases", []):
        yield base["name"]
        yield from all_bases(base)


def declares_though_empty(base):
    return any(b.get("empty") and b.get("fields") or declares_though_empty(b) for b in base.get("bases", []))


def flatten(entry, record):
    """(kind, entry, declaring record) of all bases and members reachable without a virtual base."""
    for base in entry.get("bases", []):
        if base["kind"] == "virtual_base":
            continue
        yield "base", base, record
        yield from flatten(base, base["name"])
    for member in entry.get("fields", []):
        if member["kind"] == "anonymous_union":
            for inner in member.get("fields", []):
                yield "member", inner, record
        elif member["kind"] == "field":
            yield "member", member, record


def assertions(records, references):
    """Lines of static_asserts, each with an id that comes back in the compiler's message."""
    common, members, table = [], [], {}

    def add(lines, text, record, kind, name, verdict, entry=None):
        identity = f"V{len(table)}"
        table[identity] = (record, kind, name, verdict, entry)
        lines.append(f'static_assert({text} == {str(verdict).lower()}, "{identity}");')

    for record in records:
        name = record["name"]
        if not re.fullmatch(r"S\d+", name):
            continue
        add(common, f"__is_standard_layout({name})", name, "standard-layout", name, record["standard_layout"])
        entries = list(flatten(record, name))
        bases = list(all_bases(record))
        for kind, entry, owner in entries:
            repeated = bases.count(entry["name"] if kind == "base" else owner) > 1
            if kind == "base" and not repeated:
                add(common, f"__is_pointer_interconvertible_base_of({entry['name']}, {name})", name, kind, entry["name"],
                    entry["interconvertible"], entry)
            elif kind == "member" and not repeated and entry["name"] not in references:
                member = f"{owner}::{entry['name']}"
                add(members, f"std::is_pointer_interconvertible_with_class<{name}, decltype({member})>"
                    f"((decltype({member}) {name}::*)&{member})", name, kind, entry["name"], entry["interconvertible"], entry)
    return common, members, table


def failures(command, lines, source, header=""):
    with tempfile.NamedTemporaryFile("w", suffix=".cpp", delete=False) as out:
        out.write(header + source + "\n" + "\n".join(lines) + "\n")
    run = subprocess.run([*command, "-std=c++20", "-w", "-fno-access-control", "-fsyntax-only", out.name],
                         capture_output=True, text=True, check=False)
    os.unlink(out.name)
    errors = [line for line in run.stderr.splitlines() if "error:" in line]
    found = [re.search(r"\b(V\d+)\b", line.split("error:", 1)[1]) for line in errors]
    if not all(found) or (run.returncode != 0) != bool(found):
        sys.exit(f"{command[0]} failed: " + "\n".join(errors[:5] or [run.stderr]))
    return [match[1] for match in found]


def explain(facts, kind, verdict, entry, reasons, has_empty_declaring_base, is_gxx):
    """The known cause of a disagreement, or None."""
    if entry is not None and not verdict and entry["offset"] != 0:
        return "offset"
    if not is_gxx:
        return None
    if kind == "standard-layout" and not verdict and "sl-first-member-base" in reasons:
        return "first-member-base"
    if kind == "standard-layout" and not verdict and "sl-two-classes" in reasons and has_empty_declaring_base:
        return "empty-indirect-base"
    if entry is not None and not verdict and reasons & {"sl-first-member-base", "sl-two-classes"}:
        return "first-member-base"
    if "unnamed-bit-field-access" in facts.causes:
        return "unnamed-bit-field-access"
    if kind == "member" and "unnamed-bit-field-first" in facts.causes:
        return "unnamed-bit-field-first"
    if kind == "member" and verdict and entry.get("empty") and entry.get("no_unique_address"):
        return "empty-inherited-first"
    if "inside" in facts.causes:
        return "inside"
    return None


def main():
    snug, clang, gxx, seed = sys.argv[1:5]
    count = int(sys.argv[5]) if len(sys.argv) > 5 else 150
    generator = Generator(int(seed))
    source = generator.run(count)
    with tempfile.TemporaryDirectory() as folder:
        path = os.path.join(folder, "records.cpp")
        with open(path, "w", encoding="utf-8") as out:
            out.write(source)
        ours = subprocess.run([snug, "layout", path, "--format=json", "--", "-std=c++20", "-fno-access-control"],
                              capture_output=True, text=True, check=False)
    if ours.returncode:
        sys.exit(f"snug failed with {ours.returncode}: {ours.stderr}")
    records = json.loads(ours.stdout)["records"]
    reasons = {r["name"]: {n["id"] for n in r.get("not_standard_layout", [])} for r in records}
    declaring = {r["name"] for r in records if any(declares_though_empty(b) for b in r["bases"])}
    facts = {}
    for record in generator.records:
        facts[record.name] = Facts(record, facts)
    references = {m.name for r in generator.records for m in r.members if m.reference}
    common, members, table = assertions(records, references)

    unexplained, explained = [], {}
    for command, lines, header in ((clang, common, ""), (gxx, common + members, "#include <type_traits>\n")):
        for identity in failures([command], lines, source, header):
            record, kind, name, verdict, entry = table[identity]
            cause = explain(facts[record], kind, verdict, entry, reasons[record], record in declaring, command == gxx)
            if cause is None:
                unexplained.append(f"{record}: {kind} {name}: snug says {verdict}, {os.path.basename(command)} does not; "
                                   f"reasons {sorted(reasons[record])}, causes {sorted(facts[record].causes)}")
            else:
                explained[cause] = explained.get(cause, 0) + 1
    if unexplained:
        print("\n".join(unexplained[:10]))
        sys.exit(f"seed {seed}: {len(unexplained)} disagreements without a known cause")
    standard = sum(r["standard_layout"] for r in records)
    if len(table) < 2 * count or not count // 5 < standard < len(records):
        sys.exit(f"seed {seed}: only {len(table)} verdicts, {standard} of {len(records)} records standard-layout")
    print(f"seed {seed}: {len(table)} verdicts on {len(records)} records ({standard} standard-layout) agree; known: {explained}")


if __name__ == "__main__":
    main()
