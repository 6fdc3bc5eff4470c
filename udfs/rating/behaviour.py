"""Payment behaviour: average days beyond terms over the window, weighted by amount.

days_beyond_terms = sum(amount x max(0, days late)) / sum(amount)

over what was settled in the window (a part payment counts for its part, late or not), and the undisputed
items that are late today, aged to date: a client that stops paying loses its good note by age alone. They
count the oldest first, as long as they make the average worse: an invoice that falls overdue improves nothing.
Early payments do not offset late ones. Source: DOMAIN 2.2 and 6.1, DESIGN 6.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from udfs.exposure.ledger import Ledger
from udfs.tables.columns import NOTHING, count_by, days_between, mean_by, sum_by


@dataclass(frozen=True)
class Behaviour:
    """By client: days beyond terms (NaN: nothing is known), the same over a shorter window, whether all was prepaid.

    `settled_invoices` are counted lately; `never_paid` owe something and have paid nothing so far.
    """

    days_beyond_terms: np.ndarray
    recent_days_beyond_terms: np.ndarray
    prepays: np.ndarray
    settled_invoices: np.ndarray
    never_paid: np.ndarray


def behaviour(ledger: Ledger, since: np.datetime64, recent_since: np.datetime64, evidence_since: np.datetime64,
              clients: int, parts: np.ndarray | None = None) -> Behaviour:
    """Behaviour over settlements after `since`; `settled_invoices` counts those after `evidence_since`.

    `parts` says in how many documents each invoice stands: three instalments settled are one invoice.
    """
    document = ledger.piece_document
    owes = count_by(ledger.client[(ledger.open >= NOTHING) & (ledger.sign > 0)], clients) > 0
    known = (ledger.sign[document] > 0) & ~(ledger.piece_paid_on > ledger.as_of)
    ever = count_by(ledger.client[document[known]], clients) > 0
    paid = _settlements(ledger, since)
    document, date = document[paid], ledger.piece_paid_on[paid]
    after_invoice = sum_by(ledger.client[document], (date > ledger.date[document]).astype(float), clients)
    late_items = count_by(ledger.client[(ledger.late > 0) & ~ledger.disputed], clients)
    settlements = count_by(ledger.client[document], clients)
    settled = (ledger.sign > 0) & (ledger.settled_on > evidence_since)
    one = np.ones(len(settled)) if parts is None else 1 / parts
    invoices = np.floor(np.round(sum_by(ledger.client[settled], one[settled], clients), 6))
    return Behaviour(days_beyond_terms(ledger, since, clients), days_beyond_terms(ledger, recent_since, clients),
                     (settlements > 0) & (after_invoice == 0) & (late_items == 0), invoices, owes & ~ever)


def days_beyond_terms(ledger: Ledger, since: np.datetime64, clients: int) -> np.ndarray:
    """The mean of each client over what was settled after `since` and what is late today; NaN where neither is."""
    paid = _settlements(ledger, since)
    document, amount = ledger.piece_document[paid], ledger.piece_amount[paid]
    days = np.maximum(np.nan_to_num(days_between(ledger.due_date[document], ledger.piece_paid_on[paid])), 0)
    late = (ledger.late > 0) & ~ledger.disputed
    return _with_open_items(ledger.client[document], days, amount, ledger.client[late], ledger.days_late[late],
                            ledger.late[late], clients)


def _settlements(ledger: Ledger, since: np.datetime64) -> np.ndarray:
    """The settlements of invoices after a day, by the as-of date."""
    return np.asarray((ledger.sign[ledger.piece_document] > 0) & (ledger.piece_paid_on > since)
                      & (ledger.piece_paid_on <= ledger.as_of))


def _with_open_items(client: np.ndarray, days: np.ndarray, amount: np.ndarray, owner: np.ndarray,
                     days_open: np.ndarray, open_amount: np.ndarray, clients: int) -> np.ndarray:
    """The mean of what was settled with the open items, the oldest first, that raise it; of these alone if none was.

    >>> settled = np.array([0]), np.array([20.0]), np.array([1000.0])
    >>> late = np.array([0, 0]), np.array([1.0, 50.0]), np.array([5000.0, 500.0])
    >>> _with_open_items(*settled, *late, 1).tolist()
    [30.0]
    """
    paid, weighted = sum_by(client, amount, clients), sum_by(client, amount * days, clients)
    mean = mean_by(client, days, amount, clients)
    order = np.lexsort((-days_open, owner))
    owner, days_open, open_amount = owner[order], days_open[order], open_amount[order]
    running, running_days = np.cumsum(open_amount), np.cumsum(open_amount * days_open)
    first = np.searchsorted(owner, owner)
    running = paid[owner] + running - running[first] + open_amount[first]
    running_days = weighted[owner] + running_days - running_days[first] + (open_amount * days_open)[first]
    known = ~np.isnan(mean)[owner]
    worst = mean.copy()
    np.maximum.at(worst, owner[known], (running_days / running)[known])
    return np.where(np.isnan(mean), mean_by(owner, days_open, open_amount, clients), worst)


def oldest_overdue(ledger: Ledger, clients: int) -> np.ndarray:
    """Days late of the oldest undisputed overdue item of each client, 0 where none."""
    late = (ledger.late > 0) & ~ledger.disputed
    days = np.zeros(clients)
    np.maximum.at(days, ledger.client[late], ledger.days_late[late])
    return days
