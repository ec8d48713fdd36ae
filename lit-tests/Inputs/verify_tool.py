#!/usr/bin/env python3
"""Holds every host of the rules to the expected-* comments that `clang -verify` reads, and to each other.

    verify_tool.py --snug SNUG [--clang CLANG --plugin PLUGIN] [--tidy CLANG_TIDY --module MODULE]
                   FILE [snug options] [-- compiler flags]

Each finding must be expected with its level, each reason as a note, on the line where it is reported; nothing expected
may be missing. With --clang and --plugin the file is first checked by `clang -verify` under the plugin, with --tidy and
--module by clang-tidy; there, options of `snug check` become the plugin's arguments and clang-tidy's configuration. What
the hosts report must be the same: level, place and text of every finding and reason.

--ignore-notes asks for findings alone where the comments are concerned, for tests whose notes stand in a file of their
own. --without=plugin:REASON and --without=clang-tidy:REASON leave a host out of a test and say why it must differ.
Comments understood: expected-error, -warning, -note, -remark with @+N, @-N, @N, @*, @#marker, counts (2, 1+, +, 0-1),
-re, {{text}} and {{{text}}}; expected-no-diagnostics.
SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""
import collections
import json
import os
import plistlib
import re
import subprocess
import sys
import tempfile

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
        # A place in another file names it as an #include does.
        if self.line is not None and (line != self.line or not os.path.realpath(file).endswith("/" + self.file.lstrip("/"))):
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
        place, file, line = match.group("place"), os.path.realpath(path), own
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
                file = os.path.normpath(name)
                line = None if number == "*" else int(number)
            else:
                line = int(place)
        closing = "}" * len(match.group("open"))
        body = text[match.end() : comment_end(text, match.end(), closing)]
        low, high = counts(match.group("count"))
        found.append(Expectation(match.group(1), file, line, low, high, pattern_of(body, match.group(2)), f"{path}:{own}"))
    return found, "expected-no-diagnostics" in text


def real(file):
    return os.path.realpath(file) if file else ""


def is_ours(text):
    return re.search(r" \[snug-[a-z0-9-]+\]$", text) is not None


COUNTS = re.compile(r"(\d+ warnings?)?( and )?(\d+ errors?)? generated\.")
NOTHING_LOGGED = b"<dict><key>diagnostics</key><array/></dict>"


class HostFailed(Exception):
    pass


def found_by_check(named, path, options, flags):
    command = [named["snug"], "check", path, "--format=json", *options, "--", *flags]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode not in (0, 1, 3):
        raise HostFailed(f"{done.stderr}'{' '.join(command)}' ended with exit code {done.returncode}")
    for finding in json.loads(done.stdout)["findings"]:
        if finding["verdict"] == "holds":
            continue
        # Clang has no top-level notes of ours: what is a note for `snug check` is a remark there.
        level = "remark" if finding["level"] == "note" else finding["level"]
        if finding["verdict"] == "undecided" and "--strict" in options:
            level = "error"
        yield level, real(finding["file"]), finding["line"], f"{finding['message']} [snug-{finding['rule']}]"
        for reason in finding["reasons"]:
            yield "note", real(reason["file"]), reason["line"], reason["message"]


def plugin_arguments(options):
    for option in options:
        key, _, value = option.lstrip("-").partition("=")
        yield f"-fplugin-arg-snug-{key}={value or 'true'}"


def found_by_plugin(named, path, options, flags, ignore_notes):
    """`clang -verify` judges for itself; a log beside it says what was reported in full."""
    with tempfile.TemporaryDirectory() as folder:
        log = os.path.join(folder, "log")
        command = [named["clang"], "-fsyntax-only", f"-fplugin={named['plugin']}", *plugin_arguments(options), "-Xclang",
                   "-verify", *flags, path]
        if ignore_notes:
            command += ["-Xclang", "-verify-ignore-unexpected=note"]
        logged = [*command, "-Xclang", "-diagnostic-log-file", "-Xclang", log]
        done = subprocess.run(logged, capture_output=True, text=True, check=False)
        # With a log the exit code counts what was expected, too; all that is printed beside the counts is a complaint.
        complaints = [line for line in done.stderr.splitlines() if not COUNTS.fullmatch(line)]
        if complaints or done.returncode not in (0, 1):
            raise HostFailed("\n".join([*complaints, f"the plugin did not report what is expected: {' '.join(command)}"]))
        with open(log, "rb") as file:
            main = plistlib.loads(b'<plist version="1.0">' + (file.read() or NOTHING_LOGGED) + b"</plist>")
        ours = False
        for diagnostic in main["diagnostics"]:
            level, text = diagnostic["level"], diagnostic.get("message", "")
            ours = ours if level == "note" else is_ours(text)
            if ours:
                yield level, real(diagnostic.get("filename", "")), diagnostic.get("line", 0), text


def tidy_configuration(options):
    """Options of `snug check` as clang-tidy's configuration, which is YAML and therefore may be JSON."""
    settings = {"Checks": "-*,snug-*", "HeaderFilterRegex": ".*", "CheckOptions": {}}
    for option in options:
        key, _, value = option.lstrip("-").partition("=")
        if key == "checks":
            globs = [("-snug-" if g.startswith("-") else "snug-") + g.lstrip("-") for g in value.split(",")]
            settings["Checks"] = ",".join(["-*", *(["snug-*"] if globs[0].startswith("-") else []), *globs])
        elif key == "include-system-headers":
            settings["SystemHeaders"] = True
        elif key == "strict":
            settings["CheckOptions"]["SnugStrict"] = "true"
        elif key == "config":
            settings["CheckOptions"]["SnugConfig"] = value
        else:
            raise HostFailed(f"verify_tool: clang-tidy has nothing for '{option}'; say --without=clang-tidy:REASON")
    return json.dumps(settings)


