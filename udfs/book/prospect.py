"""The Book of one prospect, who is in no table: a ledger without rows, what is known of it, its accounts.

The policy is that of another Book, or the one that ships. What is known of a prospect was asked today: a row without
a date of its own counts as checked on the day of the Book. Accounts that do not say when they closed are taken for
those of the last calendar year.

>>> known = {"name": "Menuiserie Aubrac", "legal_form": "SARL", "founded": "2012-05-02", "terms": "30 jours"}
>>> book = prospect(np.datetime64("2026-11-20"), known, {"equity": 95_000.0, "turnover": 700_000.0})
>>> book.clients.names, book.grades, float(book.rating.answers["legal_form"][0])
(['Menuiserie Aubrac'], ['B'], 3.0)
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from udfs.book.book import Book
from udfs.tables.raw import RawTable
from udfs.tables.reading import read_table
from udfs.tables.table import Table

CODE = "PROSPECT"


def prospect(as_of: np.datetime64, known: Mapping[str, Any], accounts: Mapping[str, Any], policy: Book | None = None
             ) -> Book:
    """The Book of one client, by the columns of Clients and of Accounts that are known of it."""
    base = policy or Book(as_of, [RawTable([["client", "invoice", "date", "amount"]])])
    tables = {"Invoices": Table("Invoices"), "Clients": _one_row("Clients", {"checked_on": str(as_of), **known})}
    if accounts:
        tables["Accounts"] = _one_row("Accounts", {"year_end": last_year_end(as_of), **accounts})
    return base.of_others(tables, as_of)


def last_year_end(as_of: np.datetime64) -> np.datetime64:
    """31 December before the day.

    >>> str(last_year_end(np.datetime64("2026-12-31")))
    '2025-12-31'
    """
    return np.datetime64(f"{int(str(as_of)[:4]) - 1}-12-31", "D")


def _one_row(name: str, cells: Mapping[str, Any]) -> Table:
    cells = {"client": CODE, **cells}
    return read_table(RawTable([list(cells), list(cells.values())], name))
