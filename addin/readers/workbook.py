"""Workbooks (.xlsx .xlsm .xls .ods) -> one table a visible sheet, through python-calamine, without Excel.

Rows keep their sheet's row numbers; dates stay dates; an error cell stays its name (`#N/A`), for it is not an
empty cell. Hidden sheets and the add-in's own sheets are no data.
"""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from python_calamine import (
    CalamineError,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
)

from addin.readers.errors import InputRefused
from addin.readers.parts import error_cells, is_workbook
from udfs.tables.cells import is_blank
from udfs.tables.raw import RawTable

ZIP, COMPOUND = b"PK\x03\x04", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
OWN_SHEETS = ("xlwings.conf", "_xlwings.conf", "_intellisense_")
BROKEN = (CalamineError, zipfile.BadZipFile, zlib.error, OSError, EOFError, ValueError, KeyError,
          OverflowError, MemoryError, NotImplementedError, RuntimeError)


def read_workbook(data: bytes, path: Path) -> list[RawTable]:
    """Every sheet with cells; its bytes decide, `path` only names it."""
    if data.startswith(COMPOUND) and "EncryptedPackage".encode("utf-16-le") in data:
        raise InputRefused.of("readers.protected", path)
    with readable(path):
        tables = list(_sheets(data, path))
    if not tables:
        raise InputRefused.of("readers.empty", path)
    return tables


@contextmanager
def readable(path: Path) -> Iterator[None]:
    """Refuse the file where it cannot be read."""
    try:
        yield
    except InputRefused:
        raise
    except PasswordError:
        raise InputRefused.of("readers.protected", path) from None
    except BROKEN:
        raise InputRefused.of("readers.damaged", path) from None
    except BaseException as error:
        # A fault inside calamine's Rust code is no Exception, so that it is never caught by accident.
        if type(error).__name__ != "PanicException":
            raise
        raise InputRefused.of("readers.damaged", path) from None


def _sheets(data: bytes, path: Path) -> Iterator[RawTable]:
    errors: dict[str, list[tuple[int, int, str]]] = {}
    if data.startswith(ZIP):
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            if not is_workbook(package):
                raise InputRefused.of("readers.not_a_table", path)
            errors = error_cells(package, path)
    with CalamineWorkbook.from_filelike(io.BytesIO(data)) as book:
        for sheet in book.sheets_metadata:
            visible = sheet.visible == SheetVisibleEnum.Visible and sheet.typ == SheetTypeEnum.WorkSheet
            if not visible or sheet.name.casefold() in OWN_SHEETS:
                continue
            rows: list[list[Any]] = book.get_sheet_by_name(sheet.name).to_python(skip_empty_area=False)
            for row, column, error in errors.get(sheet.name, ()):
                put_cell(rows, row, column, error)
            kept = [(number, row) for number, row in enumerate(rows, 1) if not all(map(is_blank, row))]
            if kept:
                yield RawTable([row for _, row in kept], sheet.name, [number for number, _ in kept])


def put_cell(rows: list[list[Any]], row: int, column: int, value: str) -> None:
    """Write one cell, beyond what was read if need be."""
    rows.extend([] for _ in range(row + 1 - len(rows)))
    rows[row].extend("" for _ in range(column + 1 - len(rows[row])))
    rows[row][column] = value
