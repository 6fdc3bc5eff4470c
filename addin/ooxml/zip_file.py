"""The bytes of a zip file as the standard library writes them; what was compressed before is not compressed again.

A run of letters writes the workbook once for each letter, and nearly all of its parts stay the same.
"""

from __future__ import annotations

import struct
import zlib
from collections.abc import Mapping, MutableMapping, Sequence
from typing import NamedTuple

FIRST_DAY = 1 << 5 | 1  # 1 January 1980, at midnight: nothing tells the day of writing
VERSION, DEFLATED, UTF_8, OWNER_ONLY = 20, 8, 0x800, 0o600 << 16

_LOCAL = struct.Struct("<4s5H3I2H")
_ENTRY = struct.Struct("<4s6H3I5H2I")
_END = struct.Struct("<4s4H2IH")


class Member(NamedTuple):
    """A part and what stands for it in the file."""

    content: bytes
    check: int
    compressed: bytes


def zipped(parts: Mapping[str, bytes], order: Sequence[str], known: MutableMapping[str, Member]) -> bytes:
    """The file; `known` holds what is compressed already, and then what is in this file."""
    file, directory = bytearray(), bytearray()
    for name in order:
        member = known.get(name)
        if member is None or member.content is not parts[name]:
            member = known[name] = _member(parts[name])
        path = name.encode()
        head = (VERSION, 0 if name.isascii() else UTF_8, DEFLATED, 0, FIRST_DAY, member.check, len(member.compressed),
                len(member.content), len(path), 0)
        directory += _ENTRY.pack(b"PK\x01\x02", VERSION, *head, 0, 0, 0, OWNER_ONLY, len(file)) + path
        file += _LOCAL.pack(b"PK\x03\x04", *head) + path + member.compressed
    for gone in known.keys() - parts.keys():
        del known[gone]
    start = len(file)
    return bytes(file + directory + _END.pack(b"PK\x05\x06", 0, 0, len(order), len(order), len(directory), start, 0))


def _member(content: bytes) -> Member:
    compressor = zlib.compressobj(zlib.Z_DEFAULT_COMPRESSION, zlib.DEFLATED, -zlib.MAX_WBITS)
    return Member(content, zlib.crc32(content), compressor.compress(content) + compressor.flush())
