"""Our worksheet functions for the engine: its values become what Excel would send, our answers what it would get.

Cells on disk and cells in Excel so go the same way, through `addin.cells.answer_rows`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from addin import cells
from addin.formulas.books import Places
from addin.formulas.engine import ERRORS, engine_value
from addin.ooxml.values import ExcelError
from udfs.functions import REGISTRY
from udfs.tables.cells import EXCEL_ERRORS

MARKS = {code: ExcelError(name) for name, code in cells.ERRORS.items()}
SENT_ERRORS = {name: number for number, name in EXCEL_ERRORS.items()}


def our_functions(places: Sequence[Places]) -> dict[str, Callable[..., Any]]:
    """Each function of the registry by its Excel name; `places` are those of the calls of CREDIT_BOOK."""
    functions: dict[str, Callable[..., Any]] = {name: partial(_answer, name) for name in REGISTRY}
    functions["CREDIT_BOOK"] = lambda number, *arguments: _answer("CREDIT_BOOK", *arguments, places=places[int(number)])
    return functions


def _answer(name: str, *arguments: Any, places: Places = ()) -> Any:
    """One answer: a value, or rows of values."""
    rows, marks = cells.answer_rows(name, tuple(map(sent, arguments)), places)
    for row, column, code in marks:
        if code != cells.DATE:
            rows[row][column] = engine_value(MARKS[code])
    return rows if len(rows) > 1 or len(rows[0]) > 1 else rows[0][0]


def sent(value: Any) -> Any:
    """What Excel sends for a value: ranges as tuples of rows, error cells as whole numbers.

    >>> sent([[1.0, "a"], [None, {"type": "Error", "kind": "Na"}]])
    ((1.0, 'a'), (None, -2146826246))
    """
    if isinstance(value, list):
        return tuple(tuple(row) if dict not in set(map(type, row)) else tuple(map(sent, row)) for row in value)
    if isinstance(value, dict):
        return SENT_ERRORS[ERRORS.get(value.get("kind", ""), "#VALUE!")]
    return value
