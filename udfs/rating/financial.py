"""Financial strength from the accounts: Altman's Z'' for firms that are not listed manufacturers.

Z'' = 6.56 WC/TA + 3.26 RE/TA + 6.72 EBIT/TA + 1.05 equity/debt, working capital WC = current assets - current debt.

Zones of the author: above 2.6 sound, below 1.1 in distress. A missing line gives NaN ("n/d"), never 0.
Source: DOMAIN 2.4 (TA 1500, WC 200, RE 250, EBIT 120, equity 600, debts 900 -> 2.656).

>>> lines = dict(current_assets=700, current_debt=500, retained_earnings=250, ebit=120, equity=600,
...              total_debt=900, total_assets=1500)
>>> z = altman_z2(**{name: np.array([float(value)]) for name, value in lines.items()})
>>> round(float(z[0]), 3)
2.656
"""

from __future__ import annotations

import numpy as np


def altman_z2(current_assets: np.ndarray, current_debt: np.ndarray, retained_earnings: np.ndarray,
              ebit: np.ndarray, equity: np.ndarray, total_debt: np.ndarray, total_assets: np.ndarray) -> np.ndarray:
    """Z'' of each row of accounts, NaN where a line is missing or assets or debt are not positive."""
    with np.errstate(divide="ignore", invalid="ignore"):
        score = (6.56 * (current_assets - current_debt) / total_assets + 3.26 * retained_earnings / total_assets
                 + 6.72 * ebit / total_assets + 1.05 * equity / total_debt)
    return np.where((total_assets > 0) & (total_debt > 0), score, np.nan)


def tangible_net_worth(equity: np.ndarray, intangibles: np.ndarray, unpaid_capital: np.ndarray) -> np.ndarray:
    """Equity less intangible assets and unpaid capital; without the intangibles it is not known, unless it is negative.

    What is deducted can only lower it: negative equity is enough to know that nothing is left.

    >>> tangible_net_worth(np.array([95000.0, 95000.0]), np.array([15000.0, np.nan]), np.full(2, np.nan)).tolist()
    [80000.0, nan]
    """
    deducted = np.where(np.isnan(intangibles) & (equity <= 0), 0.0, intangibles)
    return np.asarray(equity - deducted - np.nan_to_num(unpaid_capital))


def latest_accounts(client: np.ndarray, year_end: np.ndarray, as_of: np.datetime64, clients: int) -> np.ndarray:
    """For each client the row of its latest accounts closed by the as-of date, -1 where none."""
    known = np.flatnonzero(year_end <= as_of)
    order = known[np.argsort(year_end[known], kind="stable")]
    row = np.full(clients, -1)
    row[client[order]] = order
    return row
