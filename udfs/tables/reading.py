"""RawTable -> Table: every column read tolerantly, every fault an issue, no exception whatever the cells hold.

A row is refused when a needed cell is empty or unreadable, and each of its faults is told; rows with nothing in
our columns are no rows; total lines and repeated headings are left out and counted.
"""

from __future__ import annotations

import re
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
# "Total C001", "TOTAL GÉNÉRAL", "À reporter"; but TotalEnergies is a client.
_TOTAL_LINE = re.compile(r"(?i)\W*(grand totals?|sous[\s-]?tota(l|ux)|sub[\s-]?totals?|tota(l|ls|ux)|solde|cumul"
                         r"|(à |a )?report(er)?)\b")


def read_table(raw: RawTable, date_order: str = "", but: str = "") -> Table:
    """The table that the rows are; a table that is not recognised has no rows, no name and one issue.

    `date_order` is the policy's answer for dates that read both ways; without one it is day first, with a warning.
    """
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
        self.left_out = np.zeros(len(self.rows), dtype=bool)
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
            self.columns[name], problems[name] = _read_column(spec, cells, orders.get(name, "day_first"))
        self._headings()
        self._incomplete_rows(problems)
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
        blank = [None] * len(rows)
        cells = {name: Cells(blank) for name in columns}
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
        """The order of each date column that holds texts: its own proof, else the table's, else the policy's."""
        texts = {name: self.cells[name].texts for name in self.cells if self.specs[name].type == "date"}
        proofs = {name: dates.order_of(found) for name, found in texts.items()}
        proven = {order for order in proofs.values() if order in ("day_first", "month_first")}
        common = proven.pop() if len(proven) == 1 else ""
        orders = {}
        for name, found in texts.items():
            orders[name] = proofs[name] or common or self.date_order or "day_first"
            if not proofs[name] and not common and not self.date_order:
                self._warn_order(name, found, orders[name])
        return orders

    def _warn_order(self, name: str, texts: set[str], order: str) -> None:
        both = {text for text in texts if dates.reads_both_ways(text)}
        if both:
            row, cell = next((row, cell) for row, cell in enumerate(self.cells[name])
                             if type(cell) is str and cell in both)
            self._issue("warning", int(self.numbers[row]), name, shown(cell), "issues.date_order_assumed",
                        order=f"issues.order_{order}")

    def _incomplete_rows(self, problems: dict[str, Problems]) -> None:
        """Rows that lack a needed cell: blank rows, total lines, repeated headings, or a fault to correct."""
        lacking: dict[int, list[list[str]]] = {}
        for names in self._needed():
            for row in np.flatnonzero(np.logical_and.reduce([self._is_empty(name) for name in names])).tolist():
                lacking.setdefault(row, []).append(names)
        unreadable = {name: {row for row, problem in found if not problem.severity}
                      for name, found in problems.items()} if lacking else {}
        for row in sorted(set(lacking) | self._suspects()):
            cells = self.rows[row]
            known = [cells[place] for place in self.found.columns.values() if place < len(cells)]
            if all(is_blank(cell) for cell in known):
                self.blank[row] = True
            elif self._is_heading(cells):
                self._leave_out(row, "", "issues.repeated_header")
            elif row in lacking and self._is_total(cells, lacking[row]):
                self._leave_out(row, shown(next(cell for cell in cells if not is_blank(cell))), "issues.total_row")
            else:
                empty = [names[0] for names in lacking.get(row, ())
                         if not any(row in unreadable.get(name, ()) for name in names)]
                if empty:
                    self._refuse(row, "error", empty[0], "", "issues.missing", consequence="issues.left_out")

    def _needed(self) -> list[list[str]]:
        """For each needed column, itself and those that can stand for it, as far as the table has them."""
        return [[name for name in (spec.name, *ALTERNATIVES.get((spec.table, spec.name), ())) if name in self.cells]
                for spec in self.specs.values() if spec.required == "yes" and spec.type != "raw"]

    def _suspects(self) -> set[int]:
        """Rows whose first column repeats its heading."""
        name = next(iter(self.found.columns))
        heading, cells = self.raw.rows[self.found.header][self.found.columns[name]], self.cells[name]
        # Where all are texts the search runs in C; another cell may not even be comparable.
        if cells.trimmed is not None and heading not in cells:
            return set()
        return {row for row, cell in enumerate(cells) if type(cell) is str and cell == heading}

    def _is_heading(self, cells: Sequence[Any]) -> bool:
        heading = self.raw.rows[self.found.header]
        same = [place for place in self.found.columns.values() if place < len(cells)
                and isinstance(cells[place], str) and plain(cells[place]) == plain(heading[place])]
        return len(same) >= 2

    def _is_total(self, cells: Sequence[Any], lacking: list[list[str]]) -> bool:
        """Whether a cell says total and the row has none of what tells entries apart, such as number and date."""
        label = next((place for place, cell in enumerate(cells)
                      if isinstance(cell, str) and _TOTAL_LINE.match(cell)), None)
        if label is None:
            return False
        columns = self.found.columns
        telling = [names for names in self._needed() if self.specs[names[0]].type != "amount"
                   and names[0] not in ("client", "client_name") and label not in [columns[name] for name in names]]
        return all(names in lacking for names in telling)

    def _is_empty(self, name: str) -> np.ndarray:
        values = self.columns.get(name)
        if values is None:
            return np.ones(len(self.rows), dtype=bool)
        if self.cells[name].filled:
            return np.zeros(len(self.rows), dtype=bool)
        if values.dtype == object:
            return np.asarray(values == "")
        if values.dtype == bool:
            return np.array([is_blank(cell) for cell in self.cells[name]], dtype=bool)
        return np.asarray(np.isnan(values) if values.dtype.kind == "f" else np.isnat(values))

    def _report(self, spec: ColumnSpec, problems: Problems) -> None:
        for row, problem in problems:
            if self.blank[row] or self.left_out[row]:
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

    def _leave_out(self, row: int, value: str, code: str) -> None:
        self.left_out[row] = True
        self._refuse(row, "info", "", value, code)

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
