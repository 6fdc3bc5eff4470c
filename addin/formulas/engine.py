"""The calculating engine: formualizer, fed with plain values and formulas, asked for plain values.

It loads nothing from a file. What it cannot calculate it answers with errors that Excel does not have;
such a cell has no answer. NOW and TODAY are those of this machine, one moment for a whole workbook.
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache
from typing import Any

from addin.formulas.references import quoted
from addin.ooxml.reference import Area
from addin.ooxml.values import LONGEST_TEXT, ExcelError

# The engine's words for Excel's errors. It has others of its own: a circle, a function or an operator it has not.
ERRORS = {"Null": "#NULL!", "Div": "#DIV/0!", "Value": "#VALUE!", "Ref": "#REF!", "Name": "#NAME?", "Num": "#NUM!",
          "Na": "#N/A", "Spill": "#SPILL!", "Calc": "#CALC!"}
KINDS = {error: kind for kind, error in ERRORS.items()}
_NO_ANSWER = object()
# A sheet whose name is longer than Excel allows, so that no workbook has it: a reference to it is an empty cell.
NOWHERE = "a sheet on which nothing stands, ever"


class Engine:
    """One workbook being calculated; rows and columns count from 1."""

    def __init__(self, sheets: Iterable[str], functions: Mapping[str, Callable[..., Any]]) -> None:
        import formualizer

        # Static cycles may be none: IF leaves a branch alone. One thread calls our functions in the same order always.
        evaluation = formualizer.EvaluationConfig()
        evaluation.cycle_detection, evaluation.enable_parallel = "runtime", False
        self._book = formualizer.Workbook(config=formualizer.WorkbookConfig(
            eval_config=evaluation, enable_changelog=False))
        self._failures, self._all = (formualizer.ExcelEvaluationError, RuntimeError), True
        self._book.set_temporal_egress("serial")
        self._book.set_deterministic_clock(dt.datetime.now().replace(tzinfo=dt.UTC), "utc")
        for sheet in (*sheets, NOWHERE):
            self._book.add_sheet(sheet)
        for name, function in functions.items():
            self._book.register_function(name, function, min_args=0, max_args=None, allow_override_builtin=True)

    def put(self, sheet: str, cells: Mapping[int, Mapping[int, Any]]) -> None:
        """Constants by row and column; a text is a text whatever it begins with."""
        for row, column, rows in _blocks({row: found for row, found in cells.items() if found}):
            self._book.set_values_batch(sheet, row, column, rows)

    def put_formula(self, sheet: str, row: int, column: int, formula: str) -> bool:
        """A formula without its equals sign; whether the engine takes it."""
        try:
            self._book.set_formula(sheet, row, column, f"={formula}")
        except self._failures:
            return False
        return True

    def evaluate(self) -> None:
        """Calculate all."""
        try:
            self._book.evaluate_all()
            self._all = True
        except self._failures:
            # One formula that reads where it spills stops all: then each cell is asked by itself.
            self._all = False

    def answer(self, sheet: str, row: int, column: int) -> list[list[Any]] | None:
        """What a formula gives, one cell or all that it spills; None if any of it is no answer of Excel's."""
        import formualizer

        if not self._all:
            try:
                self._book.evaluate_cell(sheet, row, column)
            except self._failures:
                return None
        filled = Area(row, column, row, column)
        spill = self._book.inspect_cell(f"{quoted(sheet)}!{filled}", include_values=False).cell.spill
        if spill is not None and spill.extent:
            filled = Area.of(spill.extent.rpartition("!")[2])
        # Not get_value: it takes a cell of a spill that was put as empty for an empty one still.
        found = self._book.sheet(sheet).get_values(formualizer.RangeAddress(
            sheet, filled.first_row, filled.first_column, filled.last_row, filled.last_column))
        rows = [[_excel(value) for value in row] for row in found]
        return None if any(value is _NO_ANSWER for cells in rows for value in cells) else rows


@cache
def knows(function: str) -> bool:
    """Whether the engine has a function of that name.

    >>> knows("XLOOKUP"), knows("CUBEVALUE")
    (True, False)
    """
    engine = Engine(["S"], {})
    engine.put_formula("S", 1, 1, f"{function}()")
    engine.evaluate()
    return engine.answer("S", 1, 1) not in (None, [[ExcelError("#NAME?")]])


def _excel(value: Any) -> Any:
    """A value of the engine as a cell holds it; more text than a cell holds is an error."""
    if isinstance(value, dict):
        return ExcelError(ERRORS[value["kind"]]) if value.get("kind") in ERRORS else _NO_ANSWER
    if isinstance(value, int | float) and not isinstance(value, bool):
        return float(value) if math.isfinite(value) else ExcelError("#NUM!")
    return ExcelError("#VALUE!") if isinstance(value, str) and len(value) > LONGEST_TEXT else value


def engine_value(value: Any) -> Any:
    """A value of a cell as the engine takes it."""
    if isinstance(value, ExcelError):
        import formualizer

        return formualizer.LiteralValue.error(KINDS.get(value, "Value"), "")
    if isinstance(value, str) and not value.isascii():
        # A file may spell half of a character (_xD800_), which is no text outside of Excel.
        return value.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return value


def _blocks(cells: Mapping[int, Mapping[int, Any]]) -> Iterator[tuple[int, int, list[list[Any]]]]:
    """Cells as few rectangles, which is what the engine takes fast, none of them much emptier than full."""
    if not cells:
        return
    rows, columns = sorted(cells), [column for row in cells.values() for column in row]
    left, right = min(columns), max(columns)
    area = (rows[-1] - rows[0] + 1) * (right - left + 1)
    if area <= 1000 + 20 * len(columns):
        yield rows[0], left, [[engine_value(cells.get(row, {}).get(column)) for column in range(left, right + 1)]
                              for row in range(rows[0], rows[-1] + 1)]
    elif len(rows) == 1:
        for column, value in cells[rows[0]].items():
            yield rows[0], column, [[engine_value(value)]]
    else:
        middle = rows[len(rows) // 2]
        yield from _blocks({row: found for row, found in cells.items() if row < middle})
        yield from _blocks({row: found for row, found in cells.items() if row >= middle})
