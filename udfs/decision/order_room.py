"""The largest new order that an amount leaves room for, excl. VAT and in whole cents.

    exposure + order x (1 + VAT rate), to the cent, is at most the amount; never below 0

DESIGN 6: exactly at the limit is not over it. Amounts in the reporting currency, rates as fractions.

Worked example: 4,000 are owed of 10,000. At 20 % an order of 5,000 adds 6,000; at 5.5 % one of 5,687.20 does.

>>> largest_order(np.array([4_000.0, 4_000.0, 12_000.0]), np.full(3, 10_000.0), np.array([0.2, 0.055, 0.2])).tolist()
[5000.0, 5687.2, 0.0]
"""

from __future__ import annotations

import numpy as np

from udfs.decision.decide import exceeds
from udfs.tables.columns import CENT


def largest_order(exposure: np.ndarray, most: np.ndarray | float, vat_rate: np.ndarray) -> np.ndarray:
    """The largest order of each client; endless where `most` is NaN, for nothing bounds it."""
    bound = np.broadcast_to(most, exposure.shape)
    cents = np.floor((bound - exposure) / (1 + vat_rate) / CENT)
    # Rounding the amount incl. VAT to the cent may let a cent more pass.
    tried = [np.round((cents + more) * CENT, 2) for more in (1, 0)]
    fits = [~exceeds(exposure + order * (1 + vat_rate), bound) for order in tried]
    found = np.select(fits, tried, 0.0)
    return np.where(np.isnan(bound), np.inf, np.maximum(found, 0.0))
