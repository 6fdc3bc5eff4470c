"""File names of letters: sorted by day, telling at a glance, safe on every system.

>>> import datetime as dt
>>> file_name(dt.date(2026, 11, 20), "C012 Dupont", "reminder", 2, "en", set())
'2026-11-20 C012 Dupont reminder-2.docx'
>>> file_name(dt.date(2026, 11, 20), "../CON: Aux/Dés?.", "formal_notice", 4, "fr",
...           {"2026-11-20 con aux dés MISE-EN-DEMEURE.docx"})
'2026-11-20 CON Aux Dés mise-en-demeure (2).docx'
"""

from __future__ import annotations

import datetime as dt
import itertools
import re
import unicodedata
from collections.abc import Collection

from addin.letters.safe_text import safe
from udfs.texts import say

# Windows counts characters, Linux bytes (255); a folder path needs room too.
MOST_CHARACTERS = 100
MOST_BYTES = 200

_UNFIT = re.compile(r'[<>:"/\\|?*\x00-\x1f]+')


def file_name(date: dt.date, client: str, kind: str, level: int, language: str,
              taken: Collection[str]) -> str:
    """A name that no file in `taken` has, upper and lower case alike.

    It begins with the day, so that no client can make it a reserved name of Windows (CON, NUL, COM1 …), a
    hidden file or a path.
    """
    used = {_folded(name) for name in taken}
    words = say(f"letters.file_{kind}", language, level=level)
    name = _UNFIT.sub(" ", unicodedata.normalize("NFC", safe(client, MOST_CHARACTERS)))
    name = re.sub(r"\.{2,}", ".", re.sub(r"\s+", " ", name)).strip(" .")

    def numbered(count: int) -> str:
        ending = f"{words} ({count}).docx" if count > 1 else f"{words}.docx"
        return f"{_cut(f'{date:%Y-%m-%d} {name}', ending)} {ending}"

    return next(found for found in map(numbered, itertools.count(1)) if _folded(found) not in used)


def _cut(start: str, ending: str) -> str:
    """The start, short enough for start + blank + ending to stay within both lengths."""
    start = start[:MOST_CHARACTERS - len(ending) - 1]
    while len(f"{start} {ending}".encode()) > MOST_BYTES:
        start = start[:-1]
    return start.rstrip(" .")


def _folded(name: str) -> str:
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", name).casefold())
