#!/usr/bin/env python3
# Compares `snug layout --format=json` with clang's own record dump, byte for byte.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""usage: compare_dump.py SNUG CLANG SOURCE [-- FLAG…]

Compares of every record: size, alignment, data size, size as a base; and of every base, member, vptr and vbptr below it:
nesting, kind, name, offset, bit range, emptiness. Fails on the first few differences, and if nothing was compared.
"""
import json
import re
import subprocess
import sys

LINE = re.compile(r"^ *(\d+)(?::(\d*)-(\d*))? \| ( *)(.*?) *$")
SIZES = re.compile(r"(\w+)=(\d+)")
BASE = re.compile(r"^(.*?) \((primary )?(virtual )?base\)( \(empty\))?$")


class Node:
    def __init__(self, kind, name, offset, bits, empty):
        self.key = (offset, kind, name, bits, empty)
        self.children = []

    def lines(self, indent=0):
        yield "  " * indent + "{0[0]} {0[1]} '{0[2]}'{1}{2}".format(
            self.key, f" bits {self.key[3]}" if self.key[3] else "", " empty" if self.key[4] else "")
        for child in sorted(self.children, key=lambda n: n.key):
            yield from child.lines(indent + 1)


def untagged(name):
    return re.sub(r"\b(struct|class|union|enum) ", "", name).replace("> >", ">>").replace("> >", ">>")


def plain(name):
    """Members without a name are named by each side in its own way."""
    return "" if name.startswith(("(", "[")) else name


def parse_line(text, offset, first, last):
    if match := re.match(r"^\((.*) (vtable|vftable|vbtable) pointer\)$", text):
        return Node("vbptr" if match[2] == "vbtable" else "vptr", "", offset, None, False)
    if text.startswith("(vtordisp"):
        return Node("vtordisp", "", offset, None, False)
    if match := BASE.match(text):
        name = untagged(match[1])
        return Node("virtual_base" if match[3] else "base", name, offset, None, bool(match[4]))
    empty = text.endswith(" (empty)")
    text = text.removesuffix(" (empty)")
    name = "" if text.endswith(")") else text.rsplit(" ", 1)[-1]
    if first is None:
        return Node("field", name, offset, None, empty)
    width = 0 if first == "" else int(last) - int(first) + 1
    if width == 0:
        return Node("bit_field", "", offset, (0, 0), empty)
    return Node("bit_field", name, offset, (int(first), width), empty)


def parse_dump(text):
    records = {}
    for block in text.split("*** Dumping AST Record Layout")[1:]:
        stack, sizes, title = [], {}, None
        for line in block.splitlines():
            if "=" in line and re.match(r"^ *\| ", line):
                sizes.update((k, int(v)) for k, v in SIZES.findall(line))
            elif match := LINE.match(line):
                depth, body = len(match[4]) // 2, match[5]
                if depth == 0:
                    title = untagged(body).removesuffix(" (empty)")
                    node = Node("record", "", 0, None, False)
                    stack = [node]
                else:
                    bare = len(body) and line.rstrip("\n").endswith(" ")  # an unnamed member ends in its type and a blank
                    node = parse_line(body + (" ()" if bare else ""), int(match[1]), match[2], match[3])
                    del stack[depth:]
                    stack[-1].children.append(node)
                    stack.append(node)
        if title:
            records[title] = (sizes, stack[0])
    return records


def from_json(entry):
    kind = {"anonymous_union": "field", "anonymous_struct": "field"}.get(entry["kind"], entry["kind"])
    bits, offset = None, entry["offset"]
    if kind == "bit_field":
        bits = (entry["bit_offset"], entry["bit_width"]) if entry["bit_width"] else (0, 0)
    name = "" if kind in ("vptr", "vbptr", "vtordisp") else plain(entry["name"])
    array_or_atomic = entry["type"].endswith("]") or "_Atomic" in entry["type"] or entry.get("elements", 1) != 1
    empty = bool(entry.get("empty")) and not array_or_atomic
    node = Node(kind, name, offset, bits, empty)
    # The dump does not look into arrays and atomics.
    if not array_or_atomic:
        add_children(node, entry)
    return node


def add_children(node, entry):
    for key in ("bases", "fields", "hidden"):
        node.children += [from_json(e) for e in entry.get(key, [])]


def main():
    border = sys.argv.index("--") if "--" in sys.argv else len(sys.argv)
    snug, clang, source = sys.argv[1:border]
    flags = sys.argv[border + 1:] or ["-std=c++20"]
    dump = subprocess.run([clang, *flags, "-w", "-fsyntax-only", "-Xclang", "-fdump-record-layouts-complete", source],
                          capture_output=True, text=True, check=True).stdout
    ours = subprocess.run([snug, "layout", source, "--format=json", "--", *flags], capture_output=True, text=True,
                          check=False)
    if ours.returncode:
        sys.exit(f"snug failed with {ours.returncode}: {ours.stderr}")
    theirs = parse_dump(dump)
    records = json.loads(ours.stdout)["records"]
    differences = []
    for record in records:
        name = record["name"]
        if name not in theirs:
            if "(" not in name:
                differences.append(f"{name}: not in clang's dump")
            continue
        sizes, expected = theirs.pop(name)
        for key, theirs_key in (("size", "sizeof"), ("align", "align"), ("data_size", "dsize"),
                                ("non_virtual_size", "nvsize")):
            if theirs_key in sizes and record[key] != sizes[theirs_key]:
                differences.append(f"{name}: {key} is {record[key]}, clang says {sizes[theirs_key]}")
        actual = Node("record", "", 0, None, False)
        add_children(actual, record)
        if list(actual.lines()) != list(expected.lines()):
            differences.append(f"{name}:\n  snug:\n    " + "\n    ".join(actual.lines()) + "\n  clang:\n    " +
                               "\n    ".join(expected.lines()))
    differences += [f"{name}: snug does not show it" for name in theirs
                    if "(" not in name and not name.startswith("__") and "std::" not in name]
    if differences:
        print("\n".join(differences[:5]))
        sys.exit(f"{source}: {len(differences)} differences in {len(records)} records")
    if not records:
        sys.exit(f"{source}: nothing to compare")
    print(f"{source}: {len(records)} records agree with clang")


if __name__ == "__main__":
    main()
