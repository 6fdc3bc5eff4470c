"""Amounts as people and programs write them -> float64, empty as NaN.

`1 234,56 €`, `1.234,56`, `1,234.56`, `(12,50)`, `12.50-`, `1 234,56 C`. Which of comma and point is the
decimal sign is found from the whole column: a text that has both signs, one of them twice, or one before other than
three digits, decides; a lone sign before three digits (`1,234`) follows the others, and where nothing
decides it is taken for thousands and a warning says so. A dash stands for nothing; `12,5 k€` are thousands.

>>> read_amounts(["1 234,56 €", "(12,50)", "7,5-", None, 3.0])[0].tolist()
[1234.56, -12.5, -7.5, nan, 3.0]
>>> read_amounts(["1,234", "0.50"])[0].tolist()
[1234.0, 0.5]
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

import numpy as np

from udfs.tables.cells import DASHES, Problem, as_number, cells_of, each, seen

Problems = list[tuple[int, Problem]]

# No ledger holds more: beyond it stands a SIRET or an IBAN, and the cents of all others would be lost in the sums.
LARGEST = 1e12
LONGEST_TEXT = 60
EMPTY = float("nan")

_OPEN = re.compile(r"[1-9]\d{0,2}[.,]\d{3}")
_THOUSANDS = re.compile(r"(?i)k\s*(€|eur(os?)?)\s*$")
_UNITS = re.compile(r"(?i)(k?\s*eur(os?)?|usd|gbp|chf|k?\s*€|[$£])")
_SIDE = re.compile(r"(?i)\s*(cr|c|dr|db|d)\.?$")
_NUMBER = re.compile(r"[+-]?(\d[\d.,]*|[.,]\d+)(e[+-]?\d+)?", re.I)


def read_amounts(cells: Sequence[Any], share: bool = False) -> tuple[np.ndarray, Problems]:
    """A column of amounts; with `share`, `20 %` and 20 are read as 0.20.

    Returns float64 of the column's length (NaN = empty) and the problems by row.
    """
    cells = cells_of(cells)
    values = cells.numbers
    if values is not None and not share and not (np.abs(values) >= LARGEST).any():
        return values, []
    texts = cells.texts
    sign = decimal_sign(texts)
    numbers, index, problems = each(cells, lambda cell: _read(cell, sign, share), EMPTY)
    if not sign and any(_doubtful(text) for text in texts):
        row = next(row for row, cell in enumerate(cells) if type(cell) is str and _doubtful(cell))
        problems = [(row, Problem("issues.decimal_sign_assumed", "warning")), *problems]
    return np.array(numbers, dtype=np.float64)[index], problems


def decimal_sign(texts: set[str]) -> str:
    """`,` or `.`, by majority of the texts that decide; empty where none does, or as many for each."""
    comma = point = 0
    for text in texts:
        found = _digits(text)
        if found is None:
            continue
        last = max(found.rfind(","), found.rfind("."))
        if last < 0 or _OPEN.fullmatch(found):
            continue
        # 1,234,567 shows that the comma is not the decimal sign.
        by_comma = (found[last] == ",") == (found.count(found[last]) == 1)
        comma, point = comma + by_comma, point + (not by_comma)
    return "," if comma > point else "." if point > comma else ""


def _digits(text: str) -> str | None:
    """The digits and separators of an amount, or None if it is not one."""
    text = seen(text).strip()
    if len(text) > LONGEST_TEXT:
        return None
    found = _SIDE.sub("", _UNITS.sub("", text))
    found = re.sub(r"[\s'’%()+−-]", "", found)
    return found if re.fullmatch(r"[\d.,]+", found) else None


def _doubtful(text: str) -> bool:
    """Whether a lone separator before exactly three digits leaves thousands and decimals open."""
    found = _digits(text)
    return found is not None and _OPEN.fullmatch(found) is not None


def _read(cell: Any, sign: str, share: bool) -> float | Problem:
    number, percent = as_number(cell), False
    if isinstance(cell, str):
        text = seen(cell).strip()
        if text in DASHES or not text:
            return EMPTY
        number, percent = _from_text(text, sign), "%" in text
    if number is None or not abs(number) < LARGEST:
        return Problem("issues.amount_unreadable")
    if share:
        number = number / 100 if percent or number > 1 else number
        return number if 0 <= number <= 1 else Problem("issues.share_out_of_range")
    return number if not percent else Problem("issues.amount_unreadable")


def _from_text(text: str, sign: str) -> float | None:
    if len(text) > LONGEST_TEXT:
        return None
    side = _SIDE.search(text)
    found = _UNITS.sub("", _SIDE.sub("", text)).replace("−", "-")
    found = re.sub(r"[\s'’%]", "", found)
    in_brackets = found.startswith("(") and found.endswith(")")
    if in_brackets:
        found = found[1:-1]
    if trailing_minus := found.endswith("-"):
        found = found[:-1]
    if not _NUMBER.fullmatch(found):
        return None
    body, _, exponent = found.lower().partition("e")
    number = _with_sign(body, sign)
    if number is None:
        return None
    try:
        value = float(f"{number}e{exponent}" if exponent else number)
    except (ValueError, OverflowError):
        return None
    if in_brackets or trailing_minus:
        value = -abs(value)
    if _THOUSANDS.search(text):
        value *= 1000
    return -value if side is not None and side[1].lower().startswith("c") else value


def _with_sign(body: str, sign: str) -> str | None:
    """The digits with a decimal point: the last of two different signs is the decimal one."""
    comma, point = body.count(","), body.count(".")
    if comma and point:
        decimal = "," if body.rfind(",") > body.rfind(".") else "."
    elif comma > 1 or point > 1:
        decimal = ""
    elif comma or point:
        present = "," if comma else "."
        decimal = "" if _OPEN.fullmatch(body.lstrip("+-")) and present != sign else present
    else:
        decimal = ""
    whole, _, fraction = body.partition(decimal) if decimal else (body, "", "")
    groups = re.split(r"[.,]", whole.lstrip("+-"))
    if len(groups) > 1 and any(len(group) != 3 for group in groups[1:]):
        return None
    if re.search(r"[.,]", fraction):
        return None
    start = "-" if whole.startswith("-") else ""
    return f"{start}{''.join(groups) or '0'}.{fraction or '0'}"
