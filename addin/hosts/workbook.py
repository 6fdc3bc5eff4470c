"""The workbook host: one of our workbooks on disk, read and changed without Excel.

Its tables are its Excel tables, its date is its cell `AsOf`, its register is its table Letters; letters go to a
folder beside it. Every change replaces the file in one step, and is refused when it is open elsewhere or another
program has written it since it was read.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from addin.hosts import Formula, Replies, conf
from addin.hosts.rows import shown_rows
from addin.ooxml.append import append_rows
from addin.ooxml.cells import set_value
from addin.ooxml.package import Package
from addin.readers import own_workbook
from addin.readers.errors import InputRefused
from udfs.book.book import Book, read_as_of
from udfs.texts import LANGUAGES, say


class WorkbookHost(Replies):
    """A workbook on disk. `as_of` and `language` hold for what is computed here; the file keeps its own."""

    def __init__(self, path: Path, as_of: str | None = None, language: str = "", letters_folder: Path | None = None,
                 clients: Sequence[str] = (), replies: Sequence[str] = ()) -> None:
        super().__init__(replies)
        self.path, self._as_of, self._clients = path, as_of, clients
        self._language, self._letters_folder = language, letters_folder
        self._package, self._state = self._read()
        self._own_language = workbook_language(self._package)
        self._book: Book | None = None

    @property
    def book(self) -> Book:
        """The Book of its tables."""
        if self._book is None:
            self._book = Book(self.as_of, own_workbook.own_tables(self._package) or (), self._language)
        return self._book

    @property
    def language(self) -> str:
        """The language asked for, else that of the workbook."""
        return self._language or self._own_language

    @property
    def as_of(self) -> dt.date:
        """The date asked for, else that of the cell `AsOf`."""
        day = read_as_of(self._as_of).astype(dt.date) if self._as_of else own_workbook.as_of(self._package)
        if day is None:
            raise InputRefused.of("macros.no_date", self.path)
        return day

    @property
    def workbook(self) -> str:
        """Its path."""
        return str(self.path.resolve())

    @property
    def program(self) -> str:
        """None has it open."""
        return ""

    @property
    def letters_folder(self) -> Path:
        """The folder asked for, else one beside the workbook."""
        own = say("macros.letters_folder", self._own_language)
        return self._letters_folder or self.path.resolve().parent / own

    def append(self, table: str, rows: Sequence[Mapping[str, Any]]) -> None:
        """Add rows to Letters or Journal and save; the answers follow with `recalculate`."""
        append_rows(self._package, table, shown_rows(table, rows, self._own_language))
        self._write()

    def set_as_of(self, day: dt.date) -> None:
        """Write the date, and every answer as of it."""
        set_value(self._package, *self._package.cell_of("AsOf"), day)
        self._as_of = None
        self.recalculate()

    def recalculate(self, fully: bool = False) -> list[str]:
        """Compute every formula and save; the cells that could not be computed keep their value."""
        from addin.formulas import recalculate

        left = recalculate(self._package)
        conf.set_setting(self._package, "calculated_at", f"{dt.datetime.now():%Y-%m-%d %H:%M}")
        self._write()
        return left

    def selected_clients(self) -> list[str]:
        """The clients given."""
        return list(self._clients)

    def selected_formula(self) -> Formula | None:
        """No cell is selected in a file."""
        return None

    def select(self, table: str, row: int, column: str) -> None:
        """A file shows nothing."""

    def show(self, sheet: str) -> None:
        """A file shows nothing."""

    def show_client(self, code: str) -> None:
        """A file shows nothing."""

    def open(self, path: Path) -> None:
        """A command tells the path, and opens nothing."""

    def copy(self) -> Package:
        """The workbook as it stands."""
        return Package(dict(self._package.parts), self.path)

    def _read(self) -> tuple[Package, tuple[int, int]]:
        package = Package.read(self.path)
        if not is_own(package):
            raise InputRefused.of("macros.not_ours", self.path)
        return package, _state(self.path)

    def _write(self) -> None:
        """Replace the file; when that is refused, go back to what it holds."""
        self._book = None
        try:
            if _state(self.path) != self._state:
                raise InputRefused.of("macros.changed_meanwhile", self.path)
            self._package.write(self.path)
        except BaseException:
            self._package, self._state = self._read()
            raise
        self._state = _state(self.path)


def is_own(package: Package) -> bool:
    """Whether this is a workbook of ours, with its date and its tables."""
    return "AsOf" in package.names and {"Invoices", "Letters", "Journal"} <= package.tables.keys()


def workbook_language(package: Package) -> str:
    """The language in which a workbook was built."""
    found = conf.settings(package).get("language", "")
    return found if found in LANGUAGES else "en"


def _state(path: Path) -> tuple[int, int]:
    """What changes when another program writes the file."""
    try:
        found = path.stat()
    except OSError:
        raise InputRefused.of("readers.missing", path) from None
    return found.st_mtime_ns, found.st_size
