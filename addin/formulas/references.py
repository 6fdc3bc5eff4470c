"""A1 references: read from a formula, moved with it, written back.

>>> reference = Reference.read("'Été d''Or'!$B2:C$9")
>>> reference.sheet, reference.first_cell, str(reference.moved(1, 2))
("Été d'Or", (2, 2), "'Été d''Or'!$B3:E$9")
>>> Reference.read("A0"), Reference.read("XFE1"), Reference.read("[1]Sheet!A1")
(None, None, None)
"""

from __future__ import annotations

import re
from typing import NamedTuple

from addin.ooxml.reference import letters
from addin.readers.parts import LAST_COLUMN, LAST_ROW, column_number

_CELL = r"(\$?)([A-Za-z]{1,3})(\$?)([1-9][0-9]{0,6})"
_COLUMN, _ROW = r"(\$?)([A-Za-z]{1,3})()()", r"()()(\$?)([1-9][0-9]{0,6})"
_SHEET = r"(?:'((?:[^']|'')+)'!|([^'!\[\]:*?/\\ ]+)!)?"
_FORMS = [re.compile(_SHEET + form) for form in
          (f"{_CELL}(?::{_CELL})?", f"{_COLUMN}:{_COLUMN}", f"{_ROW}:{_ROW}")]


def quoted(sheet: str) -> str:
    """A sheet's name as a formula writes it.

    >>> quoted("l'été")
    "'l''été'"
    """
    return "'" + sheet.replace("'", "''") + "'"


class Corner(NamedTuple):
    """One end of a reference; row or column is 0 where it names a whole column or row."""

    row: int
    column: int
    row_fixed: bool = True
    column_fixed: bool = True

    def moved(self, rows: int, columns: int) -> Corner | None:
        """The same corner seen from another cell; None beyond the sheet."""
        row = self.row + rows if self.row and not self.row_fixed else self.row
        column = self.column + columns if self.column and not self.column_fixed else self.column
        inside = (self.row > 0) <= row <= LAST_ROW and (self.column > 0) <= column <= LAST_COLUMN
        return self._replace(row=row, column=column) if inside else None

    def __str__(self) -> str:
        column = "$" * self.column_fixed + letters(self.column) if self.column else ""
        return column + ("$" * self.row_fixed + str(self.row) if self.row else "")


class Reference(NamedTuple):
    """A cell or a range; `sheet` is empty for the formula's own, `last` is None for a single cell."""

    sheet: str
    first: Corner
    last: Corner | None

    @classmethod
    def read(cls, text: str) -> Reference | None:
        """The reference that a text is, or None."""
        match = next(filter(None, (form.fullmatch(text) for form in _FORMS)), None)
        if match is None:
            return None
        quoted_sheet, sheet, *parts = match.groups("")
        first, *last = [
            Corner(int(row or 0), column_number(column.upper().encode()), bool(row_fixed), bool(column_fixed))
            for column_fixed, column, row_fixed, row in (parts[:4], parts[4:]) if column or row]
        found = cls(sheet or quoted_sheet.replace("''", "'"), first, last[0] if last else None)
        return found.moved(0, 0)

    @classmethod
    def to(cls, sheet: str, first_row: int, first_column: int, last_row: int, last_column: int) -> Reference:
        """A rectangle of a sheet; of one cell, that cell."""
        first, last = Corner(first_row, first_column), Corner(last_row, last_column)
        return cls(sheet, first, None if first == last else last)

    @property
    def first_cell(self) -> tuple[int, int]:
        """Row and column of the upper left cell."""
        ends = (self.first, self.last or self.first)
        return max(1, min(end.row for end in ends)), max(1, min(end.column for end in ends))

    def moved(self, rows: int, columns: int) -> Reference | None:
        """What it means in a cell so many rows lower and columns to the right; None beyond the sheet."""
        first, last = self.first.moved(rows, columns), self.last and self.last.moved(rows, columns)
        if first is None or (self.last and last is None):
            return None
        return self._replace(first=first, last=last)

    def __str__(self) -> str:
        sheet = f"{quoted(self.sheet)}!" if self.sheet else ""
        return f"{sheet}{self.first}:{self.last}" if self.last else f"{sheet}{self.first}"
