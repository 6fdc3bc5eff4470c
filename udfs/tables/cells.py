"""What a cell can hold before it is read: blanks, Excel errors, and how to read each distinct cell once.

>>> is_blank(None), is_blank(" \\u00a0 "), is_blank(0.0)
(True, True, False)
>>> error_name("#REF!"), error_name(-2146826281), error_name(12)
('#REF!', '#DIV/0!', '')
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, TypeVar

import numpy as np

Read = TypeVar("Read")

# Error cells arrive from Excel's COM border as these integers and from files as these texts.
EXCEL_ERRORS = {
    -2146826288: "#NULL!", -2146826281: "#DIV/0!", -2146826273: "#VALUE!", -2146826265: "#REF!",
    -2146826259: "#NAME?", -2146826252: "#NUM!", -2146826246: "#N/A", -2146826245: "#GETTING_DATA",
    -2146826243: "#SPILL!", -2146826241: "#CONNECT!", -2146826240: "#BLOCKED!", -2146826239: "#UNKNOWN!",
    -2146826238: "#FIELD!", -2146826237: "#CALC!",
}
ERROR_TEXTS = frozenset(EXCEL_ERRORS.values()) | {"#ADDIN?", "#NOM?", "#VALEUR!", "#NOMBRE!", "#NUL!"}


class Problem:
    """What a reader gives for a cell that it cannot read: the code of the sentence and its details."""

    __slots__ = ("code", "details", "severity")

    def __init__(self, code: str, severity: str = "", **details: Any) -> None:
        self.code, self.severity, self.details = code, severity, details


def is_blank(cell: Any) -> bool:
    """Empty, or nothing but blanks; NaN and NaT count as empty."""
    if cell is None:
        return True
    if isinstance(cell, str):
        return not cell.strip()
    return isinstance(cell, float | np.floating | np.datetime64) and bool(cell != cell)


def error_name(cell: Any) -> str:
    """The name of an Excel error cell, else an empty text."""
    if isinstance(cell, str):
        text = cell.strip().upper()
        return text if text in ERROR_TEXTS else ""
    if isinstance(cell, int) and not isinstance(cell, bool):
        return EXCEL_ERRORS.get(cell, "")
    return ""


def distinct(cells: Sequence[Any]) -> tuple[list[Any], np.ndarray]:
    """The distinct cells in order of appearance and, for each row, the place of its cell in them.

    True and 1 are different cells; a cell that cannot be hashed is taken by its text.
    """
    keys: Sequence[Any] = cells
    if bool in set(map(type, cells)):
        keys = list(zip(map(type, cells), cells, strict=True))
    try:
        places = {key: place for place, key in enumerate(dict.fromkeys(keys))}
    except TypeError:
        cells = [cell if isinstance(cell, str | float | int | type(None)) else str(cell) for cell in cells]
        return distinct(cells)
    index = np.fromiter(map(places.__getitem__, keys), np.int64, len(cells))
    if keys is cells:
        return list(places), index
    return [key[1] for key in places], index


def each(cells: Sequence[Any], read: Callable[[Any], Read | Problem], empty: Read
         ) -> tuple[list[Read], np.ndarray, list[tuple[int, Problem]]]:
    """Read each distinct cell once; the values, the place of each row's value, and the problems by row."""
    cells_found, index = distinct(cells)
    values: list[Read] = []
    problems: dict[int, Problem] = {}
    for place, cell in enumerate(cells_found):
        error = error_name(cell)
        outcome = Problem("issues.error_cell") if error else empty if is_blank(cell) else read(cell)
        if isinstance(outcome, Problem):
            problems[place] = outcome
            outcome = empty
        values.append(outcome)
    if not problems:
        return values, index, []
    rows = np.flatnonzero(np.isin(index, list(problems)))
    return values, index, [(int(row), problems[int(index[row])]) for row in rows]
