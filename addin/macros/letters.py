"""Letters due: the reminders and formal notices of the day, each whole in its file and then in the register.

Nothing goes out when the last payment known is older than policy allows: a client who has paid would be
reminded. A letter that lacks a field is not written; its sentence names the sheet and column to fill.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from addin.hosts import LetterHost
from addin.letters import register
from addin.letters.advice import advice
from addin.letters.case import InvoiceLine, LetterCase
from addin.letters.write import write_letter
from udfs.book.book import Book
from udfs.book.penalties import Penalties, inside_union, penalties
from udfs.dunning.reminders import Reminder
from udfs.errors import CreditError, NotAvailable
from udfs.tables.schema import SCHEMA
from udfs.terms.calendars import bank_days_between


@dataclass(frozen=True)
class Outcome:
    """What became of one reminder: its file and the advice that goes with it, or the reason of its refusal."""

    reminder: Reminder
    client: str
    file: Path | None
    advice: tuple[str, ...] = ()
    refusal: CreditError | None = None


def letters_due(host: LetterHost, author: str, payments_may_be_old: bool = False,
                clients: Collection[int] | None = None) -> Iterator[Outcome]:
    """Write the letters due at the Book's date, the largest first; each is recorded before the next.

    With `clients` only theirs are written. A letter that cannot be recorded is taken away again: sent without a
    trace, it would be sent a second time.
    """
    book = host.book
    if not payments_may_be_old:
        refuse_old_payments(book)
    recorded = False
    try:
        for reminder in reminders(book, clients):
            outcome = _written(host, book, reminder, author)
            recorded = recorded or outcome.file is not None
            yield outcome
    finally:
        if recorded:
            host.recalculate()


def _written(host: LetterHost, book: Book, reminder: Reminder, author: str) -> Outcome:
    """One letter, whole in its file and then in the register."""
    code = book.clients.codes[reminder.client]
    try:
        case = letter_case(book, reminder)
        path = write_letter(case, host.letters_folder)
    except CreditError as error:
        return Outcome(reminder, code, None, refusal=error)
    try:
        host.append("Letters", [register.row(case, path, author)])
    except BaseException:
        path.unlink(missing_ok=True)
        raise
    return Outcome(reminder, code, path, tuple(advice(case, book.policy.language)))


def reminders(book: Book, clients: Collection[int] | None = None) -> list[Reminder]:
    """The letters due, of all clients or of some."""
    return [reminder for reminder in book.reminders if clients is None or reminder.client in clients]


def refuse_old_payments(book: Book) -> None:
    """Refuse to write when the last payment known is too old, or none is known at all."""
    last, allowed = book.receivables.last_payment, book.policy.days("dunning_payments_bank_days")
    if np.isnat(last):
        raise NotAvailable("letters.no_payments")
    if bank_days_between(last, book.as_of) > allowed:
        raise NotAvailable("letters.old_payments", last=last, allowed=allowed)
    # A line of a ledger that is refused may be a payment too; its table is not one of ours.
    refused = sum(issue.severity == "error" and (issue.table == "Payments" or issue.table not in SCHEMA)
                  for issue in book.issues)
    if refused:
        raise NotAvailable("letters.refused_payments", count=refused)


def letter_case(book: Book, reminder: Reminder) -> LetterCase:
    """The facts of one letter, from the Book."""
    policy, client = book.policy, reminder.client
    row = {name: _text(book.clients.column(name)[client]) for name in SCHEMA["Clients"]}
    row |= {"client": book.clients.codes[client], "name": book.clients.names[client]}
    home = policy.text("home_country")
    foreign = (row["country"] or home) != home
    documents = reminder.documents
    currency, units = _currency(book, documents)
    # A first reminder speaks of no penalty, so that it needs no rate.
    owed = (penalties(book, client, documents) if reminder.step.level > 1
            else Penalties(None, False, np.zeros(len(documents))))
    today = _day(book.as_of)
    business = row["buyer_type"] != "consumer"
    return LetterCase(
        kind=reminder.step.kind, level=reminder.step.level, language=_language(book, row, foreign), date=today,
        deadline=today + dt.timedelta(days=reminder.step.deadline_days), client=row,
        firm={key: policy.text(key) for key in policy.values if key.startswith(("company_", "signatory_"))},
        invoices=[_line(book, document, amount, units) for document, amount in
                  zip(documents.tolist(), owed.interest.tolist(), strict=True)],
        credits=reminder.credits * units, currency=currency,
        annual_rate=owed.annual_rate, rate_basis="contract" if owed.by_contract else "default",
        indemnity_each=policy.number("late_indemnity") if business and inside_union(book, client) else 0.0,
        business_buyer=business, foreign_buyer=foreign,
        previous_letter=None if np.isnat(reminder.last_date) or not reminder.last_level else _day(reminder.last_date),
        previous_level=reminder.last_level or None, total_due=reminder.amount * units)


def _currency(book: Book, documents: np.ndarray) -> tuple[str, float]:
    """The currency of the invoices of a letter and its units per unit of the reporting currency."""
    invoices, home = book.assembly.tables["Invoices"], book.policy.text("reporting_currency")
    if "units" not in invoices.columns:
        return home, 1.0
    found = dict.fromkeys(zip(invoices["currency"][documents], invoices["units"][documents].tolist(), strict=True))
    if len(found) > 1:
        raise NotAvailable("letters.mixed_currencies", currencies=", ".join(str(code) for code, _ in found))
    code, units = next(iter(found))
    return str(code), float(units)


def _line(book: Book, document: int, interest: float, units: float) -> InvoiceLine:
    ledger = book.ledger
    retention = float(np.nan_to_num(book.assembly.tables["Invoices"]["retention"][document]))
    kept = min(retention, float(ledger.open[document]))
    amount, open_amount, kept = (round(float(value) * units, 2)
                                 for value in (ledger.amount[document], ledger.open[document], kept))
    return InvoiceLine(
        str(book.assembly.tables["Invoices"]["invoice"][document]), _day(ledger.date[document]),
        _day(ledger.due_date[document]), amount, round(amount - open_amount, 2), round(open_amount - kept, 2),
        int(ledger.days_late[document]), interest * units, kept)


def _language(book: Book, row: dict[str, str], foreign: bool) -> str:
    """The client's language, else English abroad and French at home."""
    return row["language"] or ("en" if foreign else "fr" if book.policy.text("home_country") == "FR" else "en")


def _day(day: Any) -> dt.date:
    return dt.date.fromisoformat(str(day))


def _text(value: Any) -> str:
    if isinstance(value, np.datetime64 | float | np.floating):
        return "" if value != value else str(value)
    return str(value)
