#!/usr/bin/env python3
"""Measures `snug check` over a project against clang -fsyntax-only and clang-tidy, and the plugin against the compile.

usage: check_project.py BUILD [--files=N] [--runs=N] [--jobs=N] [--records=N,N,…] [--clang=CLANG] [--resume=FILE] [--minutes=N] [PART…]
PART: project (wall and CPU seconds of N generated and real files, and of a second run over them), plugin (CPU seconds and
memory with and without, `snug check` beside it), instructions (the same, counted by valgrind: slow, and all but the same each
time), growth (CPU seconds for 1,000 to 100,000 records). Without a PART all but instructions. Each run does all commands in
turn, and ratios are taken run by run, so that a drifting machine cancels out; figures are medians. On a machine with other
work the wall's seconds say nothing, and those of the CPU are off by a tenth: count instructions there. Progress goes to standard
error. --resume writes each measurement to FILE as it is made, and takes those that an earlier run, cut short, has left there;
--minutes starts no further measurement after so many.
SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""
import argparse
import collections
import concurrent.futures
import json
import os
import pathlib
import re
import shlex
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent
HEADERS = ["vector", "string", "map", "memory", "functional", "optional", "algorithm", "variant", "thread", "iostream"]

Cost = collections.namedtuple("Cost", "wall cpu peak_kib")


def fail(message):
    sys.exit(f"check_project: {message}")


def progress(text):
    print(f"… {text}", file=sys.stderr, flush=True)


def run(command, cwd=None, allowed=(0,)):
    """What one command cost, its children included, and its standard error."""
    with tempfile.TemporaryFile("w+") as errors:
        start = time.monotonic()
        try:
            child = subprocess.Popen(command, cwd=cwd, stdout=subprocess.DEVNULL, stderr=errors)
        except OSError as error:
            fail(f"cannot run '{command[0]}': {error.strerror}")
        _, status, used = os.wait4(child.pid, 0)
        wall = time.monotonic() - start
        child.returncode = os.waitstatus_to_exitcode(status)
        errors.seek(0)
        text = errors.read()
    if child.returncode not in allowed:
        fail(f"this command failed with {child.returncode}:\n  {' '.join(command)}\n{text[:2000]}")
    return Cost(wall, used.ru_utime + used.ru_stime, used.ru_maxrss), text


def over_all(entries, jobs, make):
    """Runs make(entry) for all entries, `jobs` at a time."""
    start = said = time.monotonic()
    costs = []
    with concurrent.futures.ThreadPoolExecutor(jobs) as pool:
        try:
            for cost, _ in pool.map(lambda entry: run(make(entry), cwd=entry["directory"]), entries):
                costs.append(cost)
                if time.monotonic() - said > 30:
                    said = time.monotonic()
                    progress(f"{len(costs)} of {len(entries)} files")
        except BaseException:
            pool.shutdown(wait=False, cancel_futures=True)
            raise
    return Cost(time.monotonic() - start, sum(c.cpu for c in costs), max(c.peak_kib for c in costs))


class Measurements:
    """What has been measured, by a name that says all that it depends on; kept in a file when one was named."""

    def __init__(self, options):
        self.file, self.known = options.resume, {}
        self.until = time.monotonic() + options.minutes * 60 if options.minutes else None
        self.tools = [[str(path), path.stat().st_mtime] for path in (options.snug, options.plugin)]
        if self.file and self.file.exists():
            for number, line in enumerate(self.file.read_text().splitlines(), 1):
                try:
                    name, values = json.loads(line)
                except ValueError:
                    fail(f"{self.file}:{number}: this is no measurement; remove the line, or the file to begin anew")
                self.known[json.dumps(name)] = values

    def get(self, name, measure):
        """The measurement of this name: a list or mapping of numbers and words, made by measure() if it is not there yet.
        None when the time is up."""
        key = json.dumps([self.tools, *name])
        if key in self.known:
            progress(f"{', '.join(map(str, name))}: measured already")
        elif self.until and time.monotonic() > self.until:
            progress(f"{', '.join(map(str, name))}: left out, the time is up")
            return None
        else:
            self.known[key] = json.loads(json.dumps(measure()))
            if self.file:
                with self.file.open("a") as out:
                    out.write(json.dumps([json.loads(key), self.known[key]]) + "\n")
        return self.known[key]

    def runs(self, name, count, measure):
        """{row: [Cost…]} of up to `count` runs; measure(number) yields {row: Cost}."""
        rows = {}
        for number in range(count):
            made = self.get([*name, f"run {number + 1}"], lambda number=number: measure(number))
            for row, cost in (made or {}).items():
                rows.setdefault(row, []).append(Cost(*cost))
        return rows


def generated(number):
    """A source with classes, bases, templates, casts and virtual functions over a few standard headers."""
    lines = [f"#include <{HEADERS[(number + i) % len(HEADERS)]}>" for i in range(1 + number % 3)]
    lines.append(f"namespace part{number} {{")
    for i in range(20 + number % 30):
        base = f" : type{i - 1}" if i % 3 else ""
        lines.append(
            f"struct type{i}{base} {{ int a{i} = {i}; double b{i}[{i % 4 + 1}]; type{i} *next{i} = nullptr;\n"
            f"  int sum() const {{ int s = a{i}; for (double d : b{i}) s += static_cast<int>(d); return next{i} ? s + next{i}->a{i} : s; }} }};\n"
            f"template <class T> struct holder{i} {{ T value; unsigned char bytes[sizeof(type{i})]; T get() const {{ return value; }} }};\n"
            f"inline int use{i}(type{i} &t) {{ holder{i}<int> h{{t.sum(), {{}}}}; return h.get() + *reinterpret_cast<int *>(&t.a{i}); }}")
    lines.append("}")
    return "\n".join(lines) + "\n"


def without_build(words):
    """The flags of a compile command that say how the source is read. Precompiled headers belong to the build."""
    start = next((i for i, word in enumerate(words) if "clang++" in word), None)
    if start is None:
        return None
    flags, skip = [], False
    for word in words[start + 1 :]:
        if skip or word in ("-o", "-c", "-MF", "-MT", "-MQ", "-Xclang") or word.startswith(("-M", "-fplugin", "-Winvalid-pch")):
            skip = word in ("-o", "-MF", "-MT", "-MQ", "-Xclang") and not skip
        elif not word.endswith((".cpp", ".o")):
            flags.append(word)
    return flags


def project(folder, build, count, clang):
    """Writes the sources and their database; returns the entries. A fifth are sources of this repository."""
    database = build / "compile_commands.json"
    if not database.exists():
        fail(f"'{database}' does not exist; configure the build tree first")
    real = []
    for entry in json.loads(database.read_text()):
        flags = without_build(entry.get("arguments") or shlex.split(entry["command"]))
        if flags and re.search(r"/(checker|lib|examples|bench)/", entry["file"]) and "diagnostics" not in entry["file"]:
            real.append({"directory": entry["directory"], "file": entry["file"], "arguments": [clang, *flags, "-c", entry["file"]]})
    wanted = count // 5
    entries = real[:: max(1, len(real) // max(1, wanted))][:wanted]
    for number in range(count - len(entries)):
        path = folder / f"part{number}.cpp"
        path.write_text(generated(number))
        entries.append({"directory": str(folder), "file": str(path), "arguments": [clang, "-std=c++20", "-c", str(path)]})
    (folder / "compile_commands.json").write_text(json.dumps(entries))
    return entries


def table(rows, goals=None):
    """Prints medians, the spread of CPU seconds, and the ratios to the first row, taken run by run."""
    first = next(iter(rows.values()))
    for name, costs in rows.items():
        wall, cpu = (statistics.median(getattr(c, key) for c in costs) for key in ("wall", "cpu"))
        ratios = [statistics.median(getattr(c, key) / getattr(f, key) for c, f in zip(costs, first)) for key in Cost._fields]
        peak = statistics.median(c.peak_kib for c in costs) / 1024
        print(
            f"  {name:36} {wall:8.2f} s wall {cpu:8.2f} s CPU ({min(c.cpu for c in costs):.2f} … {max(c.cpu for c in costs):.2f})"
            f" {peak:5.0f} MiB   ratios {ratios[0]:.3f} {ratios[1]:.3f} {ratios[2]:.3f}   {(goals or {}).get(name, '')}".rstrip(), flush=True)


def measure_project(options, folder):
    entries = project(folder, options.build, options.files, options.clang)
    snug = [str(options.snug), "check", "-p", str(folder), f"-j{options.jobs}"]
    tidy = re.sub(r"clang\+\+", "clang-tidy", options.clang)
    # A check that registers matchers and finds nothing here, without the static analyzer.
    one_check = ["--quiet", "--checks=-*,bugprone-infinite-loop", "-p", str(folder)]
    runs, summary = options.runs or 3, [""]

    def measure(number):
        cache = f"--cache={folder}/cache{number}"
        steps = {
            "clang -fsyntax-only": lambda: over_all(entries, options.jobs, lambda e: [*e["arguments"][:-2], "-w", "-fsyntax-only", e["file"]]),
            "snug check": lambda: run([*snug, "--no-cache"], allowed=(0, 1)),
            "snug check, first run with a cache": lambda: run([*snug, cache], allowed=(0, 1)),
            "snug check, second run": lambda: run([*snug, cache], allowed=(0, 1)),
        }
        if shutil.which(tidy):
            steps["clang-tidy, one check"] = lambda: over_all(entries, options.jobs, lambda e: [tidy, *one_check, e["file"]])
        else:
            progress(f"no {tidy}: left out")
        costs = {}
        for name, step in steps.items():
            progress(f"run {number + 1} of {runs}: {name} over {len(entries)} files")
            done = step()
            if not isinstance(done, Cost):
                done, said = done
                summary[0] = "; " + said.strip().splitlines()[-1]
            costs[name] = done
        return costs

    rows = options.measurements.runs(["project", len(entries), options.jobs, options.clang], runs, measure)
    if not rows:
        return
    print(f"{len(entries)} files, {options.jobs} at a time, {len(next(iter(rows.values())))} run(s){summary[0]}")
    table(rows, {"snug check": "goal 1.10 and no more than clang-tidy", "snug check, second run": "goal 0.05"})


def heavy_sources(folder):
    """(name, source, flags): much of the standard library, a large foreign library, and sender code, all of it the user's."""
    source = folder / "heavy.cpp"
    source.write_text("".join(f"#include <{h}>\n" for h in [*HEADERS, "regex", "future"]) + generated(29).split("\n", 3)[3])
    yield "standard library", source, []
    if pathlib.Path("/usr/include/boost/beast.hpp").exists():
        yield "Boost.Asio and Beast", ROOT / "bench/precision/boost_beast.cpp", []
    else:
        progress("no Boost.Beast: left out")
    yield "senders", ROOT / "unittests/execution/let_test.cpp", [f"-I{ROOT}/include"]


