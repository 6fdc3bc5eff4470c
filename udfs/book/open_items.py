"""The open items of one client, the earliest due first, with what is special about each; they total its balance.

Open invoices and credit notes, then one line for the payments that no invoice has taken, so that the column `open`
adds up to the client's balance in account 411.

>>> from udfs.tables.raw import RawTable
>>> invoices = [["client", "invoice", "date", "due date", "amount", "retention"],
...             ["C1", "F1", "2026-10-19", "2026-11-18", 9000.0, 450.0]]
>>> paid = [["client", "date", "amount", "invoice", "means"], ["C1", "2026-11-18", 8550.0, "F1", "transfer"],
...         ["C1", "2026-11-19", 50.0, "", "transfer"]]
>>> for item in open_items(Book("2026-11-20", [RawTable(invoices), RawTable(paid)]), 0):
...     print(item.invoice or "-", item.due, item.open, item.days_late, item.remark)
F1 2026-11-18 450.0 2 retention of €450.00
- NaT -50.0 None payments to allocate
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np

from udfs.book.book import Book
from udfs.exposure.ledger import EMPTY
from udfs.tables.columns import CENT, NOTHING
from udfs.tables.words import same_code
from udfs.texts import say


class OpenItem(NamedTuple):
    """One open item; credits are negative and have no days late."""

    invoice: str
    date: np.datetime64
    due: np.datetime64
    open: float
    days_late: int | None
    remark: str


def open_items(book: Book, client: int) -> list[OpenItem]:
    """Everything that makes up the balance of one client."""
    ledger, invoices = book.ledger, book.assembly.tables["Invoices"]
    own = np.flatnonzero((ledger.client == client) & (ledger.open >= NOTHING))
    own = own[np.argsort(ledger.due_date[own], kind="stable")]
    items = [OpenItem(str(invoices["invoice"][row]), ledger.date[row], ledger.due_date[row],
                      float(ledger.sign[row] * ledger.open[row]),
                      int(ledger.days_late[row]) if ledger.sign[row] > 0 else None,
                      " · ".join(filter(None, _remarks(book, row)))) for row in own.tolist()]
    unallocated = float(book.receivables.components["unallocated"][client])
    if abs(unallocated) >= CENT / 2:
        items.append(OpenItem("", EMPTY, EMPTY, unallocated, None, say("book.item_unallocated", book.policy.language)))
    return items


def _remarks(book: Book, row: int) -> Iterator[str]:
    """What is special about a document, in words."""
    language, invoices, as_of = book.policy.language, book.assembly.tables["Invoices"], book.as_of
    if book.ledger.sign[row] < 0:
        yield say("book.item_credit_note", language)
        return
    if book.ledger.disputed[row]:
        since = book.receivables.disputed_since[row]
        yield (say("book.item_disputed", language) if np.isnat(since)
               else say("book.item_disputed_since", language, since=since))
        yield str(invoices["dispute_reason"][row])
    for promise in book.promises:
        if promise.client == book.ledger.client[row] and row in promise.documents:
            yield say("book.item_promise" if promise.due >= as_of else "book.item_promise_broken", language,
                      due=promise.due)
    instalment = _next_instalment(book, row)
    if instalment is not None:
        yield say("book.item_plan", language, due=instalment)
    if invoices["factored"][row]:
        yield say("book.item_factored", language)
    if invoices["retention"][row] > 0:
        yield say("book.item_retention", language, amount=float(invoices["retention"][row]))


def _next_instalment(book: Book, row: int) -> np.datetime64 | None:
    """The next day of the payment plan that covers a document."""
    plans, client = book.assembly.tables["Plans"], book.ledger.client[row]
    number = same_code(str(book.assembly.tables["Invoices"]["invoice"][row]))
    days = [plans["due"][one] for one in
            np.flatnonzero((book.assembly.client_of["Plans"] == client) & (plans["due"] >= book.as_of)).tolist()
            if same_code(plans["invoice"][one]) in ("", number)]
    return min(days, default=None)
