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

from udfs.book.book import Book
from udfs.book.buyers import PUBLIC_BUYERS, member_states
from udfs.exposure.settlement import settle
from udfs.late.interest import late_interest
from udfs.late.modes import moving_rates
from udfs.late.rates import Series
from udfs.tables.columns import sum_by


class Penalties(NamedTuple):
    """The yearly rate in force (None: none is owed), whether it is the contract's, and interest by document."""

    annual_rate: float | None
    by_contract: bool
    interest: np.ndarray


def inside_union(book: Book, client: int) -> bool:
    """Whether the client's country is a member state of the European Union."""
    country = book.clients.column("country")[client] or book.policy.text("home_country")
    return country in member_states()


def penalties(book: Book, client: int, documents: np.ndarray) -> Penalties:
    """Penalties on some overdue documents of a client; a half-year without a rate raises NotAvailable."""
    policy, buyer = book.policy, book.clients.column("buyer_type")[client]
    contract = float(book.clients.column("contract_rate")[client])
    by_contract = not np.isnan(contract)
    none = np.zeros(len(documents))
    if buyer == "consumer" or (not by_contract and not inside_union(book, client)):
        return Penalties(None, False, none)
    home = (book.clients.column("country")[client] or policy.text("home_country")) == policy.text("home_country")
    frozen = buyer in PUBLIC_BUYERS and not by_contract
    moving = moving_rates("PUBLIC" if frozen else "HALF_YEAR" if home else "EU", policy)
    fixed = np.full(len(book.ledger.amount), contract)
    if frozen:
        begun = book.ledger.due_date[documents] + 1
        fixed[documents] = moving.at(begun)
        if np.isnan(fixed[documents]).any():
            raise moving.refusal(begun[np.isnan(fixed[documents])][0])
    annual = fixed[documents[0]] if frozen or by_contract else moving.of(book.as_of)
    return Penalties(float(annual), by_contract, _interest(book, client, documents, moving, fixed))


def _interest(book: Book, client: int, documents: np.ndarray, moving: Series, fixed: np.ndarray) -> np.ndarray:
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
    found = late_interest(amounts, ledger.due_date[owing], until, moving, fixed[owing],
                          book.policy.text("day_count"))
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
