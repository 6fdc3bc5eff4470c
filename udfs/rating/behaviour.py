"""Payment behaviour: average days beyond terms over the window, weighted by amount.

days_beyond_terms = sum(amount x max(0, days late)) / sum(amount)

over what was settled in the window (a part payment counts for its part, late or not), and the undisputed
items that are overdue today, aged to date: a client that stops paying loses its good note by age alone.
Early payments do not offset late ones. Source: DOMAIN 2.2 and 6.1, DESIGN 6.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from udfs.exposure.ledger import Ledger
from udfs.tables.columns import count_by, days_between, mean_by, sum_by


@dataclass(frozen=True)
class Behaviour:
    """By client: days beyond terms (NaN: nothing is known), whether all was prepaid, settled invoices."""

    days_beyond_terms: np.ndarray
    prepays: np.ndarray
    settled_invoices: np.ndarray


def behaviour(ledger: Ledger, since: np.datetime64, evidence_since: np.datetime64, clients: int) -> Behaviour:
    """Behaviour over settlements after `since`; `settled_invoices` counts those after `evidence_since`."""
    document = ledger.piece_document
    paid = (ledger.sign[document] > 0) & (ledger.piece_date > since)
    document, date, amount = document[paid], ledger.piece_date[paid], ledger.piece_amount[paid]
    late = ledger.is_overdue & ~ledger.disputed
    client = np.concatenate((ledger.client[document], ledger.client[late]))
    days = np.concatenate((days_between(ledger.due_date[document], date),
                           days_between(ledger.due_date[late], ledger.as_of)))
    weight = np.concatenate((amount, ledger.open[late]))
    beyond = mean_by(client, np.maximum(np.nan_to_num(days), 0), weight, clients)

    after_invoice = sum_by(ledger.client[document], (date > ledger.date[document]).astype(float), clients)
    late_items = count_by(ledger.client[late], clients)
    settlements = count_by(ledger.client[document], clients)
    settled = (ledger.sign > 0) & (ledger.settled_on > evidence_since)
    return Behaviour(beyond, (settlements > 0) & (after_invoice == 0) & (late_items == 0),
                     count_by(ledger.client[settled], clients))


def oldest_overdue(ledger: Ledger, clients: int) -> np.ndarray:
    """Days late of the oldest undisputed overdue item of each client, 0 where none."""
    late = ledger.is_overdue & ~ledger.disputed
    days = np.zeros(clients)
    np.maximum.at(days, ledger.client[late], ledger.days_late[late])
    return days
