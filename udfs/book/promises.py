"""Promises to pay that are still waited for: from the Journal and from the invoices' own promise date.

A promise means the invoice that it names, else what the client owed on the day it was made. Of several promises for
one invoice the one for the latest day stands. Of the amount promised, or of what is open where none is given, is taken
what has come since: payments of these invoices and the client's payments that name none. Nothing left: it was kept.
Insolvent clients may not pay what is older than the judgment; their promises are left aside.

>>> from udfs.book.book import Book
>>> from udfs.tables.raw import RawTable
>>> invoices = [["client", "invoice", "date", "due date", "amount"], ["C1", "F1", "2026-09-22", "2026-10-22", 2940.0]]
>>> journal = [["date", "client", "event", "invoice", "amount", "for the date"],
...            ["2026-11-02", "C1", "promise", "F1", 2940.0, "2026-11-06"]]
>>> paid = [["client", "date", "amount", "means"], ["C1", "2026-11-05", 940.0, "transfer"]]
>>> [(one.amount, str(one.due)) for one in promises(Book("2026-11-20", [RawTable(invoices), RawTable(journal),
...                                                                     RawTable(paid)]))]
[(2000.0, '2026-11-06')]
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from udfs.book.groups import Rows
from udfs.tables.columns import CENT, NOTHING
from udfs.tables.words import same_code

if TYPE_CHECKING:
    from udfs.book.book import Book


class Promise(NamedTuple):
    """One promise: who, for which day, the open documents that it means, and what is still to come."""

    client: int
    due: np.datetime64
    documents: np.ndarray
    amount: float


class _Given(NamedTuple):
    """A promise as it was noted; `documents` are all that it means, settled ones too."""

    client: int
    made_on: np.datetime64
    due: np.datetime64
    documents: np.ndarray
    amount: float


def promises(book: Book) -> list[Promise]:
    """Every promise that has not been kept yet, the earliest day first."""
    given = sorted([*_of_invoices(book), *_of_journal(book)], key=lambda one: one.due)
    ledger, stopped = book.ledger, book.rating.grading.facts["insolvency"]
    last = {int(document): place for place, one in enumerate(given) for document in one.documents}
    money = _Money(book) if given else None
    found = []
    for place, one in enumerate(given):
        documents = np.array([row for row in one.documents.tolist() if last[row] == place], dtype=np.int64)
        documents = documents[ledger.open[documents] >= NOTHING]
        if not len(documents) or stopped[one.client] or money is None:
            continue
        still_open = float(ledger.open[documents].sum())
        named, unnamed = money.since(one)
        left = still_open - unnamed if np.isnan(one.amount) else min(one.amount - named - unnamed, still_open)
        if left >= CENT:
            found.append(Promise(one.client, one.due, documents, left))
    return found


def _of_invoices(book: Book) -> list[_Given]:
    """The column `promise_date`; when it was made is not known, so that all payments since the invoice count."""
    ledger, due = book.ledger, book.assembly.tables["Invoices"]["promise_date"]
    return [_Given(int(ledger.client[row]), ledger.date[row], due[row], np.array([row]), np.nan)
            for row in np.flatnonzero(~np.isnat(due) & (ledger.sign > 0) & (ledger.open >= NOTHING)).tolist()]


def _of_journal(book: Book) -> list[_Given]:
    ledger, numbers = book.ledger, book.assembly.tables["Invoices"]["invoice"]
    journal, promiser = book.assembly.tables["Journal"], book.assembly.client_of["Journal"]
    rows = np.flatnonzero((journal["event"] == "promise") & ~np.isnat(journal["due"])).tolist()
    of_client, found = Rows(ledger.client), []
    for row in rows:
        own, made_on, named = of_client.of(int(promiser[row])), journal["date"][row], same_code(journal["invoice"][row])
        own = own[ledger.sign[own] > 0]
        meant = [same_code(numbers[one]) == named for one in own] if named else ledger.date[own] <= made_on
        documents = own[np.asarray(meant, dtype=bool)]
        found.append(_Given(int(promiser[row]), made_on, journal["due"][row], documents, float(journal["amount"][row])))
    return found


class _Money:
    """What has come for a promise since it was made."""

    def __init__(self, book: Book) -> None:
        self.ledger, self.payments = book.ledger, book.assembly.tables["Payments"]
        self.of_document = Rows(self.ledger.piece_document)
        self.of_payer = Rows(book.assembly.client_of["Payments"])

    def since(self, given: _Given) -> tuple[float, float]:
        """Payments of the promised documents, and payments of the client that name none."""
        ledger = self.ledger
        pieces = np.concatenate([self.of_document.of(row) for row in given.documents.tolist()])
        pieces = pieces[ledger.piece_date[pieces] >= given.made_on]
        own = self.of_payer.of(given.client)
        own = own[self.payments["date"][own] >= given.made_on]
        return float(ledger.piece_amount[pieces].sum()), max(float(ledger.payment_unallocated[own].sum()), 0.0)
