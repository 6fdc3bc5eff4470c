"""Codes, texts, choices, flags, currencies and countries -> arrays of text or truth, empty as "".

A code that Excel holds as a number loses its .0; texts are trimmed and otherwise kept as they are.

>>> read_codes(["C001 ", 411001.0, None])[0].tolist()
['C001', '411001', '']
>>> read_choices(["Avoir", "INVOICE", "x?"], "invoice_kind")[0].tolist()
['credit_note', 'invoice', '']
>>> read_flags(["oui", "No", 1.0, "", "maybe"])[0].tolist()
[True, False, True, False, False]
"""

from __future__ import annotations

import datetime as dt
import unicodedata
from collections.abc import Callable, Sequence
from decimal import Decimal
from functools import cache
from typing import Any

import numpy as np

from udfs.tables.cells import DASHES, ERROR_SPELLINGS, Problem, cells_of, distinct, each, written
from udfs.tables.schema import choices, plain

Problems = list[tuple[int, Problem]]

YES = frozenset(("oui", "o", "yes", "y", "x", "1", "true", "vrai", "ok"))
NO = frozenset(("non", "no", "n", "0", "false", "faux", "sans", "aucun"))
CURRENCY_WORDS = {"€": "EUR", "euro": "EUR", "euros": "EUR", "$": "USD", "us$": "USD", "£": "GBP"}
SAMPLE = 10_000
# What Babel's names of countries lack, and two codes in use that are not ISO's.
COUNTRY_WORDS = {"uk": "GB", "el": "GR", "england": "GB", "angleterre": "GB", "usa": "US", "hollande": "NL"}


def read_codes(cells: Sequence[Any]) -> tuple[np.ndarray, Problems]:
    """Codes and texts, trimmed; Excel error cells are problems."""
    cells = cells_of(cells)
    trimmed = cells.trimmed
    if trimmed is not None:
        # Places are worth finding where texts repeat, and the first cells tell; else a set is faster.
        repeats = len(set(trimmed[:SAMPLE])) < len(trimmed[:SAMPLE]) * 0.98
        factor = distinct(trimmed) if repeats else None
        found = factor[0] if factor else set(trimmed)
        cells.unique = len(found) == len(trimmed) and _differ_by_more_than_case(trimmed)
        cells.filled = "" not in found
        if ERROR_SPELLINGS.isdisjoint(found):
            cells.factor = factor
            return _array(factor[0])[factor[1]] if factor else _array(trimmed), []
    values, index, problems = each(cells, _text, "")
    return _array(values)[index], problems


def read_choices(cells: Sequence[Any], name: str) -> tuple[np.ndarray, Problems]:
    """Codes of one choice set, whatever the spelling; other words are problems."""
    known = choices(name)

    def read(text: str) -> str | Problem:
        return known.get(plain(text)) or Problem(
            "issues.unknown_choice", known=", ".join(dict.fromkeys(known.values())))

    return _read_words(cells, read)


def read_flags(cells: Sequence[Any]) -> tuple[np.ndarray, Problems]:
    """oui / non / yes / no / x / 1 -> bool; empty is False."""

    def read(cell: Any) -> bool | Problem:
        text = _text(cell)
        word = plain(text)
        return True if word in YES else False if word in NO or text in DASHES else Problem("issues.flag_unreadable")

    values, index, problems = each(cells, read, False)
    return np.array(values, dtype=bool)[index], problems


def read_currencies(cells: Sequence[Any]) -> tuple[np.ndarray, Problems]:
    """ISO codes of three letters; €, $ and £ are understood."""

    def read(text: str) -> str | Problem:
        code = CURRENCY_WORDS.get(text.casefold(), text.upper())
        known = len(code) == 3 and code.isascii() and code.isalpha()
        return code if known else Problem("issues.currency_unreadable")

    return _read_words(cells, read)


def read_countries(cells: Sequence[Any]) -> tuple[np.ndarray, Problems]:
    """ISO codes of two letters, else the usual French and English names, else the text as it is."""

    def read(text: str) -> str | Problem:
        known = COUNTRY_WORDS.get(plain(text))
        return known or (text.upper() if len(text) == 2 else country_names().get(plain(text), text))

    return _read_words(cells, read)


def _read_words(cells: Sequence[Any], read: Callable[[str], str | Problem]) -> tuple[np.ndarray, Problems]:
    """A column of words; a dash stands for nothing."""

    def read_cell(cell: Any) -> str | Problem:
        text = _text(cell)
        return "" if text in DASHES else read(text)

    values, index, problems = each(cells, read_cell, "")
    return _array(values)[index], problems


@cache
def country_names() -> dict[str, str]:
    """Plain French, English, German, Spanish and Italian names of countries -> ISO code."""
    from babel import Locale

    names = dict(COUNTRY_WORDS)
    for language in ("fr", "en", "de", "es", "it"):
        for code, name in Locale(language).territories.items():
            if len(code) == 2:
                names.setdefault(plain(name), code)
    return names


def same_code(code: str) -> str:
    """What two spellings of one client or document code share: width, case, inner blanks, unseen characters.

    >>> same_code(" Café  Dupont ") == same_code("CAFÉ DUPONT")
    True
    """
    plain_code = code.lower() if code.isascii() else unicodedata.normalize("NFKC", code).casefold()
    if not plain_code.isprintable():
        plain_code = "".join(letter for letter in plain_code if letter.isprintable() or letter.isspace())
    return " ".join(plain_code.split())


def _differ_by_more_than_case(codes: list[str]) -> bool:
    """Whether no two of these different codes are one in capitals and in small letters."""
    together = "".join(codes)
    return together in (together.upper(), together.lower()) or len(set(map(str.lower, codes))) == len(codes)


def _text(cell: Any) -> str:
    if isinstance(cell, str):
        return cell.strip()
    if isinstance(cell, bool | np.bool_):
        return "1" if cell else "0"
    if isinstance(cell, float | np.floating | Decimal) and float(cell).is_integer():
        return str(int(cell))
    if isinstance(cell, dt.datetime) and cell.time() == dt.time():
        return cell.date().isoformat()
    return written(cell).strip()


def _array(texts: list[str]) -> np.ndarray:
    found = np.empty(len(texts), dtype=object)
    found[:] = texts
    return found
