"""Exposure of each client: the most that could be lost today.

exposure = open invoices - credit notes - unallocated payments
         + bills not matured + cheques not cleared
         + delivered not invoiced + orders not invoiced - deposits - invoices sold without recourse

Each component is given with its sign and its weight of the policy, so that the components add up to the total.
Disputed and doubtful items and retentions stay in. A bill that names an invoice replaces it; an invoice that names an
order replaces that part of the order; a deposit counts no further than its order, the rest is an unallocated payment.
An invoice sold to a factor counts with the weight of its recourse: 1 with recourse, 0 without.
Source: DESIGN 6, DOMAIN 5.1 (66,500 on a limit of 60,000).

>>> parts = dict(open_invoices=42000, credit_notes=-2000, unallocated=-4000, bills=10000, cheques=2500,
...              delivered_not_invoiced=6000, orders=15000, deposits=-3000, without_recourse=0)
>>> sum(parts.values()), tuple(parts) == COMPONENTS
(66500, True)
"""

from __future__ import annotations

import numpy as np

from udfs.exposure.ledger import Ledger
from udfs.tables.columns import sum_by

COMPONENTS = ("open_invoices", "credit_notes", "unallocated", "bills", "cheques", "delivered_not_invoiced",
              "orders", "deposits", "without_recourse")
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


def in_transit(as_of: np.datetime64, means: np.ndarray, date: np.ndarray, maturity: np.ndarray,
               cleared_on: np.ndarray, bill_return_days: int, cheque_clearing_days: int) -> dict[str, np.ndarray]:
    """Which payments are bills until maturity plus the return window, or cheques until cleared: they may come back.

    The day on which the bank cleared the payment ends the wait, whatever the windows say.
    """
    open_ended = np.isnat(cleared_on)
    matures = np.where(np.isnat(maturity), date, maturity)
    returned_by = np.where(open_ended, matures + bill_return_days + 1, cleared_on)
    cleared_by = np.where(open_ended, date + cheque_clearing_days, cleared_on)
    return {"bills": np.isin(means, BILL_MEANS) & (as_of < returned_by),
            "cheques": (means == "cheque") & (as_of < cleared_by)}


def undelivered(amount: np.ndarray, delivered: np.ndarray, invoiced: np.ndarray) -> np.ndarray:
    """What is still to deliver of each order: neither invoiced nor delivered."""
    return np.asarray(np.maximum(amount - np.nan_to_num(invoiced) - np.nan_to_num(delivered), 0.0))


def order_components(client: np.ndarray, delivered: np.ndarray, waiting: np.ndarray, deposit: np.ndarray, clients: int
                     ) -> tuple[dict[str, np.ndarray], np.ndarray]:
    """Delivered not invoiced, orders still to deliver (both as weighted), deposits; and what each order keeps of its
    deposit."""
    kept = np.minimum(np.nan_to_num(deposit), delivered + waiting)
    parts = {"delivered_not_invoiced": sum_by(client, delivered, clients), "orders": sum_by(client, waiting, clients),
             "deposits": 0.0 - sum_by(client, kept, clients)}
    return parts, kept


def total(components: dict[str, np.ndarray]) -> np.ndarray:
    """The exposure: the sum of its signed components."""
    return np.asarray(np.sum([components[name] for name in COMPONENTS], axis=0))
