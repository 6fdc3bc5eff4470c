"""How far a note can be trusted: the weight of what is known, less where what is known has grown old.

confidence = sum over the known criteria of weight x freshness        0 to 1

A freshness is the factor of `reference/freshness.csv` for what a criterion stands on (accounts, note, payments,
opinion) and its age in months; without a date it is the factor of the row without `from_months`. What does not age,
such as the legal form, counts in full. Source: DESIGN 6, DOMAIN 2.9; factors [design].

Worked example: payments of last month known for 20 % of the weights, accounts of 19 months ago for another 20 %:
0.20 x 1 + 0.20 x 0.75 = 0.35.

>>> factors = {"payment": freshness("payments", np.array([1.0])), "financial": freshness("accounts", np.array([19.0]))}
>>> known = {"payment": np.array([5.0]), "financial": np.array([3.0]), "term": np.array([np.nan])}
>>> round(confidence(known, {"payment": 0.2, "financial": 0.2, "term": 0.6}, factors).item(), 6)
0.35
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from udfs import reference


def freshness(what: str, months: np.ndarray) -> np.ndarray:
    """The factor of each age in months; NaN is not dated, and without a row for that it counts for nothing."""
    factors = np.zeros(len(months))
    for row in reference.rows("freshness"):
        if row["what"] == what:
            reached = months >= float(row["from_months"]) if row["from_months"] else np.isnan(months)
            factors[reached] = float(row["factor"])
    return factors


def confidence(answers: Mapping[str, np.ndarray], weights: Mapping[str, float], factors: Mapping[str, np.ndarray]
               ) -> np.ndarray:
    """Known weight times freshness; a criterion without a factor does not age."""
    total = np.zeros(len(next(iter(answers.values()))))
    for criterion, weight in weights.items():
        if criterion in answers:
            total += weight * ~np.isnan(answers[criterion]) * factors.get(criterion, 1.0)
    return total
