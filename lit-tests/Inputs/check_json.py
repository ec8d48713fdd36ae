#!/usr/bin/env python3
"""Fails when a JSON document is not what a schema of ours says: check_json.py SCHEMA DOCUMENT.

SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""
import json
import sys

import jsonschema


def main():
    with open(sys.argv[1], encoding="utf-8") as schema, open(sys.argv[2], encoding="utf-8") as document:
        schema, document = json.load(schema), json.load(document)
    jsonschema.Draft202012Validator.check_schema(schema)
    errors = list(jsonschema.Draft202012Validator(schema).iter_errors(document))
    for error in errors:
        print(f"/{'/'.join(map(str, error.absolute_path))}: {error.message}", file=sys.stderr)
    return 1 if errors else 0


if __name__ == "__main__":
    sys.exit(main())
