"""What a cell can hold before it is read: blanks, Excel errors, and how to read each distinct cell once.

>>> is_blank(None), is_blank(" \\u00a0 "), is_blank(0.0)
(True, True, False)
>>> error_name("#REF!"), error_name(-2146826281), error_name(12)
('#REF!', '#DIV/0!', '')
"""

from __future__ import annotations

import datetime as dt
import math
import re
from array import array
from collections import defaultdict
from collections.abc import Callable, Sequence
from decimal import Decimal
from functools import cached_property
from itertools import count
from typing import Any, TypeVar

import numpy as np

Read = TypeVar("Read")

# Error cells arrive from Excel's COM border as these integers and from files as these texts.
EXCEL_ERRORS = {
    -2146826288: "#NULL!", -2146826281: "#DIV/0!", -2146826273: "#VALUE!", -2146826265: "#REF!",
    -2146826259: "#NAME?", -2146826252: "#NUM!", -2146826246: "#N/A", -2146826245: "#GETTING_DATA",
    -2146826243: "#SPILL!", -2146826241: "#CONNECT!", -2146826240: "#BLOCKED!", -2146826239: "#UNKNOWN!",
    -2146826238: "#FIELD!", -2146826237: "#CALC!",
}
# Excel numbers its errors from 2000 on; one that is not named above is an error all the same.
COM_ERRORS = range(-2146826288, -2146826188)
ERROR_TEXTS = frozenset(EXCEL_ERRORS.values()) | {"#ADDIN?", "#NOM?", "#VALEUR!", "#NOMBRE!", "#NUL!"}
ERROR_SPELLINGS = ERROR_TEXTS | {text.lower() for text in ERROR_TEXTS}
# What stands in an export where there is nothing, in a column that is not one of texts.
DASHES = frozenset("-\u2010\u2011\u2012\u2013\u2014\u2212")
# Marks of direction and width that come with a text pasted from a page or a mail; no eye sees them.
_UNSEEN = re.compile("[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]")


class Problem:
    """What a reader gives for a cell that it cannot read: the code of the sentence and its details."""

    __slots__ = ("code", "details", "severity")

    def __init__(self, code: str, severity: str = "", **details: Any) -> None:
        self.code, self.severity, self.details = code, severity, details


def is_blank(cell: Any) -> bool:
    """Empty, or nothing but blanks; NaN and NaT of any library count as empty."""
    if cell is None:
        return True
    if isinstance(cell, str):
        return not cell.strip()
    if isinstance(cell, Decimal):
        return cell.is_nan()
    if isinstance(cell, float | np.floating | np.datetime64 | dt.date):
        return bool(cell != cell)
    # The nothing of pandas is not equal to anything, not even in a way that can be asked.
    return type(cell).__name__ == "NAType"


def error_name(cell: Any) -> str:
    """The name of an Excel error cell, else an empty text."""
    if isinstance(cell, str):
        text = cell.strip()
        return text.upper() if text in ERROR_SPELLINGS else ""
    if isinstance(cell, int) and cell in COM_ERRORS:
        return EXCEL_ERRORS.get(cell, "#UNKNOWN!")
    return ""


def as_number(cell: Any) -> float | None:
    """A number of any library as float; None for what is none, a truth value included, or too large for one."""
    if isinstance(cell, bool) or not isinstance(cell, int | float | Decimal | np.integer | np.floating):
        return None
    try:
        return float(cell)
    except OverflowError:
        return None


def seen(text: str) -> str:
    """A text without the marks that no eye sees."""
    return text if text.isascii() else _UNSEEN.sub("", text)


def written(cell: Any) -> str:
    """Any cell as text; what Python refuses to write, such as a number of ten thousand digits, by its type.

    >>> written(12), written(10**5000)
    ('12', '<int>')
    """
    try:
        return str(cell)
    except (ValueError, RecursionError):
        return f"<{type(cell).__name__}>"


class Cells(list[Any]):
    """The cells of one column. Most columns are all numbers or all texts, and one pass in C tells which."""

    # Found while reading codes: no text stands twice, none is empty, the distinct ones and each row's place.
    unique = False
    filled = False
    factor: tuple[list[str], np.ndarray] | None = None

    @cached_property
    def types(self) -> set[type]:
        """The types found."""
        return set(map(type, self))

    @cached_property
    def numbers(self) -> np.ndarray | None:
        """A column of nothing but plain numbers and empty cells as float64, empty as NaN, else None."""
        try:
            values = np.frombuffer(array("d", self))
        except (TypeError, ValueError, OverflowError):
            if not len(self) or isinstance(self[0], str):
                return None
            try:
                values = np.frombuffer(array("d", [math.nan if cell is None else cell for cell in self]))
            except (TypeError, ValueError, OverflowError):
                return None
        # True and an error cell pass for numbers too: where a value could be one of them, look at the types.
        if ((values == 0) | (values == 1) | (values < -2e9)).any() and not self.types <= {float, type(None)}:
            return None
        return values

    @cached_property
    def texts(self) -> set[str]:
        """The distinct texts; a column of numbers is not gone through cell by cell."""
        if self.numbers is not None or str not in self.types:
            return set()
        return set(self) if self.types == {str} else {cell for cell in self if type(cell) is str}

    @cached_property
    def trimmed(self) -> list[str] | None:
        """A column of nothing but texts without outer blanks, else None."""
        try:
            return list(map(str.strip, self))
        except TypeError:
            return None

    @property
    def is_empty(self) -> bool:
        """Whether no cell holds anything."""
        try:
            return not any(self) and self.types <= {type(None)}
        except (TypeError, ValueError):
            # A cell that is neither true nor false, such as an array, is not empty.
            return False


def cells_of(cells: Sequence[Any]) -> Cells:
    """A column as Cells."""
    return cells if isinstance(cells, Cells) else Cells(cells)


def distinct(cells: Sequence[Any]) -> tuple[list[Any], np.ndarray]:
    """The distinct cells in order of appearance and, for each row, the place of its cell in them.

    True and 1 are different cells; a cell that cannot be hashed is taken by its text.
    """
    # One pass in C: a cell that is not there yet takes the next place.
    places: defaultdict[Any, int] = defaultdict(count().__next__)
    try:
        index = np.fromiter(map(places.__getitem__, cells), np.int64, len(cells))
    except TypeError:
        return distinct([cell if isinstance(cell, str | float | int | type(None)) else written(cell) for cell in cells])
    if (1 in places or 0 in places) and bool in set(map(type, cells)):
        typed, index = distinct(list(zip(map(type, cells), cells, strict=True)))
        return [cell for _, cell in typed], index
    return list(places), index


def each(cells: Sequence[Any], read: Callable[[Any], Read | Problem], empty: Read
         ) -> tuple[list[Read], np.ndarray, list[tuple[int, Problem]]]:
    """Read each distinct cell once; the values, the place of each row's value, and the problems by row."""
    cells_found, index = distinct(cells)
    values: list[Read] = []
    problems: dict[int, Problem] = {}
    for place, cell in enumerate(cells_found):
        error = error_name(cell)
        outcome = Problem("issues.error_cell") if error else empty if is_blank(cell) else read(cell)
        if isinstance(outcome, Problem):
            problems[place] = outcome
            outcome = empty
        values.append(outcome)
    if not problems:
        return values, index, []
    rows = np.flatnonzero(np.isin(index, list(problems)))
    return values, index, [(int(row), problems[int(index[row])]) for row in rows]
