#!/usr/bin/env python3
"""Holds the counting rules to what a program executes: loads and stores per instruction, counted by valgrind's lackey.

usage: lackey.py --snug=SNUG [--at-least=N] [--miscount=MNEMONIC] PROGRAM
PROGRAM is a linked file at fixed addresses. Each executed instruction whose loads or stores differ from snug's must fall into
one of the classes below, each with its reason; any other one fails. --miscount adds a load to
what snug says of the instructions of that mnemonic: a comparison that stays green then compares nothing.
"""
import collections
import json
import pathlib
import re
import subprocess
import sys
import tempfile

Instruction = collections.namedtuple("Instruction", "text size loads stores implicit_loads implicit_stores repeated function")


def fail(message):
    sys.exit(f"lackey.py: error: {message}")


def run(command):
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, check=False)
    if done.returncode:
        fail(f"{' '.join(command)} failed:\n{done.stderr}")
    return done.stdout


def counted_by_snug(snug, program):
    """What each instruction loads and stores, by address."""
    addresses = {}
    for line in run(["llvm-nm", "--defined-only", program]).splitlines():
        address, _, name = line.split(" ", 2)
        addresses[name] = int(address, 16)
    known = {}
    for function in json.loads(run([snug, "asm", program, "--function=.", "--format=json"]))["functions"]:
        start = addresses[function["mangled"]]
        for line in function["listing"]:
            known[start + line["offset"]] = Instruction(line["text"], line["size"], line.get("loads", 0), line.get("stores", 0),
                                                        line.get("implicit_loads", 0), line.get("implicit_stores", 0),
                                                        line.get("repeated", False), function["name"])
    return known


def executed(program):
    """(address, size, widths of loads, widths of stores) for each executed instruction."""
    with tempfile.TemporaryDirectory() as folder:
        trace = pathlib.Path(folder) / "trace"
        run(["valgrind", "--tool=lackey", "--trace-mem=yes", "--vex-iropt-level=0", f"--log-file={trace}", program])
        # Without the optimiser: it would drop loads whose value nobody reads.
        current = None
        for line in trace.read_text().splitlines():
            parts = re.fullmatch(r"(I | L| S| M) ([0-9a-f]+),(\d+)", line)
            if not parts:
                continue
            kind, address, width = parts[1].strip(), int(parts[2], 16), int(parts[3])
            if kind == "I":
                if current:
                    yield current
                current = (address, width, [], [])
            else:
                if kind in "LM":
                    current[2].append(width)
                if kind in "SM":
                    current[3].append(width)
        if current:
            yield current


def mnemonic_of(text):
    words = text.split()
    return words[1] if words[0] in ("lock", "rep", "repe", "repne") and len(words) > 1 else words[0]


def is_lanes(i, loads, stores):
    widths = loads + stores
    return (re.match("vpgather|vgather|vfm|vfnm|vmaskmov|vpmaskmov", i.text) and len(set(widths)) == 1 and len(widths) > 1
            and bool(loads) == bool(i.loads) and bool(stores) == bool(i.stores))


def is_locked(i, loads, stores):
    return ((i.text.startswith("lock ") or mnemonic_of(i.text) == "xchg") and len(set(loads)) == 1
            and (len(loads), len(stores)) == (i.loads + 1, i.stores))


# Why the oracle may say something else: name, reason, and whether it applies to what the oracle saw.
CLASSES = [
    ("locked", "the model of a locked instruction loads, then compares and swaps: one load more", is_locked),
    ("lanes", "fused multiply-adds, gathers and masked moves are modelled lane by lane", is_lanes),
    ("masked-out", "a masked move whose mask is empty touches nothing; it is counted as what it is written for",
     lambda i, loads, stores: "maskmov" in i.text and not loads and not stores),
    ("last-round", "a repeated instruction is seen once more, to find that no round is left",
     lambda i, loads, stores: i.repeated and not loads and not stores),
    ("byte-mask", "maskmovdqu is modelled as a load, a blend and a store",
     lambda i, loads, stores: i.text.startswith("maskmovdqu") and loads == stores == [16]),
]


def main():
    options = dict(a.removeprefix("--").split("=", 1) for a in sys.argv[1:] if a.startswith("--"))
    program = [a for a in sys.argv[1:] if not a.startswith("--")][0]
    known = counted_by_snug(options["snug"], program)
    if "miscount" in options:
        known = {address: i._replace(loads=i.loads + (mnemonic_of(i.text) == options["miscount"])) for address, i in known.items()}
    outside = agreed = 0
    distinct, counts, unknown = set(), collections.Counter(), {}
    for address, _, loads, stores in executed(program):
        i = known.get(address)
        if i is None:
            outside += 1
            continue
        distinct.add(address)
        if (len(loads), len(stores)) == (i.loads + i.implicit_loads, i.stores + i.implicit_stores):
            agreed += 1
            continue
        name = next((name for name, _, applies in CLASSES if applies(i, loads, stores)), "unclassified")
        counts[name] += 1
        if name == "unclassified":
            unknown.setdefault(address, f"'{i.text}' in '{i.function[:60]}': {i.loads}+{i.implicit_loads} loads and "
                                        f"{i.stores}+{i.implicit_stores} stores; seen: loads of {loads}, stores of {stores} bytes")
    compared = agreed + sum(counts.values())
    print(f"compared      {compared:7} executed instructions, {len(distinct)} different ones; {outside} in no function with a name")
    print(f"agree         {agreed:7}")
    for name, reason, _ in CLASSES:
        print(f"{name:13} {counts[name]:7} {reason}")
    print(f"unclassified  {counts['unclassified']:7}")
    for text in list(unknown.values())[:20]:
        print(f"lackey.py: error: {text}", file=sys.stderr)
    if compared < int(options.get("at-least", 1)):
        fail(f"{compared} instructions were compared; at least {options['at-least']} were wanted")
    return 1 if unknown else 0


if __name__ == "__main__":
    sys.exit(main())
