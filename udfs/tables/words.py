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
from collections.abc import Sequence
from decimal import Decimal
from functools import cache
from typing import Any

import numpy as np

from udfs.tables.cells import ERROR_SPELLINGS, Problem, cells_of, each, places_of
from udfs.tables.schema import choices, plain

Problems = list[tuple[int, Problem]]

YES = frozenset(("oui", "o", "yes", "y", "x", "1", "true", "vrai", "ok"))
NO = frozenset(("non", "no", "n", "0", "false", "faux", "sans", "aucun"))
CURRENCY_WORDS = {"€": "EUR", "euro": "EUR", "euros": "EUR", "$": "USD", "us$": "USD", "£": "GBP"}
SAMPLE = 10_000
# What Babel's names of countries lack.
COUNTRY_WORDS = {"uk": "GB", "england": "GB", "angleterre": "GB", "usa": "US", "hollande": "NL"}


def read_codes(cells: Sequence[Any]) -> tuple[np.ndarray, Problems]:
    """Codes and texts, trimmed; Excel error cells are problems."""
    cells = cells_of(cells)
    trimmed = cells.trimmed
    if trimmed is not None:
        # A set is faster, a dict keeps the order that places need: the first cells tell which will serve.
        repeats = len(set(trimmed[:SAMPLE])) < len(trimmed[:SAMPLE]) * 0.98
        found = dict.fromkeys(trimmed) if repeats else set(trimmed)
        cells.unique, cells.filled = len(found) == len(trimmed), "" not in found
        if ERROR_SPELLINGS.isdisjoint(found):
            if not repeats:
                return _array(trimmed), []
            cells.factor = list(found), places_of(found, trimmed)
            return _array(cells.factor[0])[cells.factor[1]], []
    values, index, problems = each(cells, _text, "")
    return _array(values)[index], problems


def read_choices(cells: Sequence[Any], name: str) -> tuple[np.ndarray, Problems]:
    """Codes of one choice set, whatever the spelling; other words are problems."""
    known = choices(name)

    def read(cell: Any) -> str | Problem:
        return known.get(plain(_text(cell))) or Problem(
            "issues.unknown_choice", known=", ".join(dict.fromkeys(known.values())))

    values, index, problems = each(cells, read, "")
    return _array(values)[index], problems


def read_flags(cells: Sequence[Any]) -> tuple[np.ndarray, Problems]:
    """oui / non / yes / no / x / 1 -> bool; empty is False."""

    def read(cell: Any) -> bool | Problem:
        word = plain(_text(cell))
        return True if word in YES else False if word in NO else Problem("issues.flag_unreadable")

    values, index, problems = each(cells, read, False)
    return np.array(values, dtype=bool)[index], problems


def read_currencies(cells: Sequence[Any]) -> tuple[np.ndarray, Problems]:
    """ISO codes of three letters; €, $ and £ are understood."""

    def read(cell: Any) -> str | Problem:
        text = _text(cell)
        code = CURRENCY_WORDS.get(text.casefold(), text.upper())
        known = len(code) == 3 and code.isascii() and code.isalpha()
        return code if known else Problem("issues.currency_unreadable")

    values, index, problems = each(cells, read, "")
    return _array(values)[index], problems


def read_countries(cells: Sequence[Any]) -> tuple[np.ndarray, Problems]:
    """ISO codes of two letters, else the usual French and English names, else the text as it is."""

    def read(cell: Any) -> str | Problem:
        text = _text(cell)
        return text.upper() if len(text) == 2 else country_names().get(plain(text), text)

    values, index, problems = each(cells, read, "")
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
    """What two spellings of one client or document code share: width, case and inner blanks are ignored.

    >>> same_code(" Café  Dupont ") == same_code("CAFÉ DUPONT")
    True
    """
    plain_code = code.lower() if code.isascii() else unicodedata.normalize("NFKC", code).casefold()
    return " ".join(plain_code.split())


def _text(cell: Any) -> str:
    if isinstance(cell, str):
        return cell.strip()
    if isinstance(cell, bool | np.bool_):
        return "1" if cell else "0"
    if isinstance(cell, float | np.floating | Decimal) and float(cell).is_integer():
        return str(int(cell))
    if isinstance(cell, dt.datetime) and cell.time() == dt.time():
        return cell.date().isoformat()
    return str(cell).strip()


def _array(texts: list[str]) -> np.ndarray:
    found = np.empty(len(texts), dtype=object)
    found[:] = texts
    return found
