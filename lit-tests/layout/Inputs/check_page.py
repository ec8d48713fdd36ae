#!/usr/bin/env python3
# Checks that a page is well-formed, self-contained, and fit for light and dark; prints its text.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""usage: check_page.py [--scripts] PAGE; without --scripts it must have none."""
import html.parser
import sys

SCRIPTS = "--scripts" in sys.argv
VOID = {"meta", "link", "br", "hr", "img", "input"}


class Page(html.parser.HTMLParser):
    def __init__(self):
        super().__init__()
        self.open, self.words, self.ids, self.links = [], [], set(), set()

    def handle_starttag(self, tag, attrs):
        attributes = dict(attrs)
        if (tag == "script" and not SCRIPTS) or any(name.startswith("on") for name in attributes):
            sys.exit(f"a script: <{tag}>")
        target = attributes.get("href") or attributes.get("src")
        if target and not target.startswith("#"):
            sys.exit(f"not self-contained: {target}")
        if target:
            self.links.add(target[1:])
        if "id" in attributes:
            self.ids.add(attributes["id"])
        if tag not in VOID:
            self.open.append(tag)

    def handle_endtag(self, tag):
        if not self.open or self.open.pop() != tag:
            sys.exit(f"</{tag}> at {self.getpos()} closes nothing")

    def handle_data(self, data):
        if "style" in self.open:
            if "prefers-color-scheme: dark" not in data:
                sys.exit("no dark colours")
            if "url(" in data or "@import" in data:
                sys.exit("the style is not self-contained")
        elif data.strip() and "script" not in self.open:
            self.words.append(" ".join(data.split()))


page = Page()
with open(sys.argv[-1], encoding="utf-8") as source:
    page.feed(source.read())
page.close()
if page.open:
    sys.exit(f"left open: {page.open}")
if page.links - page.ids:
    sys.exit(f"links to nowhere: {sorted(page.links - page.ids)}")
print("\n".join(page.words))
