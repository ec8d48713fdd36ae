#!/usr/bin/env python3
"""Counts the instructions that one I/O executes in tasks, with valgrind's callgrind, and in coroutines of Boost.Asio.

usage: count_io.py PROGRAM [--check]
PROGRAM is io_counts. Prints a table: instructions per I/O from launch to completion, by how many I/Os there are in one run.
--check prints nothing but what is over its bound; the bounds are for clang 22, -O2 and libstdc++ 12, with a little room.
SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""
import sys

from count_instructions import executed

LEVELS = (("io", 1), ("read", 5), ("request", 10), ("session", 1000))
ROWS = (
    ("a queue alone, executor_ref", "queue_ref"),
    ("a queue alone, executor_ptr", "queue_ptr"),
    ("a queue alone, env_ptr", "queue_env"),
    ("the same as executor_ptr, dispatched", "queue_dispatched"),
    ("io_context, executor_ref", "context_ref"),
    ("io_context, executor_ptr", "context_ptr"),
    ("io_context, env_ptr", "context_env"),
    ("Boost.Asio", "asio"),
)
# Instructions of one run at most. One for each thing that can go wrong: launch, suspension, dispatch, coroutine, context.
BOUNDS = (
    ("queue_ptr_bare_io", 143),
    ("queue_ptr_bare_session", 55_000),
    ("queue_dispatched_bare_session", 64_500),
    ("queue_ptr_filter_session", 107_500),
    ("context_ptr_bare_session", 90_000),
)


def main():
    program = sys.argv[1]
    if "--check" in sys.argv:
        counts = [(function, executed(program, function), bound) for function, bound in BOUNDS]
        over = [f"{function}: {count} instructions, {bound} at most" for function, count, bound in counts if count > bound]
        sys.exit("\n".join(over) or 0)
    print(f"  {'':38}" + "".join(f" {f'{name}, {ios}':>14}" for name, ios in LEVELS) + "   (executed instructions per I/O)")
    for stream, title in (("bare", ""), ("filter", ", filtered")):
        for name, row in ROWS:
            cells = (f" {executed(program, f'{row}_{stream}_{level}') / ios:>14.1f}" for level, ios in LEVELS)
            print(f"  {name + title:38}" + "".join(cells))


if __name__ == "__main__":
    main()
