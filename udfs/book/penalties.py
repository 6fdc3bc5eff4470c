"""Penalties on late invoices of one client: the rate that its kind of buyer calls for, and the interest to date.

The contract rate where there is one; else, by half-year, the ECB rate plus the margin of the law: professionals at
home 10 points (C.com L441-10), buyers in other member states 8 (Directive 2011/7/EU), public buyers 8, frozen at the
rate of the half-year in which the delay began (CCP R2192-31). Consumers, and buyers outside the Union without a
contract rate, owe none. Payments and credit notes count on the principal from their day, the oldest invoice first
where they name none.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from udfs import reference
from udfs.book.book import Book
from udfs.exposure.settlement import settle
from udfs.late.interest import late_interest
from udfs.late.rates import RateTable, ecb_rate, rate_table
from udfs.tables.columns import sum_by

PUBLIC = ("public", "hospital", "public_company")


class Penalties(NamedTuple):
    """The yearly rate in force (None: none is owed), whether it is the contract's, and interest by document."""

    annual_rate: float | None
    by_contract: bool
    interest: np.ndarray


def legal_rates(book: Book) -> RateTable:
    """The half-year rates, with the rows of the user's LegalRates table over them."""
    table = book.assembly.tables["LegalRates"]
    return rate_table(table["from_date"], table["ecb_rate"], table["legal_rate"])


def inside_union(book: Book, client: int) -> bool:
    """Whether the client's country is a member state of the European Union."""
    country = book.clients.column("country")[client] or book.policy.text("home_country")
    return any(row["code"] == country for row in reference.rows("eu_members"))


def penalties(book: Book, client: int, documents: np.ndarray, rates: RateTable) -> Penalties:
    """Penalties on some overdue documents of a client; a half-year without a rate raises NotAvailable."""
    policy, buyer = book.policy, book.clients.column("buyer_type")[client]
    country = book.clients.column("country")[client] or policy.text("home_country")
    contract = float(book.clients.column("contract_rate")[client])
    none = np.zeros(len(documents))
    if buyer == "consumer" or (np.isnan(contract) and not inside_union(book, client)):
        return Penalties(None, False, none)
    frozen = buyer in PUBLIC and np.isnan(contract)
    home = country == policy.text("home_country")
    margin = policy.number("late_margin_public" if frozen else "late_margin" if home else "late_margin_eu")
    fixed = np.full(len(book.ledger.amount), contract)
    if frozen:
        for document in documents.tolist():
            fixed[document] = ecb_rate(book.ledger.due_date[document] + 1, rates) + margin
    annual = fixed[documents[0]] if frozen or not np.isnan(contract) else ecb_rate(book.as_of, rates) + margin
    return Penalties(float(annual), not np.isnan(contract), _interest(book, client, documents, margin, fixed, rates))


def _interest(book: Book, client: int, documents: np.ndarray, margin: float, fixed: np.ndarray, rates: RateTable
              ) -> np.ndarray:
    """On what is open to date, on what was paid late until its day, on what credits cover until theirs."""
    ledger = book.ledger
    covered, day, amount = _covered(book, client, documents)
    late = np.isin(ledger.piece_document, documents) & (ledger.piece_date > ledger.due_date[ledger.piece_document])
    retention = np.nan_to_num(book.assembly.tables["Invoices"]["retention"][documents])
    still_open = np.maximum(ledger.open[documents] - sum_by(covered, amount, len(ledger.amount))[documents]
                            - retention, 0)
    owing = np.concatenate((documents, ledger.piece_document[late], covered))
    amounts = np.concatenate((still_open, ledger.piece_amount[late], amount))
    until = np.concatenate((np.full(len(documents), book.as_of), ledger.piece_date[late], day))
    found = late_interest(amounts, ledger.due_date[owing], until, margin=margin, contract_rate=fixed[owing],
                          day_count=book.policy.days("day_count"), rates=rates)
    return np.asarray(sum_by(owing, found, len(ledger.amount))[documents])


def _covered(book: Book, client: int, documents: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """What the client's unallocated payments and open credit notes cover of the documents: document, day, amount."""
    ledger, payments = book.ledger, book.assembly.tables["Payments"]
    paid = np.flatnonzero((book.assembly.client_of["Payments"] == client) & (ledger.payment_unallocated > 0))
    notes = np.flatnonzero((ledger.client == client) & (ledger.sign < 0) & (ledger.open > 0))
    day = np.concatenate((payments["date"][paid], ledger.date[notes]))
    amount = np.concatenate((ledger.payment_unallocated[paid], ledger.open[notes]))
    pieces = settle(ledger.open[documents], ledger.due_date[documents], np.zeros(len(documents), dtype=np.int64),
                    np.zeros(len(day), dtype=np.int64), day, amount)
    return np.asarray(documents[pieces.document]), np.asarray(day[pieces.payment]), pieces.amount
