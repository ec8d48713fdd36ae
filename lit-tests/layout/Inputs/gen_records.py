#!/usr/bin/env python3
# Writes a C++ file of random records, the same for the same seed, that layouts and verdicts are compared on.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""usage: gen_records.py [--wild] [--small-target] [--records N] SEED

Without --wild only what clang, g++ and the standard have a verdict on; with it everything that moves bytes: virtual
bases, packing, alignment, odd scalars, templates, atomics. --small-target leaves out what needs a 64-bit Unix.
"""
import argparse
import random
from dataclasses import dataclass, field

PLAIN_SCALARS = ["char", "short", "int", "long", "double", "void *", "bool"]
WILD_SCALARS = PLAIN_SCALARS + ["long double", "__int128", "float", "_BitInt(17)", "_BitInt(65)", "_Complex float",
                                "_Complex long double", "char16_t", "decltype(nullptr)", "int (*)(int)", "three",
                                "_Atomic(int)", "colour", "_Atomic(pair3)", "int S0::*", "void (S0::*)()"]
# After so many records the pool of bases and members starts anew: else everything ends as non-standard-layout.
GENERATION = 14


@dataclass
class Member:
    name: str            # "" for an unnamed bit-field
    access: str
    bits: int = -1       # width of a bit-field
    reference: bool = False
    overlapping: bool = False
    inner: list = field(default_factory=list)  # names in an anonymous union
    type: str = ""


@dataclass
class Record:
    name: str
    union: bool
    bases: list = field(default_factory=list)  # (name, is virtual)
    members: list = field(default_factory=list)


class Generator:
    def __init__(self, seed, wild=False, small_target=False):
        self.random = random.Random(seed)
        self.wild = wild
        self.scalars = [s for s in (WILD_SCALARS if wild else PLAIN_SCALARS) if s != "__int128" or not small_target]
        self.records = []
        self.text = []

    def chance(self, percent):
        return self.random.random() * 100 < percent

    def pick(self, weights):
        return self.random.choices(range(len(weights)), weights)[0]

    def access(self):
        return self.random.choices(["public", "protected", "private"], [6, 1, 1])[0]

    def scalar(self):
        return self.random.choice(self.scalars)

    def declare(self, type_, name):
        if type_.endswith("(*)(int)"):
            return f"int (*{name})(int)"
        if type_.startswith("void (S0"):
            return f"void (S0::*{name})()"
        return f"{type_} {name}"

    def member(self, record, index, pool, access, allow_reference):
        name = f"m{len(self.records)}_{index}"
        kind = self.pick([50, 8 if not self.wild else 20, 8, 34])
        if kind == 0 and pool:
            inner = self.random.choice(pool)
            type_ = inner.name
        elif kind == 1:
            bits = self.random.choice([0, 1, 4, 8, 32] if not self.wild else [0, 1, 3, 7, 8, 9, 17, 31, 32])
            named = bits != 0 and self.chance(50)
            type_ = self.random.choice(["int", "unsigned", "long"]) if not self.wild or bits > 8 else \
                self.random.choice(["int", "char", "bool", "long", "short"])
            if type_ == "bool" and bits > 1:
                type_ = "unsigned char"
            self.text.append(f"  {type_} {name if named else ''} : {bits};")
            record.members.append(Member(name if named else "", access, bits, type=type_))
            return
        elif kind == 2:
            names = []
            self.text.append("  union {")
            for i in range(self.random.choice([1, 2])):
                inner_type = self.random.choice(pool).name if pool and self.chance(40) else self.scalar()
                names.append(f"{name}u{i}")
                self.text.append(f"    {self.declare(inner_type, names[-1])};")
            self.text.append("  };")
            record.members.append(Member(f"{name}u", access, inner=names))
            return
        else:
            type_ = self.scalar()
        overlapping = self.chance(30)
        align = f"__attribute__((aligned({self.random.choice([8, 16, 32])}))) " if self.wild and self.chance(6) else ""
        prefix = ("[[no_unique_address]] " if overlapping else "") + align
        array = not overlapping and self.chance(12)
        reference = allow_reference and not array and not overlapping and self.chance(6)
        if reference:
            self.text.append(f"  int &{name};")
        else:
            declared = self.declare(type_, name)
            if array and "(" not in type_ and "*" not in type_:
                declared += f"[{self.random.choice([1, 2, 3])}]"
            self.text.append(f"  {prefix}{declared};")
        record.members.append(Member(name, access, reference=reference, overlapping=overlapping, type=type_))

    def record(self):
        number = len(self.records)
        pool = [r for r in self.records[number - number % GENERATION:]]
        record = Record(f"S{number}", union=self.chance(10))
        head = "union" if record.union else self.random.choice(["struct", "class"])
        attributes = ""
        if self.wild:
            attributes += self.random.choice([""] * 12 + [" __attribute__((aligned(16)))", " __attribute__((packed))",
                                                          " __attribute__((aligned(64)))",
                                                          " __attribute__((packed, aligned(4)))"])
        bases = []
        candidates = [r for r in pool if not r.union]
        if not record.union:
            for base in self.random.sample(candidates, min(len(candidates), self.pick([40, 35, 20, 5]))):
                virtual = self.chance(25 if self.wild else 5)
                record.bases.append((base.name, virtual))
                bases.append(f"{self.access()} {'virtual ' if virtual else ''}{base.name}")
        template = self.wild and number and not record.union and self.chance(8)
        final = " final" if self.chance(3) else ""
        shown = record.name + ("_of" if template else "")
        if template:
            self.text.append("template <class T, int N>")
        self.text.append(f"{head}{attributes} {shown}{final if not template else ''}" +
                         (" : " + ", ".join(bases) if bases else "") + " {")
        access = "public" if head != "class" or self.chance(50) else "private"
        self.text.append(f"{access}:")
        if not record.union and self.chance(12 if self.wild else 5):
            self.text.append(f"  virtual void f{number}();")
        if self.wild and not record.union and self.chance(30):
            self.text.append(f"  ~{shown}();")
        for index in range(self.pick([40, 35, 15, 10] if not self.wild else [20, 30, 30, 20])):
            if self.chance(12):
                access = self.access()
                self.text.append(f"{access}:")
            self.member(record, index, pool, access, not record.union)
        if template:
            self.text.append(f"  T t{number};")
            self.text.append(f"  T a{number}[N];")
        self.text.append("};")
        if template:
            self.text.append(f"using {record.name} = {shown}<{self.random.choice(['char', 'int', 'double'])}, "
                             f"{self.random.choice([1, 3])}>;")
        if final and not template:
            record.union = True  # no base of anything
        self.records.append(record)

    def run(self, count):
        if self.wild:
            self.text += ["enum colour : unsigned char { red };", "struct pair3 { char c[3]; };", "struct S0;",
                          "typedef float three __attribute__((ext_vector_type(3)));"]
        for _ in range(count):
            self.record()
        # Templates are laid out when something needs them complete.
        self.text.append("inline unsigned long total() {")
        self.text.append("  return " + " + ".join(f"sizeof({r.name})" for r in self.records) + ";")
        self.text.append("}")
        return "\n".join(self.text) + "\n"


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("seed", type=int)
    parser.add_argument("--records", type=int, default=150)
    parser.add_argument("--wild", action="store_true")
    parser.add_argument("--small-target", action="store_true")
    options = parser.parse_args()
    print(Generator(options.seed, options.wild, options.small_target).run(options.records), end="")


if __name__ == "__main__":
    main()
