"""The figures of a Book that a first look needs, one function each, by names that no language changes.

"Since the last working day" is from that day on, which is still today's news in the morning: what was booked late on
it was not in its own list. Amounts are in the reporting currency.

>>> from udfs.tables.raw import RawTable
>>> rows = [["client", "invoice", "date", "due date", "amount"],
...         ["C1", "F1", "2026-08-20", "2026-09-19", 1200.0], ["C1", "F2", "2026-10-20", "2026-11-19", 600.0]]
>>> book = Book("2026-11-20", [RawTable(rows)])
>>> [figure(book, name) for name in ("receivables", "overdue", "overdue_share", "over_60", "newly_overdue")]
[1800.0, 1800.0, 1.0, 1200.0, 600.0]
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from udfs.book.book import Book
from udfs.book.summary import balance, tie_out
from udfs.decision.decide import BLOCK, REVIEW
from udfs.errors import NotAvailable
from udfs.tables.columns import NOTHING, round_cents
from udfs.texts import say


def _overdue_share(book: Book) -> float:
    receivables = balance(book)
    return float(book.overdue.sum()) / receivables if receivables > NOTHING else 0.0


def _over_60(book: Book) -> float:
    ledger = book.ledger
    return float(ledger.open[ledger.is_overdue & (ledger.days_late > 60)].sum())


def _account_411_difference(book: Book) -> float | None:
    own = book.policy.optional("account_411_balance")
    return None if own is None else balance(book) - own


def _last_invoice(book: Book) -> np.datetime64 | None:
    return book.ledger.date.max() if len(book.ledger.date) else None


def _last_payment(book: Book) -> np.datetime64 | None:
    last = book.receivables.last_payment
    return None if np.isnat(last) else last


def _cash_in(book: Book) -> float:
    """Payments, and what invoices say was paid on a day; bills at their maturity, nothing of what bounced."""
    found, invoices = book.receivables, book.assembly.tables["Invoices"]
    payments = found.received[_since(book, found.received_on)].sum()
    rows = _since(book, invoices["paid_date"])
    return float(payments + (book.ledger.sign[rows] * invoices["paid"][rows]).sum())


def _newly_overdue(book: Book) -> float:
    ledger = book.ledger
    return float(ledger.open[ledger.is_overdue & ~ledger.disputed & (ledger.due_date >= book.last_working_day)].sum())


def _since(book: Book, days: np.ndarray) -> np.ndarray:
    """Rows of the last working day and later, up to the date of the Book."""
    return np.asarray((days >= book.last_working_day) & (days <= book.as_of))


def _issues(severity: str) -> Callable[[Book], float]:
    return lambda book: sum(issue.severity == severity for issue in book.issues)


FIGURES: dict[str, Callable[[Book], float | np.datetime64 | None]] = {
    "receivables": balance,
    "overdue": lambda book: book.overdue.sum(),
    "overdue_share": _overdue_share,
    "over_60": _over_60,
    "exposure": lambda book: book.exposure.sum(),
    "limits": lambda book: np.nansum(book.limits.in_force),
    "clients": lambda book: len(book.clients),
    "invoices": lambda book: book.invoice_count,
    "errors": _issues("error"),
    "warnings": _issues("warning"),
    "tie_out": tie_out,
    "account_411_difference": _account_411_difference,
    "last_invoice": _last_invoice,
    "last_payment": _last_payment,
    "last_working_day": lambda book: book.last_working_day,
    "cash_in": _cash_in,
    "newly_overdue": _newly_overdue,
    "newly_over_limit": lambda book: book.changes.newly_over_limit.sum(),
    "grades_down": lambda book: book.changes.grade_down.sum(),
    "letters_due": lambda book: len(book.reminders),
    "promises_open": lambda book: len([promise for promise in book.promises if promise.due >= book.as_of]),
    "blocked": lambda book: (book.decisions.code == BLOCK).sum(),
    "to_review": lambda book: (book.decisions.code == REVIEW).sum(),
}
SHARES = ("overdue_share",)


def figure(book: Book, name: str) -> float | np.datetime64:
    """One figure: an amount to the cent, a share, a count or a day; NotAvailable says what is missing for it."""
    found = FIGURES[name](book)
    if found is None:
        raise NotAvailable(f"book.no_{name}")
    if isinstance(found, np.datetime64):
        return found
    return float(found) if name in SHARES else float(round_cents(float(found)))


def figure_sentence(book: Book, name: str) -> str:
    """A figure with what it counts, in one sentence."""
    language, found = book.policy.language, figure(book, name)
    style = "date" if isinstance(found, np.datetime64) else "share" if name in SHARES else "number"
    return say(f"book.figure_told_{style}", language, name=say(f"book.figure_{name}", language), value=found,
               meaning=say(f"book.figure_meaning_{name}", language))
