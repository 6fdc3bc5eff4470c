"""What the ledger tells of the trade with a client: invoiced sales, their trend, the term in use, its age.

Sales are invoices less credit notes, incl. VAT, by invoice date. The trend compares the last 12 months with
the 12 before; with a history of 12 to 24 months, the last 6 with the 6 before; a shorter one has no trend.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from udfs.exposure.ledger import Ledger
from udfs.tables.columns import NOTHING, days_between, first_date_by, mean_by, months_before, sum_by


@dataclass(frozen=True)
class Trade:
    """By client: first invoice, sales of 12 months, change of sales (a fraction), mean days granted."""

    first_invoice: np.ndarray
    sales_12_months: np.ndarray
    trend: np.ndarray
    term_days: np.ndarray


def trade(ledger: Ledger, term_days: np.ndarray, clients: int) -> Trade:
    """The trade of each client; `term_days` are the days granted by each document."""
    invoice = ledger.sign > 0
    first = first_date_by(ledger.client[invoice], ledger.date[invoice], clients)
    year = months_before(ledger.as_of, 12)
    recent = invoice & (ledger.date > year) & ~np.isnan(term_days)
    terms = mean_by(ledger.client[recent], np.maximum(term_days[recent], 0), ledger.amount[recent], clients)
    return Trade(first, _sales(ledger, year, ledger.as_of, clients), _trend(ledger, first, clients), terms)


def _sales(ledger: Ledger, after: np.datetime64, until: np.datetime64, clients: int) -> np.ndarray:
    rows = (ledger.date > after) & (ledger.date <= until)
    return sum_by(ledger.client[rows], (ledger.sign * ledger.amount)[rows], clients)


def _trend(ledger: Ledger, first: np.ndarray, clients: int) -> np.ndarray:
    change = np.full(clients, np.nan)
    for months in (6, 12):
        middle, start = months_before(ledger.as_of, months), months_before(ledger.as_of, 2 * months)
        before, after = _sales(ledger, start, middle, clients), _sales(ledger, middle, ledger.as_of, clients)
        known = (first <= start) & (before > NOTHING)
        change[known] = after[known] / before[known] - 1
    return change


def annual_sales(trade: Trade, as_of: np.datetime64, months_minimum: int) -> np.ndarray:
    """Sales of a year: 12 months as they are, a shorter history annualised from `months_minimum` months on."""
    days = days_between(trade.first_invoice, as_of)
    enough = trade.first_invoice <= months_before(as_of, months_minimum)
    factor = np.where(trade.first_invoice <= months_before(as_of, 12), 1.0, 365 / np.maximum(days, 1))
    return np.where(enough & (trade.sales_12_months > NOTHING), trade.sales_12_months * factor, np.nan)
