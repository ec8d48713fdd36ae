// How the report looks, and what its keys do.
// SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
#include "report/HtmlReport.h"

namespace snug::report {

// Lines of a section are grids of one template, so that numbers stand below their heads whatever is unfolded.
static constexpr llvm::StringLiteral Style = R"css(
.sums { display: flex; flex-wrap: wrap; gap: .6rem 2.2rem; margin: 1rem 0; }
.sums div { min-width: 5rem; } .sums dt { color: var(--soft); font-size: 13px; }
.sums dd { margin: 0; font-size: 1.3rem; font-variant-numeric: tabular-nums; line-height: 1.3; }
.bar { display: none; }
[data-js] .bar { position: sticky; top: 0; z-index: 3; display: flex; flex-wrap: wrap; gap: .4rem .8rem; align-items: center;
  padding: .55rem 0; background: var(--paper); border-bottom: 1px solid var(--line); }
.bar input { flex: 1 1 14rem; min-width: 10rem; max-width: 26rem; font: inherit; color: inherit; background: var(--panel);
  border: 1px solid var(--line); border-radius: 4px; padding: .25rem .6rem; }
.bar output { color: var(--soft); font-size: 13px; min-width: 6.5rem; font-variant-numeric: tabular-nums; }
.chips, .tools { display: flex; flex-wrap: wrap; gap: .3rem; } .tools { margin-left: auto; }
button { font: inherit; font-size: 13px; color: inherit; background: var(--panel); border: 1px solid var(--line); border-radius: 4px;
  padding: .15rem .6rem; cursor: pointer; }
button:hover { border-color: var(--soft); }
button[aria-pressed=true] { background: var(--ink); color: var(--paper); border-color: var(--ink); }
.list { --w: 5.4rem; }
@media screen { .list > details:not([open]) { content-visibility: auto; contain-intrinsic-size: auto 3.1rem; } }
.list > .head, .list > details > summary { display: grid; column-gap: .8rem; align-items: baseline;
  grid-template-columns: 1rem minmax(0, 1fr) repeat(var(--columns), var(--w)); padding: .3rem .2rem; border-bottom: 1px solid var(--line); }
.list > .head { position: sticky; top: var(--bar, 0); z-index: 2; background: var(--paper); color: var(--soft); font-size: 13px;
  border-bottom-color: var(--soft); }
.list > .head::before { content: ""; grid-column: 1; grid-row: 1; } .head > span:first-child { grid-column: 2; grid-row: 1; }
.head button { all: unset; cursor: pointer; } .head button:hover { color: var(--ink); }
.head button:focus-visible { outline: 2px solid var(--focus); }
.head [aria-sort=ascending]::after { content: " ↑"; } .head [aria-sort=descending]::after { content: " ↓"; }
summary { cursor: pointer; list-style: none; scroll-margin-top: calc(var(--bar, 0px) + 2.4rem); } summary::-webkit-details-marker { display: none; }
summary:hover { background: var(--panel); }
summary::before { content: "▸"; color: var(--soft); grid-row: 1; grid-column: 1; } details[open] > summary::before { content: "▾"; }
.name { grid-row: 1; grid-column: 2; overflow-wrap: anywhere; font-family: ui-monospace, "SF Mono", Menlo, Consolas, "DejaVu Sans Mono", monospace;
  font-size: 13.5px; }
.about { grid-row: 2; grid-column: 2; display: flex; flex-wrap: wrap; gap: .2rem .8rem; align-items: baseline; }
.place { color: var(--soft); font-size: 12.5px; overflow-wrap: anywhere; }
.tags { display: flex; flex-wrap: wrap; gap: .3rem; }
.tags span { font-size: 11.5px; line-height: 1.5; color: var(--soft); border: 1px solid var(--line); border-radius: 3px; padding: 0 .35rem; }
.f { grid-row: 1 / span 2; text-align: right; font-variant-numeric: tabular-nums; } .f b { font-weight: 400; }
.f small { display: block; color: var(--soft); font-size: 11.5px; }
.body { padding: .6rem 0 1.6rem 1.4rem; --top: calc(var(--bar, 0px) + 2rem); }
.body h3 { font-size: 13.5px; margin: .8rem 0 .2rem; font-weight: 600; }
.pair { display: flex; flex-wrap: wrap; gap: .5rem 2.5rem; } .pair > * { flex: 1 1 24rem; min-width: 0; }
.scroll { overflow-x: auto; } .scroll thead th { position: static; }
.wide { width: 100%; overflow-wrap: anywhere; } .wide td:first-child { white-space: nowrap; width: 1%; padding-right: 1.5rem; }
.none { color: var(--soft); padding: .6rem 1.4rem; }
.bad { color: var(--bad); }
dialog { background: var(--paper); color: var(--ink); border: 1px solid var(--soft); border-radius: 6px; max-width: 30rem; }
dialog::backdrop { background: rgb(0 0 0 / .35); }
kbd { border: 1px solid var(--line); border-bottom-width: 2px; border-radius: 3px; padding: 0 .3rem; font-size: 12px; }
@media (max-width: 46rem) {
  .list > .head { display: none; }
  .list > details > summary { grid-template-columns: 1rem repeat(var(--columns), minmax(min-content, 1fr)); row-gap: .1rem; }
  .name, .about { grid-column: 2 / -1; }
  .chips { flex-wrap: nowrap; overflow-x: auto; } .chips button { flex: none; } #keys { display: none; }
  .f { grid-row: 3; text-align: left; } .f::before { display: block; color: var(--soft); font-size: 11.5px; }
  .body { padding-left: 0; } .tools { margin-left: 0; }
}
@media print {
  .bar, dialog { display: none !important; } .list > .head { position: static; }
  details::details-content { content-visibility: visible; block-size: auto; } summary::before { content: "" !important; }
  .place, .tags span { color: var(--soft); } .body { padding-left: 0; }
}
)css";