def measure_plugin(options, folder):
    plugin, runs = f"-fplugin={options.plugin}", options.runs or 7
    for what, source, flags in heavy_sources(folder):
        for name, more, goal in (("-fsyntax-only", ["-fsyntax-only"], 1.05), ("-O2 -c", ["-O2", "-c", "-o", f"{folder}/heavy.o"], 1.03)):
            command = [options.clang, "-std=c++20", "-w", *flags, *more, str(source)]

            def measure(number):
                progress(f"{what}, {name}: run {number + 1} of {runs}")
                if number == 0:
                    run(command)  # Into the machine's file cache.
                costs = {f"clang {name}": run(command)[0], "  with the plugin": run([*command, plugin])[0]}
                if name == "-fsyntax-only":
                    check = [str(options.snug), "check", "--no-cache", str(source), "--", "-std=c++20", "-w", *flags]
                    costs["  snug check"] = run(check, allowed=(0, 1))[0]
                return costs

            rows = options.measurements.runs(["plugin", what, name, options.clang], runs, measure)
            if not rows:
                continue
            print(f" {what}; ratios of wall, CPU and peak memory")
            table(rows, {"  with the plugin": f"goal {goal:.2f}, memory 1.10", "  snug check": "goal 1.10, memory 1.10"})


def measure_instructions(options, folder):
    if not shutil.which("valgrind"):
        fail("the instructions are counted by valgrind, which is not installed")
    plugin = f"-fplugin={options.plugin}"
    for what, source, flags in heavy_sources(folder):

        compile = [options.clang, "-std=c++20", "-w", "-fsyntax-only", *flags, str(source)]
        check = [str(options.snug), "check", "--no-cache", str(source), "--", "-std=c++20", "-w", *flags]

        def count(command):
            valgrind = ["valgrind", "--tool=callgrind", "--trace-children=yes", f"--callgrind-out-file={folder}/callgrind.%p"]
            _, said = run([*valgrind, *command], allowed=(0, 1))
            found = [int(number) for number in re.findall(r"Collected : (\d+)", said)]
            if not found:
                fail(f"valgrind did not say what it counted:\n{said[-2000:]}")
            # Of a fork that is the whole way from the program's start.
            return max(found)

        counts = []
        for how, command in (("without", compile), ("with", [*compile, plugin]), ("snug check", check)):
            progress(f"{what}, {how}" + (" the plugin" if how != "snug check" else ""))
            counts.append(options.measurements.get(["instructions", what, how, options.clang], lambda command=command: count(command)))
        if None in counts:
            continue
        alone, *others = counts
        shown = "".join(f"   {name} {number / 1e9:.3f} ({number / alone:.4f})" for name, number in zip(("plugin", "snug check"), others))
        print(f"  {what:24} alone {alone / 1e9:.3f}{shown} thousand million", flush=True)


