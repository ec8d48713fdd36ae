#!/usr/bin/env python3
"""Fails when a log is not what SARIF 2.1.0 asks of the properties we write: check_sarif.py LOG.

The requirements are those of the standard's sections 3.13 to 3.58, restated as checks; a property that is not known here
is an error, so that nothing is written that nobody has looked up. SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""
import json
import re
import sys
from urllib.parse import urlsplit

errors = []


def check(condition, where, what):
    if not condition:
        errors.append(f"{where}: {what}")


def members(value, where, required, optional=()):
    """The value as an object with all required members and no unknown ones."""
    if not isinstance(value, dict):
        errors.append(f"{where}: is no object")
        return {}
    for name in required:
        check(name in value, where, f"has no '{name}'")
    for name in value:
        check(name in required or name in optional, where, f"has an unknown '{name}'")
    return value


def array(value, where, unique=False):
    if not isinstance(value, list):
        errors.append(f"{where}: is no array")
        return []
    if unique:
        texts = [json.dumps(v, sort_keys=True) for v in value]
        check(len(set(texts)) == len(texts), where, "has the same element twice")
    return [(v, f"{where}[{i}]") for i, v in enumerate(value)]


def string(value, where):
    check(isinstance(value, str) and value, where, "is no text")


def message(value, where):
    string(members(value, where, ["text"]).get("text"), f"{where}.text")


def positive(value, where):
    check(isinstance(value, int) and value >= 1, where, "is no number from 1 on")


def artifact_location(value, where, bases):
    value = members(value, where, ["uri"], ["uriBaseId"])
    uri = value.get("uri", "")
    check(re.fullmatch(r"(?:[A-Za-z0-9\-._~:/?#\[\]@!$&'()*+,;=]|%[0-9A-F]{2})*", uri), where, f"'{uri}' is no URI (RFC 3986)")
    if "uriBaseId" in value:  # 3.4.4: then the URI is relative
        check(not urlsplit(uri).scheme and not uri.startswith("/"), where, f"'{uri}' is absolute and has a base")
        check(value["uriBaseId"] in bases, where, f"the base '{value['uriBaseId']}' is not defined")
    check(".." not in uri.split("/"), where, f"'{uri}' leads upwards")  # 3.14.14


def region(value, where):
    value = members(value, where, ["startLine"], ["startColumn", "endLine", "endColumn"])
    for name, number in value.items():
        positive(number, f"{where}.{name}")
    start = (value.get("startLine", 1), value.get("startColumn", 1))
    end = (value.get("endLine", start[0]), value.get("endColumn", sys.maxsize))
    check(start <= end, where, "ends before it starts")


def location(value, where, bases, optional=()):
    value = members(value, where, ["physicalLocation"], optional)
    physical = members(value.get("physicalLocation"), f"{where}.physicalLocation", ["artifactLocation"], ["region"])
    artifact_location(physical.get("artifactLocation"), f"{where}.physicalLocation.artifactLocation", bases)
    if "region" in physical:
        region(physical["region"], f"{where}.physicalLocation.region")
    for logical, at in array(value.get("logicalLocations", []), f"{where}.logicalLocations", unique=True):
        string(members(logical, at, ["fullyQualifiedName"]).get("fullyQualifiedName"), at)
    if "message" in value:
        message(value["message"], f"{where}.message")


def fix(value, where, bases):
    value = members(value, where, ["artifactChanges"], ["description"])
    if "description" in value:
        message(value["description"], f"{where}.description")
    changes = array(value.get("artifactChanges"), f"{where}.artifactChanges", unique=True)
    check(changes, where, "changes nothing")
    for change, at in changes:
        change = members(change, at, ["artifactLocation", "replacements"])
        artifact_location(change.get("artifactLocation"), f"{at}.artifactLocation", bases)
        replacements = array(change.get("replacements"), f"{at}.replacements")
        check(replacements, at, "replaces nothing")
        for replacement, there in replacements:
            replacement = members(replacement, there, ["deletedRegion"], ["insertedContent"])
            region(replacement.get("deletedRegion"), f"{there}.deletedRegion")
            content = members(replacement.get("insertedContent", {"text": ""}), f"{there}.insertedContent", ["text"])
            check(isinstance(content.get("text"), str), there, "inserts no text")


def result(value, where, rules, bases):
    value = members(value, where, ["message", "ruleId", "level", "kind", "locations"],
                    ["ruleIndex", "relatedLocations", "partialFingerprints", "fixes"])
    message(value.get("message"), f"{where}.message")
    check(value.get("level") in ("none", "note", "warning", "error"), where, "the level is none of the four")
    check(value.get("kind") in ("pass", "open", "informational", "notApplicable", "review", "fail"), where, "unknown kind")
    # 3.27.10: whatever is no failure has no level.
    check((value.get("kind") == "fail") == (value.get("level") != "none"), where, "kind and level do not fit")
    index = value.get("ruleIndex")
    if index is not None:
        check(0 <= index < len(rules) and rules[index] == value.get("ruleId"), where, "ruleIndex names another rule")
    for place, at in array(value.get("locations"), f"{where}.locations"):
        location(place, at, bases, ["logicalLocations"])
    for place, at in array(value.get("relatedLocations", []), f"{where}.relatedLocations"):
        location(place, at, bases, ["message"])
    for name, print_ in value.get("partialFingerprints", {}).items():
        check(re.fullmatch(r"[A-Za-z]+/v[0-9]+", name), where, f"'{name}' names no version")
        string(print_, f"{where}.partialFingerprints.{name}")
    for repair, at in array(value.get("fixes", []), f"{where}.fixes"):
        fix(repair, at, bases)


def run(value, where):
    value = members(value, where, ["tool", "results"], ["originalUriBaseIds", "columnKind"])
    driver = members(members(value.get("tool"), f"{where}.tool", ["driver"]).get("driver"), f"{where}.tool.driver",
                     ["name"], ["semanticVersion", "rules"])
    string(driver.get("name"), f"{where}.tool.driver.name")
    check(re.fullmatch(r"\d+\.\d+\.\d+", driver.get("semanticVersion", "0.0.0")), where, "the version is no semantic one")
    ids = []
    for rule, at in array(driver.get("rules", []), f"{where}.rules", unique=True):
        rule = members(rule, at, ["id"], ["shortDescription", "help", "defaultConfiguration"])
        ids.append(rule.get("id"))
        for name in ("shortDescription", "help"):
            if name in rule:
                message(rule[name], f"{at}.{name}")
        level = members(rule.get("defaultConfiguration", {}), at, [], ["level"]).get("level", "warning")
        check(level in ("none", "note", "warning", "error"), at, "the level is none of the four")
    check(len(set(ids)) == len(ids), where, "a rule comes twice")
    bases = value.get("originalUriBaseIds", {})
    for name, base in bases.items():
        uri = members(base, f"{where}.originalUriBaseIds.{name}", ["uri"]).get("uri", "")
        check(urlsplit(uri).scheme and uri.endswith("/"), where, f"the base '{uri}' is not absolute or does not end with '/'")
    check(value.get("columnKind", "utf16CodeUnits") in ("utf16CodeUnits", "unicodeCodePoints"), where, "unknown columnKind")
    results = array(value.get("results"), f"{where}.results")
    for one, at in results:
        result(one, at, ids, bases)
    prints = [json.dumps(r.get("partialFingerprints"), sort_keys=True) for r, _ in results]
    check(len(set(prints)) == len(prints), where, "two results have one fingerprint")


def main():
    with open(sys.argv[1], encoding="utf-8") as file:
        log = members(json.load(file), "log", ["version", "runs"], ["$schema"])
    check(log.get("version") == "2.1.0", "log", "the version is not 2.1.0")
    for one, at in array(log.get("runs"), "log.runs"):
        run(one, at)
    print("\n".join(errors), file=sys.stderr)
    return 1 if errors else 0


if __name__ == "__main__":
    sys.exit(main())