// Small on purpose: the page is complete without it.
static constexpr llvm::StringLiteral Script = R"js("use strict";
(() => {
  const $ = id => document.getElementById(id), root = document.documentElement;
  const q = $("q"), bar = $("bar"), count = $("count"), help = $("help");
  const chips = [...bar.querySelectorAll("[data-tag]")];
  const word = text => text.split(" ")[0].toLowerCase();
  const sections = [...document.querySelectorAll("section.list")].map(element => ({
    element, none: element.querySelector(".none"), head: element.querySelector(".head"),
    entries: [...element.querySelectorAll(":scope > details")].map((details, index) => {
      const summary = details.firstElementChild, figures = {}, columns = element.querySelectorAll(".head .f");
      summary.querySelectorAll(".f").forEach((f, i) => {
        figures[word(columns[i].textContent)] = f.querySelector("b") ? Number(f.querySelector("b").textContent) : null;
      });
      const text = part => (summary.querySelector(part)?.textContent ?? "").toLowerCase();
      return { details, summary, figures, index, name: text(".name"), text: text(".name") + " " + text(".place"),
               tags: [...summary.querySelectorAll(".tags span")].map(tag => tag.textContent) };
    })
  }));
  const all = sections.flatMap(section => section.entries);
  const shown = () => sections.flatMap(s => s.entries).filter(e => !e.details.hidden);

  const tests = { ">": (a, b) => a > b, "<": (a, b) => a < b, "=": (a, b) => a === b, ">=": (a, b) => a >= b, "<=": (a, b) => a <= b };
  const parse = text => text.toLowerCase().split(/\s+/).filter(Boolean).map(part => {
    const figure = /^([a-z-]+)(>=|<=|>|<|=)(\d+)$/.exec(part);
    if (figure)
      return e => figure[1] in e.figures && e.figures[figure[1]] !== null && tests[figure[2]](e.figures[figure[1]], Number(figure[3]));
    return part.length > 1 && part[0] === "-" ? e => !e.text.includes(part.slice(1)) : e => e.text.includes(part);
  });
  const filter = () => {
    const wanted = parse(q.value), tags = chips.filter(c => c.getAttribute("aria-pressed") === "true").map(c => c.dataset.tag);
    let left = 0;
    for (const section of sections) {
      let here = 0;
      for (const e of section.entries) {
        const fits = tags.every(tag => e.tags.includes(tag)) && wanted.every(test => test(e));
        e.details.hidden = !fits;
        here += fits;
      }
      section.none.hidden = here > 0;
      left += here;
    }
    count.textContent = left !== all.length ? `${left} of ${all.length}` : left === 1 ? "1 entry" : `${left} entries`;
  };
  let waiting = 0;
  q.addEventListener("input", () => { cancelAnimationFrame(waiting); waiting = requestAnimationFrame(filter); });
  for (const chip of chips)
    chip.addEventListener("click", () => {
      chip.setAttribute("aria-pressed", String(chip.getAttribute("aria-pressed") !== "true"));
      filter();
    });

  // The heads of the columns sort; the third time restores the order of the page.
  for (const section of sections) {
    const cells = [...section.head.children];
    cells.forEach((cell, column) => {
      const button = document.createElement("button"), key = word(cell.textContent);
      button.type = "button";
      button.textContent = cell.textContent;
      cell.replaceChildren(button);
      button.addEventListener("click", () => {
        const before = cell.getAttribute("aria-sort"), first = column ? "descending" : "ascending";
        const second = column ? "ascending" : "descending";
        const now = before === first ? second : before === second ? null : first;
        cells.forEach(c => c.removeAttribute("aria-sort"));
        if (now) cell.setAttribute("aria-sort", now);
        const sign = now === "descending" ? -1 : 1;
        section.entries.sort((a, b) => !now ? a.index - b.index
          : (column ? sign * ((a.figures[key] ?? -1) - (b.figures[key] ?? -1)) : sign * a.name.localeCompare(b.name)) || a.index - b.index);
        section.none.before(...section.entries.map(e => e.details));
      });
    });
  }

  // Folded entries wait as text, see the writer: they become elements when they are unfolded.
  const fill = details => {
    const waiting = details.querySelector(".body > noscript");
    if (waiting) waiting.parentElement.innerHTML = waiting.textContent;
  };
  const set = (e, open) => { if (open) fill(e.details); e.details.open = open; };
  document.addEventListener("click", event => {
    const summary = event.target.closest?.("section.list > details > summary");
    if (summary) fill(summary.parentElement);
  }, true);
  document.addEventListener("toggle", event => { if (event.target.matches("section.list > details[open]")) fill(event.target); }, true);
  const fold = () => {
    const entries = shown(), open = entries.some(e => !e.details.open);
    for (const e of entries) set(e, open);
  };
  const themes = ["", "light", "dark"];
  const theme = () => {
    const next = themes[(themes.indexOf(root.className) + 1) % themes.length];
    root.className = next;
    $("theme").textContent = next ? next : "theme";
  };
  const move = by => {
    const entries = shown();
    if (!entries.length) return;
    const at = entries.findIndex(e => e.summary === document.activeElement);
    const to = at < 0 ? (by > 0 ? 0 : entries.length - 1) : Math.min(Math.max(at + by, 0), entries.length - 1);
    entries[to].summary.focus({ preventScroll: true });
    entries[to].summary.scrollIntoView({ block: "nearest" });
  };
  $("fold").addEventListener("click", fold);
  $("theme").addEventListener("click", theme);
  $("keys").addEventListener("click", () => help.showModal());
  document.addEventListener("keydown", event => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "Escape" && !help.open) {
      q.value = "";
      chips.forEach(c => c.setAttribute("aria-pressed", "false"));
      q.blur();
      filter();
      return;
    }
    if (help.open || event.target instanceof HTMLInputElement) {
      if (event.target === q && (event.key === "ArrowDown" || event.key === "Enter")) { event.preventDefault(); move(1); }
      return;
    }
    const inList = document.activeElement?.tagName === "SUMMARY";
    const actions = { "/": () => { q.focus(); q.select(); }, "j": () => move(1), "k": () => move(-1), "a": fold, "t": theme,
                      "?": () => help.showModal(), ...(inList ? { "ArrowDown": () => move(1), "ArrowUp": () => move(-1) } : {}) };
    if (!(event.key in actions)) return;
    event.preventDefault();
    actions[event.key]();
  });
  // A link to an entry shows it; paper shows everything.
  const follow = () => { const target = $(location.hash.slice(1)); if (target?.tagName === "DETAILS") { fill(target); target.open = true; } };
  addEventListener("hashchange", follow);
  addEventListener("beforeprint", () => { for (const e of all) { e.was = e.details.open; set(e, true); } });
  addEventListener("afterprint", () => { for (const e of all) e.details.open = e.was; });
  const measure = () => root.style.setProperty("--bar", bar.offsetHeight + "px");
  addEventListener("resize", measure);
  measure();
  follow();
  filter();
})();
)js";

llvm::StringRef htmlReportStyle() { return Style; }
llvm::StringRef htmlReportScript() { return Script; }

} // namespace snug::report
