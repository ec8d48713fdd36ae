#!/usr/bin/env python3
"""Compares the CPU time of commands in alternating runs: medians and ratios, so that a drifting machine cancels out.

usage: cpu_time.py [--runs N] NAME=COMMAND NAME=COMMAND…
Prints per command the median and the spread of user + system seconds, and the median of the ratios to the first one
taken run by run. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""
import argparse
import os
import resource
import shlex
import statistics
import subprocess
import sys


def cpu_seconds(command):
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    done = subprocess.run(shlex.split(command), stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, env=os.environ)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    if done.returncode not in (0, 1):  # 1: findings, which a verifier may well have
        sys.exit(f"cpu_time: '{command}' failed with {done.returncode}:\n{done.stderr.decode()[:2000]}")
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--runs", type=int, default=7)
    parser.add_argument("commands", nargs="+")
    options = parser.parse_args()
    pairs = [text.split("=", 1) for text in options.commands]
    for _, command in pairs:
        cpu_seconds(command)  # warm the page cache
    times = {name: [] for name, _ in pairs}
    for _ in range(options.runs):
        for name, command in pairs:
            times[name].append(cpu_seconds(command))
    first = times[pairs[0][0]]
    for name, _ in pairs:
        ratio = statistics.median(t / f for t, f in zip(times[name], first))
        print(f"  {name:34} {statistics.median(times[name]):7.3f} s  ({min(times[name]):.3f} … {max(times[name]):.3f})   ratio {ratio:.3f}")


if __name__ == "__main__":
    main()
