#!/usr/bin/env python3
"""Writes docs/status.md: one row per section of [exec], with what is written, tested, measured and different.

Nothing of it is typed by hand but the list of sections below. A header says in the `Source:` lines of its comments which
sections it implements and, behind `Differs:`, where it leaves the standard's letter. A unit test names the sections it tests in
brackets. A test of lit-tests/execution says `COVERS: [section]`, and its MEASURED lines, which are FileCheck directives,
become the figures. `--check` fails instead of writing when the page is stale, a name is not declared, or a row has no test.
SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""
import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
HEADERS = ROOT / "include" / "snug"
PAGE = ROOT / "docs" / "status.md"

# The sections of [exec] that declare names, in the standard's order, and those names.
SECTIONS = [
    ("exec.fwd.env", ["forwarding_query"]),
    ("exec.get.allocator", ["get_allocator"]),
    ("exec.get.stop.token", ["get_stop_token", "stop_token_of_t"]),
    ("exec.get.env", ["get_env", "env_of_t"]),
    ("exec.get.domain", ["get_domain"]),
    ("exec.get.scheduler", ["get_scheduler"]),
    ("exec.get.start.scheduler", ["get_start_scheduler"]),
    ("exec.get.delegation.scheduler", ["get_delegation_scheduler"]),
    ("exec.get.fwd.progress", ["get_forward_progress_guarantee", "forward_progress_guarantee"]),
    ("exec.get.compl.sched", ["get_completion_scheduler"]),
    ("exec.get.compl.domain", ["get_completion_domain"]),
    ("exec.get.await.adapt", ["get_await_completion_adaptor"]),
    ("exec.sched", ["scheduler", "scheduler_tag"]),
    ("exec.recv.concepts", ["receiver", "receiver_tag", "inlinable_receiver"]),
    ("exec.set.value", ["set_value"]),
    ("exec.set.error", ["set_error"]),
    ("exec.set.stopped", ["set_stopped"]),
    ("exec.opstate", ["operation_state", "operation_state_tag"]),
    ("exec.opstate.start", ["start"]),
    ("exec.snd.concepts", ["sender", "sender_in", "sender_tag", "dependent_sender", "enable_sender", "tag_of_t", "value_types_of_t",
                           "error_types_of_t", "sends_stopped"]),
    ("exec.domain.indeterminate", ["indeterminate_domain"]),
    ("exec.domain.default", ["default_domain"]),
    ("exec.snd.transform", ["transform_sender"]),
    ("exec.snd.apply", ["apply_sender"]),
    ("exec.getcomplsigs", ["get_completion_signatures"]),
    ("exec.connect", ["connect", "connect_result_t"]),
    ("exec.schedule", ["schedule", "schedule_result_t"]),
    ("exec.just", ["just", "just_error", "just_stopped"]),
    ("exec.read.env", ["read_env"]),
    ("exec.adapt.obj", ["sender_adaptor_closure"]),
    ("exec.write.env", ["write_env"]),
    ("exec.unstoppable", ["unstoppable"]),
    ("exec.starts.on", ["starts_on"]),
    ("exec.continues.on", ["continues_on"]),
    ("exec.schedule.from", ["schedule_from"]),
    ("exec.on", ["on"]),
    ("exec.then", ["then", "upon_error", "upon_stopped"]),
    ("exec.let", ["let_value", "let_error", "let_stopped"]),
    ("exec.bulk", ["bulk", "bulk_chunked", "bulk_unchunked"]),
    ("exec.when.all", ["when_all", "when_all_with_variant"]),
    ("exec.into.variant", ["into_variant"]),
    ("exec.stopped.opt", ["stopped_as_optional"]),
    ("exec.stopped.err", ["stopped_as_error"]),
    ("exec.associate", ["associate"]),
    ("exec.spawn.future", ["spawn_future"]),
    ("exec.sync.wait", ["sync_wait"]),
    ("exec.sync.wait.var", ["sync_wait_with_variant"]),
    ("exec.spawn", ["spawn"]),
    ("exec.cmplsig", ["completion_signatures", "completion_signatures_of_t", "dependent_sender_error"]),
    ("exec.prop", ["prop"]),
    ("exec.env", ["env"]),
    ("exec.run.loop", ["run_loop"]),
    ("exec.as.awaitable", ["as_awaitable"]),
    ("exec.with.awaitable.senders", ["with_awaitable_senders"]),
    ("exec.affine", ["affine"]),
    ("exec.inline.scheduler", ["inline_scheduler"]),
    ("exec.task.scheduler", ["task_scheduler"]),
    ("exec.task", ["task", "with_error"]),
    ("exec.scope.concepts", ["scope_token", "scope_association"]),
    ("exec.scope.simple.counting", ["simple_counting_scope"]),
    ("exec.scope.counting", ["counting_scope"]),
    ("exec.par.scheduler", ["parallel_scheduler", "get_parallel_scheduler"]),
    ("exec.parschedrepl", ["receiver_proxy", "bulk_item_receiver_proxy", "parallel_scheduler_backend", "query_parallel_scheduler_backend"]),
    ("stoptoken.concepts", ["stoppable_token", "unstoppable_token"]),
    ("thread.stoptoken.syn", ["stop_callback_for_t"]),
    ("stoptoken", ["stop_token"]),
    ("stopsource", ["stop_source", "nostopstate"]),
    ("stopcallback", ["stop_callback"]),
    ("stoptoken.never", ["never_stop_token"]),
    ("stoptoken.inplace", ["inplace_stop_token"]),
    ("stopsource.inplace", ["inplace_stop_source"]),
    ("stopcallback.inplace", ["inplace_stop_callback"]),
]
# Beyond the working draft.
OWN = [
    ("P2300R10 split", ["split"]),
    ("static_thread_pool", ["static_thread_pool"]),
]

COMMENT = re.compile(r"(?:^[ \t]*///.*\n)+", re.M)
# What may stand in front of a declared name, and what behind it.
DECLARED = r"(?:\b(?:struct|class|concept|enum class)\s+|\busing\s+(?:[\w:]+::)?|\bconstexpr\s+(?:[\w:]+\s+)+?|\bconsteval auto\s+|\binline\s+[\w:]+\s+|" \
           r"^[\w:<>]+(?:\s+const)?\s+|>\s*)NAME\b\s*(?:[{{;=(<:]|$|\n)"


def comments():
    """Yields (header, text of one documentation comment on one line)."""
    for path in sorted(HEADERS.rglob("*.hpp")):
        for match in COMMENT.finditer(path.read_text()):
            lines = [line.strip().removeprefix("///").strip() for line in match[0].splitlines()]
            yield path, " ".join(line for line in lines if line)


def sources():
    """Maps a section to its headers and to what differs there."""
    headers, differences = {}, {}
    for path, text in comments():
        if match := re.search(r"\bSource:\s*(.*)$", text):
            claim, _, differs = match[1].partition("Differs: ")
            sections = re.findall(r"\[((?:exec|stoptoken|thread|stopsource|stopcallback)\b[\w.]*)\]", claim)
            if "P2300R10" in claim and "split" in path.name:
                sections.append("P2300R10 split")
            if path.stem == "static_thread_pool":
                sections.append("static_thread_pool")
            for section in sections:
                headers.setdefault(section, set()).add(path)
                if differs:
                    differences.setdefault(section, []).append(differs.strip())
    return headers, differences


def belongs(label, mentioned):
    """Whether a label found in a test stands for a section: itself or a subsection of it."""
    return mentioned == label or mentioned.startswith(label + ".")


def tests():
    """Yields (unit test, the labels in it, its words outside of comments)."""
    for path in sorted((ROOT / "unittests" / "execution").glob("*_test.cpp")):
        text = path.read_text()
        code = re.sub(r"//.*", "", text)
        yield path, set(re.findall(r"\[([a-z]+(?:\.[\w]+)*)\]", text)), set(re.findall(r"\w+", code))


def figures():
    """Yields (lit test, the section it covers, its measured lines)."""
    for folder in ("execution", "claims"):
        for path in sorted((ROOT / "lit-tests" / folder).rglob("*.cpp")):
            text = path.read_text()
            labels = re.findall(r"^// COVERS: \[([^\]]+)\]", text, re.M)
            measured = re.findall(r"^// MEASURED[\w-]*: (.*)$", text, re.M)
            measured += [f"above by hand: {name}: no twin: {why}" for name, why in re.findall(r"^// WITHOUT TWIN (\w+): (.*)$", text, re.M)]
            measured += [f"above by hand: {name}: {why}" for name, why in re.findall(r"^// ABOVE (\w+): (.*)$", text, re.M)]
            for label in labels:
                yield path, label, measured


def declared(name, text):
    return re.search(DECLARED.replace("NAME", name).replace("{{", "{"), text, re.M) is not None


def rows():
    headers, differences = sources()
    text = "\n".join(path.read_text() for path in sorted(HEADERS.rglob("*.hpp")))
    unit, lit = list(tests()), list(figures())
    for label, names in SECTIONS + OWN:
        own = sorted({path for section, paths in headers.items() if belongs(label, section) for path in paths})
        own_tests = [test for test in unit if any(belongs(label, mentioned) for mentioned in test[1])
                     or test[0].stem == label.split()[-1] + "_test"]
        yield {
            "label": label,
            "names": names,
            "missing": [name for name in names if not declared(name, text)],
            "headers": [str(path.relative_to(HEADERS)) for path in own],
            "tests": [path.name for path, _, _ in own_tests],
            "untested": [name for name in names if not any(name in words for _, _, words in own_tests)],
            "figures": [line for _, section, lines in lit if section == label for line in lines],
            "lit": sorted({str(path.relative_to(ROOT / "lit-tests")) for path, section, _ in lit if section == label}),
            "differs": [text for section, texts in differences.items() if belongs(label, section) for text in texts],
        }


def problems(row):
    where = f"docs/status.md: [{row['label']}]"
    if row["missing"]:
        yield f"{where}: not declared in include/snug: {', '.join(row['missing'])}"
    elif not row["headers"]:
        yield f"{where}: no documentation comment says 'Source: [{row['label']}]'"
    if not row["tests"]:
        yield f"{where}: no test in unittests/execution names this section"
    elif row["untested"]:
        yield f"{where}: its tests never use {', '.join(row['untested'])}"


def cell(parts):
    return "<br>".join(part.replace("|", "\\|") for part in parts)


FIGURE = re.compile(r"(\w+)(, start)?: (.*?) inlined[,;] (.*?) stored(?:[,;] (.*?) by hand)?$")


def figure_rows(table):
    """The measured lines of all sections as rows: name, bytes, start inlined, stored and by hand, what is above the twin."""
    found = {}
    for row in table:
        for line in row["figures"]:
            if match := FIGURE.match(line):
                name, start, *values = match.groups()
                cells = found.setdefault(name, {"section": row["label"], "why": ""})
                cells["start" if start else "size"] = [(value or "").removesuffix(" bytes").removesuffix(" byte") for value in values]
            elif line.startswith("above by hand: "):
                name, _, why = line.removeprefix("above by hand: ").partition(": ")
                found.setdefault(name, {"section": row["label"]})["why"] = why
    return found


def page(table):
    lines = [
        "# Status",
        "",
        "Every section of [exec] that declares names, and the stop tokens: where it is written, what tests it, and where it leaves the letter",
        "of the working draft of August 2026. Made by `scripts/status.py` from the headers and the tests.",
        "",
        "| section | names | header | unit tests | measured by | differs |",
        "|---|---|---|---|---|---|",
    ]
    for row in table:
        label = f"[{row['label']}]" if "." in row["label"] or row["label"].startswith("stop") else row["label"]
        names = [f"`{name}`" + (" (missing)" if name in row["missing"] else "") for name in row["names"]]
        lines.append(f"| {label} | {cell(names)} | {cell([f'`{name}`' for name in row['headers']])} | "
                     f"{cell([f'`{name}`' for name in row['tests']])} | {cell([f'`{name}`' for name in row['lit']])} | {cell(row['differs'])} |")
    written = sum(not row["missing"] for row in table)
    lines += [
        "",
        f"{len(table)} sections, {written} written, {sum(bool(row['tests']) for row in table)} tested, "
        f"{sum(bool(row['differs']) for row in table)} with a difference.",
        "",
        "## What it costs",
        "",
        "Operation states in bytes, and the function that starts them: with inlined receivers, with stored ones, and as one would write the",
        "same by hand (clang 22, `-O2`, x86-64). Each row is held by the test of its section; what is above the hand-written twin says why.",
        "",
        "| pipeline | section | bytes: inlined | stored | by hand | start: inlined | stored | by hand | above by hand, because |",
        "|---|---|--:|--:|--:|---|---|---|---|",
    ]
    for name, cells in sorted(figure_rows(table).items(), key=lambda item: item[0]):
        lines.append(f"| {name} | [{cells['section']}] | {' | '.join(cells.get('size', ['', '', '']))} | "
                     f"{' | '.join(cells.get('start', ['', '', '']))} | {cells['why']} |")
    return "\n".join(lines + [""])


def main():
    table = list(rows())
    errors = [error for row in table for error in problems(row)]
    text = page(table)
    if "--check" in sys.argv[1:]:
        if not PAGE.exists() or PAGE.read_text() != text:
            errors.append("docs/status.md is stale; run scripts/status.py")
    else:
        PAGE.write_text(text)
    for error in errors:
        print(f"error: {error}", file=sys.stderr)
    return 1 if errors else 0


if __name__ == "__main__":
    sys.exit(main())
