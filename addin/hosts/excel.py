"""The Excel host: the workbook open in Excel, through xlwings; the only module that knows it.

Nothing of Excel is kept longer than one press of a button. Every text that is written stays text, whatever it looks
like; the input tables are never written to.
"""

from __future__ import annotations

import datetime as dt
import re
import tempfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from addin.codename import codename
from addin.hosts import Formula, Replies, conf, user
from addin.hosts.rows import shown_rows
from addin.letters import register
from addin.letters.safe_text import safe
from addin.ooxml.package import Package
from addin.ooxml.places import Place
from addin.ooxml.table_columns import position_of
from addin.ooxml.values import serial
from addin.table_names import in_excel, of_schema
from udfs.book import cache
from udfs.book.book import Book, read_as_of
from udfs.errors import NotAvailable
from udfs.tables.cells import is_blank
from udfs.tables.raw import RawTable
from udfs.tables.schema import SCHEMA, find_column
from udfs.tables.words import read_codes
from udfs.texts import LANGUAGES, say

if TYPE_CHECKING:
    import xlwings

HANDLE = re.compile(r"\b[0-9a-f]{12}\b")
TEXT, DATE = "@", "yyyy-mm-dd"
CARD = "client_card"


class ExcelHost(Replies):
    """The workbook from which a button was pressed, and the replies that its user has given."""

    def __init__(self, book: xlwings.Book, replies: Sequence[str] = ()) -> None:
        super().__init__(replies)
        self._workbook = book
        self._calculation = ""

    @property
    def book(self) -> Book:
        """The Book of the cell `Book` if this process made it, else that of the tables as they stand."""
        if self._workbook.app.calculation != "automatic":
            self._workbook.app.calculate()
        handle = HANDLE.search(str(self._named("Book").value or ""))
        known = cache.book(handle[0]) if handle else None
        if known is not None:
            return known
        read = Book(self.as_of, self._tables())
        known = cache.book(read.id)
        if known is None:
            cache.keep(read)
        return known or read

    @property
    def language(self) -> str:
        """The language in which the workbook was built."""
        sheet = self._sheet(conf.CODENAME)
        rows = sheet.range((1, 1), (conf.LAST_ROW, 2)).options(ndim=2).value if sheet else ()
        found = str(dict(rows).get("language", ""))
        return found if found in LANGUAGES else "en"

    @property
    def as_of(self) -> dt.date:
        """The date in the cell `AsOf`."""
        day: dt.date = read_as_of(self._named("AsOf").api.Value2).astype(dt.date)
        return day

    @property
    def workbook(self) -> str:
        """Its full name; in the cloud an address, before it is saved only a name."""
        folder = str(self._workbook.api.Path)
        return f"{folder}/{self._workbook.name}" if "://" in folder else str(self._workbook.api.FullName)

    @property
    def program(self) -> str:
        """Excel, its version and its folder."""
        app = self._workbook.app
        return f"Excel {app.api.Version}, {app.api.Path}"

    @property
    def letters_folder(self) -> Path:
        """A folder beside the workbook; for one in the cloud or not yet saved, one among the user's documents."""
        place = Path(self.workbook)
        if "://" in self.workbook or not self._workbook.api.Path:
            return user.documents() / Path(self._workbook.name).stem
        return place.parent / say("macros.letters_folder", self.language)

    def append(self, table: str, rows: Sequence[Mapping[str, Any]]) -> None:
        """Add rows at the end of Letters or Journal; Excel calculates again with `recalculate`, not after each cell."""
        found, shown = self._table(table), shown_rows(table, rows, self.language)
        headings = tuple(column.name for column in found.columns)
        place = Place(table, "", "", 1, 1, 1, len(headings), headings, False)
        positions: dict[str, int] = {}
        for column in dict.fromkeys(column for row in shown for column in row):
            position = position_of(place, column)
            if position is None:
                raise NotAvailable("ooxml.column_missing", file=self._workbook.name, table=table, column=column)
            positions[column] = position
        self._pause()
        try:
            for row in shown:
                target = _blank_row(found)
                for column, value in row.items():
                    _write(target[0, positions[column]], value)
        except BaseException:
            self.recalculate()
            raise

    def set_as_of(self, day: dt.date) -> None:
        """Write the date; every answer follows."""
        self._named("AsOf").value = float(serial(day))
        self.recalculate()

    def recalculate(self, fully: bool = False) -> list[str]:
        """What Excel knows to be out of date, or every formula of the workbook."""
        if fully:
            for sheet in self._workbook.sheets:
                # Excel calculates a sheet anew, and only that sheet, when its calculation is switched on again.
                sheet.api.EnableCalculation = False
                sheet.api.EnableCalculation = True
        if self._calculation:
            self._workbook.app.calculation, self._calculation = self._calculation, ""
        self._workbook.app.calculate()
        return []

    def selected_clients(self) -> list[str]:
        """Of each selected row, the first cell that holds the code of a client; on the client card, its client."""
        selection = self._selection()
        if selection is None:
            return []
        on_card = selection.sheet.api.CodeName == codename(CARD)
        clients, codes = self.book.clients, []
        for row in [[self._named("CardClient").value]] if on_card else _rows(selection):
            places = map(clients.find, filter(None, read_codes(row)[0]))
            codes += [clients.codes[place] for place in places if place is not None][:1]
        return list(dict.fromkeys(codes))

    def selected_formula(self) -> Formula | None:
        """The formula of the selected cell, or of the cell whose answer spills into it."""
        selection = self._selection()
        if selection is None:
            return None
        cell, sheet = selection[0, 0], selection.sheet.api
        anchor = cell.api.SpillParent if cell.api.HasSpill else cell.api
        text = str(anchor.Formula2 or "")
        if not text.startswith("="):
            return None
        return Formula(text, sheet.Evaluate, cell.row - int(anchor.Row), cell.column - int(anchor.Column))

    def select(self, table: str, row: int, column: str) -> None:
        """Select one cell of a table, or its heading."""
        place = self._table(table) if table in self._table_sheets() else None
        if place is None:
            return
        columns = [find_column(table, one.name) for one in place.columns]
        right = columns.index(column) if column in columns else 0
        # Through Excel's own objects: xlwings refuses while another Excel is on top.
        place.parent.api.Activate()
        place.parent.range((row or place.range.row, place.range.column + right)).api.Select()

    def show(self, sheet: str) -> None:
        """Bring a sheet to the front."""
        found = self._sheet(codename(sheet))
        if found is not None:
            found.api.Activate()

    def show_client(self, code: str) -> None:
        """Put the client on the card, and show it."""
        _write(self._named("CardClient"), code)
        self.show(CARD)

    def open(self, path: Path) -> None:
        """A workbook in this Excel, anything else in the user's shell."""
        if path.suffix.lower() == ".xlsm":
            self._workbook.app.books.open(str(path))
        else:
            user.open_in_shell(path)

    def copy(self) -> Package:
        """The workbook as it stands in Excel, saved or not."""
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / f"{Path(self._workbook.name).stem}.xlsm"
            self._workbook.api.SaveCopyAs(str(path))
            return Package.read(path)

    def _pause(self) -> None:
        """Keep Excel from calculating until the next `recalculate`."""
        if not self._calculation:
            self._calculation = self._workbook.app.calculation
            self._workbook.app.calculation = "manual"

    def _selection(self) -> xlwings.Range | None:
        """The selected cells, if they are cells of this workbook."""
        found = self._workbook.selection
        return found if found is not None and found.sheet.book.name == self._workbook.name else None

    def _named(self, name: str) -> xlwings.Range:
        """The cells of a defined name."""
        if not self._workbook.names.contains(name):
            raise NotAvailable("macros.no_such_name", name=name)
        return self._workbook.names(name).refers_to_range

    def _sheet(self, name: str) -> xlwings.Sheet | None:
        """A sheet by its VBA name, which no user changes."""
        return next((sheet for sheet in self._workbook.sheets if sheet.api.CodeName == name), None)

    def _table_sheets(self) -> dict[str, xlwings.Sheet]:
        """The tables of the schema that the workbook has, each with its sheet."""
        return {name: sheet for sheet in self._workbook.sheets for table in sheet.tables
                if (name := of_schema(table.name)) in SCHEMA}

    def _table(self, name: str) -> xlwings.main.Table:
        """An Excel table."""
        sheet = self._table_sheets().get(name)
        if sheet is None:
            raise NotAvailable("macros.no_such_name", name=name)
        return sheet.tables[in_excel(name)]

    def _tables(self) -> list[RawTable]:
        """The input columns of the tables as they stand, cells as Excel gives them to functions."""
        found = []
        for table in SCHEMA:
            if self._workbook.names.contains(f"{table}Input"):
                cells = self._named(f"{table}Input")
                found.append(RawTable(cells.api.Value2, cells.sheet.name, range(cells.row, cells.last_cell.row + 1)))
        return found


def _blank_row(table: xlwings.main.Table) -> xlwings.Range:
    """The last row of a table if it is blank, else a new one below it."""
    body = table.data_body_range
    if body is not None:
        last = body[-1, :]
        if all(map(is_blank, last.options(ndim=1).value)):
            return last
    return table.rows.add().range


def _write(cell: xlwings.Range, value: Any) -> None:
    """Write one cell; a text that looks like a formula, a number or a date is still a text."""
    if isinstance(value, str):
        cell.number_format = TEXT
        cell.value = safe(value, register.MOST_IN_A_CELL)
    elif isinstance(value, dt.date):
        if cell.number_format in ("General", TEXT):
            cell.number_format = DATE
        cell.value = float(serial(value))
    else:
        cell.value = float(value)


def _rows(selection: xlwings.Range) -> list[list[Any]]:
    """The whole rows of what is selected, as far as the sheet is used."""
    sheet, found = selection.sheet, []
    used = sheet.used_range.last_cell
    for area in selection.api.Areas:
        first, last = int(area.Row), min(int(area.Row) + int(area.Rows.Count) - 1, used.row)
        if first <= last:
            found += sheet.range((first, 1), (last, used.column)).options(ndim=2).value
    return found
