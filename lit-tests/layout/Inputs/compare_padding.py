#!/usr/bin/env python3
# Compares the padding bits that snug counts with those that g++'s __builtin_clear_padding clears.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""usage: compare_padding.py SNUG GXX SEED [RECORDS]

The builtin wants trivially copyable classes; the others are left out. Fails if fewer than a quarter are compared exactly.
"""
import json
import os
import subprocess
import sys
import tempfile

sys.path.insert(0, os.path.dirname(__file__))
from gen_records import Generator  # noqa: E402

PROGRAM = """
#include <cstdio>
#include <cstring>
#include <type_traits>
template <class T> void count(const char *name) {
  if constexpr (std::is_trivially_copyable_v<T>) {
    union raw { raw() {} T value; unsigned char bytes[sizeof(T)]; } r;
    std::memset(r.bytes, 0xff, sizeof(T));
    __builtin_clear_padding(&r.value);
    int bits = 0;
    for (unsigned char byte : r.bytes)
      bits += 8 - __builtin_popcount(byte);
    std::printf("%s %d\\n", name, bits);
  }
}
int main() {
"""


def is_plain(entry, unions):
    """g++ 12 overlooks padding behind bases and [[no_unique_address]] members, and behind bit-fields of unions."""
    in_union = entry.get("kind") == "anonymous_union" or entry.get("tag") == "union" or entry.get("type") in unions
    return not any(inner["kind"] in ("base", "virtual_base") or inner.get("no_unique_address") or
                   (inner["kind"] == "bit_field" and in_union) or not is_plain(inner, unions)
                   for inner in entry.get("bases", []) + entry.get("fields", []))


def main():
    snug, gxx, seed = sys.argv[1:4]
    count = int(sys.argv[4]) if len(sys.argv) > 4 else 100
    generator = Generator(int(seed))
    source = generator.run(count)
    with tempfile.TemporaryDirectory() as folder:
        records, program, binary = (os.path.join(folder, n) for n in ("records.cpp", "program.cpp", "program"))
        with open(records, "w", encoding="utf-8") as out:
            out.write(source)
        with open(program, "w", encoding="utf-8") as out:
            names = [r.name for r in generator.records]
            out.write(source + PROGRAM + "".join(f'  count<{n}>("{n}");\n' for n in names) + "}\n")
        flags = ["-std=c++20", "-fno-access-control", "-w"]
        subprocess.run([gxx, *flags, "-O0", program, "-o", binary], check=True)
        theirs = dict(line.split() for line in subprocess.run([binary], capture_output=True, text=True,
                                                              check=True).stdout.splitlines())
        ours = json.loads(subprocess.run([snug, "layout", records, "--format=json", "--", *flags],
                                         capture_output=True, text=True, check=True).stdout)["records"]
    unions = {r["name"] for r in ours if r["tag"] == "union"}
    differences, plain = [], 0
    for record in ours:
        if record["name"] not in theirs:
            continue
        counted, cleared = record["padding_bits"], int(theirs[record["name"]])
        exact = is_plain(record, unions)
        plain += exact
        # What it does clear must be padding in any case.
        if cleared > counted or (exact and cleared != counted):
            differences.append(f"{record['name']}: snug counts {counted} padding bits, g++ clears {cleared}")
    if differences:
        print("\n".join(differences[:10]))
        sys.exit(f"seed {seed}: {len(differences)} differences in {len(theirs)} records")
    if plain < count // 4:
        sys.exit(f"seed {seed}: only {plain} of {count} records are comparable")
    print(f"seed {seed}: the padding of {plain} records agrees with g++, that of {len(theirs) - plain} more contains g++'s")


if __name__ == "__main__":
    main()
