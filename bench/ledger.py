"""The work on a ledger: ours, and what a pandas user would write for its ageing alone."""

from __future__ import annotations

from typing import Any

import pandas as pd

from bench.portfolio import AS_OF, Sheet, client_table, invoices
from bench.size import INVOICES_OF_A_CLIENT
from udfs.book import cache
from udfs.book.book import Book
from udfs.tables.raw import RawTable

Cells = tuple[tuple[Any, ...], ...]

DATES = ("date", "due_date", "paid_date")
EDGES = (-10_000, 0, 30, 60, 90, 180, 10_000)
EPOCH = "1899-12-30"
FAMILIES = ("rating", "limits", "decisions", "overdue", "reminders", "handle")


class Ledger:
    """Invoices and clients of one size."""

    def __init__(self, count: int) -> None:
        self.invoices, self.clients = count, count // INVOICES_OF_A_CLIENT
        self.sheets = Sheet(invoices(count, self.clients)), Sheet(client_table(self.clients))

    def __str__(self) -> str:
        return f"{self.invoices:,} invoices × 12, {self.clients:,} clients"

    def cells(self) -> tuple[Cells, Cells]:
        """Both ranges as Excel gives them, and nothing known of them from earlier."""
        cache.forget()
        return self.sheets[0].value2(), self.sheets[1].value2()


def read(invoice_rows: Cells, client_rows: Cells) -> Book:
    """Ingest, exposure, ageing."""
    book = Book(AS_OF, [RawTable(invoice_rows), RawTable(client_rows)])
    for answer in ("exposure", "ageing"):
        getattr(book, answer)
    return book


def every_family(invoice_rows: Cells, client_rows: Cells) -> Book:
    """The same, and every other answer that a Book has for all its clients."""
    book = read(invoice_rows, client_rows)
    for answer in FAMILIES:
        getattr(book, answer)
    return book


def with_pandas(invoice_rows: Cells, client_rows: Cells) -> pd.Series:
    """The yardstick: the same serial-date rows as a DataFrame, its dates, one ageing."""
    frame = pd.DataFrame(invoice_rows[1:], columns=invoice_rows[0])
    for name in DATES:
        frame[name] = pd.to_datetime(frame[name], unit="D", origin=EPOCH)
    days_late = (pd.to_datetime(AS_OF, unit="D", origin=EPOCH) - frame["due_date"]).dt.days
    return frame.groupby(["client", pd.cut(days_late, EDGES)], observed=True)["amount"].sum()
