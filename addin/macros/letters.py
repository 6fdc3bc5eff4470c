"""Letters due: the reminders and formal notices of the day, each whole in its file and then in the register.

Nothing goes out when the last payment known is older than policy allows: a client who has paid would be
reminded. A letter that lacks a field is not written; its sentence names the sheet and column to fill.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from addin.hosts import Host
from addin.letters import register
from addin.letters.advice import advice
from addin.letters.case import InvoiceLine, LetterCase
from addin.letters.write import write_letter
from udfs import reference
from udfs.book.book import Book
from udfs.dunning.reminders import Reminder
from udfs.errors import CreditError, NotAvailable
from udfs.late.interest import late_interest
from udfs.late.rates import RateTable, ecb_rate, rate_table
from udfs.tables.columns import sum_by
from udfs.tables.schema import SCHEMA
from udfs.terms.calendars import bank_days_between

PUBLIC = ("public", "hospital", "public_company")


@dataclass(frozen=True)
class Outcome:
    """What became of one reminder: its file and the advice that goes with it, or the reason of its refusal."""

    reminder: Reminder
    client: str
    file: Path | None
    advice: tuple[str, ...] = ()
    refusal: CreditError | None = None


def letters_due(host: Host, author: str, payments_may_be_old: bool = False) -> Iterator[Outcome]:
    """Write the letters due at the Book's date, the largest first; each is recorded before the next."""
    book = host.book
    if not payments_may_be_old:
        refuse_old_payments(book)
    rates = legal_rates(book)
    for reminder in book.reminders:
        code = book.clients.codes[reminder.client]
        try:
            case = letter_case(book, reminder, rates)
            path = write_letter(case, host.letters_folder)
        except CreditError as error:
            yield Outcome(reminder, code, None, refusal=error)
            continue
        host.record_letters([register.row(case, path, author)])
        yield Outcome(reminder, code, path, tuple(advice(case, book.policy.language)))


def refuse_old_payments(book: Book) -> None:
    """Refuse to write when the last payment known is too old, or none is known at all."""
    last, allowed = book.receivables.last_payment, book.policy.days("dunning_payments_bank_days")
    if np.isnat(last):
        raise NotAvailable("letters.no_payments")
    if bank_days_between(last, book.as_of) > allowed:
        raise NotAvailable("letters.old_payments", last=last, allowed=allowed)


def letter_case(book: Book, reminder: Reminder, rates: RateTable) -> LetterCase:
    """The facts of one letter, from the Book."""
    policy, client = book.policy, reminder.client
    row = {name: _text(book.clients.column(name)[client]) for name in SCHEMA["Clients"]}
    row |= {"client": book.clients.codes[client], "name": book.clients.names[client]}
    country = row["country"] or policy.text("home_country")
    foreign = country != policy.text("home_country")
    inside_union = any(one["code"] == country for one in reference.rows("eu_members"))
    margin = policy.number("late_margin_public" if row["buyer_type"] in PUBLIC else "late_margin")
    contract = book.clients.column("contract_rate")[client]
    rate = None if np.isnan(contract) else float(contract)
    if rate is None and inside_union and reminder.step.level > 1:
        rate = ecb_rate(book.as_of, rates) + margin
    documents = reminder.documents
    currency, units = _currency(book, documents)
    interest = np.zeros(len(documents)) if rate is None else _interest(book, documents, margin, contract, rates)
    today = _day(book.as_of)
    business = row["buyer_type"] != "consumer"
    return LetterCase(
        kind=reminder.step.kind, level=reminder.step.level, language=_language(book, row, foreign), date=today,
        deadline=today + dt.timedelta(days=reminder.step.deadline_days), client=row,
        firm={key: policy.text(key) for key in policy.values if key.startswith(("company_", "signatory_"))},
        invoices=[_line(book, document, amount, units) for document, amount in
                  zip(documents.tolist(), interest.tolist(), strict=True)],
        credits=reminder.credits * units, currency=currency,
        annual_rate=rate if business else None, rate_basis="default" if np.isnan(contract) else "contract",
        indemnity_each=policy.number("late_indemnity") if business and inside_union else 0.0,
        business_buyer=business, foreign_buyer=foreign,
        previous_letter=None if np.isnat(reminder.last_date) or not reminder.last_level else _day(reminder.last_date),
        previous_level=reminder.last_level or None, total_due=reminder.amount * units)


def legal_rates(book: Book) -> RateTable:
    """The half-year rates, with the rows of the user's LegalRates table over them."""
    table = book.assembly.tables["LegalRates"]
    return rate_table(table["from_date"], table["ecb_rate"], table["legal_rate"])


def _interest(book: Book, documents: np.ndarray, margin: float, contract: float, rates: RateTable) -> np.ndarray:
    """Late interest of each document to date: on what is open, and on each late payment until its day.

    Payments count on the principal first (DOMAIN 0).
    """
    ledger = book.ledger
    late = np.isin(ledger.piece_document, documents) & (
        ledger.piece_date > ledger.due_date[ledger.piece_document])
    owing = np.concatenate((documents, ledger.piece_document[late]))
    amounts = np.concatenate((ledger.open[documents], ledger.piece_amount[late]))
    until = np.concatenate((np.full(len(documents), book.as_of), ledger.piece_date[late]))
    found = late_interest(amounts, ledger.due_date[owing], until, margin=margin, contract_rate=contract,
                          day_count=book.policy.days("day_count"), rates=rates)
    return sum_by(owing, found, len(ledger.amount))[documents]


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
    amount, balance = (round(float(value[document]) * units, 2) for value in (ledger.amount, ledger.open))
    return InvoiceLine(
        str(book.assembly.tables["Invoices"]["invoice"][document]), _day(ledger.date[document]),
        _day(ledger.due_date[document]), amount, round(amount - balance, 2), balance,
        int(ledger.days_late[document]), interest * units)


def _language(book: Book, row: dict[str, str], foreign: bool) -> str:
    """The client's language, else English abroad and French at home."""
    return row["language"] or ("en" if foreign else "fr" if book.policy.text("home_country") == "FR" else "en")


def _day(day: Any) -> dt.date:
    return dt.date.fromisoformat(str(day))


def _text(value: Any) -> str:
    if isinstance(value, np.datetime64 | float | np.floating):
        return "" if value != value else str(value)
    return str(value)
