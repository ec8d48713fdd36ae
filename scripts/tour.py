#!/usr/bin/env python3
"""Writes docs/tour.md: one sentence per file, taken from the sentence that each file opens with.

`--check` fails instead of writing when the page is stale or a file does not say what it is about.
SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""
import pathlib
import re
import subprocess
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
PAGE = ROOT / "docs" / "tour.md"
SUFFIXES = {".h", ".hpp", ".cpp", ".def", ".py", ".sh", ".cmake", ".css", ".js"}
FOLDERS = {
    "include": "The runtime's headers", "lib": "The runtime's compiled parts", "checker": "The verifier",
    "plugin": "The Clang plugin", "unittests": "GoogleTest suites", "lit-tests": "lit suites: what they share",
    "examples": "Examples", "bench": "Benchmarks", "scripts": "Scripts", "cmake": "CMake modules",
}
SKIP = re.compile(r"SPDX-License-Identifier|^#!|coding[:=]")


def sentence(path):
    """The first sentence of the first comment or docstring, joined over lines."""
    words = []
    for line in path.read_text(errors="replace").splitlines()[:14]:
        text = line.strip()
        if SKIP.search(text) or (not text and not words):
            continue
        match = re.match(r'(?://[/!]?|#|"""|/\*\*?|\*)\s?(.*?)(?:"""|\*/)?$', text)
        if match and not text.startswith(("#include", "#ifndef", "#define", "#if", "#pragma")):
            body = match[1].strip()
        elif words and not text.startswith(("#", "import", "namespace")):
            body = text
        else:
            break
        if not body:
            break
        words.append(body)
        if body.endswith((".", ":")) or ". " in body:
            break
    text = " ".join(words)
    # A full stop ends the sentence unless it belongs to a name (SnugPlugin.so, [exec.recv]).
    return re.split(r"(?<=[^.][.])\s+(?=[A-Z`])", text)[0].rstrip(":") if text else ""


def files():
    out = subprocess.run(["git", "ls-files", "-co", "--exclude-standard"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    order = list(FOLDERS)
    for name in sorted(filter(None, out.split("\n")), key=lambda n: (order.index(n.split("/")[0]) if n.split("/")[0] in order else 99, n)):
        path = pathlib.PurePath(name)
        if path.suffix not in SUFFIXES or path.parts[0] not in FOLDERS or not (ROOT / name).is_file():
            continue
        # The tests themselves explain themselves; the tour shows what they share.
        if path.parts[0] == "lit-tests" and (re.search(r"\.(verify|layout|asm|sh|compile)\.", path.name) or "Inputs" in path.parts[:-2]):
            continue
        yield path


def page():
    lines = [
        "# Tour",
        "",
        "One sentence per file, made by `scripts/tour.py` from the sentence each file opens with.",
        "",
        "Arrows (\"may include\"), held by `scripts/check_layers.py`: the runtime's `any` → `io` → `execution` → `detail`, `config`;",
        "`lib` → `include`. The verifier's `layout`, `machine`, `facts`, `report` → `core`; `rules` → `layout`, `machine`, `facts`,",
        "`core`; `tool`, `plugin` → `rules`, `facts`, `report`. The verifier never includes the runtime.",
    ]
    folder, missing = None, []
    for path in files():
        if str(path.parent) != folder:
            if folder is None or path.parts[0] != folder.split("/")[0]:
                lines += ["", f"## {FOLDERS[path.parts[0]]}"]
            folder = str(path.parent)
            lines += ["", f"**`{folder}/`**", ""]
        text = sentence(ROOT / path)
        if not text:
            missing.append(str(path))
        lines.append(f"- `{path.name}`: {text}")
    return "\n".join(lines) + "\n", missing


def main():
    text, missing = page()
    for name in missing:
        print(f"{name}:1: error: the file does not open with a sentence about its subject", file=sys.stderr)
    if "--check" not in sys.argv:
        PAGE.write_text(text)
    elif not PAGE.exists() or PAGE.read_text() != text:
        print("docs/tour.md: error: stale; run scripts/tour.py", file=sys.stderr)
        return 1
    return 1 if missing else 0


if __name__ == "__main__":
    sys.exit(main())
