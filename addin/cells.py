"""What a worksheet function answers, as cells: rows of plain scalars, and marks for what a scalar cannot say.

A mark is (row, column, code), counted from 0: an Excel error by its number, or a date (the value is its serial).

>>> answer_rows("LIMIT_NEED", (250_000.0, 60.0, None))
Answer(rows=[[50000.0]], marks=[])
>>> answer_rows("LIMIT_NEED", ("much", 60.0))
Answer(rows=[['']], marks=[(0, 0, 2015)])
>>> answer_rows("DUE_DATE", (46037.0, "45 jours fin de mois"))
Answer(rows=[[46112.0]], marks=[(0, 0, 0)])
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from decimal import Decimal
from itertools import chain
from math import isfinite
from typing import Any, NamedTuple

import numpy as np

from addin import log
from addin.ooxml.values import LONGEST_TEXT, serial
from udfs.errors import CreditError
from udfs.functions import REGISTRY
from udfs.functions.border import book_of
from udfs.tables.raw import RawTable

DATE = 0
ERRORS = {"#DIV/0!": 2007, "#VALUE!": 2015, "#NUM!": 2036, "#N/A": 2042}
WRONG_VALUE, OUT_OF_RANGE = ERRORS["#VALUE!"], ERRORS["#NUM!"]

MISSING = -2147352572  # an argument left out between two commas
FIRST_DAY = dt.date(1900, 3, 1)  # before it Excel counts a day that never was

Mark = tuple[int, int, int]


class Answer(NamedTuple):
    """Value rows, and the marks of those that are errors or dates."""

    rows: list[list[Any]]
    marks: list[Mark]


class Lost(Answer):
    """The answer when the Book is not known here: it was made by another process, or long ago."""

    __slots__ = ()


def answer_rows(name: str, arguments: Sequence[Any], places: Sequence[Any] = ()) -> Answer:
    """One worksheet function with the arguments of its formula.

    Ranges are tuples of row tuples, empty cells and missing arguments None, error cells integers. `places` are, for
    CREDIT_BOOK, where each range stands: (sheet, first row, first column), or "" for what is no range.
    """
    def call() -> Any:
        function = REGISTRY[name]
        given = [None if type(one) is int and one == MISSING else one for one in arguments]
        needed = sum(not one.optional and not one.repeated for one in function.arguments)
        while len(given) > needed and given[-1] is None:
            given.pop()
        return function.call(*map(_placed, given, places), *given[len(places):])

    return _answer(name, call)


def column_rows(name: str, handle: Any) -> Answer:
    """The answers of a function of (client, book) for every client of a Book, one column."""
    return _answer(name, lambda: [[one] for one in REGISTRY[name].call(book_of(handle).clients.codes, handle)])


def client_rows(handle: Any) -> Answer:
    """The client codes of a Book, one column, in the order of its answers."""
    return _answer("clients", lambda: [[code] for code in book_of(handle).clients.codes])


def _placed(value: Any, place: Any) -> Any:
    """A range with its sheet and rows, so that an issue names the row that the user sees."""
    if not place or not isinstance(value, tuple) or not value or not isinstance(value[0], tuple):
        return value
    sheet, first_row = place[0], int(place[1])
    return RawTable(value, sheet, range(first_row, first_row + len(value)))


def _answer(name: str, call: Callable[[], Any]) -> Answer:
    """What the call gives, as cells; whatever it raises is an error cell."""
    try:
        return _cells(call())
    except CreditError as error:
        kind = Lost if error.code == "errors.unknown_book" else Answer
        return kind([[""]], [(0, 0, _error_code(error))])
    except Exception as error:  # a cell must answer
        log.unexpected(name, error)
        return Answer([[""]], [(0, 0, WRONG_VALUE)])


def _cells(found: Any) -> Answer:
    """A scalar, a row, or rows as a full rectangle of plain scalars."""
    if not isinstance(found, list | tuple):
        found = [[found]]
    elif not found or not isinstance(found[0], list | tuple):
        found = [found]
    width = max(1, *map(len, found))
    if _are_plain(found, width):
        return Answer(found, [])
    rows, marks = [[*row, *[""] * (width - len(row))] for row in found], []
    for place, row in enumerate(rows):
        for column, value in enumerate(row):
            row[column], code = _cell(value)
            if code is not None:
                marks.append((place, column, code))
    return Answer(rows, marks)


def _are_plain(rows: Sequence[Sequence[Any]], width: int) -> bool:
    """Whether the rows are cells as they are; nearly all are, and a portfolio has a hundred thousand cells."""
    cells = list(chain.from_iterable(rows))
    kinds = set(map(type, cells))
    if len(cells) != width * len(rows) or not kinds <= {float, str, bool}:
        return False
    if kinds == {float}:
        return all(map(isfinite, cells))
    return all(len(cell) <= LONGEST_TEXT if type(cell) is str else isfinite(cell) for cell in cells)


def _cell(value: Any) -> tuple[Any, int | None]:
    """One value as a text, number or truth value, and its mark."""
    if isinstance(value, np.datetime64):
        value = value.astype("datetime64[us]").item()
    elif isinstance(value, np.generic):
        value = value.item()
    if value is None:
        return "", None
    if isinstance(value, CreditError):
        return "", _error_code(value)
    if isinstance(value, bool):
        return value, None
    if isinstance(value, str):
        return value[:LONGEST_TEXT], None
    if isinstance(value, int | float | Decimal):
        number = float(value)
        return (number, None) if isfinite(number) else ("", OUT_OF_RANGE)
    if isinstance(value, dt.date):
        return _date_cell(value)
    raise TypeError(f"no cell holds a {type(value).__name__}")


def _date_cell(value: dt.date) -> tuple[Any, int | None]:
    """A day as its serial; one that Excel has no serial for, as text."""
    if (value.date() if isinstance(value, dt.datetime) else value) < FIRST_DAY:
        return value.isoformat(), None
    return float(serial(value)), DATE


def _error_code(error: CreditError) -> int:
    return ERRORS.get(error.excel, WRONG_VALUE)
