"""Cached values of formula cells, written as Excel would have left them.

A dynamic array (`cm` on its cell) spills: the whole area is its `ref`, and the cells below and beside it hold plain
results, as Excel saves them (`t="str"` for a text). It never writes over what stands there: then its own cell alone
shows #SPILL!. An array formula entered over a fixed area fills that area, #N/A where it has no value. Any other
formula shows one value.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from addin.ooxml.cell_values import FORMULA
from addin.ooxml.package import Package
from addin.ooxml.reference import Area, place_of, reference
from addin.ooxml.sheet import Sheet, empty, is_filled, put_result
from addin.ooxml.values import ExcelError, plain, rounded
from addin.ooxml.xml import Element
from addin.readers.errors import InputRefused
from addin.readers.parts import LAST_COLUMN, LAST_ROW

Rows = list[list[Any]]


def patch_values(package: Package, values: Mapping[tuple[str, str], Any]) -> None:
    """Write the results of formula cells: a value, or rows of values for an array. Numbers are rounded."""
    by_part: dict[str, dict[tuple[int, int], Rows]] = {}
    for (sheet, cell), value in values.items():
        by_part.setdefault(package.sheet_part(sheet), {})[place_of(cell)] = _rows(value, package.since_1904)
    sheet_of = {part: sheet for sheet, part in package.sheets.items()}
    tables = list(package.tables.values())
    for part, results in by_part.items():
        taken = [place.area for place in tables if place.sheet == sheet_of[part]]
        with package.editing(part) as root:
            _Patch(package, Sheet(root), taken).write(results)


class _Patch:
    """The results of one sheet."""

    def __init__(self, package: Package, sheet: Sheet, tables: Iterable[Area]) -> None:
        self.package, self.sheet = package, sheet
        self.fixed = [*tables, *sheet.merged()]
        self.arrays = sheet.arrays()

    def write(self, results: Mapping[tuple[int, int], Rows]) -> None:
        """All former spills go before the first new one comes: it may take their place."""
        formulas = {place: self._formula(place) for place in sorted(results)}
        for place, (cell, formula) in formulas.items():
            if _is_dynamic(cell, formula):
                self._withdraw(place, formula)
        for place, (cell, formula) in formulas.items():
            if _is_dynamic(cell, formula):
                self._spill(place, cell, formula, results[place])
            elif formula.get("t") == "array":
                self._fill(place, results[place])
            else:
                put_result(cell, results[place][0][0])

    def _formula(self, place: tuple[int, int]) -> tuple[Element, Element]:
        cell = self.sheet.cell(*place)
        formula = None if cell is None else cell.find(FORMULA)
        if cell is None or formula is None:
            raise InputRefused.of("ooxml.no_formula", self.package.path, cell=reference(*place))
        return cell, formula

    def _withdraw(self, place: tuple[int, int], formula: Element) -> None:
        """Empty the cells of the former spill."""
        for row, column in _others(place, self.arrays.pop(place, None)):
            child = self.sheet.cell(row, column)
            if child is not None and child.find(FORMULA) is None:
                empty(child)
        formula.set("ref", reference(*place))

    def _spill(self, place: tuple[int, int], cell: Element, formula: Element, rows: Rows) -> None:
        area = Area(*place, place[0] + len(rows) - 1, place[1] + len(rows[0]) - 1)
        if area.size > 1 and self._is_blocked(place, area):
            put_result(cell, ExcelError("#SPILL!"))
            return
        formula.set("ref", str(area))
        self.arrays[place] = area
        put_result(cell, rows[0][0])
        for row, column in _others(place, area):
            # Under its first row a spill keeps the look of the row above.
            style = self.sheet.style(row - 1, column) if row > place[0] else ""
            put_result(self.sheet.made(row, column, style), rows[row - place[0]][column - place[1]])
        self.sheet.cover(area)

    def _is_blocked(self, place: tuple[int, int], area: Area) -> bool:
        return (area.last_row > LAST_ROW or area.last_column > LAST_COLUMN
                or any(area.meets(other) for other in (*self.fixed, *self.arrays.values()))
                or any(is_filled(self.sheet.cell(*other)) for other in _others(place, area)))

    def _fill(self, place: tuple[int, int], rows: Rows) -> None:
        """A single row or column is repeated over the area, as Excel does."""
        area = self.arrays.get(place, Area(*place, *place))
        for row in area.rows:
            for column in area.columns:
                down = 0 if len(rows) == 1 else row - place[0]
                right = 0 if len(rows[0]) == 1 else column - place[1]
                inside = down < len(rows) and right < len(rows[0])
                put_result(self.sheet.made(row, column), rows[down][right] if inside else ExcelError("#N/A"))


def _is_dynamic(cell: Element, formula: Element) -> bool:
    return formula.get("t") == "array" and cell.get("cm") is not None


def _others(place: tuple[int, int], area: Area | None) -> Iterable[tuple[int, int]]:
    """The cells of an area but the one that holds the formula."""
    for row in area.rows if area else ():
        for column in area.columns if area else ():
            if (row, column) != place:
                yield row, column


def _rows(value: Any, since_1904: bool) -> Rows:
    """Any result as rows of equal length; an array without a value is an error, as in Excel."""
    rows = [list(row) for row in value] if isinstance(value, list | tuple) else [[value]]
    width = max(map(len, rows), default=0)
    if not width:
        return [[ExcelError("#CALC!")]]
    return [[_result(cell, since_1904) for cell in row] + [ExcelError("#N/A")] * (width - len(row)) for row in rows]


def _result(value: Any, since_1904: bool) -> Any:
    found = plain(value, since_1904)
    return rounded(found) if isinstance(found, float) else found
