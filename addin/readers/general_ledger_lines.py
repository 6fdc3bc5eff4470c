"""Which lines of a customers' ledger are entries, and whose they are.

A line with a date and an amount is an entry. Totals, repeated headings and lines that only name a client are
none. Where each client stands once, at the head of its lines, it holds for those below until the next total.
Any other line that cannot be read is an issue, with its line in the file: nothing is dropped in silence.
"""

from __future__ import annotations

import datetime as dt
import re
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import numpy as np

from udfs.tables.amounts import read_amounts
from udfs.tables.cells import DASHES, Problem, is_blank
from udfs.tables.dates import order_of, read_dates
from udfs.tables.issues import Issue, shown
from udfs.tables.raw import RawTable
from udfs.tables.schema import plain
from udfs.tables.words import read_codes, same_code

TOTAL = re.compile(r"(?i)\W*(grand totals?|sous[\s-]?tota(l|ux)|sub[\s-]?totals?|tota(l|ls|ux))\b")
# An opening balance is money, not a total.
CARRIED = re.compile(r"(?i)\W*(cumul|solde|(à |a )?report(er)?)\b(?!.*\b(nouveau|ant[ée]rieur|pr[ée]c[ée]dent"
                     r"|initial|ouverture)\b)")
CODES = ("client", "name", "text_or_name", "text", "account", "journal", "invoice", "piece", "reference", "letter")
ENTRY, GROUP, END, NOTHING = range(4)


