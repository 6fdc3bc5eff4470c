"""Arguments that are cells or ranges, read side by side: each row has its values, or what is wrong with them.

>>> asked = Columns(amount=[[100.0], ["abc"], [5]], rate="12 %")
>>> amounts, rates = asked.numbers("amount"), asked.shares("rate")
>>> [[float(one[0])] if isinstance(one[0], float) else str(one[0]) for one in asked.answer(amounts * rates)]
[[12.0], 'amount: "abc" is not a number. Write it as 1234.56 or 1 234,56.', [0.6]]
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

import numpy as np

from udfs.errors import CreditError, NotAvailable, OutOfRange, WrongArgument
from udfs.functions.border import flat, like, listed
from udfs.tables.amounts import read_amounts
from udfs.tables.cells import distinct, error_name, is_blank
from udfs.tables.dates import read_dates
from udfs.tables.issues import shown

Column = np.ndarray[Any, Any]
Read = TypeVar("Read")


class Columns:
    """Named arguments of one call; the longest range gives the shape of the answer, one cell counts for all rows."""

    def __init__(self, **given: Any) -> None:
        self._given = {name: listed(value) for name, value in given.items()}
        self._cells = {name: flat(value) for name, value in self._given.items()}
        self._longest = max(self._cells, key=lambda name: len(self._cells[name]))
        self.count = len(self._cells[self._longest]) if all(self._cells.values()) else 0
        for cells in self._cells.values():
            if len(cells) not in (1, self.count):
                raise WrongArgument("errors.lengths", first=self.count, second=len(cells))
        self.errors: dict[int, CreditError] = {}

    def given(self, name: str) -> bool:
        """Whether the argument holds anything."""
        return not all(map(is_blank, self._cells[name]))

    def dates(self, name: str, needed: bool = True) -> Column:
        """A column of days, NaT where empty or not one."""
        cells = self._cells[name]
        days, problems = read_dates(cells, "day_first")
        unreadable = {row: WrongArgument("errors.unreadable_date", value=shown(cells[row])) for row, _ in problems}
        return self._rows(name, days, unreadable, np.isnat(days) if needed else None)

    def numbers(self, name: str, needed: bool = True, default: float = np.nan, negative: bool = False) -> Column:
        """A column of numbers, of 0 or more where they may not be negative; an empty one is the default."""
        return self._numbers(name, self._cells[name], needed, default, negative)

    def shares(self, name: str, needed: bool = True, default: float = np.nan, above: str = "errors.above_one"
               ) -> Column:
        """A column of fractions; 12 % is 0.12, and what is above 1 is refused by the text `above`."""
        cells = self._cells[name]
        percent = np.array([isinstance(cell, str) and "%" in cell for cell in cells], dtype=bool)
        if percent.any():
            cells = [cell.replace("%", "") if isinstance(cell, str) else cell for cell in cells]
        found: Column = self._numbers(name, cells, needed, default) / np.where(percent, 100.0, 1.0)
        self.refuse(found > 1, lambda row: OutOfRange(
            above, argument=name, value=shown(cells[row if len(cells) > 1 else 0]), rate=float(found[row])))
        return found

    def each(self, name: str, read: Callable[[Any], Read], empty: Read) -> tuple[list[Read], Column]:
        """The distinct cells, each read once, and the place of each row in them; what `read` raises is told."""
        cells = self._cells[name]
        found, place = distinct(cells)
        values, wrong = [], {}
        for number, cell in enumerate(found):
            try:
                values.append(empty if is_blank(cell) or error_name(cell) else read(cell))
            except CreditError as error:
                values.append(empty)
                wrong[number] = error.with_traceback(None)
            if error_name(cell):
                wrong[number] = NotAvailable("errors.unreadable_cell", value=error_name(cell))
        rows = {row: wrong[number] for row, number in enumerate(place.tolist()) if number in wrong} if wrong else {}
        return values, self._rows(name, place, rows, None)

    def refuse(self, rows: Column, error: Callable[[int], CreditError]) -> None:
        """Rows whose answer is an error; the first that is found of a row stays."""
        for row in np.flatnonzero(rows).tolist():
            if row not in self.errors:
                self.errors[row] = error(row)

    def check(self) -> None:
        """Raise the error of the first row that has one."""
        if self.errors:
            raise self.errors[min(self.errors)]

    def answer(self, values: Any) -> Any:
        """The values in the shape that was asked, errors in their rows; of a single cell its value, or its error."""
        answers = values.tolist()
        for row, error in self.errors.items():
            answers[row] = error
        asked = self._given[self._longest]
        if not isinstance(asked, list | tuple):
            asked = next((one for one in self._given.values() if isinstance(one, list | tuple)), asked)
        if isinstance(asked, list | tuple):
            return like(asked, answers) if self.count else []
        if isinstance(answers[0], CreditError):
            raise answers[0]
        return answers[0]

    def _numbers(self, name: str, cells: list[Any], needed: bool, default: float, negative: bool = False) -> Column:
        found, problems = read_amounts(cells)
        wrong: dict[int, CreditError] = {
            row: WrongArgument("errors.unreadable_number", argument=name, value=shown(self._cells[name][row]))
            for row, problem in problems if not problem.severity}
        wrong |= {row: OutOfRange("errors.negative", argument=name, value=shown(self._cells[name][row]))
                  for row in np.flatnonzero((found < 0) & (not negative)).tolist()}
        empty = np.array([is_blank(cell) for cell in cells]) if np.isnan(found).any() else np.isnan(found)
        return self._rows(name, np.where(empty, default, found), wrong, empty if needed else None)

    def _rows(self, name: str, values: Column, wrong: dict[int, Any], empty: Column | None) -> Column:
        """A column of all rows, its faults noted; an error cell is told as such."""
        cells = self._cells[name]
        found: dict[int, CreditError] = {}
        if empty is not None:
            found = {row: WrongArgument("errors.missing_argument", argument=name)
                     for row in np.flatnonzero(empty).tolist()}
        found |= wrong
        for row in found:
            if error_name(cells[row]):
                found[row] = NotAvailable("errors.unreadable_cell", value=error_name(cells[row]))
        for row, error in found.items():
            for place in range(self.count) if len(cells) == 1 else (row,):
                self.errors.setdefault(place, error)
        return np.broadcast_to(values, self.count)
