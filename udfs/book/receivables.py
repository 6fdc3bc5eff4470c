"""From the tables of a Book to its ledger as of the date: allocation, exposure and days of credit by client."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from udfs.book import orders
from udfs.book.assembly import Assembly
from udfs.exposure import components as exposure
from udfs.exposure.lateness import late_amounts
from udfs.exposure.ledger import EMPTY, Ledger, ledger
from udfs.tables.cells import distinct
from udfs.tables.columns import NOTHING, days_between, first_known, last_date_by, mean_by, months_before, sum_by
from udfs.tables.issues import Issue, shown
from udfs.tables.table import Table
from udfs.tables.words import same_code
from udfs.terms.columns import read_terms_column
from udfs.terms.grammar import Refusal
from udfs.terms.language import read_terms
from udfs.terms.term import Terms


@dataclass(frozen=True)
class Receivables:
    """The ledger, the exposure components by client, and what was noticed on the way.

    By payment: what was `received` (0 when it bounced), the day of the money, for a bill its maturity, what of it is
    still `in_transit` as the exposure weighs it, and the `paid_document` or -1. By document: `disputed_since`, where
    that is known, its `order_row` or -1, its `weight` in the exposure. By order: what is `undelivered`, and the
    `deposit_kept` by it.
    """

    ledger: Ledger
    components: dict[str, np.ndarray]
    term_days: np.ndarray
    need_days: np.ndarray
    stated_days: np.ndarray
    bounced: np.ndarray
    received: np.ndarray
    received_on: np.ndarray
    in_transit: np.ndarray
    paid_document: np.ndarray
    disputed_since: np.ndarray
    order_row: np.ndarray
    weight: np.ndarray
    undelivered: np.ndarray
    deposit_kept: np.ndarray
    last_payment: np.datetime64
    unbalanced: float
    issues: list[Issue]


def receivables(book: Assembly) -> Receivables:
    """Everything that the receivables of a Book tell, in numpy columns."""
    invoices, payments, count = book.tables["Invoices"], book.tables["Payments"], len(book.clients)
    client = book.client_of["Invoices"]
    due_dates, issues = invoices["due_date"], list(book.dated.issues)
    sign = np.where(invoices["kind"] == "credit_note", -1.0, 1.0)
    numbers, payment_numbers = _numbers(client, sign, invoices, book.client_of["Payments"], payments)
    bounced = payments["bounced_on"] <= book.as_of
    counted = np.where(bounced, 0.0, payments["amount"])
    order_of = orders.of_payments(book, payments, payment_numbers)
    to_ledger = np.where(order_of >= 0, 0.0, counted)
    disputed, disputed_since = _disputed(book, invoices, client)
    maturities = _maturities(payments, payment_numbers, numbers, due_dates)
    received_on = np.where(np.isin(payments["means"], exposure.BILL_MEANS), np.fmax(payments["date"], maturities),
                           payments["date"])
    books = ledger(book.as_of, client, sign, invoices["date"], due_dates, invoices["amount"], numbers, disputed,
                   invoices["paid"], invoices["paid_date"], payment_numbers, payments["date"], to_ledger, received_on)
    issues += _payment_issues(book, payments, payment_numbers, order_of, books)

    parts = exposure.ledger_components(books, book.client_of["Payments"], count)
    waiting = {name: np.where(pending, counted * book.policy.number(f"{name}_weight"), 0.0) for name, pending in
               exposure.in_transit(book.as_of, payments["means"], payments["date"], maturities, payments["cleared_on"],
                                   book.policy.days("bill_return_days"), book.policy.days("cheque_clearing_days")
                                   ).items()}
    parts |= {name: sum_by(book.client_of["Payments"], amounts, count) for name, amounts in waiting.items()}
    order_row = orders.of_invoices(book)
    in_orders, beyond_orders, undelivered, deposit_kept = orders.order_parts(book, order_of, counted, sign, order_row)
    parts |= in_orders
    parts["unallocated"] = parts["unallocated"] - beyond_orders
    weight = np.where(invoices["factored"] & (sign > 0), book.policy.number("factored_weight"), 1.0)
    parts["without_recourse"] = 0.0 - sum_by(client, books.open * (1 - weight), count)
    credits = -(parts["credit_notes"] + parts["unallocated"])
    books = replace(books, late=late_amounts(
        client, np.where(sign > 0, books.open, 0.0), books.is_overdue, due_dates, credits, invoices["retention"],
        book.policy.number("overdue_minimum")))
    paid = (invoices["paid"] * (np.isnat(invoices["paid_date"]) | (invoices["paid_date"] <= book.as_of)) * sign).sum()
    balance = sum(parts[name].sum() for name in exposure.ACCOUNTING)
    expected = float((sign * invoices["amount"]).sum() - paid - to_ledger.sum() - beyond_orders.sum())
    need_days, stated = _need_days(book, invoices, client, due_dates)
    dates = np.concatenate((payments["date"], invoices["paid_date"][invoices["paid_date"] <= book.as_of]))
    dates = dates[~np.isnat(dates)]
    return Receivables(books, parts, days_between(invoices["date"], due_dates), need_days, stated,
                       _recent_bounces(book, payments, bounced, count), counted, received_on,
                       waiting["bills"] + waiting["cheques"], _paid_documents(payment_numbers, numbers),
                       disputed_since, order_row, weight, undelivered, deposit_kept,
                       dates.max() if len(dates) else EMPTY, balance - expected, issues)


def _numbers(client: np.ndarray, sign: np.ndarray, invoices: Table, payer: np.ndarray, payments: Table
             ) -> tuple[np.ndarray, np.ndarray]:
    """Documents that share client, number and sign get one group; a payment gets that group, or -1.

    Where an invoice and a credit note share a number, money received means the invoice, money given back the note.
    """
    numbers, named = invoices["invoice"].tolist(), payments["invoice"]
    groups = np.arange(len(numbers))
    if "invoice" not in invoices.unique:
        found, index = distinct(list(map(same_code, numbers)))
        groups = np.unique((client * len(found) + index) * 2 + (sign < 0), return_inverse=True)[1]
    matched = np.full(len(named), -1)
    for spelling in (str, same_code):
        rows = np.flatnonzero((matched < 0) & (named != ""))
        if not len(rows):
            break
        wanted = {spelling(named[row]) for row in rows}
        known = {(int(client[place]), key, sign[place]): group for place, (number, group) in
                 enumerate(zip(numbers, groups.tolist(), strict=True)) if (key := spelling(number)) in wanted}
        for row in rows.tolist():
            owner, number = int(payer[row]), spelling(named[row])
            direction = -1.0 if payments["amount"][row] < 0 else 1.0
            matched[row] = known.get((owner, number, direction), known.get((owner, number, -direction), -1))
    return groups, matched


def _disputed(book: Assembly, invoices: Table, client: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Documents in dispute at the date, and since when: by their own columns, or by the Journal.

    The latest event of the Journal decides, a dispute or its end, on an invoice or on all of a client; a dispute noted
    again began where it did.
    """
    disputed = invoices["disputed"] & ~(invoices["disputed_on"] > book.as_of)
    since = np.where(disputed, invoices["disputed_on"], EMPTY)
    journal, owner = book.tables["Journal"], book.client_of["Journal"]
    events = np.flatnonzero(np.isin(journal["event"], ["dispute", "dispute_closed"]))
    for row in events[np.argsort(journal["date"][events], kind="stable")].tolist():
        named = same_code(journal["invoice"][row])
        for place in np.flatnonzero(client == owner[row]).tolist():
            if not named or same_code(invoices["invoice"][place]) == named:
                disputed[place] = journal["event"][row] == "dispute"
                since[place] = np.fmin(since[place], journal["date"][row]) if disputed[place] else EMPTY
    return np.asarray(disputed), since


