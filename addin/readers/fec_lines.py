"""The receivables lines of a FEC: the French accounting file of article A. 47 A-1 of the tax procedures book.

18 columns or more, in any order, told by their headings; dates as 20261120; amounts as `0000000069,60` in
Debit and Credit or in Montant and Sens. The client is CompAuxNum, else the account itself. A document's date
is PieceDate, so that opening lines keep their age, but never later than its entry. A line that cannot be read
is an issue, with its line in the file: nothing is dropped in silence.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from udfs.tables.amounts import read_amounts
from udfs.tables.cells import Problem
from udfs.tables.columns import round_cents
from udfs.tables.dates import read_dates
from udfs.tables.issues import Issue, shown
from udfs.tables.raw import RawTable
from udfs.tables.schema import plain
from udfs.tables.words import read_codes

CODES = ("JournalCode", "JournalLib", "EcritureNum", "CompteNum", "CompteLib", "CompAuxNum", "CompAuxLib",
         "PieceRef", "EcritureLet")
AMOUNTS = ("Debit", "Credit", "Montant", "Sens")
FIELDS = (*CODES, "EcritureDate", "PieceDate", *AMOUNTS)
NEEDED = {"JournalCode", "EcritureDate", "CompteNum"}
SENSES = {"D": 1, "DEBIT": 1, "DÉBIT": 1, "+": 1, "+1": 1, "1": 1,
          "C": -1, "CREDIT": -1, "CRÉDIT": -1, "-": -1, "-1": -1}
PLAIN_AMOUNT = re.compile(r"-?[0-9]+[.,][0-9]{1,2}")
SEARCHED_ROWS = 5
NO_DAY = np.datetime64("NaT", "D")


@dataclass(frozen=True)
class Lines:
    """Columns of the lines that count, in file order; `cents` is debit less credit, never 0."""

    number: np.ndarray
    journal: np.ndarray
    journal_name: np.ndarray
    entry: np.ndarray
    entry_day: np.ndarray
    document_day: np.ndarray
    account: np.ndarray
    client: np.ndarray
    name: np.ndarray
    reference: np.ndarray
    letter: np.ndarray
    cents: np.ndarray


def heading(table: RawTable) -> tuple[int, dict[str, int]] | None:
    """The place of the headings of a FEC and of its fields, or None if the table is no FEC.

    >>> heading(RawTable([["journalcode", "Ecriture Date", "CompteNum", "Débit", "CREDIT"]]))
    (0, {'JournalCode': 0, 'EcritureDate': 1, 'CompteNum': 2, 'Debit': 3, 'Credit': 4})
    """
    known = {plain(field): field for field in FIELDS}
    for place, row in enumerate(table.rows[:SEARCHED_ROWS]):
        columns: dict[str, int] = {}
        for position, cell in enumerate(row):
            field = known.get(plain(cell)) if isinstance(cell, str) else None
            if field:
                columns.setdefault(field, position)
        if columns.keys() >= NEEDED and (columns.keys() >= {"Debit", "Credit"}
                                         or columns.keys() >= {"Montant", "Sens"}):
            return place, columns
    return None


class Reader:
    """One pass over one FEC: `lines`, `issues`, and `last_day`, the last posting date of the whole file."""

    def __init__(self, table: RawTable, source: str, account: str) -> None:
        found = heading(table)
        assert found is not None, "only a FEC is read here"
        first, self.columns = found
        self.source, self.account = source, account
        self.issues: list[Issue] = []
        rows = table.rows[first + 1:]
        numbers = table.row_numbers or range(1, len(table.rows) + 1)
        sound = self._sound(rows, list(numbers)[first + 1:], table.rows[first])
        codes = [str(row[self.columns["CompteNum"]]).strip() for _, row in sound]
        self.sales_journals = {str(row[self.columns["JournalCode"]]).strip()
                               for (_, row), code in zip(sound, codes, strict=True) if code.startswith("70")}
        self.rows = [pair for pair, code in zip(sound, codes, strict=True) if code.startswith(account)]
        self.cells = list(zip(*(row for _, row in self.rows), strict=False))
        entry_days, _ = read_dates([row[self.columns["EcritureDate"]] for _, row in sound], "day_first")
        self.lines = self._lines()
        days = np.concatenate((entry_days, self.lines.entry_day, [NO_DAY]))
        self.last_day: np.datetime64 = np.fmax.reduce(days)

    def _sound(self, rows: Sequence[Sequence[Any]], numbers: list[int], headings: Sequence[Any]
               ) -> list[tuple[int, Sequence[Any]]]:
        """The lines whose cells stand under their headings: neither cut short nor shifted."""
        usual = Counter(map(len, rows)).most_common(1)[0][0] if rows else 0
        most = max(usual, sum(1 for cell in headings if str(cell).strip()))
        least = 1 + max(place for field, place in self.columns.items()
                        if field in NEEDED.union(AMOUNTS))
        full = 1 + max(self.columns.values())
        sound: list[tuple[int, Sequence[Any]]] = []
        for number, row in zip(numbers, rows, strict=True):
            if least <= len(row) <= most:
                sound.append((number, row if len(row) >= full else [*row, *[""] * (full - len(row))]))
            else:
                self._issue(number, "", len(row), "readers.line_columns", expected=usual,
                            consequence="issues.left_out")
        return sound

    def _lines(self) -> Lines:
        number = np.array([number for number, _ in self.rows], dtype=np.int64)
        day, document_day, undated = self._days()
        cents, unreadable = self._cents()
        codes = {field: self._codes(field) for field in CODES}
        own = codes["CompAuxNum"] == ""
        lines = Lines(number, codes["JournalCode"], codes["JournalLib"], codes["EcritureNum"],
                      day, document_day, codes["CompteNum"],
                      np.where(own, codes["CompteNum"], codes["CompAuxNum"]),
                      np.where(own, codes["CompteLib"], codes["CompAuxLib"]), codes["PieceRef"],
                      codes["EcritureLet"], cents)
        keep = ~undated & ~unreadable & (cents != 0)
        return Lines(*(getattr(lines, field)[keep] for field in Lines.__dataclass_fields__))

    def _days(self) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """The day of entry, the day of the document, and which lines have neither."""
        entry, _ = read_dates(self._cells("EcritureDate"), "day_first")
        piece, piece_problems = read_dates(self._cells("PieceDate"), "day_first")
        undated = np.isnat(entry) & np.isnat(piece)
        for row in np.flatnonzero(np.isnat(entry)).tolist():
            code = "readers.line_date" if undated[row] else "readers.line_entry_date"
            self._fault(row, "EcritureDate", code, "error" if undated[row] else "warning")
        for row, _ in piece_problems:
            if not undated[row]:
                self._fault(row, "PieceDate", "readers.line_piece_date", "warning")
        entry = np.where(np.isnat(entry), piece, entry)
        return entry, np.where(np.isnat(piece) | (piece > entry), entry, piece), undated

    def _cents(self) -> tuple[np.ndarray, np.ndarray]:
        """Debit less credit in cents, and which lines have an unreadable amount or side."""
        if self.columns.keys() >= {"Debit", "Credit"}:
            debit, bad_debit = self._amounts("Debit")
            credit, bad_credit = self._amounts("Credit")
            return debit - credit, bad_debit | bad_credit
        amount, bad = self._amounts("Montant")
        sides = [SENSES.get(side.upper(), 0) for side in self._codes("Sens")]
        unknown = (np.array(sides, dtype=np.int64) == 0) & (amount != 0) & ~bad
        for row in np.flatnonzero(unknown).tolist():
            self._fault(row, "Sens", "readers.line_sense", "error")
        return amount * np.array(sides, dtype=np.int64), bad | unknown

    def _amounts(self, field: str) -> tuple[np.ndarray, np.ndarray]:
        cells = self._cells(field)
        if all(type(cell) is str and PLAIN_AMOUNT.fullmatch(cell) for cell in cells):
            # What nearly every FEC has, read in a tenth of the time.
            cells = [float(cell.replace(",", ".")) for cell in cells]
        values, problems = read_amounts(cells)
        unreadable = np.zeros(len(values), dtype=bool)
        for row, problem in problems:
            unreadable[row] |= not problem.severity
            self._fault(row, field, problem.code, problem.severity or "error", problem)
        scaled = np.nan_to_num(values) * 100
        cents = np.rint(round_cents(np.nan_to_num(values)) * 100)
        for row in np.flatnonzero(np.abs(scaled - cents) > 0.001 + np.abs(scaled) * 1e-12).tolist():
            self._fault(row, field, "readers.line_rounded", "warning")
        return cents.astype(np.int64), unreadable

    def _cells(self, field: str) -> list[Any]:
        place = self.columns.get(field)
        return [""] * len(self.rows) if place is None or not self.rows else list(self.cells[place])

    def _codes(self, field: str) -> np.ndarray:
        return read_codes(self._cells(field))[0]

    def _fault(self, row: int, field: str, code: str, severity: str, problem: Problem | None = None) -> None:
        number, cells = self.rows[row]
        details = dict(problem.details) if problem else {}
        if severity == "error":
            details["consequence"] = "issues.left_out"
        self._issue(number, field, cells[self.columns[field]], code, severity, **details)

    def _issue(self, number: int, column: str, value: Any, code: str, severity: str = "error",
               **details: Any) -> None:
        self.issues.append(Issue(severity, "FEC", number, column, shown(value), code, details, self.source))
