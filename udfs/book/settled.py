"""The Book once the overdue items in the way of a release are paid: what a payment changes beyond its amount.

Paid in full is what blocks or calls for a review by its age or by a letter; of what is merely old, the oldest first,
as much as exceeds the amount that the policy lets pass. Grade and limit follow, as they will after such a payment.

>>> from udfs.book.book import Book
>>> from udfs.tables.raw import RawTable
>>> rows = [["client", "invoice", "date", "due date", "amount"],
...         ["C1", "F1", "2026-07-01", "2026-08-31", 700.0], ["C1", "F2", "2026-09-20", "2026-10-20", 900.0]]
>>> found = Book("2026-11-20", [RawTable(rows)]).settled
>>> found.paid.tolist(), found.book.exposure.tolist()
([700.0, 400.0], [500.0])
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from udfs.book.overdue import noticed, reminded, undisputed_late
from udfs.tables.columns import CENT, sum_by
from udfs.tables.table import Table, joined

if TYPE_CHECKING:
    from udfs.book.book import Book


@dataclass(frozen=True)
class Settled:
    """What is paid of each document, and the Book with these payments."""

    paid: np.ndarray
    book: Book


def settled(book: Book) -> Settled:
    """Every client at once; each pays its own."""
    paid = _to_pay(book)
    return Settled(paid, _with_payments(book, paid) if paid.any() else book)


def _to_pay(book: Book) -> np.ndarray:
    policy, ledger, count = book.policy, book.ledger, len(book.clients)
    late, days = undisputed_late(ledger), ledger.days_late
    longest = min(policy.number("decision_block_overdue_days"), policy.number("override_overdue_d_days"))
    in_full = late & ((days > longest) | noticed(book) | reminded(book))
    paid = np.where(in_full, ledger.late, 0.0)

    old = np.flatnonzero(late & ~in_full & (days > policy.number("decision_review_overdue_days")))
    old = old[np.lexsort((ledger.due_date[old], ledger.client[old]))]
    owner, amounts = ledger.client[old], ledger.late[old]
    of_client = sum_by(owner, amounts, count)
    excess = np.maximum(of_client - policy.number("decision_review_overdue_amount"), 0.0)
    before = np.cumsum(amounts) - amounts - (np.cumsum(of_client) - of_client)[owner]
    paid[old] = np.clip(excess[owner] - before, 0.0, amounts)
    # Whole cents, up: what is left must not be a hair too much.
    return np.asarray(np.ceil(paid / CENT - 1e-6) * CENT)


def _with_payments(book: Book, paid: np.ndarray) -> Book:
    assembly, rows = book.assembly, np.flatnonzero(paid)
    existing, client = assembly.tables["Payments"], book.ledger.client[rows]
    codes, one = np.array(book.clients.codes, dtype=object), np.ones(len(rows))
    more = Table("Payments", {
        "client": codes[client], "date": np.full(len(rows), book.as_of), "amount": paid[rows],
        "invoice": assembly.tables["Invoices"]["invoice"][rows], **({"units": one} if existing.has("units") else {})},
        np.zeros(len(rows), dtype=np.int64), len(rows))
    return book.beside(replace(
        assembly, tables={**assembly.tables, "Payments": joined([existing, more])},
        client_of={**assembly.client_of, "Payments": np.concatenate((assembly.client_of["Payments"], client))}))
