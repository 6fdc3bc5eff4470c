"""A host without files and without Excel: tables in memory, and a user whose replies are given beforehand."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from addin.hosts import Formula, Question, Replies
from addin.macros import run
from udfs.book.book import Book
from udfs.tables.raw import RawTable
from udfs.tables.schema import SCHEMA

AS_OF = dt.date(2026, 11, 20)


class PlainHost(Replies):
    """A workbook in memory; `seen` is what its user was shown, in order."""

    def __init__(self, folder: Path, tables: Mapping[str, Sequence[Sequence[Any]]], *, as_of: dt.date = AS_OF,
                 selected: Sequence[str] = (), formula: Formula | None = None, language: str = "en") -> None:
        super().__init__()
        self.tables = {name: [list(row) for row in rows] for name, rows in tables.items()}
        self.as_of, self.language, self.formula = as_of, language, formula
        self.workbook, self.program = str(folder / "credit.xlsm"), ""
        self.letters_folder = folder / "Letters"
        self.selected = list(selected)
        self.seen: list[tuple[Any, ...]] = []
        self.questions: list[Question] = []

    @property
    def book(self) -> Book:
        return Book(self.as_of, [RawTable(rows, name) for name, rows in self.tables.items()], self.language)

    def append(self, table: str, rows: Sequence[Mapping[str, Any]]) -> None:
        assert table in ("Letters", "Journal")
        known = self.tables.setdefault(table, [list(SCHEMA[table])])
        known += [[row.get(column) for column in known[0]] for row in rows]

    def recalculate(self, fully: bool = False) -> list[str]:
        self.seen.append(("recalculate", fully))
        return []

    def set_as_of(self, day: dt.date) -> None:
        self.as_of = day

    def selected_clients(self) -> list[str]:
        return self.selected

    def selected_formula(self) -> Formula | None:
        return self.formula

    def select(self, table: str, row: int, column: str) -> None:
        self.seen.append((table, row, column))

    def show(self, sheet: str) -> None:
        self.seen.append(("show", sheet))

    def show_client(self, code: str) -> None:
        self.seen.append(("card", code))

    def open(self, path: Path) -> None:
        self.seen.append(("open", path))

    def copy(self) -> Any:
        raise NotImplementedError

    def rows(self, table: str) -> list[dict[str, Any]]:
        """The rows of a table, without what is empty."""
        heading, *rows = self.tables.get(table, [[]])
        return [{name: value for name, value in zip(heading, row, strict=True) if value not in (None, "")}
                for row in rows]


def press(button: str, host: PlainHost, *replies: str) -> str:
    """Press a button as Excel does: the macro runs again from its top with each reply more.

    The questions asked are in `host.questions`; one that nobody replied to fails the test.
    """
    host.questions = []
    for count in range(len(replies) + 1):
        Replies.__init__(host, replies[:count])
        try:
            told = run(button, host)
        except Question as question:
            host.questions.append(question)
            continue
        assert count == len(replies), f"not asked any more: {replies[count:]}"
        return told
    raise AssertionError(f"nobody replied to: {host.questions[-1]}")
