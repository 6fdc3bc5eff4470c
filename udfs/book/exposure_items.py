"""The exposure of a Book item by item, as the rules of securities need it: `udfs.exposure.items` says what an item is.

What is delivered and not invoiced was shipped on its expected day, at the latest on the date of the Book; what is
still to deliver will be shipped from that date on. A payment in transit stands for the invoice that it pays.
"""

from __future__ import annotations

import numpy as np

from udfs.book.assembly import Assembly
from udfs.book.receivables import Receivables
from udfs.exposure.items import Items, joined
from udfs.exposure.ledger import EMPTY
from udfs.tables.columns import NOTHING
from udfs.tables.table import Table


def items(book: Assembly, found: Receivables, vat_rate: np.ndarray) -> Items:
    """Every item of the exposure; less the credits of the clients they add up to it."""
    parts = [_documents(book, found, vat_rate), _payments(book, found, vat_rate), *_orders(book, found, vat_rate)]
    return joined([one.where(one.amount >= NOTHING) for one in parts])


def _documents(book: Assembly, found: Receivables, vat_rate: np.ndarray) -> Items:
    ledger, invoices = found.ledger, book.tables["Invoices"]
    rows = np.flatnonzero((ledger.sign > 0) & (ledger.open >= NOTHING))
    return Items(
        client=ledger.client[rows], amount=ledger.open[rows] * found.weight[rows],
        excl_vat=_excl_vat(invoices, rows, vat_rate[ledger.client[rows]]), shipped=_shipped(invoices, rows),
        ordered=_ordered(book, found.order_row[rows]),
        due=np.where(ledger.due_date[rows] < book.as_of, ledger.due_date[rows], EMPTY),
        declared=invoices["declared_on"][rows], disputed=ledger.disputed[rows], order=found.order_row[rows],
        delivered=np.ones(len(rows), dtype=bool))


def _payments(book: Assembly, found: Receivables, vat_rate: np.ndarray) -> Items:
    invoices, payments = book.tables["Invoices"], book.tables["Payments"]
    rows = np.flatnonzero(found.in_transit >= NOTHING)
    client, document = book.client_of["Payments"][rows], found.paid_document[rows]
    named = document >= 0
    paid = document[named]
    excl_vat, shipped = 1 / (1 + vat_rate[client]), payments["date"][rows].copy()
    disputed, order = np.zeros(len(rows), dtype=bool), np.full(len(rows), -1)
    excl_vat[named], shipped[named] = _excl_vat(invoices, paid, vat_rate[client[named]]), _shipped(invoices, paid)
    disputed[named], order[named] = found.ledger.disputed[paid], found.order_row[paid]
    empty = np.full(len(rows), EMPTY)
    return Items(client=client, amount=found.in_transit[rows], excl_vat=excl_vat, shipped=shipped,
                 ordered=_ordered(book, order), due=empty, declared=empty, disputed=disputed, order=order,
                 delivered=np.ones(len(rows), dtype=bool))


def _orders(book: Assembly, found: Receivables, vat_rate: np.ndarray) -> list[Items]:
    """What is delivered of each order, then what is not; the deposit is set against what is delivered first."""
    orders, client, policy = book.tables["Orders"], book.client_of["Orders"], book.policy
    rows = np.arange(len(orders))
    delivered = np.nan_to_num(orders["delivered_not_invoiced"]) * policy.number("delivered_weight")
    waiting = found.undelivered * policy.number("orders_weight")
    own = np.maximum(delivered - found.deposit_kept, 0.0)
    empty, none = np.full(len(rows), EMPTY), np.zeros(len(rows), dtype=bool)
    today = np.full(len(rows), book.as_of)
    return [Items(client=client, amount=amount, excl_vat=_excl_vat(orders, rows, vat_rate[client]), shipped=shipped,
                  ordered=orders["date"], due=empty, declared=empty, disputed=none, order=rows, delivered=~none ^ late)
            for amount, shipped, late in (
                (own, np.fmin(orders["expected_on"], today), False),
                (delivered + waiting - found.deposit_kept - own, today, True))]


def _excl_vat(table: Table, rows: np.ndarray, vat_rate: np.ndarray) -> np.ndarray:
    """The part of each amount that is not VAT, by its own amounts, else by the rate of its client."""
    amount, excl_vat = table["amount"][rows], table["amount_excl_vat"][rows]
    known = (excl_vat > 0) & (excl_vat <= amount + NOTHING)
    return np.asarray(np.where(known, np.divide(excl_vat, amount, out=np.ones(len(rows)), where=known),
                               1 / (1 + vat_rate)))


def _shipped(invoices: Table, rows: np.ndarray) -> np.ndarray:
    delivered = invoices["delivery_date"][rows]
    return np.asarray(np.where(np.isnat(delivered), invoices["date"][rows], delivered))


def _ordered(book: Assembly, order_row: np.ndarray) -> np.ndarray:
    """The day on which each item was ordered, where its order is known."""
    dates = np.append(book.tables["Orders"]["date"], EMPTY)
    return np.asarray(dates[order_row])
