"""Which order each payment and invoice names, and what orders add to the exposure of their clients."""

from __future__ import annotations

import numpy as np

from udfs.book.assembly import Assembly
from udfs.exposure import components as exposure
from udfs.tables.columns import sum_by
from udfs.tables.table import Table
from udfs.tables.words import same_code


def of_payments(book: Assembly, payments: Table, payment_numbers: np.ndarray) -> np.ndarray:
    """The row of Orders that a payment without an invoice names, else -1."""
    place = np.full(len(payments), -1)
    rows = np.flatnonzero((payment_numbers < 0) & (payments["order"] != "") & (payments["invoice"] == ""))
    if not len(rows):
        return place
    known = _rows(book)
    for row in rows:
        key = (int(book.client_of["Payments"][row]), same_code(payments["order"][row]))
        place[row] = known.get(key, -1)
    return place


def of_invoices(book: Assembly) -> np.ndarray:
    """The row of Orders that each document names, else -1."""
    invoices = book.tables["Invoices"]
    place = np.full(len(invoices), -1)
    if not len(book.tables["Orders"]):
        return place
    known = _rows(book)
    for row in np.flatnonzero(invoices["order"] != "").tolist():
        place[row] = known.get((int(book.client_of["Invoices"][row]), same_code(invoices["order"][row])), -1)
    return place


def order_parts(book: Assembly, order_of: np.ndarray, counted: np.ndarray, sign: np.ndarray, order_row: np.ndarray
                 ) -> tuple[dict[str, np.ndarray], np.ndarray, np.ndarray, np.ndarray]:
    """What orders add to the exposure; by client the payments on them beyond their cap; by order what is undelivered,
    and what it keeps of its deposits.

    An invoice that names an order replaces that part of it. A deposit of the Orders table that its order no longer
    bears is left aside; a payment received stays the client's money.
    """
    orders, count, policy = book.tables["Orders"], len(book.clients), book.policy
    paid, named = order_of >= 0, order_row >= 0
    received = sum_by(order_of[paid], counted[paid], len(orders))
    deposits = np.nan_to_num(orders["deposit"]) + received
    invoiced = sum_by(order_row[named], (sign * book.tables["Invoices"]["amount"])[named], len(orders))
    waiting = exposure.undelivered(orders["amount"], orders["delivered_not_invoiced"],
                                   np.fmax(orders["invoiced"], invoiced))
    found, kept = exposure.order_components(
        book.client_of["Orders"], np.nan_to_num(orders["delivered_not_invoiced"]) * policy.number("delivered_weight"),
        waiting * policy.number("orders_weight"), deposits, count)
    beyond = sum_by(book.client_of["Orders"], np.minimum(deposits - kept, received), count)
    return found, beyond, waiting, kept


def _rows(book: Assembly) -> dict[tuple[int, str], int]:
    """The row of each order by its client and number."""
    return {(client, same_code(order)): row for row, (client, order) in
            enumerate(zip(book.client_of["Orders"].tolist(), book.tables["Orders"]["order"], strict=True))}
