# Opens a page of `snug report` in a browser and uses it: filter, chips, sorting, keys, both themes, two widths, no scripts.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""usage: check_in_browser.py PAGE NAME [--screenshots=FOLDER]; NAME is the whole name of one entry of the page."""
import os
import pathlib
import sys

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parents[3] / "Inputs"))
from browser import Browser

failures = []


def expect(actual, wanted, what):
    if actual != wanted:
        failures.append(f"{what}: {actual!r} instead of {wanted!r}")


SHOWN = "[...document.querySelectorAll('section.list > details:not([hidden]) > summary .name')].map(n => n.textContent)"
FOCUSED = "document.activeElement.querySelector('.name')?.textContent ?? document.activeElement.id"
SHIFTS = """new Promise(done => {
  let sum = 0;
  new PerformanceObserver(list => list.getEntries().forEach(e => sum += e.value)).observe({ type: "layout-shift", buffered: true });
  setTimeout(() => done(sum), 50);
})"""
# Text on its own background, as WCAG counts: 4.5 and more is enough for small letters.
CONTRAST = """(() => {
  const canvas = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
  const rgb = colour => { canvas.clearRect(0, 0, 1, 1); canvas.fillStyle = colour; canvas.fillRect(0, 0, 1, 1); return canvas.getImageData(0, 0, 1, 1).data; };
  const light = c => [0.2126, 0.7152, 0.0722].reduce((sum, w, i) => sum + w * ((v => v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4)(c[i] / 255)), 0);
  const behind = e => { for (; e; e = e.parentElement) { const c = getComputedStyle(e).backgroundColor; if (rgb(c)[3] === 255) return c; } return getComputedStyle(document.body).backgroundColor; };
  let worst = 99, where = "";
  for (const e of document.querySelectorAll("body *")) {
    if (![...e.childNodes].some(n => n.nodeType === 3 && n.data.trim()) || !e.checkVisibility() || ["SCRIPT", "STYLE", "TITLE"].includes(e.tagName)) continue;
    const style = getComputedStyle(e), a = light(rgb(e instanceof SVGElement ? style.fill : style.color)), b = light(rgb(behind(e)));
    const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    if (ratio < worst) [worst, where] = [ratio, `<${e.tagName.toLowerCase()} class="${e.className}">${e.textContent.slice(0, 30)}`];
  }
  return [worst, where];
})()"""


def looks(page):
    """Both themes and both widths: nothing sticks out, every text can be read."""
    for scheme in ("light", "dark"):
        for width in (1280, 400):
            page.media("", scheme)
            page.resize(width)
            what = f"{scheme}, {width} pixels"
            expect(page.ask("document.documentElement.scrollWidth <= innerWidth"), True, f"{what}: fits without sideways scrolling")
            wide = page.ask("[...document.querySelectorAll('summary > .f')].filter(f => f.scrollWidth > f.clientWidth)"
                            ".map(f => getComputedStyle(f, '::before').content)")
            expect(wide, [], f"{what}: no figure or head of a column reaches into the next one")
            worst, where = page.ask(CONTRAST)
            expect(worst >= 4.5, True, f"{what}: contrast {worst:.2f} of {where}")
            paper = page.ask("getComputedStyle(document.body).backgroundColor")
            expect(paper == "rgb(255, 255, 255)", scheme == "light", f"{what}: paper is {paper}")
            if shots:
                page.screenshot(shots / f"{scheme}-{width}.png")
    page.media("", "light")
    page.resize(1280)


