"""A workbook of ours: its Excel tables only, each with the rows that they have on its sheet, and its as-of date.

Sheets that show results, or anything else that a user keeps beside, are no data. A workbook is read so when it has
an Excel table named Invoices; which tables count is the schema's affair.
"""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

from python_calamine import CalamineWorkbook

from addin.readers.errors import InputRefused
from addin.readers.parts import LARGEST_AREA, error_cells
from addin.readers.reading import Reading
from addin.readers.workbook import BROKEN, ZIP, put_cell, readable
from addin.table_names import of_schema
from udfs.book.book import read_as_of
from udfs.errors import CreditError
from udfs.tables.raw import RawTable
from udfs.tables.schema import SCHEMA

if TYPE_CHECKING:
    from addin.ooxml.package import Package
    from addin.ooxml.places import Place

AS_OF = "AsOf"
_TABLE_TYPE = b"spreadsheetml.table+xml"


def read_own(path: Path) -> Reading | None:
    """What one of our workbooks holds; None for any other file, which is read in another way."""
    if not _has_tables(path):
        return None
    from addin.ooxml.package import Package

    try:
        package = Package.read(path)
    except InputRefused:
        return None
    tables = own_tables(package)
    return None if tables is None else Reading(tuple(tables), as_of=as_of(package))


def own_tables(package: Package) -> list[RawTable] | None:
    """The Excel tables that bear a name of the schema, in its order; None unless Invoices is among them."""
    found = {of_schema(name).casefold(): place for name, place in package.tables.items()}
    own = [found[name.casefold()] for name in SCHEMA if name.casefold() in found]
    if "invoices" not in found:
        return None
    for place in own:
        if place.area.size > LARGEST_AREA:
            raise InputRefused.of("readers.sheet_too_big", package.path, sheet=place.sheet)
    with readable(package.path):
        return _read(package, own)


def as_of(package: Package) -> dt.date | None:
    """The date in the cell named AsOf, None if it holds none."""
    from addin.ooxml.reference import place_of
    from addin.ooxml.values import SERIALS_TO_1904

    try:
        sheet, cell = package.cell_of(AS_OF)
        row, column = place_of(cell)
        value = package.rows(sheet, row, column, row, column)[0][0]
        if isinstance(value, float) and package.since_1904:
            value += SERIALS_TO_1904
        day: dt.date = read_as_of(value).astype(dt.date)
    except CreditError:
        return None
    return day


def _has_tables(path: Path) -> bool:
    """Whether a file is a workbook with any Excel table, found without reading its sheets."""
    try:
        with path.open("rb") as file:
            if file.read(len(ZIP)) != ZIP:
                return False
            with zipfile.ZipFile(file) as package:
                return _TABLE_TYPE in package.read("[Content_Types].xml")
    except BROKEN:
        return False


def _read(package: Package, own: list[Place]) -> list[RawTable]:
    """Through calamine, which is fast, on a package of the sheets that count alone."""
    from addin.ooxml.archive import packed

    counted = {place.sheet for place in own}
    others = {part for sheet, part in package.sheets.items() if sheet not in counted}
    content = packed({name: part for name, part in package.parts.items() if name not in others}, zipfile.ZIP_STORED)
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        errors = error_cells(parts, package.path)
    sheets: dict[str, list[list[Any]]] = {}
    with CalamineWorkbook.from_filelike(io.BytesIO(content)) as book:
        for sheet in counted:
            rows: list[list[Any]] = book.get_sheet_by_name(sheet).to_python(skip_empty_area=False)
            for row, column, error in errors.get(sheet, ()):
                put_cell(rows, row, column, error)
            sheets[sheet] = rows
    return [_table(place, sheets[place.sheet]) for place in own]


def _table(place: Place, rows: list[list[Any]]) -> RawTable:
    width = len(place.columns)
    cells = [row[place.first_column - 1:place.last_column] for row in rows[place.first_row:place.last_row]]
    cells = [row if len(row) == width else [*row, *[""] * (width - len(row))] for row in cells]
    cells += [[""] * width for _ in range(place.last_row - place.first_row - len(cells))]
    return RawTable([list(place.columns), *cells], place.sheet, range(place.first_row, place.last_row + 1))
