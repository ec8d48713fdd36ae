#!/usr/bin/env python3
"""facts_section.py SECTION-FILE: prints the records of a section .snug.facts that objcopy took out of an object.

facts_section.py --pack VERSION < records > SECTION-FILE: the other way round, in version 2 or later of the form.

SPDX-License-Identifier: Apache-2.0 WITH LLVM-exception
"""
import struct
import sys
import zlib

HEADER = struct.Struct("<8s5I")
MAGIC = b"snugfact"


def records(section):
    while section := section.lstrip(b"\0"):
        if not section.startswith(MAGIC):
            line, _, section = section.partition(b"\n")
            yield line
            continue
        _, version, packing, stored, whole, checksum = HEADER.unpack_from(section)
        contents = section[HEADER.size : HEADER.size + stored]
        assert len(contents) == stored and zlib.crc32(contents) == checksum, "damaged block"
        text = zlib.decompress(contents) if packing else contents
        assert len(text) == whole, "wrong size"
        yield f"version {version}".encode()
        yield from text.splitlines()
        section = section[HEADER.size + stored :]


def pack(version, text):
    if version < 3:
        return text
    return HEADER.pack(MAGIC, version, 0, len(text), len(text), zlib.crc32(text)) + text


if sys.argv[1] == "--pack":
    sys.stdout.buffer.write(pack(int(sys.argv[2]), sys.stdin.buffer.read()))
else:
    with open(sys.argv[1], "rb") as file:
        for record in records(file.read()):
            sys.stdout.buffer.write(record + b"\n")