def measure_growth(options, folder):
    print(f"  {'records':>10} {'-fsyntax-only':>15} {'snug check':>12} {'ratio':>7} {'difference per record':>23}   (CPU)")
    runs = options.runs or 3
    for count in options.records:
        source = folder / f"records{count}.cpp"
        source.write_text("".join(f"struct r{i} {{ int a; r{i} *next; int get() const {{ return a; }} }};\n" for i in range(count)))

        def measure(number):
            progress(f"{count} records: run {number + 1} of {runs}")
            return {
                "syntax": run([options.clang, "-std=c++20", "-fsyntax-only", str(source)])[0],
                "snug": run([str(options.snug), "check", "--no-cache", str(source), "--", "-std=c++20"])[0],
            }

        rows = options.measurements.runs(["growth", count, options.clang], runs, measure)
        if not rows:
            continue
        syntax, snug = ([cost.cpu for cost in rows[row]] for row in ("syntax", "snug"))
        ratio = statistics.median(b / a for a, b in zip(syntax, snug))
        more = statistics.median(b - a for a, b in zip(syntax, snug))
        print(f"  {count:10,} {statistics.median(syntax):13.3f} s {statistics.median(snug):10.3f} s {ratio:7.3f} {more * 1e6 / count:20.2f} µs", flush=True)


