"""The built workbooks open in the Excel of the tests: on the user's desk, edited, and every answer read."""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from addin.ooxml.reference import place_of
from tests.built_workbooks import DEMO, Place, Rows, built, kept
from tests.excel import kept as _kept  # noqa: F401 - before any workbook is opened
from tests.excel.excel import Error, Excel


class Desk:
    """A built workbook open before the user, from a folder that it is copied to if it is to write beside itself."""

    def __init__(self, path: Path, language: str, folder: Path | None = None, *,
                 settings: Sequence[tuple[str, str]] = (), **options: Any) -> None:
        if folder is not None:
            folder.mkdir(parents=True, exist_ok=True)
            shutil.copy(path, folder)
        self.language, self.built = language, built(path)
        self.folder = folder or path.parent
        self.excel = Excel(self.folder / path.name, language=language, **options)
        for key, value in settings:
            row = next(row for row in range(1, 40) if self.excel.value("credit.conf", f"A{row}") == key)
            self.excel.enter("credit.conf", f"B{row}", value, text=True)
        self.excel.open()

    def sheet(self, code: str) -> str:
        """The name of a sheet, by its code."""
        return self.built.sheet(code)

    def shown(self, code: str, part: str) -> Any:
        """What the one formula of a sheet that contains a text shows."""
        return self.excel.value(*self.built.where(code, part))

    def spill(self, code: str, part: str) -> Rows:
        """All that this formula spills."""
        return self.excel.spill(*self.built.where(code, part))

    def figure(self, name: str) -> Any:
        """A figure of the sheet Home."""
        return self.shown("home", f'"{name}"')

    def named(self, name: str) -> Any:
        """The value of the cell that a name stands for."""
        return self.excel.value(*self.built.place(name))

    def enter(self, name: str, value: Any) -> None:
        """Type into the cell that a name stands for."""
        self.excel.enter(*self.built.place(name), value)

    def answers(self, codes: Iterable[str] = ()) -> dict[Place, Rows]:
        """What each formula of some sheets, or of all, shows: one cell, or all that it spills."""
        names = [self.sheet(code) for code in codes]
        return {place: [[plain(value) for value in row] for row in self.excel.spill(*place)]
                for place in self.built.formulas if not names or place[0] in names}

    def wipe(self) -> None:
        """Take away what every formula last answered, so that only a calculation brings it back."""
        for sheet, cell in self.built.formulas:
            self.excel.book.sheet_named(sheet).cells_[place_of(cell)].value = "not calculated"

    def rows(self, table: str) -> Rows:
        """The rows of an Excel table as it stands."""
        body = self.table(table).vba_get("DataBodyRange")
        rows: Rows = self.excel.value(body.sheet.name, body.vba_get("Address", [False, False]))
        return rows

    def table(self, name: str) -> Any:
        """An Excel table as VBA sees it."""
        for sheet in self.excel.book.sheets_:
            for table in sheet.vba_get("ListObjects").vba_items():
                if table.vba_get("Name") == name:
                    return table
        raise KeyError(name)


def demo(language: str, folder: Path | None = None, **options: Any) -> Desk:
    """The workbook of the demonstration."""
    return Desk(DEMO[language], language, folder, **options)


def plain(value: Any) -> Any:
    """A value of a cell as it is compared."""
    return ("error", value.name) if isinstance(value, Error) else kept(value)
