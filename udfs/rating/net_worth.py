"""Tangible net worth: what creditors could count on if nothing immaterial were worth anything.

tangible net worth = equity - intangible assets - unpaid capital        amounts in the currency of the accounts

Unpaid capital is counted where it is given. Without the intangibles it is not known, unless equity is negative: what
is deducted can only lower it, so that negative equity is enough to know that nothing is left. Source: DOMAIN 2.11.

Worked example: equity 95,000 with 15,000 of intangibles; the same with intangibles missing:

>>> tangible_net_worth(np.array([95000.0, 95000.0]), np.array([15000.0, np.nan]), np.full(2, np.nan)).tolist()
[80000.0, nan]
"""

from __future__ import annotations

import numpy as np


def tangible_net_worth(equity: np.ndarray, intangibles: np.ndarray, unpaid_capital: np.ndarray) -> np.ndarray:
    """Tangible net worth of each row of accounts, NaN where it is not known."""
    deducted = np.where(np.isnan(intangibles) & (equity <= 0), 0.0, intangibles)
    return np.asarray(equity - deducted - np.nan_to_num(unpaid_capital))
