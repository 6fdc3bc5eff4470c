"""References to Excel tables, `Invoices[[#Headers],[#Data],[client]:[amount]]`, as plain ranges.

A table is given by its corners (1-based, heading row included, totals row not), its column headings and
whether it has a totals row.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from addin.formulas.references import Reference

if TYPE_CHECKING:
    from addin.ooxml.places import Place

# A heading between brackets; an apostrophe makes the next character an ordinary one.
_BRACKETS = re.compile(r"\[((?:[^\[\]']|'.)*)\]", re.DOTALL)
_ESCAPED = re.compile("'(.)", re.DOTALL)
_ROWS = {"#all": {"headers", "data", "totals"}, "#headers": {"headers"}, "#data": {"data"}, "#totals": {"totals"},
         "#this row": {"row"}}


def table_range(table: Place, specifier: str, sheet: str, row: int) -> Reference | None:
    """The range that `[…]` after a table's name means in a cell of a row; None when it means none.

    `specifier` is empty for the name alone, which is the data.
    """
    found = _read(specifier)
    if found is None:
        return None
    rows, headings = found
    known = [heading.casefold() for heading in table.columns]
    if any(heading.casefold() not in known for heading in headings):
        return None
    columns = sorted(known.index(heading.casefold()) for heading in headings) or [0, len(known) - 1]
    span = _span(table, rows, row if sheet == table.sheet else 0)
    if span is None:
        return None
    left, right = table.first_column + columns[0], table.first_column + columns[-1]
    return Reference.to(table.sheet, span[0], left, span[1], right)


def _read(specifier: str) -> tuple[set[str], list[str]] | None:
    """The rows asked for and the first and last heading, from `[#Data]`, `[a]`, `[@a]`, `[[#Headers],[a]:[b]]`."""
    inner = specifier[1:-1]
    this_row = inner.startswith("@")
    inner = inner.removeprefix("@")
    parts = _BRACKETS.findall(inner) or ([inner] if inner.strip() else [])
    rows = {kind for part in parts if part.casefold() in _ROWS for kind in _ROWS[part.casefold()]}
    headings = [_ESCAPED.sub(r"\1", part) for part in parts if part.casefold() not in _ROWS]
    # More than two headings, or two that are not the ends of a span, is a union.
    if len(headings) > 2 or (len(headings) == 2 and not re.search(r"\]\s*:\s*\[", inner)):
        return None
    return rows or {"row" if this_row else "data"}, headings


def _span(table: Place, rows: set[str], row: int) -> tuple[int, int] | None:
    """The first and last row of the rows asked for."""
    if rows == {"row"}:
        return (row, row) if table.first_row < row <= table.last_row else None
    spans = {"headers": (table.first_row, table.first_row), "data": (table.first_row + 1, table.last_row)}
    if table.totals:
        spans["totals"] = (table.last_row + 1, table.last_row + 1)
    asked = [spans[kind] for kind in ("headers", "data", "totals") if kind in rows and kind in spans]
    if not asked or "row" in rows or rows == {"headers", "totals"}:
        return None
    first, last = asked[0][0], asked[-1][1]
    return (first, last) if first <= last else None