def _paid_documents(payment_numbers: np.ndarray, numbers: np.ndarray) -> np.ndarray:
    """The first document of the number that each payment names, else -1."""
    first = np.full(int(numbers.max()) + 2 if len(numbers) else 1, -1)
    first[numbers[::-1]] = np.arange(len(numbers))[::-1]
    return np.where(payment_numbers >= 0, first[payment_numbers], -1)


def _maturities(payments: Table, payment_numbers: np.ndarray, numbers: np.ndarray, due_dates: np.ndarray
                ) -> np.ndarray:
    """A bill without a maturity falls due with the invoice that it names."""
    maturity = payments["maturity"].copy()
    open_ended = np.flatnonzero(np.isnat(maturity) & (payment_numbers >= 0))
    if len(open_ended):
        last = last_date_by(numbers, due_dates, int(numbers.max()) + 1)
        maturity[open_ended] = last[payment_numbers[open_ended]]
    return maturity


def _need_days(book: Assembly, invoices: Table, client: np.ndarray, due_dates: np.ndarray
               ) -> tuple[np.ndarray, np.ndarray]:
    """Effective days by client: its terms, else those granted on its invoices of 12 months, else the default.

    The second column is the effective days of the client's stated terms alone, NaN where none are stated.
    """
    policy, method = book.policy, book.policy.text("end_of_month_method")
    found, place = read_terms_column(book.clients.column("terms"), book.clients.column("terms_method"), method)
    stated = _effective(found)[place]
    by_invoice = days_between(invoices["date"], due_dates)
    if book.dated.own.any():
        own = np.where(book.dated.own, _effective(book.dated.terms)[book.dated.place], np.nan)
        by_invoice = first_known(own, by_invoice)
    recent = (invoices["date"] > months_before(book.as_of, 12)) & (invoices["kind"] != "credit_note")
    granted = mean_by(client[recent], np.maximum(np.nan_to_num(by_invoice[recent]), 0), invoices["amount"][recent],
                      len(book.clients))
    fallback = read_terms(policy.text("default_terms"), None, method).effective_days
    days = first_known(first_known(stated, granted), np.full(len(stated), fallback))
    return days + policy.number("order_to_invoice_days"), stated


