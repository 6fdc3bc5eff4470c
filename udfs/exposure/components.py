"""Exposure of each client: the most that could be lost today.

exposure = open invoices - credit notes - unallocated payments
         + bills not matured + cheques not cleared
         + delivered not invoiced + orders not invoiced x weight - deposits

Each component is given with its sign, so that the components add up to the total. Disputed items stay in.
A bill that names an invoice replaces it; an invoice that names an order replaces that part of the order;
a deposit counts no further than its order, the rest is an unallocated payment.
Source: DESIGN 6, DOMAIN 5.1 (66,500 on a limit of 60,000).

>>> parts = dict(open_invoices=42000, credit_notes=-2000, unallocated=-4000, bills=10000, cheques=2500,
...              delivered_not_invoiced=6000, orders=15000, deposits=-3000)
>>> sum(parts.values()), tuple(parts) == COMPONENTS
(66500, True)
"""

from __future__ import annotations

import numpy as np

from udfs.exposure.ledger import Ledger
from udfs.tables.columns import sum_by

COMPONENTS = ("open_invoices", "credit_notes", "unallocated", "bills", "cheques", "delivered_not_invoiced",
              "orders", "deposits")
ACCOUNTING = COMPONENTS[:3]
BILL_MEANS = ("LCR", "note")


def ledger_components(ledger: Ledger, payment_client: np.ndarray, clients: int) -> dict[str, np.ndarray]:
    """Open invoices, credit notes and unallocated payments: what account 411 shows, by client."""
    invoice = ledger.sign > 0
    credit = sum_by(ledger.client[~invoice], ledger.open[~invoice], clients)
    unallocated = sum_by(payment_client, ledger.payment_unallocated, clients)
    overpaid = sum_by(ledger.client, ledger.overpaid * ledger.sign, clients)
    return {"open_invoices": sum_by(ledger.client[invoice], ledger.open[invoice], clients),
            # Not -credit: nothing is 0 and not -0.
            "credit_notes": 0.0 - credit, "unallocated": 0.0 - unallocated - overpaid}


def payments_in_transit(as_of: np.datetime64, client: np.ndarray, means: np.ndarray, date: np.ndarray,
                        amount: np.ndarray, maturity: np.ndarray, cleared_on: np.ndarray, clients: int,
                        bill_return_days: int, cheque_clearing_days: int) -> dict[str, np.ndarray]:
    """Bills until maturity plus the return window, cheques until cleared: money that may still come back.

    The day on which the bank cleared the payment ends the wait, whatever the windows say.
    """
    open_ended = np.isnat(cleared_on)
    matures = np.where(np.isnat(maturity), date, maturity)
    returned_by = np.where(open_ended, matures + bill_return_days + 1, cleared_on)
    pending_bill = np.isin(means, BILL_MEANS) & (as_of < returned_by)
    cleared_by = np.where(open_ended, date + cheque_clearing_days, cleared_on)
    pending_cheque = (means == "cheque") & (as_of < cleared_by)
    return {"bills": sum_by(client[pending_bill], amount[pending_bill], clients),
            "cheques": sum_by(client[pending_cheque], amount[pending_cheque], clients)}


def undelivered(amount: np.ndarray, delivered: np.ndarray, invoiced: np.ndarray) -> np.ndarray:
    """What is still to deliver of each order: neither invoiced nor delivered."""
    return np.asarray(np.maximum(amount - np.nan_to_num(invoiced) - np.nan_to_num(delivered), 0.0))


def order_components(client: np.ndarray, amount: np.ndarray, delivered: np.ndarray, invoiced: np.ndarray,
                     deposit: np.ndarray, weight: float, clients: int) -> tuple[dict[str, np.ndarray], np.ndarray]:
    """Delivered not invoiced, orders still to deliver, deposits; and by order the deposit beyond its cap."""
    waiting, delivered = undelivered(amount, delivered, invoiced), np.nan_to_num(delivered)
    kept = np.minimum(np.nan_to_num(deposit), delivered + waiting * weight)
    parts = {"delivered_not_invoiced": sum_by(client, delivered, clients),
             "orders": sum_by(client, waiting * weight, clients), "deposits": 0.0 - sum_by(client, kept, clients)}
    return parts, np.nan_to_num(deposit) - kept


def total(components: dict[str, np.ndarray]) -> np.ndarray:
    """The exposure: the sum of its signed components."""
    return np.asarray(np.sum([components[name] for name in COMPONENTS], axis=0))
