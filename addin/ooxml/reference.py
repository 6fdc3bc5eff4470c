"""Cells and areas of a sheet by their letters and numbers; rows and columns count from 1.

>>> place_of("C3"), place_of("$AA$10"), reference(10, 27)
((3, 3), (10, 27), 'AA10')
>>> Area.of("A2:C9").rows, Area.of("B7"), str(Area(2, 1, 9, 3))
(range(2, 10), Area(first_row=7, first_column=2, last_row=7, last_column=2), 'A2:C9')
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from addin.readers.parts import LAST_COLUMN, LAST_ROW, column_number

_CELL = re.compile(r"\$?([A-Za-z]{1,3})\$?([0-9]{1,7})")


def place_of(text: str) -> tuple[int, int]:
    """Row and column of a cell; ValueError for what is none."""
    found = _CELL.fullmatch(text)
    if not found:
        raise ValueError(f"{text!r} is no cell")
    row, column = int(found[2]), column_number(found[1].upper().encode())
    if not (1 <= row <= LAST_ROW and column <= LAST_COLUMN):
        raise ValueError(f"{text!r} is outside the sheet")
    return row, column


def column_of(text: str) -> int:
    """Column of a cell of a file."""
    return _column(text.rstrip("0123456789"))


@lru_cache(maxsize=LAST_COLUMN)
def _column(text: str) -> int:
    column = column_number(text.upper().encode())
    if not (text.isalpha() and text.isascii() and column <= LAST_COLUMN):
        raise ValueError(f"{text!r} is no column")
    return column


@lru_cache(maxsize=LAST_COLUMN)
def letters(column: int) -> str:
    """The letters of a column."""
    text = ""
    while column:
        column, rest = divmod(column - 1, 26)
        text = chr(65 + rest) + text
    return text


def reference(row: int, column: int) -> str:
    """A cell as a file names it."""
    return f"{letters(column)}{row}"


@dataclass(frozen=True)
class Area:
    """A rectangle of cells."""

    first_row: int
    first_column: int
    last_row: int
    last_column: int

    @classmethod
    def of(cls, text: str) -> Area:
        """`A2:C9` or one cell."""
        first, _, last = text.partition(":")
        start, end = place_of(first), place_of(last or first)
        if start[0] > end[0] or start[1] > end[1]:
            raise ValueError(f"{text!r} is no area")
        return cls(*start, *end)

    def __str__(self) -> str:
        first, last = reference(self.first_row, self.first_column), reference(self.last_row, self.last_column)
        return first if first == last else f"{first}:{last}"

    @property
    def rows(self) -> range:
        """The numbers of its rows."""
        return range(self.first_row, self.last_row + 1)

    @property
    def columns(self) -> range:
        """The numbers of its columns."""
        return range(self.first_column, self.last_column + 1)

    @property
    def size(self) -> int:
        """How many cells."""
        return len(self.rows) * len(self.columns)

    def down_to(self, row: int) -> Area:
        """The same area with another last row."""
        return Area(self.first_row, self.first_column, row, self.last_column)

    def meets(self, other: Area) -> bool:
        """Whether they have a cell in common."""
        return (self.first_row <= other.last_row and other.first_row <= self.last_row
                and self.first_column <= other.last_column and other.first_column <= self.last_column)

    def joined(self, other: Area) -> Area:
        """The smallest area that holds both."""
        return Area(min(self.first_row, other.first_row), min(self.first_column, other.first_column),
                    max(self.last_row, other.last_row), max(self.last_column, other.last_column))