class Entries:
    """The entries in file order: `kept` is the place and the client of each; the columns hold every line."""

    def __init__(self, table: RawTable, first: int, columns: Mapping[str, int], path: Path) -> None:
        self.columns, self.source = columns, path.name
        self.name = "" if table.name == path.stem else table.name
        self.headings = table.rows[first]
        found = table.rows[first + 1:]
        self.numbers = list(table.row_numbers or range(1, len(table.rows) + 1))[first + 1:]
        wide = 1 + max(columns.values())
        self.rows = [row if len(row) >= wide else [*row, *[""] * (wide - len(row))] for row in found]
        usual = Counter(map(len, found)).most_common(1)[0][0] if found else 0
        self.most = max(usual, sum(not is_blank(cell) for cell in self.headings))
        self.issues: list[Issue] = []
        self.codes = {field: read_codes(self._column(field))[0] for field in CODES if field in columns}
        # What is one client whatever its spelling; and what stands among clients but is a total.
        self.keys = {client: same_code(client) for client in set(self.codes["client"])}
        self.totals = {client for client in self.keys if TOTAL.match(client)}
        self._read_days()
        self.debit, self.credit, self.money = self._read_amounts()
        self.roles = [self._role(row) for row in range(len(self.rows))]
        self.kept = self._kept()
        self._tell_other_days()

    def has(self, field: str) -> bool:
        """Whether the ledger has the column."""
        return field in self.columns

    def cell(self, field: str, row: int) -> Any:
        """One cell as found."""
        return self.rows[row][self.columns[field]]

    def text(self, field: str, row: int) -> str:
        """One cell as text; empty where the ledger has no such column."""
        return str(self.codes[field][row]) if field in self.codes else ""

    def heading(self, field: str) -> str:
        """How the ledger calls the column; empty where it has none."""
        return str(self.headings[self.columns[field]]).strip() if field in self.columns else ""

    def names(self) -> dict[str, str]:
        """Client -> name: from its column, else from a text that is the same on all lines of each client."""
        field = "name" if self.has("name") else "text_or_name"
        names: dict[str, str] = {}
        at_head: dict[str, str] = {}
        lines, changes = 0, False
        for row, client in self.kept:
            key, text = self.keys[client], self.text(field, row)
            lines += key in names
            changes |= bool(text) and bool(names.get(key)) and names[key] != text
            names[key] = names.get(key) or text
        for row, role in enumerate(self.roles):
            if role == GROUP and self.text(field, row):
                at_head.setdefault(self.keys[self.text("client", row)], self.text(field, row))
        return {**names, **at_head} if field == "name" or (lines and not changes) else at_head

    def accounts(self) -> list[str]:
        """The general account of each entry; none where the column is not one of general accounts."""
        found = [self.text("account", row) for row, _ in self.kept]
        filled = list(filter(None, found))
        if sum(text[0].isdigit() for text in filled) * 2 <= len(filled):
            return []
        fills = max(Counter(filled).values()) == 1 or self.grouped
        for place, (row, _) in enumerate(self.kept):
            if not found[place] and fills and place:
                found[place] = found[place - 1]
            if not found[place]:
                self._fault(row, "account", "issues.missing")
        return found

    def _column(self, field: str) -> list[Any]:
        return [row[self.columns[field]] for row in self.rows]

    def _read_days(self) -> None:
        """Every column of dates, in the order that the texts of all prove."""
        columns = {field: self._column(field) for field in ("date", "piece_date", "due_date") if self.has(field)}
        order = order_of({cell for cells in columns.values() for cell in cells if type(cell) is str}) or "day_first"
        self.day_problems: dict[str, dict[int, Problem]] = {}
        days: dict[str, list[dt.date | None]] = {}
        for field, cells in columns.items():
            values, problems = read_dates(cells, order)
            days[field], self.day_problems[field] = values.tolist(), dict(problems)
        none: list[dt.date | None] = [None] * len(self.rows)
        self.day, self.due = days["date"], days.get("due_date", none)
        self.piece_day = days.get("piece_date", none)

    def _read_amounts(self) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """Debit, credit, and which lines have an amount, be it unreadable."""
        sides, money = [], np.zeros(len(self.rows), dtype=bool)
        for field in ("debit", "credit"):
            values, problems = read_amounts(self._column(field))
            money |= np.nan_to_num(values) != 0
            money[[row for row, problem in problems if not problem.severity]] = True
            sides.append(np.nan_to_num(values))
        return sides[0], sides[1], money

    def _role(self, row: int) -> int:
        """What a line is; what is neither an entry nor a line of the layout is told."""
        client, day, money = self.text("client", row), self.day[row], bool(self.money[row])
        if day is not None and money and client and client not in self.totals:
            return self._entry(row)
        loose = not any(self.text(field, row) for field in ("invoice", "piece", "reference", "journal", "letter"))
        if day is not None and money and not loose:
            return self._entry(row)
        cells = self.rows[row]
        if self._is_heading(cells):
            self._tell(row, "", "info", "issues.repeated_header")
            return NOTHING
        if client and not money and day is None and client not in self.totals:
            return GROUP
        label = next((cell for cell in cells if isinstance(cell, str)
                      and (TOTAL.match(cell) or (day is None and CARRIED.match(cell)))), None)
        if label is not None and loose:
            self._tell(row, label, "info", "issues.total_row")
            return END if TOTAL.match(label) else NOTHING
        if day is not None and money:
            return self._entry(row)
        if money:
            problem = self.day_problems["date"].get(row, Problem("issues.missing"))
            self._fault(row, "date", problem.code, **problem.details)
        elif day is not None and all(self._is_empty(field, row) for field in ("debit", "credit")):
            self._fault(row, "debit", "issues.missing")
        return NOTHING

    def _entry(self, row: int) -> int:
        """An entry, unless its cells are shifted from under their headings."""
        if len(self.rows[row]) <= self.most:
            return ENTRY
        self.issues.append(Issue("error", self.name, self.numbers[row], "", str(len(self.rows[row])),
                                 "readers.line_columns",
                                 {"expected": self.most, "consequence": "issues.left_out"}, self.source))
        return NOTHING

    def _is_empty(self, field: str, row: int) -> bool:
        cell = self.cell(field, row)
        return is_blank(cell) or (isinstance(cell, str) and cell.strip() in DASHES)

    def _is_heading(self, cells: Any) -> bool:
        return sum(isinstance(cells[place], str) and bool(cells[place].strip())
                   and plain(cells[place]) == plain(str(self.headings[place]))
                   for place in set(self.columns.values())) >= 2

    def _kept(self) -> list[tuple[int, str]]:
        """The entries with their clients; one that is nobody's is told."""
        own = [(row, role, self.text("client", row)) for row, role in enumerate(self.roles)]
        named = [self.keys[client] for _, role, client in own if role in (ENTRY, GROUP) and client]
        nameless = sum(role == ENTRY and not client for _, role, client in own)
        headed = any(role == GROUP for _, role, _ in own) or nameless * 2 >= len(named)
        self.grouped = bool(nameless) and headed and len(set(named)) == len(named)
        kept, holder = [], ""
        for row, role, client in own:
            if role == END:
                holder = ""
            elif role in (ENTRY, GROUP):
                holder = client or (holder if self.grouped else "")
            if role == ENTRY and holder:
                kept.append((row, holder))
            elif role == ENTRY:
                self._fault(row, "client", "issues.missing")
        return kept

    def _tell_other_days(self) -> None:
        for field in ("piece_date", "due_date"):
            problems = self.day_problems.get(field, {})
            for row, _ in self.kept if problems else ():
                if row in problems:
                    self._tell(row, self.cell(field, row), "warning", problems[row].code, field,
                               consequence="issues.treated_as_empty", **problems[row].details)

    def _fault(self, row: int, field: str, code: str, **details: Any) -> None:
        self._tell(row, self.cell(field, row), "error", code, field, consequence="issues.left_out", **details)

    def _tell(self, row: int, value: Any, severity: str, code: str, field: str = "", **details: Any) -> None:
        self.issues.append(Issue(severity, self.name, self.numbers[row], self.heading(field), shown(value), code,
                                 details, self.source))
