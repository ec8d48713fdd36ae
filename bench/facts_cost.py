#!/usr/bin/env python3
"""What facts cost: bytes in objects, and instructions of the compile.

facts_cost.py --clang CLANG --plugin PLUGIN [--sizes-only] [--at-most PERCENT] SOURCE…: compiles each source (-O2) with the
plugin and prints the bytes of its object, those of .snug.facts with the section's header and name, and their share; then,
under valgrind's callgrind, how many instructions the compile executes with the plugin and without. Fails when the facts of
all objects together are more than PERCENT of the rest.

SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""
import argparse
import os
import pathlib
import re
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent
SECTION_HEADER = 64


def facts_bytes(path, readelf):
    """Of the section, with its header and its name in the table of names."""
    text = subprocess.run([readelf, "-S", "-W", path], check=True, capture_output=True, text=True).stdout
    found = re.search(r"\.snug\.facts\s+PROGBITS\s+\w+\s+\w+\s+(\w+)", text)
    return int(found[1], 16) + SECTION_HEADER + len(".snug.facts") + 1 if found else 0


def instructions(command, folder):
    out = folder / "callgrind"
    subprocess.run(["valgrind", "--tool=callgrind", f"--callgrind-out-file={out}", "--trace-children=yes", *command], check=True, capture_output=True)
    return int(re.search(r"^(?:summary|totals): (\d+)", out.read_text(), re.M)[1])


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--clang", required=True)
    parser.add_argument("--plugin", required=True)
    parser.add_argument("--readelf", default="llvm-readelf")
    parser.add_argument("--sizes-only", action="store_true")
    parser.add_argument("--at-most", type=float)
    parser.add_argument("sources", nargs="+")
    options = parser.parse_args()
    os.environ["CCACHE_DISABLE"] = "1"
    flags = ["-std=c++20", "-w", f"-I{ROOT / 'include'}", f"-I{ROOT / 'lib'}", "-O2", "-DNDEBUG", "-c"]
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        total = total_facts = 0
        for source in options.sources:
            output = folder / "out.o"
            # One process and no more: what -cc1 would do in another one is counted, too.
            plain = [options.clang, "-fintegrated-cc1", *flags, ROOT / source, "-o", output]
            subprocess.run([*plain, f"-fplugin={options.plugin}"], check=True)
            facts = facts_bytes(output, options.readelf)
            rest = output.stat().st_size - facts
            total, total_facts = total + rest, total_facts + facts
            line = f"{source}: {rest} bytes, {facts} of facts ({100 * facts / rest:.2f} %)"
            if not options.sizes_only:
                without = instructions(plain, folder)
                with_plugin = instructions([*plain, f"-fplugin={options.plugin}"], folder)
                line += f"; {without / 1e6:.0f} M instructions, {with_plugin / 1e6:.0f} M with the plugin ({with_plugin / without:.3f})"
            print(line, flush=True)
        share = 100 * total_facts / total
        print(f"all: {total} bytes, {total_facts} of facts ({share:.2f} %)")
        if options.at_most is not None and share > options.at_most:
            sys.exit(f"facts are {share:.2f} % of the objects; at most {options.at_most} % are allowed")


main()
