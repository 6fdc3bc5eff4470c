"""The workbooks that are built and shipped, and what their cells hold.

Values are compared as the file keeps them: numbers to ten digits, an error apart from the text of its name.
"""

from __future__ import annotations

from functools import cache, cached_property
from pathlib import Path
from typing import Any

from addin.formulas.workbook_formulas import Formula, SheetCells, read_sheet
from addin.ooxml.package import Package
from addin.ooxml.reference import Area, place_of
from addin.ooxml.values import ExcelError

ROOT = Path(__file__).parents[1]
NAMES = {"en": "credit_manager.xlsm", "fr": "gestion_credit.xlsm"}
DEMO = {language: ROOT / "workbook" / name for language, name in NAMES.items()}
START = {language: ROOT / "addin" / "start" / name for language, name in NAMES.items()}
LANGUAGES = ("en", "fr")

Place = tuple[str, str]  # sheet and cell, such as ("Home", "B3")
Rows = list[list[Any]]


class Built:
    """One workbook as it is on disk."""

    def __init__(self, package: Package) -> None:
        self.package = package
        self.sheets: dict[str, SheetCells] = {name: read_sheet(name, package.parts[part], package.strings)
                                              for name, part in package.sheets.items()}
        self.names = package.names
        self._codenames = package.codenames

    @cached_property
    def formulas(self) -> dict[Place, Formula]:
        """Every formula by its cell."""
        return {(one.sheet, one.cell): one for sheet in self.sheets.values() for one in sheet.formulas}

    @cached_property
    def answers(self) -> dict[Place, Rows]:
        """What every formula last answered: one cell, or all that it spilled."""
        return {place: [[kept(self.sheets[one.sheet].values.get(row, {}).get(column)) for column in one.area.columns]
                        for row in one.area.rows] for place, one in self.formulas.items()}

    def named(self, name: str) -> Any:
        """The value of the cell that a name stands for, the rows of an area of more than one."""
        sheet, place = self.place(name)
        area, values = Area.of(place), self.sheets[sheet].values
        rows = [[values.get(row, {}).get(column) for column in area.columns] for row in area.rows]
        return rows if area.size > 1 else rows[0][0]

    def where(self, code: str, part: str) -> Place:
        """The one formula of a sheet that contains a text, wherever the sheet is laid out to have it."""
        place, = (place for place, one in self.formulas.items() if place[0] == self.sheet(code) and part in one.text)
        return place

    def shown(self, place: Place, like: Rows) -> Rows:
        """The values of as many cells as some rows have, from a place on."""
        top, left = place_of(place[1])
        return [[kept(self.sheets[place[0]].values.get(top + down, {}).get(left + right)) for right in range(len(row))]
                for down, row in enumerate(like)]

    def place(self, name: str) -> Place:
        """The cell that a name stands for."""
        sheet, _, cell = self.names[name].rpartition("!")
        return sheet.strip("'"), cell.replace("$", "")

    def sheet(self, code: str) -> str:
        """The name of a sheet, by its code."""
        return self._codenames["sh" + "".join(part.capitalize() for part in code.split("_"))]


@cache
def built(path: Path) -> Built:
    """A workbook, read once."""
    return Built(Package.read(path))


def kept(value: Any) -> Any:
    """A value as it is compared; an empty cell and an empty text are one."""
    if isinstance(value, ExcelError):
        return "error", str(value)
    if isinstance(value, float):
        return float(f"{value:.10g}") + 0.0
    return "" if value is None else value
