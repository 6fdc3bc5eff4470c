"""Ranges of two columns, what something is and its value: lines of accounts, boxes, answers, facts.

Of two rows with more than two columns the upper one names and the lower one tells, as in a table with its headings.
Where a label may stand between, the value is in the first column that holds a number. Rows without a value are left
out.

>>> pairs([["Turnover", 1000.0], ["Equity", None]], "accounts")
[('Turnover', 1000.0)]
>>> pairs([["DL", "Capitaux propres", 142.0]], "boxes")
[('DL', 142.0)]
>>> pairs((("terms", "founded", "country"), ("30 j", 2012, "FR")), "facts", labels=False)
[('terms', '30 j'), ('founded', 2012), ('country', 'FR')]
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np

from udfs.errors import NotAvailable, WrongArgument
from udfs.functions.border import ROWS, listed
from udfs.tables.amounts import read_amounts
from udfs.tables.cells import error_name, is_blank

Pair = tuple[Any, Any]


def pairs(value: Any, argument: str, labels: bool = True, empty: bool = False) -> list[Pair]:
    """Name and value of each row that has both; refused where it is no such range, or a name is an error cell.

    With `labels` one may stand between them; with `empty` the rows of a name without a value stay.
    """
    if isinstance(value, Mapping):
        rows: list[list[Any]] = [[name, listed(one)] for name, one in value.items()]
    else:
        rows = table_rows(value)
        if not rows or min(map(len, rows)) < 2 or len(set(map(len, rows))) > 1:
            raise WrongArgument("financial.not_two_columns", argument=argument)
    if _has_names_above(rows):
        rows = [list(pair) for pair in zip(*rows, strict=True)]
    place = _value_column(rows) if labels else 1
    found = [(row[0], row[place]) for row in rows if not is_blank(row[0]) and (empty or not is_blank(row[place]))]
    for name, _ in found:
        if error_name(name):
            raise NotAvailable("errors.unreadable_cell", value=error_name(name))
    return found


def table_rows(value: Any) -> list[list[Any]]:
    """The rows of a range; none where it is a cell or a single list."""
    value = listed(value)
    if not isinstance(value, ROWS):
        return []
    rows = [listed(row) for row in value]
    return [[listed(cell) for cell in row] for row in rows] if all(isinstance(row, ROWS) for row in rows) else []


def is_column(value: Any) -> bool:
    """Whether an argument is one cell, or a single column or row of cells, so that no name stands beside a value."""
    rows = table_rows(value)
    if isinstance(value, Mapping) or (len(rows) == 1 and len(rows[0]) == 2 and _is_name(rows[0][0])):
        return False
    return len(rows) <= 1 or max(map(len, rows)) <= 1


def _has_names_above(rows: Sequence[Sequence[Any]]) -> bool:
    """Whether the names stand in the upper of two rows, not in the first of two columns."""
    return len(rows) == 2 and len(rows[0]) > 2 and all(map(_is_name, rows[0]))


def _is_name(cell: Any) -> bool:
    """A text that is no number."""
    return isinstance(cell, str) and not is_blank(cell) and bool(np.isnan(_numbers([cell])[0]))


def _value_column(rows: Sequence[Sequence[Any]]) -> int:
    """The first column behind the names that holds a number, else the second."""
    for place in range(1, len(rows[0]) if rows else 0):
        if not np.isnan(_numbers([row[place] for row in rows])).all():
            return place
    return 1


def _numbers(cells: list[Any]) -> np.ndarray:
    return read_amounts(cells)[0]