def _effective(terms: Sequence[Terms | Refusal]) -> np.ndarray:
    return np.array([one.effective_days if isinstance(one, Terms) else np.nan for one in terms], dtype=np.float64)


def _recent_bounces(book: Assembly, payments: Table, bounced: np.ndarray, count: int) -> np.ndarray:
    since = months_before(book.as_of, book.policy.days("override_bounce_months"))
    recent = bounced & (payments["bounced_on"] > since)
    return np.bincount(book.client_of["Payments"][recent], minlength=count) > 0


def _payment_issues(book: Assembly, payments: Table, numbers: np.ndarray, order_of: np.ndarray, books: Ledger
                    ) -> list[Issue]:
    """Payments that name a document which is not there, or pay more than it amounts to."""
    issues = []

    def add(row: int, column: str, code: str, **details: float) -> None:
        issues.append(Issue("warning", "Payments", int(payments.row_numbers[row]), column,
                            shown(payments[column][row]), code, details, payments.source))

    for row in np.flatnonzero((payments["invoice"] != "") & (numbers < 0)).tolist():
        add(row, "invoice", "issues.unknown_invoice")
    for row in np.flatnonzero((payments["order"] != "") & (payments["invoice"] == "") & (order_of < 0)).tolist():
        add(row, "order", "issues.unknown_order")
    for row in np.flatnonzero((numbers >= 0) & (np.abs(books.payment_unallocated) > NOTHING)).tolist():
        excess = float(books.payment_unallocated[row])
        add(row, "invoice", "issues.overpaid" if excess > 0 else "issues.taken_back", excess=abs(excess))
    invoices = book.tables["Invoices"]
    column = "paid" if book.read_tables["Invoices"].has("paid") else "balance"
    for row in np.flatnonzero(books.overpaid > NOTHING).tolist():
        issues.append(Issue("warning", "Invoices", int(invoices.row_numbers[row]), column,
                            shown(invoices["invoice"][row]), "issues.overpaid",
                            {"excess": float(books.overpaid[row])}, invoices.source))
    return issues
