"""Tables of any file -> rows for the tables of a workbook: dates as dates, amounts as numbers, the rest as it stood.

A cell becomes a date or a number only where it reads as one beyond doubt; else it stays the text that it was, so
that nothing is lost and the new workbook says what is wrong with it, in its place. Blank lines, totals and repeated
headings stay behind.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any, NamedTuple

import numpy as np

from udfs.book.assembly import read_each
from udfs.tables.cells import is_blank
from udfs.tables.raw import RawTable
from udfs.tables.recognise import Recognised, recognise
from udfs.tables.schema import SCHEMA, ColumnSpec
from udfs.tables.table import Table

NUMBERS = ("amount", "number", "count", "share")
LEFT_BEHIND = ("issues.total_row", "issues.repeated_header")
# A column that could be read in two ways stays text: the doubt must not be lost with it.
ASSUMED = ("issues.date_order_assumed", "issues.decimal_sign_assumed")


class Import(NamedTuple):
    """The rows of one source for one table, and the headings of its columns that no table has."""

    table: str
    source: str
    rows: list[dict[str, Any]]
    unused: tuple[str, ...]


class Imports(NamedTuple):
    """What was recognised, and the sheets or files that were not."""

    found: list[Import]
    strangers: list[str]


def imports(raw_tables: Iterable[RawTable]) -> Imports:
    """The rows of every table that is recognised among these."""
    # Rows are numbered by their place here: a reader may have given two of them the line that they came from.
    numbered = [RawTable(raw.rows, raw.name, range(1, len(raw.rows) + 1)) for raw in raw_tables]
    found, strangers = [], []
    for raw, table in read_each(numbered)[0]:
        if table.name:
            found.append(_import(raw, table))
        elif table.issues:
            strangers.append(raw.name)
    return Imports(found, strangers)


def _import(raw: RawTable, table: Table) -> Import:
    found = _recognised(raw, table.name)
    specs = SCHEMA[table.name]
    behind = {issue.row for issue in table.issues if issue.code in LEFT_BEHIND}
    doubtful = {issue.column for issue in table.issues if issue.code in ASSUMED}
    read_at = {number: at for at, number in enumerate(table.row_numbers.tolist())}
    rows = []
    for number, cells in enumerate(raw.rows[found.header + 1:], start=found.header + 2):
        given = {column: cells[place] for column, place in found.columns.items()
                 if place < len(cells) and not is_blank(cells[place])}
        if given and number not in behind:
            at = read_at.get(number)
            rows.append({column: _value(specs[column], cell, None if at is None or column in doubtful
                                        else table[column][at]) for column, cell in given.items()})
    return Import(table.name, raw.name, rows, found.unused)


def _recognised(raw: RawTable, name: str) -> Recognised:
    """Where the columns of a table are, whose name the other tables may have decided."""
    found = recognise(raw.rows, raw.name)
    if found is not None and found.table != name:
        found = recognise(raw.rows, raw.name, but=found.table)
    assert found is not None
    return found


def _value(spec: ColumnSpec, cell: Any, read: Any) -> Any:
    """A cell by what was read from it, itself where nothing was."""
    kind = spec.type.partition(":")[0]
    if kind == "date" and read is not None and not np.isnat(read):
        return read.astype(dt.date)
    if kind in NUMBERS and read is not None and not np.isnan(read):
        return float(read)
    if kind == "code" and read:
        return str(read)
    return cell.strip() if isinstance(cell, str) else cell
