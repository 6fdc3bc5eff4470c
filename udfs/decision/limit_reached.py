"""When a limit is reached at the present rate.

    growth = invoiced net of credit notes - payments received, within a window of 90 days
    days   = (limit - exposure) / (growth / days of the window), rounded up; 0 where the limit is reached already

Amounts in the reporting currency incl. VAT. Unknown where nothing grows. The rate is the average of the window, without
seasons, orders or payments to come [design].

Worked example: 4,000 of 10,000, and 9,000 invoiced against 4,500 received in 90 days: 50 a day, 6,000 / 50 = 120 days.

>>> limit, exposure = np.array([10_000.0, 10_000.0, 10_000.0]), np.array([4_000.0, 4_000.0, 10_000.0])
>>> days_to_limit(limit, exposure, np.array([4_500.0, -900.0, 0.0]), 90).tolist()
[120.0, nan, 0.0]
"""

from __future__ import annotations

import numpy as np

from udfs.tables.columns import CENT, round_cents


def days_to_limit(limit: np.ndarray, exposure: np.ndarray, growth: np.ndarray, window: int) -> np.ndarray:
    """Days from now on, NaN where the exposure does not grow or there is no limit."""
    left = round_cents(limit - exposure)
    days = np.divide(left * window, growth, out=np.full(len(left), np.nan), where=growth >= CENT)
    # A hair above a whole day is that day.
    return np.where(left <= 0, 0.0, np.ceil(days - 1e-9))
