"""Bytes of a text file -> text, whatever program wrote it; no byte is ever fatal.

UTF-8 with or without BOM, UTF-16 with BOM, else Windows-1252. A file that is UTF-8 but for a few stray
bytes stays UTF-8 and only those are taken as Windows-1252. Line ends become `\\n`; NUL bytes are left out.

>>> decoded("Société;1\\r\\r\\n".encode("utf-8-sig")), decoded(b"Soci\\xe9t\\xe9;2\\r")
('Société;1\\n', 'Société;2\\n')
>>> decoded("é è à".encode() + b" \\xf8")
'é è à ø'
"""

from __future__ import annotations

import codecs
import re

# How Python marks a byte that is no UTF-8, and that byte in Windows-1252.
STRAY = {0xDC00 + byte: bytes([byte]).decode("windows-1252", "replace") for byte in range(0x80, 0x100)}
END_OF_FILE = "\x1a"


def decoded(data: bytes) -> str:
    """The text of the bytes, with plain line ends."""
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        text = data.decode("utf-16", "replace")
    else:
        text = _utf8_or_windows(data.removeprefix(codecs.BOM_UTF8))
    text = text.replace("\0", "").rstrip(END_OF_FILE)
    return text.replace("\r\r\n", "\n").replace("\r\n", "\n").replace("\r", "\n")


def is_binary(text: str) -> bool:
    """Whether the text has control characters that no table has: a picture, a PDF, a damaged file.

    >>> is_binary("client;amount\\n"), is_binary("\\x01\\x02JFIF\\x03")
    (False, True)
    """
    head = text[:100_000]
    return len(re.findall(r"[\x01-\x08\x0e-\x1f\x7f]", head)) > len(head) / 100


def _utf8_or_windows(data: bytes) -> str:
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        text = data.decode("utf-8", "surrogateescape")
    stray = len(re.findall("[\udc80-\udcff]", text))
    accents = len(re.findall(r"[^\x00-\x7f]", text)) - stray
    return text.translate(STRAY) if accents > stray else data.decode("windows-1252", "replace")
