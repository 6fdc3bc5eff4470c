"""How good a payer is, and how long its terms are, as factors of a limit (AFDCC: CCP and CDP).

payment coefficient: by mean days beyond terms, 1.20 on time to 0.50 beyond 60 days [design], `payment_coefficients.csv`
term coefficient = days in use / reference days: 60 days end of month are 75 in use, 75 / 60 = 1.25
Source: DOMAIN 1.3; the AFDCC publishes the method and no table. As a multiplier of the capacity: clamped, DOMAIN 1.5.

>>> payment_coefficients(np.array([0.0, 8.0, 20.0, 75.0, np.nan])).tolist()
[1.2, 1.0, 0.9, 0.5, nan]
>>> float(term_coefficients(np.array(75.0), 60))
1.25
>>> multipliers(np.array([8.0, 20.0, np.nan]), 0.95, 1.2).tolist()
[1.0, 0.95, 1.0]
"""

from __future__ import annotations

import numpy as np

from udfs import reference


def payment_coefficients(days_late: np.ndarray) -> np.ndarray:
    """The payment coefficient of each client, NaN where nothing is known of its payments."""
    # A weighted mean of delays that are all 15 days may come out a hair above 15.
    days_late = np.round(days_late, 6)
    coefficient = np.full(len(days_late), np.nan)
    low = -np.inf
    for row in reference.rows("payment_coefficients"):
        high = float(row["up_to_days_late"] or "inf")
        coefficient[(days_late > low) & (days_late <= high)] = float(row["coefficient"])
        low = high
    return coefficient


def term_coefficients(days_in_use: np.ndarray, reference_days: float) -> np.ndarray:
    """The term in use against the reference term."""
    return np.asarray(days_in_use / reference_days)


def multipliers(days_late: np.ndarray, lowest: float, highest: float) -> np.ndarray:
    """The payment coefficient within bounds; who is not known neither gains nor loses."""
    found = np.clip(payment_coefficients(days_late), lowest, highest)
    return np.where(np.isnan(found), 1.0, found)
