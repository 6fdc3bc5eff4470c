"""Worksheet functions of what a client may still order, what it must pay before, and when it reaches its limit."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from udfs.book.book import Book
from udfs.book.each import Each
from udfs.book.order_room import growth, largest_orders, left_after, payments
from udfs.book.reasons import decision_reason, reason_words
from udfs.decision.decide import WARN
from udfs.errors import CreditError, NotAvailable
from udfs.functions.border import day
from udfs.functions.decisions import order_of
from udfs.functions.registry import of_client
from udfs.tables.columns import CENT
from udfs.tables.policy import LONGEST
from udfs.texts import say

# So many overdue invoices are named in a sentence.
NAMED = 5


@of_client("decision")
def MAX_ORDER(book: Book) -> Sequence[float]:
    """The largest order excl. VAT that is released, be it with a warning; 0 where none is."""
    found: list[float] = largest_orders(book).tolist()
    return found


@of_client("decision")
def PAYMENT_TO_RELEASE(book: Book, order_ht: Any = None) -> Sequence[Any]:
    """What must be paid for a release; NotAvailable where no payment brings one."""
    order = order_of(order_ht)
    found = payments(book, order)
    answers: list[Any] = found.total.tolist()
    for client in np.flatnonzero(~found.helps).tolist():
        answers[client] = _no_payment_helps(book, client, order)
    return answers


@of_client("decision")
def LIMIT_REACHED_ON(book: Book) -> Sequence[Any]:
    """The day on which the limit in force is reached at the present rate, the Book's own day where it is already."""
    found, limit = growth(book), book.limits.in_force

    def answer(client: int) -> dt.date | CreditError:
        code = book.clients.codes[client]
        if np.isnan(limit[client]):
            return NotAvailable("errors.no_limit", value=code)
        if limit[client] == 0:
            return NotAvailable("decision.limit_is_zero", value=code)
        if not found.days[client] <= LONGEST["days"]:
            return NotAvailable("decision.not_reached", value=code, window=book.policy.days("limit_reached_days"),
                                invoiced=float(found.invoiced[client]), paid=float(found.paid[client]))
        return day(book.as_of + int(found.days[client]))

    return Each(len(limit), answer)


def _no_payment_helps(book: Book, client: int, order: float) -> CreditError:
    return NotAvailable("decision.no_payment_helps", value=book.clients.codes[client],
                        reason=lambda: reason_words(*left_after(book, client, order), client, order))


def _largest_order(book: Book, client: int, _: float) -> str:
    order, language = float(largest_orders(book)[client]), book.policy.language
    # What stands against a cent more; of a client that is not released, what stands against it as it is.
    more = 0.0 if book.decisions.code[client] > WARN else round(order + CENT, 2)
    return say("decision.largest_order" if order else "decision.no_order", language, order=order,
               reason=_reason(book, client, more), order_incl_vat=order * (1 + float(book.vat_rate[client])))


def _reason(book: Book, client: int, order: float) -> str:
    decided = book.decisions_with(np.full(len(book.clients), order)) if order else book.decisions
    return decision_reason(book, decided, client, order)


def _payment(book: Book, client: int, order: float) -> str:
    found, language = payments(book, order), book.policy.language
    if not found.total[client]:
        return say("decision.nothing_to_pay", language, reason=_reason(book, client, order))
    told = say("decision.to_pay", language, total=float(found.total[client]))
    if found.overdue[client]:
        told += say("decision.to_pay_overdue", language, items=_overdue_items(book, client))
    if found.excess[client]:
        told += say("decision.to_pay_excess", language, excess=float(found.excess[client]),
                    limit=float(found.limit[client]))
    return told


def _overdue_items(book: Book, client: int) -> str:
    ledger, paid, numbers = book.ledger, book.settled.paid, book.assembly.tables["Invoices"]["invoice"]
    rows = np.flatnonzero((ledger.client == client) & (paid > 0))
    rows = rows[np.argsort(ledger.due_date[rows], kind="stable")]
    told = [say("decision.to_pay_item", book.policy.language, invoice=numbers[row], amount=float(paid[row]),
                days=int(ledger.days_late[row])) for row in rows[:NAMED].tolist()]
    return ", ".join([*told, "…"] if len(rows) > NAMED else told)


def _reached(book: Book, client: int, _: float) -> str:
    found, window = growth(book), book.policy.days("limit_reached_days")
    limit, exposure = float(book.limits.in_force[client]), float(book.exposure[client])
    invoiced, paid, days = (float(column[client]) for column in (found.invoiced, found.paid, found.days))
    return say("decision.reached_on" if days else "decision.reached", book.policy.language, limit=limit,
               exposure=exposure, left=limit - exposure, window=window, invoiced=invoiced, paid=paid,
               rate=(invoiced - paid) / window, day=book.as_of + int(days))


SENTENCES: dict[str, Callable[[Book, int, float], str]] = {
    "MAX_ORDER": _largest_order, "PAYMENT_TO_RELEASE": _payment, "LIMIT_REACHED_ON": _reached}


def room_sentence(name: str, book: Book, client: int, order: float) -> str:
    """What is behind the answer of a function of this module for one client; empty for another function."""
    return SENTENCES[name](book, client, order) if name in SENTENCES else ""
