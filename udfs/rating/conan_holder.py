"""The score of Conan and Holder (1979), made on French industrial firms of 10 to 500 people.

score = 24 X1 + 22 X2 + 16 X3 - 87 X4 - 10 X5

X1 = EBITDA / debt    X2 = permanent capital / assets    X3 = (current assets - stocks) / assets
X4 = financial charges / turnover    X5 = personnel / value added

A missing line gives NaN ("n/d"), never 0, as does a line below the bar that is not positive: without value added
there is no score. It means little for trade, services, holdings and young firms, or outside 1.5 to 75 MEUR of
turnover (`models.outside_domain`). Sources disagree on the zones (`models.zone`). The percentages of failure that
often go with it are shares of a sample that was half failures: no probability of default, so there are none here.

Source: DOMAIN 2.3. Worked example: EBITDA 120, debt 670, permanent capital 600 of assets 1,000, receivables and cash
350, financial charges 20, turnover 2,000, personnel 250 of a value added of 400:

>>> lines = {name: np.array([value]) for name, value in dict(
...     ebitda=120.0, total_debt=670.0, equity=330.0, long_term_debt=270.0, total_assets=1000.0,
...     current_assets=500.0, stocks=150.0, financial_charges=20.0, turnover=2000.0, personnel=250.0,
...     value_added=400.0).items()}
>>> round(conan_holder(lines).item(), 2)
15.98
"""

from __future__ import annotations

import numpy as np

from udfs.rating import models
from udfs.rating.ratios import Lines

COEFFICIENTS = {"ebitda_to_debt": 24.0, "permanent_capital_share": 22.0, "liquid_share": 16.0,
                "charges_to_turnover": -87.0, "personnel_share": -10.0}


def conan_holder(lines: Lines) -> np.ndarray:
    """The score of each row of accounts."""
    return models.weighted(COEFFICIENTS, lines)


def missing(lines: Lines) -> np.ndarray:
    """For each row the first line missing for the score, an empty text where none is."""
    return models.missing(COEFFICIENTS, lines)


def not_positive(lines: Lines) -> np.ndarray:
    """For each row the first line below a bar that is known and not positive, else an empty text."""
    return models.not_positive(COEFFICIENTS, lines)