def describe_machine(options):
    processor = re.search(r"^model name\s*: (.*)", pathlib.Path("/proc/cpuinfo").read_text(), re.M)
    version = subprocess.run([options.clang, "--version"], capture_output=True, text=True, check=False).stdout.splitlines()[:1]
    load = os.getloadavg()[0]
    print(f"machine: {os.cpu_count()} x {processor[1] if processor else 'processor'}, load {load:.1f}; {''.join(version)}")


def main():
    parser = argparse.ArgumentParser(usage=__doc__.splitlines()[2].removeprefix("usage: "))
    parser.add_argument("build", type=pathlib.Path)
    parser.add_argument("--files", type=int, default=200)
    parser.add_argument("--runs", type=int)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--records", type=lambda text: [int(n) for n in text.split(",")], default=[1_000, 10_000, 100_000])
    parser.add_argument("--clang", default="clang++-22")
    parser.add_argument("--resume", type=pathlib.Path)
    parser.add_argument("--minutes", type=float)
    parser.add_argument("parts", nargs="*", metavar="PART")
    options = parser.parse_intermixed_args()
    options.build = options.build.resolve()
    options.snug = options.build / "bin/snug"
    options.plugin = options.build / "lib/SnugPlugin.so"
    os.environ["CCACHE_DISABLE"] = "1"
    parts = {"project": measure_project, "plugin": measure_plugin, "growth": measure_growth, "instructions": measure_instructions}
    if unknown := set(options.parts) - set(parts):
        parser.error(f"no part is called {', '.join(sorted(unknown))}; there are {', '.join(parts)}")
    for product in (options.snug, options.plugin):
        if not product.exists():
            fail(f"'{product}' does not exist; build it first: ninja -C {options.build} snug SnugPlugin")
    if not shutil.which(options.clang):
        fail(f"'{options.clang}' is not installed; name another with --clang=")
    options.measurements = Measurements(options)
    describe_machine(options)
    for name, measure in parts.items():
        if name in (options.parts or [part for part in parts if part != "instructions"]):
            print(f"{name}:", flush=True)
            with tempfile.TemporaryDirectory() as folder:
                measure(options, pathlib.Path(folder))


if __name__ == "__main__":
    main()
