#!/usr/bin/env python3
"""Runs the commands of ```console blocks in our pages and fails where what they print is not what the page shows.

usage: check_pages.py BUILD PAGE…
A line `$ command` runs in the repository's root with BUILD/bin in front of PATH; the lines up to the next `$` are its
output, standard error included. `…` stands for any text: alone on a line for any number of lines, within a line for a part
of it. A ```cpp block must stand in a source below examples/, a ```cmake block in a CMakeLists.txt there, line by
line, blank lines and indentation aside. A page of which nothing runs fails. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""
import difflib
import os
import pathlib
import re
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent


def steps(text):
    """Yields (line number, command, expected output) of every console block."""
    number, inside, command, start, output = 0, False, None, 0, []
    for number, line in enumerate(text.splitlines(), 1):
        if not inside:
            inside = line.strip() == "```console"
        elif line.startswith("$ ") or line.strip() == "```":
            if command:
                yield start, command, output
            inside = line.startswith("$ ")
            command, start, output = line[2:] if inside else None, number, []
        elif command and command.endswith("\\") and not output:
            command = command[:-1] + line.strip()
        else:
            output.append(line)


def matches(expected, actual):
    pattern = ""
    for line in expected:
        if line.strip() == "…":
            pattern += r"(?:.*\n)*?"
        else:
            pattern += ".*?".join(map(re.escape, line.rstrip().split("…"))) + r"[ \t]*\n"
    return re.fullmatch(pattern, "".join(line.rstrip() + "\n" for line in actual)) is not None


def code(text):
    """The lines of a file that say something."""
    return [line.strip() for line in text.splitlines() if line.strip()]


def unknown_snippets(text):
    """Yields the line number of every block of code that no example contains."""
    for language, files in (("cpp", "*.cpp"), ("cmake", "CMakeLists.txt")):
        examples = ["\n".join(code(path.read_text())) for path in (ROOT / "examples").rglob(files)]
        for match in re.finditer(rf"^```{language}\n(.*?)^```", text, re.M | re.S):
            # "…" between two parts: both stand in one example.
            parts = ["\n".join(code(part)) for part in re.split(r"^\s*(?://|#) …\s*$", match[1], flags=re.M)]
            if not any(all(part in example for part in parts) for example in examples):
                yield text.count("\n", 0, match.start()) + 1


def main():
    build = pathlib.Path(sys.argv[1]).resolve()
    environment = {**os.environ, "PATH": f"{build / 'bin'}:/usr/lib/llvm-22/bin:{os.environ['PATH']}", "LC_ALL": "C.UTF-8", "BUILD": str(build)}
    failed = False
    for page in sys.argv[2:]:
        ran = 0
        for number in unknown_snippets((ROOT / page).read_text()):
            failed = True
            print(f"{page}:{number}: error: no file below examples/ contains this code", file=sys.stderr)
        for number, command, expected in steps((ROOT / page).read_text()):
            done = subprocess.run(["bash", "-c", command.replace("build/release", str(build))], cwd=ROOT, env=environment, stdin=subprocess.DEVNULL,
                                  stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
            actual = done.stdout.replace(str(build), "build/release").replace(f"{ROOT}/", "").splitlines()
            ran += 1
            if not matches(expected, actual):
                failed = True
                print(f"{page}:{number}: error: '{command}' prints something else", file=sys.stderr)
                print("\n".join(difflib.unified_diff(expected, actual, "the page", "the command", lineterm="")), file=sys.stderr)
        if not ran:
            failed = True
            print(f"{page}:1: error: no ```console block runs a command", file=sys.stderr)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
