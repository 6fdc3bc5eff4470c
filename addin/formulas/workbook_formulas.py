"""What a sheet holds, read in one pass over its XML: the values of its cells and its formulas as the file tells them.

Excel writes a formula that was filled down once, and for the other cells only which one it is (a *shared*
formula); the cells that an array fills bear no formula at all. Both are told here as what they are.
"""

from __future__ import annotations

import io
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from typing import Any

from lxml import etree

from addin.ooxml.cell_values import CELL, FORMULA, ROW, read_value
from addin.ooxml.package import Package
from addin.ooxml.places import workbook_part
from addin.ooxml.reference import Area, column_of, reference
from addin.ooxml.xml import MAIN, SAFE, Element, parsed


@dataclass(frozen=True)
class Formula:
    """A formula cell. `kind`: "plain" for one value, "spill" for a dynamic array, "array" for one entered over a
    fixed area, "table" for a data table (what-if), which has no text that means anything elsewhere.

    `area` is what it filled when it was last calculated; `moved` is how far below and right of the cell that its
    text was written for.
    """

    sheet: str
    row: int
    column: int
    text: str
    kind: str
    area: Area
    moved: tuple[int, int] = (0, 0)

    @property
    def cell(self) -> str:
        """Its cell, such as A6."""
        return reference(self.row, self.column)


@dataclass
class SheetCells:
    """The cells of one sheet: values by row and column, of formulas the cached ones."""

    name: str
    values: dict[int, dict[int, Any]] = field(default_factory=dict)
    formulas: list[Formula] = field(default_factory=list)
    filtered: bool = False

    def within(self, area: Area) -> dict[int, dict[int, Any]]:
        """The values of an area; a file may name one that is much larger than what it holds."""
        rows = area.rows if area.size < len(self.values) else self.values
        return {row: {column: value for column, value in self.values[row].items() if column in area.columns}
                for row in rows if row in self.values and row in area.rows}

    def without(self, formulas: Collection[Formula]) -> dict[int, dict[int, Any]]:
        """The values but those that these formulas gave."""
        kept = {row: dict(cells) for row, cells in self.values.items()}
        for formula in formulas:
            for row, cells in self.within(formula.area).items():
                for column in cells:
                    kept[row].pop(column, None)
        return kept


def read_sheet(name: str, content: bytes, strings: list[str]) -> SheetCells:
    """The cells of a sheet's XML; `strings` are the texts that the workbook's cells share."""
    sheet = SheetCells(name)
    shared: dict[str, Formula] = {}
    for row, column, cell in _cells(sheet, content):
        value = read_value(cell, strings)
        if value is not None:
            sheet.values.setdefault(row, {})[column] = value
        element = cell.find(FORMULA)
        if element is not None:
            sheet.formulas.append(_formula(name, row, column, cell, element, shared))
    return sheet


def read_names(package: Package) -> dict[tuple[str, str], str]:
    """Defined names, each with the sheet that it is known on ("" for all), and what they stand for.

    Excel makes names of one sheet when a sheet is copied; there they hide those of the whole workbook.
    """
    sheets = list(package.sheets)
    found = parsed(package.parts[workbook_part(package.parts)]).iterfind(f"{MAIN}definedNames/{MAIN}definedName")
    return {(sheets[int(name.get("localSheetId", ""))] if name.get("localSheetId") else "", name.get("name", "")):
            name.text or "" for name in found}


def _cells(sheet: SheetCells, content: bytes) -> Iterator[tuple[int, int, Element]]:
    """Row, column and element of each cell that holds something; what has no place follows the one before."""
    number = 0
    for _, row in etree.iterparse(io.BytesIO(content), events=("end",), tag=ROW, **SAFE):
        number, column = int(row.get("r", number + 1)), 0
        sheet.filtered |= row.get("hidden") in ("1", "true")
        for cell in row.iterchildren(CELL):
            place = cell.get("r")
            column = column_of(place) if place else column + 1
            if len(cell):
                yield number, column, cell
        # What was read is let go, with the rows before it.
        row.clear()
        while row.getprevious() is not None:
            del row.getparent()[0]


def _formula(sheet: str, row: int, column: int, cell: Element, element: Element, shared: dict[str, Formula]) -> Formula:
    text, kind, own = element.text or "", element.get("t", "normal"), Area(row, column, row, column)
    if kind == "array":
        filled = Area.of(element.get("ref") or reference(row, column))
        return Formula(sheet, row, column, text, "array" if cell.get("cm") is None else "spill", filled)
    if kind == "shared":
        first = shared.setdefault(element.get("si", ""), Formula(sheet, row, column, text, "plain", own))
        if not text:
            return Formula(sheet, row, column, first.text, "plain", own, (row - first.row, column - first.column))
    return Formula(sheet, row, column, text, "table" if kind == "dataTable" else "plain", own)
