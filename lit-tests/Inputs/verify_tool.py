#!/usr/bin/env python3
"""Holds `snug check` to the expected-* comments that `clang -verify` reads, so that every rule test runs in both hosts.

    verify_tool.py --snug SNUG [--clang CLANG --plugin PLUGIN] FILE [snug options] [-- compiler flags]

Each finding must be expected with its level, each reason as a note, on the line where it is reported; nothing expected
may be missing. With --clang and --plugin the file is first checked by `clang -verify` under the plugin; options of
`snug check` become plugin arguments there; --ignore-notes asks for findings alone, for tests whose notes stand in a file
of their own. Comments understood: expected-error, -warning, -note, -remark with @+N, @-N,
@N, @*, @#marker, counts (2, 1+, +, 0-1), -re, {{text}} and {{{text}}}; expected-no-diagnostics.
SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""
import json
import os
import re
import subprocess
import sys

DIRECTIVE = re.compile(
    r"expected-(error|warning|note|remark)(-re)?"
    r"(?:@(?P<place>[^\s{]+))?\s*"
    r"(?P<count>\d+-\d+|\d+\+?|\+|\*)?\s*"
    r"(?P<open>\{\{+)"
)
MARKER = re.compile(r"//.*?#([A-Za-z_][\w-]*)")


class Expectation:
    def __init__(self, level, file, line, low, high, pattern, where):
        self.level, self.file, self.line = level, file, line
        self.low, self.high, self.pattern, self.where = low, high, pattern, where
        self.seen = 0

    def takes(self, diagnostic):
        level, file, line, text = diagnostic
        if level != self.level or (self.high is not None and self.seen == self.high):
            return False
        if self.line is not None and (line != self.line or not os.path.samefile(file, self.file)):
            return False
        return self.pattern.search(text) is not None


def counts(text):
    if not text:
        return 1, 1
    if text in ("+", "*"):
        return (1 if text == "+" else 0), None
    if text.endswith("+"):
        return int(text[:-1]), None
    if "-" in text:
        low, high = text.split("-")
        return int(low), int(high)
    return int(text), int(text)


def pattern_of(text, is_regex):
    """Outside of -re, text is text; within, {{…}} holds regular expressions."""
    if not is_regex:
        return re.compile(re.escape(re.sub(r"\s+", " ", text)).replace(r"\\n", "\n"))
    parts = re.split(r"\{\{(.*?)\}\}", text)
    return re.compile("".join(p if i % 2 else re.escape(p) for i, p in enumerate(parts)))


def comment_end(text, start, closing):
    """Where the closing braces stand: nested {{…}} of a regular expression do not end the text."""
    depth, i = 1, start
    opening = "{" * len(closing)
    while i < len(text):
        if text.startswith(closing, i):
            depth -= 1
            if depth == 0:
                while text.startswith("}", i + len(closing)):
                    i += 1
                return i
            i += len(closing)
        elif text.startswith(opening, i):
            depth += 1
            i += len(opening)
        else:
            i += 1
    raise SystemExit("verify_tool: an expected-* comment is not closed")


def read_expectations(path):
    with open(path, encoding="utf-8") as source:
        text = source.read()
    lines = text.split("\n")
    markers = {m.group(1): n for n, line in enumerate(lines, 1) for m in [MARKER.search(line)] if m}
    found = []
    for match in DIRECTIVE.finditer(text):
        own = text.count("\n", 0, match.start()) + 1
        while own > 1 and lines[own - 2].endswith("\\"):
            own -= 1  # a comment that is continued is where it begins
        place, file, line = match.group("place"), path, own
        if place:
            if place.startswith("#"):
                if place[1:] not in markers:
                    raise SystemExit(f"verify_tool: {path}:{own}: no marker {place}")
                line = markers[place[1:]]
            elif place in ("*", "*:*"):
                line = None
            elif place[0] in "+-":
                line = own + int(place)
            elif ":" in place:
                name, number = place.rsplit(":", 1)
                file = os.path.join(os.path.dirname(path), name)
                line = None if number == "*" else int(number)
            else:
                line = int(place)
        closing = "}" * len(match.group("open"))
        body = text[match.end() : comment_end(text, match.end(), closing)]
        low, high = counts(match.group("count"))
        found.append(Expectation(match.group(1), file, line, low, high, pattern_of(body, match.group(2)), f"{path}:{own}"))
    return found, "expected-no-diagnostics" in text


def diagnostics(report):
    for finding in report["findings"]:
        if finding["verdict"] == "holds":
            continue
        # Clang has no top-level notes of ours: what is a note for `snug check` is a remark there.
        level = "remark" if finding["level"] == "note" else finding["level"]
        yield level, finding["file"], finding["line"], f"{finding['message']} [snug-{finding['rule']}]"
        for reason in finding["reasons"]:
            yield "note", reason["file"], reason["line"], reason["message"]


def verify(snug, path, options, flags, ignore_notes):
    command = [snug, "check", path, "--format=json", *options, "--", *flags]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode not in (0, 1, 3):
        sys.stderr.write(done.stderr)
        return [f"'{' '.join(command)}' ended with exit code {done.returncode}"]
    actual = list(diagnostics(json.loads(done.stdout)))
    files = {os.path.realpath(path)} | {os.path.realpath(d[1]) for d in actual if d[1] and os.path.exists(d[1])}
    expected, none_expected = [], False
    for file in sorted(files):
        more, none = read_expectations(file)
        expected += more
        none_expected |= none
    problems = []
    if not expected and not none_expected:
        problems.append(f"{path}: nothing is expected; say expected-no-diagnostics")
    for diagnostic in actual:
        taker = next((e for e in expected if e.takes(diagnostic)), None)
        if taker:
            taker.seen += 1
        elif diagnostic[0] != "note" or not ignore_notes:
            level, file, line, text = diagnostic
            problems.append(f"{file}:{line}: not expected: {level}: {text}")
    for e in expected:
        if e.seen < e.low:
            problems.append(f"{e.where}: expected {e.level} was not reported by `snug check`: {e.pattern.pattern}")
    return problems


def plugin_arguments(options):
    for option in options:
        key, _, value = option.lstrip("-").partition("=")
        yield f"-fplugin-arg-snug-{key}={value or 'true'}"


def main(arguments):
    flags = []
    if "--" in arguments:
        split = arguments.index("--")
        arguments, flags = arguments[:split], arguments[split + 1 :]
    named = {}
    while arguments and arguments[0] in ("--snug", "--clang", "--plugin", "--include"):
        named[arguments[0][2:]] = arguments[1]
        arguments = arguments[2:]
    path, options = arguments[0], arguments[1:]
    ignore_notes = "--ignore-notes" in options
    options = [o for o in options if o != "--ignore-notes"]
    flags = ["-std=c++20", f"-I{named['include']}", *flags]
    if "clang" in named:
        command = [named["clang"], "-fsyntax-only", f"-fplugin={named['plugin']}", *plugin_arguments(options), "-Xclang",
                   "-verify", *flags, path]
        if ignore_notes:
            command += ["-Xclang", "-verify-ignore-unexpected=note"]
        if subprocess.run(command, check=False).returncode:
            print("the plugin did not report what is expected:", " ".join(command))
            return 1
    problems = verify(named["snug"], path, options, flags, ignore_notes)
    print("\n".join(problems))
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
