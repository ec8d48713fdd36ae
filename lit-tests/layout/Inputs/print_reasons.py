#!/usr/bin/env python3
# Prints the records that are not standard-layout, each with its reasons, one a line.
# SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""usage: print_reasons.py LAYOUT_JSON"""
import json
import sys

with open(sys.argv[1], encoding="utf-8") as source:
    for record in json.load(source)["records"]:
        if record["standard_layout"]:
            continue
        print(record["name"])
        for reason in record["not_standard_layout"]:
            place = reason["location"]
            print(f"  {reason['id']} {place['line']}:{place['column']}: {reason['text']}")
