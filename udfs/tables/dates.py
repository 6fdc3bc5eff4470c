"""Dates as Excel, exports and people write them -> datetime64[D], empty as NaT.

Serials (1900 system), datetimes, 20261120, 2026-11-20, 20/11/2026, 20.11.26, 20 nov. 2026, Nov 20, 2026.
Whether 03/04/2026 is 3 April or 4 March is found from the whole column (a 20 can only be a day), then from
the other date columns of the table, then from policy `date_order`, and then a warning says so.

>>> read_dates(["20/11/2026", "3/4/26", 46346.0, None], "day_first")[0].tolist()
[datetime.date(2026, 11, 20), datetime.date(2026, 4, 3), datetime.date(2026, 11, 20), None]
>>> order_of({"1/2/2013", "1/15/2013"})
'month_first'
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Sequence
from typing import Any

import numpy as np

from udfs.tables.cells import Problem, as_number, cells_of, each, seen
from udfs.tables.schema import plain

Problems = list[tuple[int, Problem]]

Day = np.datetime64[dt.date | int | None]
EMPTY: Day = np.datetime64("NaT", "D")
EPOCH = np.datetime64("1899-12-30", "D")
# Serial 60 is a day that never was, so Excel's serials agree with this epoch from 61 (1 March 1900) on.
# The last one is 31 December 2199: the year 9999 of some programs stands for no date.
FIRST_SERIAL, LAST_SERIAL = 61, 109574
LONGEST_TEXT = 60
# One order wins when it explains this many times more cells than the other; else doubtful cells are refused.
CLEAR_MAJORITY = 10

_ISO = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})")
_NUMERIC = re.compile(r"(\d{1,2})\s*[-/. ]\s*(\d{1,2})\s*[-/. ]\s*(\d{4}|\d{2})")
_WORDED = re.compile(r"(?:\w+\.?,?\s+)?(\d{1,2})(?:er|st|nd|rd|th)?[\s./-]+([^\W\d]+)\.?,?[\s./-]+(\d{4}|\d{2})")
_WORDED_US = re.compile(r"([^\W\d]+)\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})")
_TIME = re.compile(r"(?i)(?:[t\s]+\d{1,2}[:h]\d{2}(:\d{2}(\.\d+)?)?\s*(am|pm|z|[+-]\d{2}:?\d{2})?)$")
_NO_DATE = re.compile(r"[0\s./-]+|0?0/0?1/1900|1899-12-30|1900-01-00")
_MONTHS = {
    name: month for month, names in enumerate((
        "january janvier jan janv", "february fevrier feb fev fevr", "march mars mar", "april avril apr avr",
        "may mai", "june juin jun", "july juillet jul juil", "august aout aug aou", "september septembre sep sept",
        "october octobre oct", "november novembre nov", "december decembre dec"), start=1)
    for name in names.split()
}


def read_dates(cells: Sequence[Any], order: str) -> tuple[np.ndarray, Problems]:
    """A column of dates; `order` is day_first, month_first or mixed (a cell that reads both ways is refused).

    Returns datetime64[D] of the column's length (NaT = empty) and the problems by row.
    """
    cells = cells_of(cells)
    serials = cells.numbers
    if serials is not None:
        empty = np.isnan(serials) | (serials == 0) if serials.size and not serials.min() > 0 else None
        inside = (serials >= FIRST_SERIAL) & (serials < LAST_SERIAL + 1)
        if (inside if empty is None else inside | empty).all():
            days = (serials if empty is None else np.where(empty, 0, serials)).astype(np.int64)
            days += int(EPOCH.astype(np.int64))
            found = days.view("datetime64[D]")
            if empty is not None:
                found[empty] = EMPTY
            return found, []
    values, index, problems = each(cells, lambda cell: _read(cell, order), EMPTY)
    return np.array(values, dtype="datetime64[D]")[index], problems


def order_of(texts: set[str]) -> str:
    """The order that a column's texts prove: day_first, month_first, mixed, or empty if none is proven."""
    day_first = month_first = 0
    for text in texts:
        match = _NUMERIC.fullmatch(_without_time(text))
        if match:
            first, second = int(match[1]), int(match[2])
            day_first += first > 12 >= second
            month_first += second > 12 >= first
    if not day_first and not month_first:
        return ""
    if day_first >= CLEAR_MAJORITY * month_first:
        return "day_first"
    return "month_first" if month_first >= CLEAR_MAJORITY * day_first else "mixed"


def reads_both_ways(text: str) -> bool:
    """Whether day and month could be exchanged: 03/04/2026, but not 04/04/2026."""
    match = _NUMERIC.fullmatch(_without_time(text))
    return bool(match) and int(match[1]) <= 12 and int(match[2]) <= 12 and match[1] != match[2]  # type: ignore[index]


def _without_time(text: str) -> str:
    text = seen(text).strip()
    return _TIME.sub("", text) if len(text) <= LONGEST_TEXT else text


def _read(cell: Any, order: str) -> np.datetime64 | Problem:
    if isinstance(cell, str):
        return _from_text(_without_time(cell), order)
    if isinstance(cell, dt.date | np.datetime64):
        return _from_text(str(cell)[:10], order)
    number = as_number(cell)
    return Problem("issues.date_unreadable") if number is None else _from_number(number)


def _from_number(number: float) -> np.datetime64 | Problem:
    if number == 0:
        return EMPTY
    if FIRST_SERIAL <= number < LAST_SERIAL + 1:
        return EPOCH + int(number)
    if number.is_integer() and 19000101 <= number <= 21991231:
        return _day(int(number) // 10000, int(number) // 100 % 100, int(number) % 100)
    return Problem("issues.date_unreadable")


def _from_text(text: str, order: str) -> np.datetime64 | Problem:
    if len(text) > LONGEST_TEXT:
        return Problem("issues.date_unreadable")
    if _NO_DATE.fullmatch(text):
        return EMPTY
    if match := _ISO.fullmatch(text):
        return _day(int(match[1]), int(match[2]), int(match[3]))
    if match := _NUMERIC.fullmatch(text):
        first, second, year = int(match[1]), int(match[2]), _year(match[3])
        if order == "mixed":
            if reads_both_ways(text):
                return Problem("issues.date_reads_both_ways")
            order = "month_first" if second > 12 else "day_first"
        return _day(year, first, second) if order == "month_first" else _day(year, second, first)
    if match := _WORDED.fullmatch(text):
        month = _MONTHS.get(plain(match[2]), 0)
        return _day(_year(match[3]), month, int(match[1]))
    if match := _WORDED_US.fullmatch(text):
        return _day(int(match[3]), _MONTHS.get(plain(match[1]), 0), int(match[2]))
    if re.fullmatch(r"[0-9]{1,8}(\.\d+)?", text):
        return _from_digits(text)
    return Problem("issues.date_unreadable")


def _from_digits(text: str) -> np.datetime64 | Problem:
    """A serial or 20261120 written as text; 20112026 is read day first."""
    day = _from_number(float(text))
    if isinstance(day, Problem) and len(text) == 8:
        return _day(int(text[4:]), int(text[2:4]), int(text[:2]))
    return day


def _year(text: str) -> int:
    year = int(text)
    return year if len(text) == 4 else 2000 + year if year < 80 else 1900 + year


def _day(year: int, month: int, day: int) -> np.datetime64 | Problem:
    try:
        found = dt.date(year, month, day)
    except ValueError:
        return Problem("issues.no_such_day")
    return np.datetime64(found, "D") if 1800 <= year <= 2199 else Problem("issues.date_unreadable")
