"""Rows that look like the one above them. A new one is made whole: many cells made one by one take long."""

from __future__ import annotations

from collections.abc import Iterable

from addin.ooxml.places import Place
from addin.ooxml.sheet import Sheet, blank_row
from addin.ooxml.xml import Element

ROW_LOOK = ("ht", "customHeight", "s", "customFormat")


class AddedRows:
    """The rows added to a table, one below the other."""

    def __init__(self, sheet: Sheet, place: Place) -> None:
        self._sheet, self._place = sheet, place
        # The row that was made last, and what the next one takes from it.
        self._last, self._blank = -1, b""
        self._styles: dict[int, str] = {}
        self._order: dict[int, int] = {}

    def cells(self, number: int, columns: Iterable[int]) -> dict[int, Element]:
        """Column -> cell of a row, which is made if need be."""
        if number - 1 != self._last:
            self._styles = self._styles_above(number)
            self._order = {column: order for order, column in enumerate(self._styles)}
            self._blank = blank_row(self._styles)
        row, cells = self._sheet.row(number), {}
        if row is None:
            row, self._last = self._sheet.add_row(number, self._blank), number
            # By their order, as long as no other cell is put between them.
            cells = {column: row[self._order[column]] for column in columns if column in self._order}
        else:
            for column, style in self._styles.items():
                self._sheet.made(number, column, style)
        self._take_height(number, row)
        return cells | {column: self._sheet.made(number, column) for column in columns if column not in cells}

    def _styles_above(self, number: int) -> dict[int, str]:
        if number - 1 == self._place.first_row:
            return {}
        styles = {column: self._sheet.style(number - 1, column) for column in self._place.area.columns}
        return {column: style for column, style in styles.items() if style}

    def _take_height(self, number: int, row: Element) -> None:
        """Rows below the table's former end are as high as the last one was."""
        above = self._sheet.row(number - 1)
        if above is not None and number > max(self._place.last_row, self._place.first_row + 1):
            for name in ROW_LOOK:
                if name in above.attrib:
                    row.set(name, above.get(name, ""))
