#!/usr/bin/env python3
"""Measures the operation states and start paths of a file, in both receiver modes, beside their hand-written twins.

usage: measure.py --snug=SNUG --clang=CLANG [--update] FILE -- FLAGS
The file declares, for each NAME, `using op_NAME = …;` (the operation state), `struct twin_NAME` (what one would write by hand) and two
functions that start them, `start_NAME(op_NAME &)` and `hand_NAME(twin_NAME &)`. Two lines per NAME are printed, in the order of the file.
The inlined form must not be above its twin in bytes, loads or chain: a line `// ABOVE NAME: why` states an exception, and is an
error where there is none. `// WITHOUT TWIN NAME: why` stands for a twin that nobody would write otherwise. `--update` writes the lines into the file as its MEASURED directives. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""
import json
import pathlib
import re
import subprocess
import sys
import tempfile

MODES = {"inlined": [], "stored": ["-DSNUG_STORE_RECEIVERS=1"]}


def output(command):
    done = subprocess.run(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    if done.returncode:
        sys.exit(f"{' '.join(command)}\nfailed:\n{done.stderr}")
    return json.loads(done.stdout) if done.stdout else None


def count(number, noun):
    return f"{number} {noun}{'' if number == 1 else 's'}"


def main():
    split = sys.argv.index("--")
    options = dict(argument.removeprefix("--").split("=", 1) for argument in sys.argv[1:split] if "=" in argument and argument.startswith("--"))
    path = next(argument for argument in sys.argv[1:split] if not argument.startswith("--"))
    flags, snug, text = sys.argv[split + 1:], options["snug"], pathlib.Path(path).read_text()
    names = re.findall(r"^using op_(\w+) =", text, re.M)
    allowed = dict(re.findall(r"^// ABOVE (\w+): (.+)$", text, re.M))
    twinless = dict(re.findall(r"^// WITHOUT TWIN (\w+): (.+)$", text, re.M))

    sizes, starts = {}, {}
    with tempfile.TemporaryDirectory() as folder:
        for mode, mode_flags in MODES.items():
            layouts = output([snug, "layout", path, "--type=^(op|twin)_", "--format=json", "--", *flags, *mode_flags])
            for record in layouts["records"]:
                sizes[mode, record.get("alias") or record["name"]] = record["size"]
            # One operation state under two names is printed once, under one of them.
            aliases = re.findall(r"^using op_(\w+) = op_(\w+);", text, re.M)
            for alias, original in aliases:
                sizes.setdefault((mode, f"op_{alias}"), sizes.get((mode, f"op_{original}")))
            compiled = f"{folder}/{mode}.o"
            output([options["clang"], *flags, *mode_flags, "-c", path, "-o", compiled])
            for function in output([snug, "asm", compiled, "--function=^(start|hand)_", "--format=json"])["functions"]:
                starts[mode, function["name"].split("(")[0]] = function

    errors, lines = [], []
    for name in names:
        def start(mode, prefix):
            return starts.get((mode, f"{prefix}_{name}"))
        forms = [("inlined", "start", "op"), ("stored", "start", "op")] + [("inlined", "hand", "twin")] * (name not in twinless)
        try:
            functions = [start(mode, prefix) for mode, prefix, _ in forms]
            bytes_ = [sizes[mode, f"{kind}_{name}"] for mode, _, kind in forms]
            figures = [f"{f['instructions']} insns {count(f['loads'], 'load')} chain {f['chain']}" for f in functions]
        except (KeyError, TypeError) as error:
            errors.append(f"{name}: op_{name}, twin_{name}, start_{name} and hand_{name} are needed ({error})")
            continue
        where = ("inlined", "stored", "by hand")
        lines += [f"{name}: {count(bytes_[0], 'byte')} inlined, " + ", ".join(f"{b} {w}" for b, w in list(zip(bytes_, where))[1:]),
                  f"{name}, start: " + "; ".join(f"{f} {w}" for f, w in zip(figures, where))]
        if name in twinless:
            continue
        (size, _, size_hand), (inlined, _, hand) = bytes_, functions
        above = size > size_hand or inlined["loads"] > hand["loads"] or inlined["chain"] > hand["chain"]
        if above and name not in allowed:
            errors.append(f"{name}: above its twin; say why in a line '// ABOVE {name}: …'")
        if not above and name in allowed:
            errors.append(f"{name}: not above its twin, but 'ABOVE {name}' says so")
    errors += [f"'WITHOUT TWIN {name}' is about nothing in this file" for name in twinless if name not in names]
    errors += [f"'ABOVE {name}' is about nothing in this file" for name in allowed if name not in names]
    if not names:
        errors.append("no 'using op_NAME = …;' in this file")
    print("\n".join(lines))
    if "--update" in sys.argv[1:split]:
        code = [line for line in text.splitlines() if not line.startswith("// MEASURED")]
        last = max(number for number, line in enumerate(code) if line.startswith("// RUN:"))
        code[last + 1:last + 1] = [f"// MEASURED: {line}" for line in lines]
        pathlib.Path(path).write_text("\n".join(code) + "\n")
    for error in errors:
        print(f"{path}: error: {error}", file=sys.stderr)
    return 1 if errors else 0


if __name__ == "__main__":
    sys.exit(main())
