"""Altman's scores: how near to failure a firm of the sample stood one to two years before.

Z    = 1.2 X1 + 1.4 X2 + 3.3 X3 + 0.6 X4 + 0.999 X5            1968, listed manufacturers, X4 at market value
Z'   = 0.717 X1 + 0.847 X2 + 3.107 X3 + 0.420 X4 + 0.998 X5    private manufacturers, X4 at book value
Z''  = 6.56 X1 + 3.26 X2 + 6.72 X3 + 1.05 X4                   other firms; with 3.25 added: emerging markets (EM)

X1 = (current assets - current debt) / assets    X2 = retained earnings / assets    X3 = EBIT / assets
X4 = equity / debt    X5 = turnover / assets. Retained earnings are reserves and what was brought forward [gk].

A missing line gives NaN ("n/d"), never 0, as do assets or debt that are not positive. Zones: `models.zone`.
Source: DOMAIN 2.4. Worked example: assets 1,500, current assets 700, current debt 500, retained earnings 250,
EBIT 120, equity 600, debt 900, turnover 2,400:

>>> lines = {name: np.array([value]) for name, value in dict(
...     current_assets=700.0, current_debt=500.0, retained_earnings=250.0, ebit=120.0, equity=600.0,
...     market_value=600.0, total_debt=900.0, total_assets=1500.0, turnover=2400.0).items()}
>>> [round(altman(model, lines).item(), 3) for model in ("z", "z1", "z2", "z2_em")]
[2.656, 2.362, 2.656, 5.906]
"""

from __future__ import annotations

import numpy as np

from udfs.rating import models
from udfs.rating.ratios import Lines

Z2 = {"working_assets_share": 6.56, "retained_share": 3.26, "return_on_assets": 6.72, "equity_to_debt": 1.05}
COEFFICIENTS = {
    "z": {"working_assets_share": 1.2, "retained_share": 1.4, "return_on_assets": 3.3, "market_value_to_debt": 0.6,
          "asset_turnover": 0.999},
    "z1": {"working_assets_share": 0.717, "retained_share": 0.847, "return_on_assets": 3.107, "equity_to_debt": 0.420,
           "asset_turnover": 0.998},
    "z2": Z2,
    "z2_em": Z2,
}
CONSTANTS = {"z2_em": 3.25}


def altman(model: str, lines: Lines) -> np.ndarray:
    """The score of each row of accounts by `z`, `z1`, `z2` or `z2_em`; `z` also needs the line `market_value`."""
    return models.weighted(COEFFICIENTS[model], lines, CONSTANTS.get(model, 0.0))


def missing(model: str, lines: Lines) -> np.ndarray:
    """For each row the first line missing for the score, an empty text where none is."""
    return models.missing(COEFFICIENTS[model], lines)


def not_positive(model: str, lines: Lines) -> np.ndarray:
    """`total_assets` or `total_debt` where it is known and not positive, else an empty text."""
    return models.not_positive(COEFFICIENTS[model], lines)
