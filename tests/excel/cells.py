"""Formulas call the workbook's VBA functions, as Excel's cells do: with ranges, scalars, arrays and errors.

Inside a call Application.Caller is the cell. A VBA error that nobody caught is #VALUE!.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from contextlib import contextmanager
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from pyopenvba._a1 import Area, column_letter
from pyopenvba.apps.excel._engine_book import ERROR_NUMBERS
from pyopenvba.apps.excel._model import Workbook
from pyopenvba.formula._calc import registry
from pyopenvba.formula._calc.values import EMPTY as NO_VALUE
from pyopenvba.formula._calc.values import Array, CellError, Reference
from pyopenvba.interpreter import EMPTY, MISSING, VBAArray, VBADate, VBAErrorValue, VBAObject, VBARuntimeError
from pyopenvba.interpreter._runtime import ModuleRuntime

if TYPE_CHECKING:
    from tests.excel.excel import Excel

ERROR_NAMES = {number: name for name, number in ERROR_NUMBERS.items()}
OFFERED: set[str] = set()


def offer(module: ModuleRuntime) -> None:
    """Make the public functions of a standard module known to formulas."""
    for procedure in module.parsed.procedures:
        name = procedure.name.upper()
        if procedure.kind != "function" or procedure.scope == "private":
            continue
        if name in registry.FUNCTIONS and name not in OFFERED:
            continue  # a function of Excel's own wins
        needed = [one for one in procedure.params if not one.optional and not one.param_array]
        many = any(one.param_array for one in procedure.params)
        optional = [one.optional for one in procedure.params]
        registry.function(name, registry.R, minimum=len(needed),
                          maximum=registry.MAX_ARGUMENTS if many else len(procedure.params))(
            lambda context, *given, name=name, optional=optional: _answer(context, name, given, optional))
        OFFERED.add(name)


def _answer(context: Any, name: str, given: tuple[Any, ...], optional: list[bool]) -> Any:
    excel: Excel = context.book.book.application.excel
    if excel.interpreter.find_procedure(name)[0] is None:
        return CellError("#NAME?")
    book = context.book.book
    caller = _range(book, Area(context.row, context.column, context.row, context.column, context.sheet))
    arguments = [EMPTY if one is NO_VALUE and not (optional[place:place + 1] or [False])[0] else _argument(book, one)
                 for place, one in enumerate(given)]
    if excel.dependents_first:
        with _not_yet_calculated(book, given) as some:
            if some:
                _called(excel, name, caller, arguments)
    return _called(excel, name, caller, arguments)


def _called(excel: Excel, name: str, caller: VBAObject, arguments: list[Any]) -> Any:
    excel.callers.append(caller)
    try:
        return _result(excel.run(name, *arguments))
    except VBARuntimeError as failure:
        excel.failures.append(f"{name}: {failure}")
        return CellError("#VALUE!")
    finally:
        excel.callers.pop()


@contextmanager
def _not_yet_calculated(book: Workbook, given: tuple[Any, ...]) -> Iterator[bool]:
    """Excel may call a function before the cells it reads are calculated: they are empty then, and it calls again."""
    waiting = []
    for area in (one.area for one in given if isinstance(one, Reference) and one.area is not None):
        cells = book.sheet_named(area.sheet).cells_
        waiting += [cell for place, cell in cells.items() if area.contains(*place) and cell.formula and cell.stale]
    kept = [cell.value for cell in waiting]
    for cell in waiting:
        cell.value, cell.stale = EMPTY, False
    try:
        yield bool(waiting)
    finally:
        for cell, value in zip(waiting, kept, strict=True):
            cell.value, cell.stale = value, True


def _argument(book: Workbook, value: Any) -> Any:
    """What a formula gives, as VBA receives it."""
    if isinstance(value, Reference):
        assert value.area is not None, "a reference of several areas"
        return _range(book, value.area)
    if isinstance(value, Array):
        items = [_argument(book, row[column]) for column in range(value.width) for row in value.rows]
        return VBAArray([(1, value.height), (1, value.width)], items=items)
    if isinstance(value, CellError):
        return VBAErrorValue(ERROR_NUMBERS[value.code])
    return MISSING if value is NO_VALUE else value


def _range(book: Workbook, area: Area) -> Any:
    address = f"{column_letter(area.left)}{area.top}:{column_letter(area.right)}{area.bottom}"
    return book.sheet_named(area.sheet).vba_get("Range", [address])


def _result(value: Any) -> Any:
    """What VBA answers, as the cell shows it; nothing is 0."""
    if value is EMPTY:
        return 0.0
    if isinstance(value, VBAErrorValue):
        return CellError(ERROR_NAMES.get(value.number, "#VALUE!"))
    if isinstance(value, VBAArray):
        if value.dimensions == 1:
            return Array([[_result(one) for one in value.items]])
        height = value.bounds[0][1] - value.bounds[0][0] + 1
        return Array([[_result(one) for one in value.items[row::height]] for row in range(height)])
    if isinstance(value, VBADate):
        return value.serial
    if isinstance(value, VBAObject):
        return _result(value.vba_value())
    if isinstance(value, bool | str):
        return value
    if isinstance(value, int | float | Decimal):
        assert math.isfinite(value), f"{value} in a cell"
        return float(value)
    return CellError("#VALUE!")  # Null, Nothing