def filters(page, name, every):
    page.press("/")
    expect(page.ask(FOCUSED), "q", "'/' leads to the filter")
    page.type(name)
    expect(name in page.ask(SHOWN), True, f"filter '{name}'")
    expect(all(name in shown for shown in page.ask(SHOWN)), True, f"filter '{name}' shows nothing else")
    expect(page.ask("count.textContent"), f"{len(page.ask(SHOWN))} of {len(every)}", "the count")
    page.press("Escape")
    expect(page.ask(SHOWN), every, "Escape clears the filter")
    sizes = page.ask("[...document.querySelectorAll('#types > details > summary > .f:nth-last-child(4) b')].map(b => Number(b.textContent))")
    limit = sorted(sizes)[len(sizes) // 2]
    page.press("/")
    page.type(f"size>{limit}")
    expect(len(page.ask(SHOWN)), sum(size > limit for size in sizes), f"filter 'size>{limit}'")
    page.press("Escape")
    page.press("/")
    page.type("no such name")
    expect(page.ask(SHOWN), [], "a filter that matches nothing")
    expect(page.ask("document.querySelector('.none').checkVisibility()"), True, "nothing matches: said")
    page.press("Escape")
    page.press("/")
    page.type("-" + name)
    expect(name in page.ask(SHOWN), False, f"filter '-{name}'")
    page.press("Escape")
    tag = page.ask("document.querySelector('[data-tag]').dataset.tag")
    page.ask("document.querySelector('[data-tag]').click()")
    tagged = page.ask(f"[...document.querySelectorAll('details > summary')].filter(s => [...s.querySelectorAll('.tags span')].some(t => t.textContent === {tag!r})).map(s => s.querySelector('.name').textContent)")
    expect(page.ask(SHOWN), tagged, f"the chip '{tag}'")
    page.press("Escape")
    expect(page.ask(SHOWN), every, "Escape lets go of chips")


def sorting(page, every):
    click = "document.querySelectorAll('#types .head button')[1].click()"
    sizes = "[...document.querySelectorAll('#types > details > summary > .f:nth-last-child(4)')].map(f => Number(f.querySelector('b').textContent))"
    before = page.ask(sizes)
    page.ask(click)
    expect(page.ask(sizes), sorted(before, reverse=True), "a head sorts")
    page.ask(click)
    expect(page.ask(sizes), sorted(before), "a head sorts the other way round")
    page.ask(click)
    expect(page.ask(SHOWN), every, "a head restores the order")


def keys(page, every):
    page.ask("document.activeElement.blur()")
    page.press("j")
    expect(page.ask(FOCUSED), every[0], "'j' leads to the first entry")
    if len(every) > 1:
        page.press("j")
        expect(page.ask(FOCUSED), every[1], "'j' leads to the next entry")
        page.press("ArrowUp")
        expect(page.ask(FOCUSED), every[0], "the arrow key leads back")
    is_open = "document.activeElement.parentElement.open"
    was = page.ask(is_open)
    page.press("Enter")
    expect(page.ask(is_open), not was, "Enter folds or unfolds")
    page.press("Enter")
    expect(page.ask(is_open), was, "Enter twice")
    page.ask("document.querySelectorAll('section > details').forEach(d => d.open = false)")
    page.press("j")
    page.press("Enter")
    expect(page.ask("document.activeElement.parentElement.querySelector('.body table').checkVisibility()"), True, "an unfolded entry shows its table")
    page.press("a")
    expect(page.ask("[...document.querySelectorAll('section > details')].every(d => d.open)"), True, "'a' unfolds all")
    page.press("a")
    expect(page.ask("[...document.querySelectorAll('section > details')].some(d => d.open)"), False, "'a' folds all")
    page.press("?")
    expect(page.ask("help.open"), True, "'?' shows the keys")
    page.press("Escape")
    expect(page.ask("help.open"), False, "Escape closes them")
    page.press("t")
    page.press("t")
    expect(page.ask("getComputedStyle(document.body).backgroundColor === 'rgb(255, 255, 255)'"), False, "'t' twice: dark")
    page.press("t")
    # Everything that does something can be reached without a mouse.
    expect(page.ask("[...document.querySelectorAll('button, input, summary')].filter(e => e.tabIndex < 0).length"), 0, "all can be reached by Tab")


def on_paper(page):
    page.media("print", "dark")
    expect(page.ask("bar.checkVisibility()"), False, "no bar on paper")
    expect(page.ask("getComputedStyle(document.body).backgroundColor"), "rgb(255, 255, 255)", "paper is white")
    apart = page.ask("[...document.querySelectorAll('section.list')].flatMap(s => {"
                     " const right = e => [...e.querySelectorAll(':scope > .f')].map(f => Math.round(f.getBoundingClientRect().right));"
                     " return right(s.querySelector('.head')).map((x, i) => x - right(s.querySelector('summary'))[i]); })")
    expect(any(apart), False, f"on paper figures stand below their heads: {apart}")
    page.media("", "light")
    page.print_pdf(shots / "print.pdf" if shots else os.devnull)
    expect(page.ask("[...document.querySelectorAll('section > details')].some(d => d.open)"), False, "printing leaves entries as they were")


def without_scripts(page, path, every):
    page.call("Emulation.setScriptExecutionDisabled", value=True)
    page.open(path, asks=False)
    tree = page.call("DOMSnapshot.captureSnapshot", computedStyles=["display"])
    texts = set(tree["strings"])
    expect([name for name in every if name not in texts], [], "without scripts every name is there")
    document = tree["documents"][0]
    kinds = [tree["strings"][n] for n in document["nodes"]["nodeName"]]
    expect(kinds.count("DETAILS") >= len(every), True, "without scripts every entry is there")
    laid_out = set(document["layout"]["nodeIndex"])
    bars = [i for i, attributes in enumerate(document["nodes"]["attributes"]) if "bar" in [tree["strings"][a] for a in attributes]]
    expect(kinds.count("TABLE") >= len(every), True, "without scripts every entry has its table")
    expect(bars and any(i in laid_out for i in bars), False, "without scripts there is no bar")


def main():
    global shots
    path, name = sys.argv[1:3]
    shots = next((pathlib.Path(a.split("=", 1)[1]) for a in sys.argv if a.startswith("--screenshots=")), None)
    with Browser() as page:
        page.resize(1280)
        page.open(path)
        # 0.1 is what a reader begins to notice.
        shift = page.ask(SHIFTS)
        expect(shift < 0.01, True, f"nothing moves while the page is opened, but {shift}")
        every = page.ask(SHOWN)
        expect(name in every, True, f"'{name}' is an entry")
        filters(page, name, every)
        sorting(page, every)
        page.ask("document.querySelectorAll('section > details')[0].open = true")
        looks(page)
        keys(page, every)
        on_paper(page)
        expect(page.requests, [pathlib.Path(path).resolve().as_uri()], "nothing but the page is loaded")
        without_scripts(page, path, every)
        expect(page.complaints, [], "the browser complains about nothing")
    for failure in failures:
        print(f"{path}: error: {failure}", file=sys.stderr)
    print(f"{len(every)} entries, {len(failures)} failures")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
