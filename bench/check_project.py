#!/usr/bin/env python3
"""Measures `snug check` over a project against clang -fsyntax-only and clang-tidy, and the plugin against the compile.

usage: check_project.py BUILD [--files=N] [--runs=N] [--jobs=N] [--clang=CLANG] [PART…]
PART: project (wall and CPU seconds of N generated and real files, and of a second run over them), plugin (CPU seconds and
memory with and without), growth (CPU seconds for 1,000 to 100,000 records). All without a PART. Each run does all commands in
turn, and ratios are taken run by run, so that a drifting machine cancels out.
SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""
import argparse
import concurrent.futures
import json
import os
import pathlib
import re
import resource
import statistics
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent
HEADERS = ["vector", "string", "map", "memory", "functional", "optional", "algorithm", "variant", "thread", "iostream"]


def run(command, cwd=None, allowed=(0,)):
    """Wall seconds, CPU seconds, and standard error of one command."""
    before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
    done = subprocess.run(command, cwd=cwd, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
    wall, after = time.monotonic() - start, resource.getrusage(resource.RUSAGE_CHILDREN)
    if done.returncode not in allowed:
        sys.exit(f"check_project: {' '.join(command)}\nfailed with {done.returncode}:\n{done.stderr[:2000]}")
    return wall, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, done.stderr


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


def project(folder, build, count, clang):
    """Writes the sources and their database; returns the entries. A fifth are sources of this repository."""
    known = json.loads((build / "compile_commands.json").read_text())
    real = [e for e in known if re.search(r"/(checker|lib|examples|bench)/", e["file"]) and "diagnostics" not in e["file"]]
    entries = []
    for entry in real[:: max(1, len(real) // max(1, count // 5))][: count // 5]:
        words = entry.get("arguments") or entry["command"].split()
        start = next(i for i, word in enumerate(words) if "clang++" in word)
        flags = [clang]
        skip = False
        for word in words[start + 1 :]:
            # Precompiled headers belong to the build; without them every source is read as it stands.
            if skip or word in ("-o", "-c", "-MF", "-MT", "-MQ", "-Xclang") or word.startswith(("-M", "-fplugin", "-Winvalid-pch")):
                skip = word in ("-o", "-MF", "-MT", "-MQ", "-Xclang") and not skip
                continue
            if not word.endswith((".cpp", ".o")):
                flags.append(word)
        entries.append({"directory": entry["directory"], "file": entry["file"], "arguments": [*flags, "-c", entry["file"]]})
    for number in range(count - len(entries)):
        path = folder / f"part{number}.cpp"
        path.write_text(generated(number))
        entries.append({"directory": str(folder), "file": str(path), "arguments": [clang, "-std=c++20", "-c", str(path)]})
    (folder / "compile_commands.json").write_text(json.dumps(entries))
    return entries


def over_all(entries, jobs, make):
    """Runs make(entry) for all entries, `jobs` at a time; wall and CPU seconds."""
    before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic()
    def one(entry):
        done = subprocess.run(make(entry), cwd=entry["directory"], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True)
        if done.returncode:
            raise RuntimeError(f"{' '.join(make(entry))}\n{done.stderr[:2000]}")
    with concurrent.futures.ThreadPoolExecutor(jobs) as pool:
        for future in [pool.submit(one, entry) for entry in entries]:
            future.result()
    wall, after = time.monotonic() - start, resource.getrusage(resource.RUSAGE_CHILDREN)
    return wall, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def table(rows, limits):
    """Prints medians of wall and CPU seconds and of the ratios to the first row, taken run by run."""
    (_, first), *_ = rows.items()
    for name, runs in rows.items():
        wall, cpu = (statistics.median(r[i] for r in runs) for i in (0, 1))
        ratios = [statistics.median(r[i] / f[i] for r, f in zip(runs, first)) for i in (0, 1)]
        print(f"  {name:38} {wall:8.2f} s wall {cpu:8.2f} s CPU   ratios {ratios[0]:.3f} {ratios[1]:.3f}   {limits.get(name, '')}")


def measure_project(options, folder):
    entries = project(folder, options.build, options.files, options.clang)
    snug = [str(options.build / "bin/snug"), "check", "-p", str(folder), f"-j{options.jobs}"]
    tidy = re.sub(r"clang\+\+", "clang-tidy", options.clang)
    # A check that registers matchers and finds nothing here, without the static analyzer.
    one_check = ["--quiet", "--checks=-*,bugprone-infinite-loop", "-p", str(folder)]
    rows = {}
    for number in range(options.runs):
        syntax = over_all(entries, options.jobs, lambda e: [*e["arguments"][:-2], "-w", "-fsyntax-only", e["file"]])
        rows.setdefault("clang -fsyntax-only", []).append(syntax)
        rows.setdefault("snug check", []).append(run([*snug, "--no-cache"], allowed=(0, 1))[:2])
        cache = f"--cache={folder}/cache{number}"
        rows.setdefault("snug check, first run with a cache", []).append(run([*snug, cache], allowed=(0, 1))[:2])
        second = run([*snug, cache], allowed=(0, 1))
        rows.setdefault("snug check, second run", []).append(second[:2])
        rows.setdefault("clang-tidy, one check", []).append(over_all(entries, options.jobs, lambda e: [tidy, *one_check, e["file"]]))
    print(f"{len(entries)} files, {options.jobs} at a time, {options.runs} run(s); {second[2].strip().splitlines()[-1]}")
    table(rows, {"snug check": "goal 1.10", "snug check, second run": "goal 0.05"})


def peak_memory(command):
    with tempfile.NamedTemporaryFile() as out:
        run(["/usr/bin/time", "-o", out.name, "-f", "%M", *command])
        return int(pathlib.Path(out.name).read_text().split()[-1]) / 1024


def measure_plugin(options, folder):
    source = folder / "heavy.cpp"
    source.write_text("".join(f"#include <{h}>\n" for h in [*HEADERS, "regex", "future"]) + generated(29).split("\n", 3)[3])
    plugin = f"-fplugin={options.build}/lib/SnugPlugin.so"
    for name, flags, goal in (("-O2 -c", ["-O2", "-c", "-o", f"{folder}/heavy.o"], 1.03), ("-fsyntax-only", ["-fsyntax-only"], 1.05)):
        command = [options.clang, "-std=c++20", *flags, str(source)]
        rows = {}
        run(command)
        for _ in range(max(options.runs, 7)):
            rows.setdefault(f"clang {name}", []).append(run(command)[:2])
            rows.setdefault("  with the plugin", []).append(run([*command, plugin])[:2])
        table(rows, {"  with the plugin": f"goal {goal:.2f}"})
        before, after = peak_memory(command), peak_memory([*command, plugin])
        print(f"  {'peak memory, without and with':38} {before:8.0f} MiB     {after:8.0f} MiB       ratio {after / before:.3f}   goal 1.10")


def measure_growth(options, folder):
    print(f"  {'records':>10} {'-fsyntax-only':>15} {'snug check':>12} {'ratio':>7} {'difference per record':>23}   (CPU)")
    for count in (1_000, 10_000, 100_000):
        source = folder / f"records{count}.cpp"
        source.write_text("".join(f"struct r{i} {{ int a; r{i} *next; int get() const {{ return a; }} }};\n" for i in range(count)))
        syntax, snug = [], []
        for _ in range(max(options.runs, 3)):
            syntax.append(run([options.clang, "-std=c++20", "-fsyntax-only", str(source)])[1])
            snug.append(run([str(options.build / "bin/snug"), "check", str(source), "--", "-std=c++20"])[1])
        ratio = statistics.median(b / a for a, b in zip(syntax, snug))
        more = statistics.median(b - a for a, b in zip(syntax, snug))
        print(f"  {count:10,} {statistics.median(syntax):13.3f} s {statistics.median(snug):10.3f} s {ratio:7.3f} {more * 1e6 / count:20.2f} µs")


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("build", type=pathlib.Path)
    parser.add_argument("--files", type=int, default=200)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--clang", default="clang++-22")
    parser.add_argument("parts", nargs="*", metavar="PART")
    options = parser.parse_intermixed_args()
    options.build = options.build.resolve()
    os.environ["CCACHE_DISABLE"] = "1"
    parts = {"project": measure_project, "plugin": measure_plugin, "growth": measure_growth}
    if unknown := set(options.parts) - set(parts):
        parser.error(f"unknown part: {', '.join(unknown)}")
    for name, measure in parts.items():
        if not options.parts or name in options.parts:
            print(f"{name}:")
            with tempfile.TemporaryDirectory() as folder:
                measure(options, pathlib.Path(folder))


if __name__ == "__main__":
    main()
