"""How much a client may still order, what it must pay before, and when it reaches its limit: by client.

>>> from udfs.tables.raw import RawTable
>>> invoices = [["client", "invoice", "date", "due date", "amount"], ["C1", "F1", "2026-11-02", "2026-12-02", 4000.0]]
>>> clients = [["client", "name", "granted limit"], ["C1", "Dupont", 10000.0]]
>>> book = Book("2026-11-20", [RawTable(invoices), RawTable(clients)])
>>> largest_orders(book).tolist(), payments(book, 6_000.0).total.tolist()
([5000.0], [1200.0])
>>> reached = growth(book)
>>> reached.invoiced.tolist(), reached.days.tolist()
([4000.0], [135.0])
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from udfs.book.book import Book
from udfs.book.decisions import approved_risk, withdrawn
from udfs.decision.decide import REASONS, WARN
from udfs.decision.limit_reached import days_to_limit
from udfs.decision.order_room import largest_order
from udfs.tables.columns import round_cents, sum_by

# What a payment lowers; the other reasons against a release that the settled Book still has, it leaves as they are.
OF_AMOUNT = ("group_over_limit", "over_limit")
LASTING = tuple(name for name, code in REASONS if code > WARN and name not in OF_AMOUNT)


def largest_orders(book: Book) -> np.ndarray:
    """The largest order excl. VAT that is released, be it with a warning; within a provisional limit too."""
    limits, vat_rate, policy = book.limits, book.vat_rate, book.policy
    room = largest_order(book.exposure, limits.in_force * (1 + policy.number("decision_tolerance")), vat_rate)
    risk, ceiling = approved_risk(book), policy.optional("decision_order_ceiling")
    if risk is not None:
        room = np.where(limits.granted, room, np.minimum(room, largest_order(book.secured.net, risk, vat_rate)))
    if ceiling is not None:
        room = np.minimum(room, ceiling)
    return np.where((book.decisions.code <= WARN) & ~withdrawn(book), room, 0.0)


@dataclass(frozen=True)
class Payments:
    """By client: what is overdue and must be paid, what more until the limit suffices, and the decisions after it.

    `limit` is the one to come back within. `helps` is where nothing but amounts is left then; elsewhere no payment
    brings a release.
    """

    overdue: np.ndarray
    excess: np.ndarray
    total: np.ndarray
    limit: np.ndarray
    helps: np.ndarray


def payments(book: Book, order_excl_vat: float = 0.0) -> Payments:
    """What each client must pay to be released, with a new order or without."""
    settled, orders = book.settled.book, np.full(len(book.clients), order_excl_vat)
    overdue = sum_by(book.ledger.client, book.settled.paid, len(book.clients))
    after = settled.decisions_with(orders)
    # In the settled Book its group pays too; a client pays for itself alone.
    room = book.limits.groups.room
    by_group = room < settled.limits.in_force
    limit = np.where(by_group, room, settled.limits.in_force)
    used = settled.exposure + orders * (1 + book.vat_rate)
    excess = np.maximum(round_cents(used) - round_cents(limit * (1 + book.policy.number("decision_tolerance"))), 0.0)
    soft = settled.limits.provisional & ~settled.limits.granted & ~by_group
    excess = np.where(soft, 0.0, excess)
    left = np.any([after.reasons[name] for name in LASTING], axis=0)
    return Payments(overdue, excess, round_cents(overdue + excess), limit, ~left & (limit > 0))


def left_after(book: Book, client: int, order_excl_vat: float = 0.0) -> tuple[Book, str]:
    """The reason that no payment of a client takes away, and the Book in which it holds."""
    settled = book.settled.book
    after = settled.decisions_with(np.full(len(book.clients), order_excl_vat)).reasons
    return next(((settled, name) for name in LASTING if after[name][client]), (book, "group_over_limit"))


@dataclass(frozen=True)
class Growth:
    """By client: what was invoiced and paid within the window, and the days until the limit is reached, else NaN."""

    invoiced: np.ndarray
    paid: np.ndarray
    days: np.ndarray


def growth(book: Book) -> Growth:
    """What the exposure grew by of late. A payment whose day is not known is one of the day of its invoice."""
    window = book.policy.days("limit_reached_days")
    count, since, ledger = len(book.clients), book.as_of - window, book.ledger
    invoices, found = book.assembly.tables["Invoices"], book.receivables
    recent = ledger.date > since
    invoiced = sum_by(ledger.client[recent], (ledger.sign * ledger.amount)[recent], count)
    day = np.where(np.isnat(invoices["paid_date"]), ledger.date, invoices["paid_date"])
    settled = (day > since) & (day <= book.as_of)
    received = (found.received_on > since) & (found.received_on <= book.as_of)
    paid = sum_by(ledger.client[settled], (ledger.sign * np.nan_to_num(invoices["paid"]))[settled], count)
    paid = paid + sum_by(book.assembly.client_of["Payments"][received], found.received[received], count)
    return Growth(invoiced, paid, days_to_limit(book.limits.in_force, book.exposure, invoiced - paid, window))
