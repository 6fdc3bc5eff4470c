"""A new workbook of one's own: the empty one of the package, filled with the tables of files.

The file appears whole or not at all, and never in the place of another one.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import addin
from addin.formulas import recalculate
from addin.hosts.rows import shown_rows
from addin.macros.import_tables import Import, imports
from addin.ooxml.append import append_rows
from addin.ooxml.cells import set_value
from addin.ooxml.package import Package
from addin.ooxml.reference import reference
from addin.ooxml.values import plain
from addin.readers import fec, load
from addin.readers.errors import InputRefused
from addin.readers.own_workbook import own_tables
from addin.readers.reading import Reading, joined
from addin.table_names import in_excel
from udfs.book.book import Book
from udfs.book.summary import balance, summary
from udfs.errors import CreditError
from udfs.tables.issues import Issue
from udfs.tables.schema import SCHEMA, find_column

START = Path(addin.__file__).parent / "start"
EMPTY = {"en": "credit_manager.xlsm", "fr": "gestion_credit.xlsm"}
# Tables of parameters, which are there before the first row comes: a row of the same key takes its place.
BY_KEY = ("Policy", "Grades", "Scorecard", "Dunning", "LegalRates", "LegalTerms")


@dataclass(frozen=True)
class Started:
    """A workbook that was made: its rows by table, what was not taken, its totals, and the balance of the files."""

    path: Path
    as_of: dt.date
    rows: Mapping[str, int] = field(default_factory=dict)
    unused: Mapping[str, Sequence[str]] = field(default_factory=dict)
    strangers: Sequence[str] = ()
    refused: Sequence[Issue] = ()
    totals: Mapping[str, Any] | None = None
    source_balance: float | None = None

    def as_json(self) -> dict[str, Any]:
        """The same as plain data."""
        return {"file": str(self.path), "as_of": str(self.as_of), "rows": dict(self.rows),
                "columns_left": {source: list(headings) for source, headings in self.unused.items()},
                "not_recognised": list(self.strangers), "lines_refused": len(self.refused),
                "source_balance": self.source_balance, "summary": self.totals}


def new_workbook(target: Path, sources: Sequence[Path], language: str, account: str = fec.ACCOUNT) -> Started:
    """Make the workbook; without sources it is empty, for a user who pastes."""
    _check(target)
    reading = joined(load(source, account) for source in sources)
    found, strangers = imports(reading.tables)
    if reading.tables and not found:
        Book(dt.date.today(), reading.tables)  # refuses, with the headings that are needed
    package = Package.read(START / EMPTY[language])
    rows: Counter[str] = Counter()
    for one in found:
        if in_excel(one.table) in package.tables:
            _fill(package, one, language)
            rows[one.table] += len(one.rows)
        else:
            strangers = [*strangers, one.source]
    as_of = reading.as_of or reading.last_date or dt.date.today()
    set_value(package, *package.cell_of("AsOf"), as_of)
    if rows["Invoices"] and not rows["Clients"]:
        clients = _clients(package, as_of)
        append_rows(package, "Clients", clients)
        rows["Clients"] = len(clients)
    book = Book(as_of, own_tables(package) or ()) if rows["Invoices"] else None
    if book is not None and len(book.clients):
        set_value(package, *package.cell_of("CardClient"), book.clients.codes[0])
    recalculate(package)
    _create(package, target)
    return Started(target, as_of, rows, {one.source: one.unused for one in found if one.unused}, strangers,
                   [issue for issue in reading.issues if issue.severity != "info"],
                   None if book is None else summary(book), _balance(reading, as_of))


def _clients(package: Package, as_of: dt.date) -> list[dict[str, Any]]:
    """The clients of a ledger that came without a list of them: terms, limits and addresses will have their place."""
    clients = Book(as_of, own_tables(package) or ()).clients
    return [{"client": code, "name": name if name != code else None}
            for code, name in zip(clients.codes, clients.names, strict=True)]


def _balance(reading: Reading, as_of: dt.date) -> float | None:
    """The balance of the files themselves, for the new workbook to agree with."""
    try:
        return balance(Book(as_of, reading.tables))
    except CreditError:
        return None


def _check(target: Path) -> None:
    if target.suffix.lower() != ".xlsm":
        raise InputRefused.of("macros.not_xlsm", target)
    if target.exists():
        raise InputRefused.of("macros.exists", target)
    if not target.parent.is_dir():
        raise InputRefused.of("macros.no_such_folder", target, folder=str(target.parent))


def _create(package: Package, target: Path) -> None:
    """Write to a name that is taken first, so that no other file ever bears it."""
    try:
        target.open("xb").close()
    except FileExistsError:
        raise InputRefused.of("macros.exists", target) from None
    except OSError as error:
        raise InputRefused.of("macros.not_written", target, reason=error.strerror or "") from error
    try:
        package.write(target)
    except BaseException:
        target.unlink(missing_ok=True)
        raise


def _fill(package: Package, one: Import, language: str) -> None:
    """Add the rows of a source to the table that they belong to."""
    rows = shown_rows(one.table, one.rows, language)
    if one.table in BY_KEY:
        rows = _set_by_key(package, one.table, rows)
    append_rows(package, in_excel(one.table), rows)


def _set_by_key(package: Package, table: str, rows: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Write the rows whose key the table has in its place; the others are left to add."""
    place, key = package.tables[in_excel(table)], next(iter(SCHEMA[table]))
    columns = {find_column(table, heading): place.first_column + at for at, heading in enumerate(place.columns)}
    cells = package.rows(place.sheet, place.first_row + 1, columns[key], place.last_row, columns[key])
    row_of = {_key(cell): place.first_row + 1 + at for at, (cell,) in enumerate(cells) if cell is not None}
    for row in rows:
        for column, value in row.items():
            if _key(row.get(key)) in row_of and column != key and column in columns:
                cell = reference(row_of[_key(row[key])], columns[column])
                set_value(package, place.sheet, cell, value)
    return [row for row in rows if _key(row.get(key)) not in row_of]


def _key(value: Any) -> str:
    """A key as a cell or a file writes it: level 1 is 1.0 in a cell, a day is a serial."""
    value = plain(value)
    return f"{value:g}" if isinstance(value, int | float) else str(value).strip().casefold()
