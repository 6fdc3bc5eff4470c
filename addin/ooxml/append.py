"""Rows added at the end of an Excel table, as Excel does when one types below it.

Blank rows at the table's end are used first. New cells look like those above; the table's area, its filter,
validated lists and conditional formats that ended with it grow with it; its row of totals moves down. Anything else
in the way is refused, and then nothing was changed.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from addin.ooxml.added_rows import AddedRows
from addin.ooxml.cell_values import FORMULA
from addin.ooxml.package import Package
from addin.ooxml.places import Place
from addin.ooxml.reference import Area, reference
from addin.ooxml.sheet import Sheet, empty, is_filled, put_constant, put_formula
from addin.ooxml.table_columns import calculated, placed
from addin.ooxml.values import plain
from addin.ooxml.xml import MAIN, Element
from addin.readers.errors import InputRefused
from addin.readers.parts import LAST_ROW

_SQREF = "{http://schemas.microsoft.com/office/excel/2006/main}sqref"
_GROWING = ("dataValidation", "conditionalFormatting", "ignoredError")
# What of a formula names no cell: texts, the columns of tables.
_NO_CELL = re.compile(r'"[^"]*"|\[(?:[^\[\]]|\[[^\]]*\])*\]')
_CELL = re.compile(r"(?<![\w.])\$?[A-Za-z]{1,3}\$?\d{1,7}(?![\w(])")


def append_rows(package: Package, table: str, rows: Sequence[Mapping[str, Any]]) -> None:
    """Add rows to a table; a key is a canonical column or a heading, and a column without a value stays empty."""
    place = package.table(table)
    values = placed(package, place, rows)
    if not values:
        return
    with package.editing(package.sheet_part(place.sheet)) as root, package.editing(place.part) as table_root:
        growing = _Growing(package, place, Sheet(root), table_root)
        first = growing.first_free()
        growing.grow(first + len(values) - 1)
        for number, row in enumerate(values, first):
            growing.write(number, row)
    if growing.moves_formulas:
        package.forget_calculation_order()


class _Growing:
    """One table on its sheet."""

    def __init__(self, package: Package, place: Place, sheet: Sheet, table: Element) -> None:
        self.package, self.place, self.sheet, self.table = package, place, sheet, table
        self.formulas = calculated(table)
        self.columns, self.since_1904 = place.area.columns, package.since_1904
        self.moves_formulas = bool(self.formulas)
        self.rows = AddedRows(sheet, place)

    def first_free(self) -> int:
        """The row after the last one in which someone wrote something."""
        written = [column for position, column in enumerate(self.columns) if position not in self.formulas]
        number = self.place.last_row
        while number > self.place.first_row and not any(is_filled(self.sheet.cell(number, one)) for one in written):
            number -= 1
        return number + 1

    def grow(self, last: int) -> None:
        """Let the table reach the row `last`."""
        down = last - self.place.last_row
        if down <= 0:
            return
        bottom = self.place.area.last_row
        if bottom + down > LAST_ROW:
            raise self._refusal("ooxml.sheet_full")
        self._check(Area(bottom + 1, self.place.first_column, bottom + down, self.place.last_column))
        if self.place.totals:
            self._move_totals(bottom, bottom + down)
        for element in self.table.iter():
            _lengthen(element, "ref", self.place.area, self.place.last_row, down)
        for name in _GROWING:
            for element in self.sheet.root.iter(f"{MAIN}{name}"):
                _lengthen(element, "sqref", self.place.area, self.place.last_row, down)
        for element in self.sheet.root.iter(_SQREF):
            if element.getparent().tag.endswith(_GROWING):
                element.text = _longer(element.text or "", self.place.area, self.place.last_row, down)
        self.sheet.cover(Area(self.place.first_row, self.place.first_column, bottom + down, self.place.last_column))

    def write(self, number: int, values: Mapping[int, Any]) -> None:
        """One row; `values` are by their place in the table, from 0."""
        columns = {self.columns[position]: position for position in {**self.formulas, **values}}
        for column, cell in self.rows.cells(number, columns).items():
            position = columns[column]
            if position in values:
                put_constant(cell, plain(values[position], self.since_1904))
            else:
                put_formula(cell, self.formulas[position])

    def _check(self, zone: Area) -> None:
        """Refuse where something stands in the way."""
        tables = [place.area for place in self.package.tables.values()
                  if place.sheet == self.place.sheet and place.part != self.place.part]
        for other in (*tables, *self.sheet.merged(), *self.sheet.arrays().values()):
            if zone.meets(other):
                raise self._refusal("ooxml.below_table", cell=reference(max(other.first_row, zone.first_row),
                                                                       max(other.first_column, zone.first_column)))
        for number in zone.rows:
            if self.sheet.row(number) is None:
                continue
            for column in self.columns:
                if is_filled(self.sheet.cell(number, column)):
                    raise self._refusal("ooxml.below_table", cell=reference(number, column))

    def _move_totals(self, old: int, new: int) -> None:
        for column in self.columns:
            cell = self.sheet.cell(old, column)
            if cell is None:
                continue
            formula = cell.find(FORMULA)
            if formula is not None:
                if formula.get("t") or _CELL.search(_NO_CELL.sub("", formula.text or "")):
                    raise self._refusal("ooxml.totals_row", cell=reference(old, column))
                self.moves_formulas = True
            target = self.sheet.made(new, column)
            empty(target)
            target.extend(list(cell))
            for name in ("s", "t"):
                if name in cell.attrib:
                    target.set(name, cell.get(name, ""))
            empty(cell)
            style = self.sheet.style(old - 1, column)
            cell.attrib.pop("s", None)
            if style:
                cell.set("s", style)

    def _refusal(self, code: str, **values: str) -> InputRefused:
        return InputRefused.of(code, self.package.path, table=self.place.name, **values)


def _lengthen(element: Element, name: str, table: Area, last_row: int, down: int) -> None:
    if element.get(name):
        element.set(name, _longer(element.get(name, ""), table, last_row, down))


def _longer(text: str, table: Area, last_row: int, down: int) -> str:
    """Areas as a file lists them; those that end with the table's rows, or its totals, end so much lower."""
    areas = [Area.of(area) for area in text.split()]
    return " ".join(str(area.down_to(area.last_row + down))
                    if area.meets(table) and last_row <= area.last_row <= table.last_row else str(area)
                    for area in areas)
