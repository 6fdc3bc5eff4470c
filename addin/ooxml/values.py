"""What a cell can hold, and how the file writes it: errors, dates as serials, texts without forbidden characters.

>>> plain(dt.date(2026, 11, 20)), plain(True), plain(float("nan")), plain(None)
(46346, True, '#NUM!', None)
>>> plain(dt.date(2026, 11, 20), since_1904=True)
44884
>>> escaped("a\\x00b\\r_x0041_"), unescaped("ab_x000D__x005F_x0041_")
('ab_x000D__x005F_x0041_', 'ab\\r_x0041_')
>>> rounded(2 / 3), rounded(1234.5), rounded(123456789.125), rounded(-0.0)
(0.6666666667, 1234.5, 123456789.12, 0.0)
"""

from __future__ import annotations

import datetime as dt
import math
import re
from decimal import Decimal
from typing import Any

import numpy as np

LONGEST_TEXT = 32767  # UTF-16 units in one cell
SECONDS_A_DAY = 86400
# Excel's serials agree with this epoch from 1 March 1900 on; 29 February 1900 never was.
EPOCH = dt.datetime(1899, 12, 30)
SERIALS_TO_1904 = 1462

_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_LIKE_AN_ESCAPE = re.compile("_(?=x[0-9A-Fa-f]{4}_)")
_ESCAPE = re.compile("_x([0-9A-Fa-f]{4})_")


# The errors that a file may name. Excel writes its newer ones (#SPILL!, #CALC!) as #VALUE! with more in parts of
# their own, and readers refuse a whole sheet for a name that they do not know.
FILE_ERRORS = frozenset({"#NULL!", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#N/A"})


class ExcelError(str):
    """A true error of a cell, such as `#N/A`; a plain str of the same letters is a text."""

    __slots__ = ()

    @property
    def in_file(self) -> str:
        """How a file names it.

        >>> ExcelError("#N/A").in_file, ExcelError("#SPILL!").in_file
        ('#N/A', '#VALUE!')
        """
        return str(self) if self in FILE_ERRORS else "#VALUE!"


def plain(value: Any, since_1904: bool = False) -> bool | int | float | str | ExcelError | None:
    """A value of any library as the few kinds that a cell knows; dates become serials, NaN is #NUM!."""
    if isinstance(value, np.datetime64):
        value = value.astype("datetime64[us]")
    if isinstance(value, np.generic):
        value = value.item()
    if isinstance(value, dt.date):
        return serial(value, since_1904)
    if value is None or isinstance(value, bool | str):
        return value
    if isinstance(value, int):
        return value if abs(value) < 2**53 else float(value) if abs(value) < 10**308 else ExcelError("#NUM!")
    if isinstance(value, float | Decimal):
        number = float(value)
        return number if math.isfinite(number) else ExcelError("#NUM!")
    return str(value)


def serial(day: dt.date, since_1904: bool = False) -> int | float:
    """The number that stands for a day, or for a day and time without zone."""
    moment = day.replace(tzinfo=None) if isinstance(day, dt.datetime) else dt.datetime(day.year, day.month, day.day)
    passed = moment - EPOCH
    days = passed.days - (SERIALS_TO_1904 if since_1904 else 0)
    return days + passed.seconds / SECONDS_A_DAY if passed.seconds else days


def rounded(number: float) -> float:
    """10 significant digits, the same on every machine, and never less than the cent."""
    if not number:
        return 0.0
    digits = 9 - math.floor(math.log10(abs(number)))
    return round(number, max(digits, 2))


def escaped(text: str) -> str:
    """A text as XML may hold it: what XML forbids is left out, and no more than a cell holds is kept."""
    kept = _FORBIDDEN.sub("", text)
    if len(kept) * 2 > LONGEST_TEXT:
        kept = kept.encode("utf-16-le")[:LONGEST_TEXT * 2].decode("utf-16-le", "ignore")
    # Excel reads _x0041_ as A, and XML reads a carriage return as a line end.
    return _LIKE_AN_ESCAPE.sub("_x005F_", kept).replace("\r", "_x000D_")


def unescaped(text: str) -> str:
    """The text that the file's text stands for."""
    return _ESCAPE.sub(lambda found: chr(int(found[1], 16)), text) if "_x" in text else text