def found_by_tidy(named, path, options, flags):
    import yaml  # only here: hosts without clang-tidy do not need it

    with tempfile.TemporaryDirectory() as folder:
        exported = os.path.join(folder, "found.yaml")
        command = [named["tidy"], f"--load={named['module']}", "--quiet", f"--config={tidy_configuration(options)}",
                   f"--export-fixes={exported}", path, "--", *flags]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if done.returncode not in (0, 1):
            raise HostFailed(f"{done.stdout}{done.stderr}'{' '.join(command)}' ended with exit code {done.returncode}")
        report = {"Diagnostics": []}
        if os.path.exists(exported):
            with open(exported, encoding="utf-8") as file:
                report = yaml.load(file, getattr(yaml, "CSafeLoader", yaml.SafeLoader))
        elif done.returncode:
            raise HostFailed(f"{done.stdout}{done.stderr}'{' '.join(command)}' failed")
    texts = {}

    def place(message):
        file = real(message["FilePath"])
        if not file:
            return "", 0
        if file not in texts:
            with open(file, "rb") as source:
                texts[file] = source.read()
        return file, texts[file].count(b"\n", 0, message["FileOffset"]) + 1

    for diagnostic in report["Diagnostics"]:
        message = diagnostic["DiagnosticMessage"]
        yield diagnostic["Level"].lower(), *place(message), f"{message['Message']} [{diagnostic['DiagnosticName']}]"
        for note in diagnostic.get("Notes", []):
            # clang-tidy's way to show macros, as Clang's printer shows them; no reason of ours.
            if not note["Message"].startswith("expanded from "):
                yield "note", *place(note), note["Message"]


def held_to_comments(actual, path, ignore_notes):
    expected, none_expected = [], False
    for file in sorted({real(path)} | {d[1] for d in actual if d[1] and os.path.exists(d[1])}):
        more, none = read_expectations(file)
        expected += more
        none_expected |= none
    if not expected and not none_expected:
        yield f"{path}: nothing is expected; say expected-no-diagnostics"
    for diagnostic in actual:
        taker = next((e for e in expected if e.takes(diagnostic)), None)
        if taker:
            taker.seen += 1
        elif diagnostic[0] != "note" or not ignore_notes:
            level, file, line, text = diagnostic
            yield f"{file}:{line}: not expected: {level}: {text}"
    for e in expected:
        if e.seen < e.low:
            yield f"{e.where}: expected {e.level} was not reported by `snug check`: {e.pattern.pattern}"


def differences(host, theirs, check):
    theirs, check = collections.Counter(theirs), collections.Counter(check)
    for who, only in ((host, theirs - check), ("snug check", check - theirs)):
        for (level, file, line, text), count in sorted(only.items()):
            more = f" ({count} times)" if count > 1 else ""
            yield f"{file}:{line}: reported by {who} alone, of {host} and snug check{more}: {level}: {text}"


def main(arguments):
    flags = []
    if "--" in arguments:
        split = arguments.index("--")
        arguments, flags = arguments[:split], arguments[split + 1 :]
    named = {}
    while arguments and arguments[0] in ("--snug", "--clang", "--plugin", "--tidy", "--module", "--include"):
        named[arguments[0][2:]] = arguments[1]
        arguments = arguments[2:]
    path, options, ignore_notes = arguments[0], [], False
    for option in arguments[1:]:
        if option == "--ignore-notes":
            ignore_notes = True
        elif match := re.fullmatch(r"--without=(plugin|clang-tidy):(.*\S.*)", option):
            named.pop("clang" if match[1] == "plugin" else "tidy", None)
        elif option.startswith("--without"):
            raise SystemExit(f"verify_tool: '{option}' is not --without=plugin:REASON or --without=clang-tidy:REASON")
        else:
            options.append(option)
    flags = ["-std=c++20", f"-I{named['include']}", *flags]
    problems = []
    try:
        hosts = {}
        if "clang" in named:
            hosts["the plugin"] = list(found_by_plugin(named, path, options, flags, ignore_notes))
        check = list(found_by_check(named, path, options, flags))
        problems += held_to_comments(check, path, ignore_notes)
        if "tidy" in named:
            hosts["clang-tidy"] = list(found_by_tidy(named, path, options, flags))
        for host, theirs in hosts.items():
            problems += differences(host, theirs, check)
    except HostFailed as failure:
        problems.append(str(failure))
    print("\n".join(problems))
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
