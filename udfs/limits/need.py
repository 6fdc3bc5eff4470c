"""Need: the limit that the expected sales call for.

need = sales excl. VAT x (1 + VAT) / months x need days / 30

with a 30-day month, or the peak month in place of the average one where that is larger. Need days are the
mean effective days of the term plus the days from order to invoice.
Source: My DSO Manager, DOMAIN 1.2.

>>> float(need(sales=250_000, vat_rate=0.20, months=12, need_days=60))
50000.0
>>> float(need(sales=250_000, vat_rate=0.20, months=12, need_days=60, peak_month_sales=35_000))
84000.0
"""

from __future__ import annotations

import numpy as np


def need(sales: np.ndarray | float, vat_rate: np.ndarray | float, months: np.ndarray | float,
         need_days: np.ndarray | float, peak_month_sales: np.ndarray | float = float("nan"),
         month_days: np.ndarray | float = 30.0) -> np.ndarray:
    """The need, scalar or by client; NaN where an input is missing."""
    average = sales * (1 + vat_rate) * need_days / (months * month_days)
    return np.asarray(np.fmax(average, peak_month_sales * (1 + vat_rate) * need_days / month_days))
