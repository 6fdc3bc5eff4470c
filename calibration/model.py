"""From the firms to the table of points: bands and weights of evidence, logistic regression, whole points.

The regression has a ridge: ratios that tell the same story share its weight, instead of one taking all and
another a wrong sign. Points are the contribution of a band to the log of the odds, counted from the worst band of
its ratio and scaled so that the best bands total 100, then rounded; a missing ratio has the points of evidence 0.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from calibration.bands import Bands, bands
from calibration.sample import Sample
from udfs.rating.financial_score import RatioPoints

# Edges are multiples of the step, so that a reader can remember them.
STEPS: Mapping[str, float] = {
    "equity_to_assets": 0.01, "retained_earnings_to_assets": 0.01, "working_capital_to_assets": 0.01,
    "quick_ratio": 0.05, "cash_flow_to_turnover": 0.01, "cash_flow_to_debt": 0.01,
}
SMALLEST_BAND = 0.05
MOST_BANDS = 6
# scikit-learn's C: the smaller, the stronger.
RIDGE = 0.005
TOTAL = 100
# Four ratios stand on the balance sheet alone: a profit and loss account kept back still leaves a score.
LEAST_KNOWN = 4


def fit(firms: Sample) -> dict[str, RatioPoints]:
    """The points of each ratio."""
    from sklearn.linear_model import LogisticRegression

    found = {name: bands(firms.ratios[name], firms.failed, step, SMALLEST_BAND, MOST_BANDS)
             for name, step in STEPS.items()}
    evidence = np.column_stack([one.of(firms.ratios[name]) for name, one in found.items()])
    weights = LogisticRegression(C=RIDGE, max_iter=1000).fit(evidence, ~firms.failed).coef_[0]
    if (weights <= 0).any():
        raise ValueError(f"The regression turns {np.array(list(found))[weights <= 0].tolist()} round: choose other "
                         "ratios or a stronger ridge.")
    spans = weights * [one.evidence[-1] - one.evidence[0] for one in found.values()]
    return {name: _points(found[name], most)
            for name, most in zip(found, _shared_out(spans), strict=True)}


def _shared_out(spans: np.ndarray) -> np.ndarray:
    """Whole points in proportion, totalling 100: the largest remainders get what rounding down leaves.

    >>> _shared_out(np.array([1.0, 1.0, 1.0])).tolist()
    [34, 33, 33]
    """
    exact = TOTAL * spans / spans.sum()
    whole = np.floor(exact).astype(int)
    whole[np.argsort(whole - exact, kind="stable")[:TOTAL - whole.sum()]] += 1
    return whole


def _points(ratio: Bands, most: int) -> RatioPoints:
    """Rounded points of the bands, neighbours with the same points made one."""
    low, high = ratio.evidence[0], ratio.evidence[-1]
    points = np.round(most * (ratio.evidence - low) / (high - low))
    new = np.diff(points) > 0
    return RatioPoints(ratio.edges[new], points[np.append(True, new)], float(np.round(most * -low / (high - low))))
