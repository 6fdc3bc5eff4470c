"""RawTable -> Table: every column read tolerantly, every fault an issue, no exception whatever the cells hold.

A row is refused when a needed cell is empty or unreadable; blank rows are no rows; total lines and
repeated headings are left out and counted.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import chain
from typing import Any

import numpy as np

from udfs.tables import dates, words
from udfs.tables.amounts import read_amounts
from udfs.tables.cells import Cells, Problem, is_blank
from udfs.tables.issues import Issue, shown
from udfs.tables.raw import RawTable
from udfs.tables.recognise import Recognised, heading_texts, recognise
from udfs.tables.schema import ALTERNATIVES, SCHEMA, ColumnSpec, plain
from udfs.tables.table import Table

Problems = list[tuple[int, Problem]]
BLOCK = 2000


def read_table(raw: RawTable, date_order: str = "day_first", but: str = "") -> Table:
    """The table that the rows are; a table that is not recognised has no rows, no name and one issue."""
    found = recognise(raw.rows, raw.name, but)
    if found is None:
        if not any(not is_blank(cell) for row in raw.rows for cell in row):
            return Table("", source=raw.name)
        issue = Issue("warning", "", 0, "", ", ".join(heading_texts(raw.rows))[:200],
                      "issues.table_unknown", source=raw.name)
        return Table("", issues=(issue,), source=raw.name)
    return _Reading(raw, found, date_order).table()


class _Reading:
    """One pass over one raw table."""

    def __init__(self, raw: RawTable, found: Recognised, date_order: str) -> None:
        self.raw, self.found, self.specs = raw, found, SCHEMA[found.table]
        self.rows = raw.rows[found.header + 1:]
        numbers = np.array(raw.row_numbers) if raw.row_numbers else np.arange(1, len(raw.rows) + 1)
        self.numbers = numbers[found.header + 1:]
        self.cells = self._cells()
        self.date_order = date_order
        self.issues: list[Issue] = []
        self.refused = np.zeros(len(self.rows), dtype=bool)
        self.blank = np.zeros(len(self.rows), dtype=bool)
        self.columns: dict[str, np.ndarray] = {}

    def table(self) -> Table:
        """Read every column, then settle which rows stay."""
        orders = self._date_orders()
        problems: dict[str, Problems] = {}
        for name, cells in self.cells.items():
            if cells.is_empty and self.specs[name].required != "yes":
                continue
            spec = self.specs[name]
            self.columns[name], problems[name] = _read_column(spec, cells, orders.get(name, self.date_order))
        self._headings()
        self._incomplete_rows()
        for name, found in problems.items():
            self._report(self.specs[name], found)
        keep = ~(self.refused | self.blank)
        table = Table(self.found.table, self.columns, self.numbers, int((~self.blank).sum()),
                      tuple(self.issues), self.raw.name,
                      frozenset(name for name, cells in self.cells.items() if cells.unique),
                      {name: cells.factor for name, cells in self.cells.items() if cells.factor})
        return table.where(keep)

    def _cells(self) -> dict[str, Cells]:
        """The cells of each column."""
        rows, columns = self.rows, self.found.columns
        widths = set(map(len, rows))
        if len(widths) > 1 or min(widths, default=0) <= max(columns.values()):
            # A csv line or a ragged range may be shorter than its headings.
            return {name: Cells(row[place] if place < len(row) else None for row in rows)
                    for name, place in columns.items()}
        cells = {name: Cells([None] * len(rows)) for name in columns}
        width = widths.pop()
        # By blocks that stay in the processor's cache: twice as fast as column by column.
        for start in range(0, len(rows), BLOCK):
            block = list(chain.from_iterable(rows[start:start + BLOCK]))
            for name, place in columns.items():
                cells[name][start:start + BLOCK] = block[place::width]
        return cells

    def _headings(self) -> None:
        if self.found.unused:
            self._issue("info", 0, "", ", ".join(self.found.unused)[:200], "issues.columns_unused")
        for column, text in self.found.repeated:
            self._issue("warning", 0, column, text, "issues.two_columns")
        if not len(self.rows):
            self._issue("info", 0, "", "", "issues.table_empty")

    def _date_orders(self) -> dict[str, str]:
        """The order of each date column that holds texts: its own proof, else the table's, else the policy."""
        texts = {name: self.cells[name].texts for name in self.cells if self.specs[name].type == "date"}
        proofs = {name: dates.order_of(found) for name, found in texts.items()}
        proven = {order for order in proofs.values() if order in ("day_first", "month_first")}
        common = proven.pop() if len(proven) == 1 else ""
        orders = {}
        for name, found in texts.items():
            orders[name] = proofs[name] or common or self.date_order
            if not proofs[name] and not common:
                self._warn_order(name, found, orders[name])
        return orders

    def _warn_order(self, name: str, texts: set[str], order: str) -> None:
        both = {text for text in texts if dates.reads_both_ways(text)}
        if both:
            row, cell = next((row, cell) for row, cell in enumerate(self.cells[name])
                             if type(cell) is str and cell in both)
            self._issue("warning", int(self.numbers[row]), name, shown(cell), "issues.date_order_assumed",
                        order=f"issues.order_{order}")

    def _incomplete_rows(self) -> None:
        """Rows that lack a needed cell: blank rows, total lines, repeated headings, or a fault to correct."""
        lacking: dict[int, list[str]] = {}
        for spec in self.specs.values():
            if spec.required != "yes":
                continue
            names = [name for name in (spec.name, *ALTERNATIVES.get((spec.table, spec.name), ()))
                     if name in self.cells]
            for row in np.flatnonzero(np.logical_and.reduce([self._is_empty(name) for name in names])).tolist():
                lacking.setdefault(int(row), []).append(spec.name)
        for row in sorted(set(lacking) | self._suspects()):
            cells = self.rows[row]
            words_found = [plain(cell) for cell in cells if isinstance(cell, str) and cell.strip()]
            if all(is_blank(cell) for cell in cells):
                self.blank[row] = True
            elif self._is_heading(cells):
                self._refuse(row, "info", "", "", "issues.repeated_header")
            elif row in lacking and any(word.startswith(("total", "soustotal", "subtotal", "grandtotal",
                                                         "solde", "cumul", "report")) for word in words_found):
                self._refuse(row, "info", "", shown(next(c for c in cells if not is_blank(c))), "issues.total_row")
            elif row in lacking and not self._unreadable_explains(row, lacking[row]):
                self._refuse(row, "error", lacking[row][0], "", "issues.missing",
                             consequence="issues.left_out")

    def _suspects(self) -> set[int]:
        """Rows whose first needed cell repeats its heading."""
        name = next(iter(self.found.columns))
        heading, cells = self.raw.rows[self.found.header][self.found.columns[name]], self.cells[name]
        return {row for row, cell in enumerate(cells) if cell == heading} if heading in cells else set()

    def _is_heading(self, cells: Sequence[Any]) -> bool:
        heading = self.raw.rows[self.found.header]
        same = [place for place in self.found.columns.values() if place < len(cells)
                and isinstance(cells[place], str) and cells[place] == heading[place]]
        return len(same) >= 2

    def _is_empty(self, name: str) -> np.ndarray:
        values = self.columns.get(name)
        if values is None:
            return np.ones(len(self.rows), dtype=bool)
        if self.cells[name].filled:
            return np.zeros(len(self.rows), dtype=bool)
        if values.dtype == object:
            return np.asarray(values == "")
        return np.asarray(np.isnan(values) if values.dtype.kind == "f" else np.isnat(values))

    def _unreadable_explains(self, row: int, names: list[str]) -> bool:
        """Whether each cell that lacks is filled but unreadable: then its own issue says so."""
        return all(any(not is_blank(self.cells[name][row]) for name in
                       (needed, *ALTERNATIVES.get((self.found.table, needed), ())) if name in self.cells)
                   for needed in names)

    def _report(self, spec: ColumnSpec, problems: Problems) -> None:
        for row, problem in problems:
            if self.blank[row] or (self.refused[row] and not problem.severity):
                continue
            value = shown(self.cells[spec.name][row])
            if problem.severity:
                self._issue(problem.severity, int(self.numbers[row]), spec.name, value, problem.code,
                            **problem.details)
            elif spec.required:
                self._refuse(row, "error", spec.name, value, problem.code, consequence="issues.left_out",
                             **problem.details)
            else:
                self._issue("warning", int(self.numbers[row]), spec.name, value, problem.code,
                            consequence="issues.treated_as_empty", **problem.details)

    def _refuse(self, row: int, severity: str, column: str, value: str, code: str, **details: Any) -> None:
        self.refused[row] = True
        self._issue(severity, int(self.numbers[row]), column, value, code, **details)

    def _issue(self, severity: str, row: int, column: str, value: str, code: str, **details: Any) -> None:
        self.issues.append(Issue(severity, self.found.table, row, column, value, code, details, self.raw.name))


def _read_column(spec: ColumnSpec, cells: Cells, order: str) -> tuple[np.ndarray, Problems]:
    match spec.type.partition(":")[0]:
        case "date":
            return dates.read_dates(cells, order)
        case "amount" | "number":
            return read_amounts(cells)
        case "share":
            return read_amounts(cells, share=True)
        case "count":
            values, problems = read_amounts(cells)
            odd = np.flatnonzero(values != np.trunc(values))
            odd = odd[~np.isnan(values[odd])]
            values[odd] = np.nan
            return values, [*problems, *((int(row), Problem("issues.count_unreadable")) for row in odd)]
        case "choice":
            return words.read_choices(cells, spec.choices)
        case "flag":
            return words.read_flags(cells)
        case "currency":
            return words.read_currencies(cells)
        case "country":
            return words.read_countries(cells)
        case _:
            return words.read_codes(cells)
