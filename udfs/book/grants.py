"""The limit that was granted to each client: by the latest decision of the Journal, else by the table Clients.

The columns of Clients are opening values. A decision of the same day or a later one takes their place, and a grant
that Clients dates later than the Book is not known yet.

>>> from udfs.book.book import Book
>>> from udfs.tables.raw import RawTable
>>> invoices = [["client", "invoice", "date", "amount"], ["C1", "F1", "2026-11-02", 900.0]]
>>> clients = [["client", "name", "granted limit", "granted on"], ["C1", "Dupont", 5000.0, "2026-06-01"]]
>>> journal = [["date", "client", "event", "amount", "for the date"],
...            ["2026-11-10", "C1", "decision", 800.0, "2027-11-10"]]
>>> tables = [RawTable(invoices), RawTable(clients), RawTable(journal)]
>>> [float(Book(day, tables).grants.amount[0]) for day in ("2026-11-09", "2026-11-10")]
[5000.0, 800.0]
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from udfs.book.assembly import Assembly

NONE = np.datetime64("NaT", "D")


@dataclass(frozen=True)
class Grants:
    """By client: the granted limit (NaN where none is), since when, and until when."""

    amount: np.ndarray
    granted_on: np.ndarray
    valid_until: np.ndarray


def grants(book: Assembly) -> Grants:
    """The grant of each client that is known at the date; the last row wins among decisions of one day."""
    clients, journal, owner = book.clients, book.tables["Journal"], book.client_of["Journal"]
    made = clients.column("granted_on")
    known = ~(made > book.as_of)
    amount = np.where(known, clients.column("granted_limit"), np.nan)
    until = np.where(known, clients.column("limit_valid_until"), NONE)
    made = np.where(known, made, NONE)
    decided = np.flatnonzero((journal["event"] == "decision") & ~np.isnan(journal["amount"]))
    for row in decided[np.argsort(journal["date"][decided], kind="stable")].tolist():
        client = owner[row]
        if not journal["date"][row] < made[client]:
            amount[client], made[client], until[client] = (journal[column][row] for column in ("amount", "date", "due"))
    return Grants(amount, made, until)
