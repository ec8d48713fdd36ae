#!/usr/bin/env python3
"""Merges the objects of a simulated fleet into one lock, and prints what that takes.

fleet.py SNUG [N]: writes N objects (10000 by default) as the plugin would in N translation units: the layouts of 40 common
headers in each, two layouts, a promised function with its code, and two coroutines of its own. Then `snug lock --update`
and `--check` read them all, and again with one unit that contradicts a common header. Fails when the lock does not hold
what was generated, or the contradiction is not found.

SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""
import json
import os
import pathlib
import struct
import subprocess
import sys
import tempfile
import time
import zlib

TARGET = {"target": "x86_64-linux-gnu", "compiler": "clang"}
HEADERS = 40


def place(file, line):
    return {"file": file, "line": line, "column": 8}


def stated(name, value, line):
    return [{"name": name, "value": value, "line": line, "column": 1}]


def layout(name, file, members):
    parts = [
        {"name": f"member_{i}", "type": "long", "offset": 64 * i, "size": 64, "line": i + 2, "column": 8} for i in range(members)
    ]
    size = 8 * members
    return {"layout": name, "size": size, "align": 8, "padding": 0, "parts": parts, "stated": stated("max_size", 4096, 1)} | (
        TARGET | place(file, 1)
    )


def function(symbol, file):
    return {"function": symbol, "optimization": "-O2", "stated": stated("max_loads", 4, 9)} | TARGET | place(file, 9)


def coroutine(symbol, file, line, promised):
    residents = [
        {"what": "'buffer'", "type": "char[64]", "size": 64, "line": line + 1, "column": 8},
        {"what": "the awaiter", "type": "fleet::awaiter<fleet::task<int>>", "size": 24, "line": line + 2, "column": 3},
    ]
    points = [
        {"kind": "start", "line": line, "column": 6},
        {"kind": "co_await", "line": line + 2, "column": 3, "alive": [0, 1]},
    ]
    record = {"coroutine": symbol, "optimization": "-O2", "size": 176, "align": 8, "at_least": 136, "promise_size": 32}
    record |= {"promise": "fleet::task<int>::promise_type", "residents": residents, "points": points}
    record |= {"promised": True, "stated": stated("max_frame", 256, line)} if promised else {"stated": []}
    return record | TARGET | place(file, line)


def records(unit):
    file = f"src/unit_{unit}.cpp"
    common = [layout(f"fleet::common_{h}", f"include/common_{h}.hpp", 3 + h % 5) for h in range(HEADERS)]
    own = [layout(f"fleet::unit_{unit}::type_{i}", file, 2 + i) for i in range(2)]
    name = f"unit_{unit}"
    symbol = f"_ZN5fleet{len(name)}{name}5startEPKl"
    frames = [coroutine(f"_ZN5fleet{len(name)}{name}{5}serveEv", file, 20, True), coroutine(f"_ZN5fleet{len(name)}{name}4waitEv", file, 30, False)]
    return symbol, common + own + [function(symbol, file)] + frames


def block(all_records):
    text = "".join(json.dumps(r, sort_keys=True, separators=(",", ":")) + "\n" for r in all_records).encode()
    packed = zlib.compress(text, 6)
    return struct.pack("<8s5I", b"snugfact", 3, 1, len(packed), len(text), zlib.crc32(packed)) + packed


def elf(symbol, facts):
    """An object for x86-64: a function of one load, its symbol, and the facts."""
    code = bytes([0x48, 0x8B, 0x07, 0xC3])
    strings = b"\0" + symbol.encode() + b"\0"
    symbols = bytes(24) + struct.pack("<IBBHQQ", 1, 0x12, 0, 1, 0, len(code))
    names = b"\0.text\0.snug.facts\0.symtab\0.strtab\0.shstrtab\0"
    contents = [code, facts, symbols, strings, names]
    # name, type, flags, link, info, alignment, size of an entry
    kinds = [(1, 1, 6, 0, 0, 16, 0), (7, 1, 0x80000000, 0, 0, 1, 0), (19, 2, 0, 4, 1, 8, 24), (27, 3, 0, 0, 0, 1, 0), (35, 3, 0, 0, 0, 1, 0)]
    body, headers = bytearray(64), [bytes(64)]
    for data, (name, kind, flags, link, info, alignment, entry) in zip(contents, kinds):
        body += bytes(-len(body) % alignment)
        headers.append(struct.pack("<IIQQQQIIQQ", name, kind, flags, 0, len(body), len(data), link, info, alignment, entry))
        body += data
    body += bytes(-len(body) % 8)
    body[:64] = b"\x7fELF\x02\x01\x01" + bytes(9) + struct.pack("<HHIQQQIHHHHHH", 1, 62, 1, 0, 0, len(body), 0, 64, 0, 0, 64, len(headers), len(headers) - 1)
    return bytes(body) + b"".join(headers)


def generate(folder, count):
    files = []
    for unit in range(count):
        symbol, all_records = records(unit)
        path = folder / f"{unit // 500}" / f"{unit}.o"
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(elf(symbol, block(all_records)))
        files.append(str(path.relative_to(folder)))
    return files


def run(label, command, folder, wanted):
    start = time.monotonic()
    with open(folder / "out", "w+b") as out:
        process = subprocess.Popen(command, cwd=folder, stdout=out, stderr=out)
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        out.seek(0)
        text = out.read().decode()
    if process.returncode != wanted:
        sys.exit(f"{label}: exit code {process.returncode}, {wanted} was expected:\n{text[:2000]}")
    cpu = usage.ru_utime + usage.ru_stime
    print(f"{label}: {time.monotonic() - start:.1f} s ({cpu:.1f} s of processor), {usage.ru_maxrss / 1024:.0f} MiB")
    return text


def main():
    snug = pathlib.Path(sys.argv[1]).resolve()
    count = int(sys.argv[2]) if len(sys.argv) > 2 else 10000
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        files = generate(folder, count)
        print(f"{count} objects, {sum((folder / f).stat().st_size for f in files) >> 20} MiB")
        run("snug lock --update", [snug, "lock", "--update", *files], folder, 0)
        lock = (folder / "snug.lock").read_text().splitlines()
        for kind, wanted in {"type": HEADERS + 2 * count, "function": count, "coroutine": count}.items():
            found = sum(line.startswith(kind + " ") for line in lock)
            if found != wanted:
                sys.exit(f"the lock holds {found} entries '{kind}', {wanted} were generated")
        if sum("loads 1," in line for line in lock) != count:
            sys.exit("not every function was counted")
        run("snug lock --check", [snug, "lock", "--check", *files], folder, 0)
        (folder / "odd.o").write_bytes(elf("odd", block([layout("fleet::common_7", "include/common_7.hpp", 9)])))
        text = run("snug lock --check, one contradiction", [snug, "lock", "--check", *files, "odd.o"], folder, 1)
        wanted = "'fleet::common_7' is laid out in two ways: 40 bytes in '0/0.o', 72 bytes in 'odd.o'"
        if wanted not in text:
            sys.exit(f"the contradiction was not found:\n{text[:2000]}")
        print("contradiction found: " + wanted)


main()
