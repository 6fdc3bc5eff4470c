"""What takes pyOpenVBA long with a large workbook, done once or in a shorter way with the same result.

The tree of a formula is that of its text and of the names of the tables. Rows that are only tall count as used to
nobody here. A cell without a formula holds what it holds. Parts are compressed by zlib, not byte for byte as Excel.
"""

from __future__ import annotations

import zlib
from functools import lru_cache
from typing import Any

from pyopenvba.apps.excel._calc import as_vba
from pyopenvba.apps.excel._dimensions import SheetDimensions
from pyopenvba.apps.excel._engine_book import EngineBook
from pyopenvba.apps.excel._model import Range, Worksheet
from pyopenvba.interpreter import EMPTY
from pyopenvba.powerquery import _opc

READ, READ_CELL, USED_BOUNDS = EngineBook.read, Range._read, Worksheet.used_bounds


@lru_cache(maxsize=4096)
def _tree(formula: str, tables: tuple[str, ...]) -> Any:
    return READ(_Tables(tables), formula)  # type: ignore[arg-type]


class _Tables:
    """All that reading a formula needs of a workbook."""

    def __init__(self, names: tuple[str, ...]) -> None:
        self._names = names

    def table_names(self) -> list[str]:
        return list(self._names)


def _read(book: EngineBook, formula: str) -> Any:
    return _tree(formula, tuple(book.table_names()))


def _read_cell(cells: Range, row: int, column: int, *, raw: bool = False) -> object:
    if raw and not cells.sheet.array_formulas:
        cell = cells.sheet.cells_.get((row, column))
        if cell is None:
            return EMPTY
        if not cell.formula and isinstance(cell.value, str | float):
            return cell.value if type(cell.value) in (str, float) else as_vba(cell.value)
    return READ_CELL(cells, row, column, raw=raw)


def _used_bounds(sheet: Worksheet) -> tuple[int, int, int, int] | None:
    tall, SheetDimensions.shaped_rows = SheetDimensions.shaped_rows, lambda dims: set()  # type: ignore[method-assign]
    try:
        return USED_BOUNDS(sheet)
    finally:
        SheetDimensions.shaped_rows = tall  # type: ignore[method-assign]


def _compressed(content: bytes) -> bytes:
    raw = zlib.compressobj(wbits=-zlib.MAX_WBITS)
    return raw.compress(content) + raw.flush()


_opc.raw_compress = _compressed  # type: ignore[assignment]
EngineBook.read = _read  # type: ignore[method-assign]
Range._read = _read_cell  # type: ignore[method-assign]
Worksheet.used_bounds = _used_bounds  # type: ignore[method-assign]
