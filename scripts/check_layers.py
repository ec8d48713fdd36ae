#!/usr/bin/env python3
"""Fails when an #include runs against an arrow of the design, or lacks because the precompiled header stands in for it.

The tables below are the whole of it: a folder may include itself and the folders named on its line.
SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""
import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent

VERIFIER = {
    "core": set(),
    "layout": {"core"},
    "machine": {"core"},
    "facts": {"core"},
    "report": {"core"},
    "rules": {"layout", "machine", "facts", "core"},
    "tool": {"rules", "facts", "report", "layout", "machine", "core"},
}
PLUGIN = {"rules", "facts", "report", "core"}

# Of the runtime: the first path component below include/snug, or the header's own name for the umbrellas.
RUNTIME_BASE = {"config", "detail", "stop_token", "expect"}
RUNTIME = {
    "config": set(),
    "expect": {"config"},
    "layout": {"config", "detail"},
    "detail": {"config"},
    "stop_token": {"config", "detail"},
    "shared_stop_token": {"config", "detail", "stop_token"},
    "std_stop_token": {"stop_token"},
    "execution": RUNTIME_BASE,
    "io": RUNTIME_BASE | {"execution"},
    "any": RUNTIME_BASE | {"execution", "io"},
}
# What no header may include: the system is met in lib alone.
PLATFORM = re.compile(r"(sys|netinet|arpa|linux)/.*|(unistd|fcntl|poll|pthread|netdb|errno|signal)\.h")
# The runtime is loaded by every user: what it costs to compile is decided by what it includes.
EXPENSIVE = {"tuple", "variant", "functional", "memory", "atomic", "mutex", "thread", "condition_variable", "stop_token"}
# Headers whose interface in the standard names such a type.
OWED = {
    "execution/completion_types.hpp": {"tuple", "variant"},
    "execution/into_variant.hpp": {"tuple", "variant"},
    "execution/parallel_scheduler_replacement.hpp": {"memory"},
    "execution/single_sender.hpp": {"tuple"},
    "execution/sync_wait.hpp": {"tuple"},
    "execution/sync_wait_with_variant.hpp": {"tuple"},
    "execution/task.hpp": {"tuple"},
}
# What checker/core/Clang.h brings to every source of its targets, and the use that only a source with the header of its
# own survives: elsewhere (SNUG_NO_PCH, an editor, the next release of Clang) such a source must compile all the same.
PRECOMPILED_FOR = ("layout", "rules")
PRECOMPILED = {
    "clang/AST/Attr.h": re.compile(r"\b\w+Attr>"),
    "clang/AST/RecordLayout.h": re.compile(r"\bgetASTRecordLayout\("),
    "clang/AST/RecursiveASTVisitor.h": re.compile(r"\bRecursiveASTVisitor<"),
    "clang/Basic/SourceManager.h": re.compile(r"(?:\b(?:getSourceManager|sources)\(\)|\bSM)\."),
    "clang/Lex/Lexer.h": re.compile(r"\bLexer::"),
}

INCLUDE = re.compile(r'^\s*#\s*include\s+(?:"([^"]+)"|<([^>]+)>)')


def component(path):
    return path.split("/")[0].removesuffix(".hpp").removesuffix(".h")


def includes(path):
    for number, line in enumerate(path.read_text().splitlines(), 1):
        if match := INCLUDE.match(line):
            yield number, match[1] or match[2], match[2] is not None


def verifier_errors():
    for path in sorted((ROOT / "checker").rglob("*")) + sorted((ROOT / "plugin").rglob("*")):
        if path.suffix not in {".h", ".cpp"}:
            continue
        place = path.relative_to(ROOT).parts
        own = place[1] if place[0] == "checker" else "plugin"
        allowed = VERIFIER.get(own, set()) if place[0] == "checker" else PLUGIN
        for number, target, angled in includes(path):
            if target.startswith("snug/"):
                yield path, number, f"'{own}' includes the runtime header '{target}'; the verifier knows library types by name only"
            elif not angled and "/" in target:
                folder = component(target)
                if folder in VERIFIER and folder != own and folder not in allowed:
                    yield path, number, f"'{own}' may not include '{folder}' ('{target}')"
            if own == "machine" and target.startswith("clang/"):
                yield path, number, f"'machine' knows no AST but includes '{target}'"
            if own == "core" and target.startswith("clang/") and path.name != "Clang.h":
                yield path, number, f"'core' is plain data but includes '{target}'"


def reachable(path):
    """The headers that `path` names, and those that headers of the verifier among them name."""
    found, left = set(), [path]
    while left:
        for _, target, _ in includes(left.pop()):
            if target not in found:
                found.add(target)
                if (own := ROOT / "checker" / target).exists():
                    left.append(own)
    return found


def precompiled_errors():
    for path in sorted(path for folder in PRECOMPILED_FOR for path in (ROOT / "checker" / folder).glob("*.cpp")):
        have = reachable(path)
        for number, line in enumerate(path.read_text().splitlines(), 1):
            for header, use in PRECOMPILED.items():
                if header not in have and use.search(line):
                    yield path, number, f"include '{header}' for this; only the precompiled header brings it here"


def runtime_errors():
    for path in sorted((ROOT / "include" / "snug").rglob("*.hpp")):
        name = str(path.relative_to(ROOT / "include" / "snug"))
        own = component(name)
        allowed = RUNTIME.get(own)
        if allowed is None:
            yield path, 1, f"'{own}' is not in the table of scripts/check_layers.py"
            continue
        for number, target, _ in includes(path):
            if target.startswith("snug/"):
                folder = component(target.removeprefix("snug/"))
                if folder != own and folder not in allowed:
                    yield path, number, f"'{own}' may not include '{folder}' ('{target}')"
            elif PLATFORM.fullmatch(target):
                yield path, number, f"'<{target}>' belongs to one platform: include it in lib"
            elif own in RUNTIME_BASE | {"execution", "io", "any"} and target in EXPENSIVE - OWED.get(name, set()):
                yield path, number, f"'<{target}>' is too expensive for a header that every pipeline includes"
    for path in sorted((ROOT / "lib").rglob("*.[ch]pp")):
        for number, target, _ in includes(path):
            if "/" in target and component(target) in VERIFIER and not target.startswith("snug/"):
                yield path, number, f"the runtime may not include the verifier ('{target}')"


def main():
    errors = [*verifier_errors(), *precompiled_errors(), *runtime_errors()]
    for path, number, message in errors:
        print(f"{path.relative_to(ROOT)}:{number}: error: {message}", file=sys.stderr)
    return 1 if errors else 0


if __name__ == "__main__":
    sys.exit(main())
