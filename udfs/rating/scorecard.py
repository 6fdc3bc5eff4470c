"""The published scoring rule: answers 1-7, weights of 100 %, 600 points, a score of 0 to 10.

points = 100 x weight x (answer - 1), summed over the criteria known and re-weighted to 100 %, plus the
penalty of an answer 1; score = max(0, points) / 60. `coverage` is the weight of the known criteria. A criterion of
weight 0 counts in nothing, whatever its penalty.
Source: DOMAIN 2.2 (375 of 600 points give 6.25).

>>> weights = dict(zip("abcdefghi", [.05, .10, .20, .10, .10, .10, .05, .10, .20]))
>>> answers = {name: np.array([float(answer)]) for name, answer in zip("abcdefghi", [4, 5, 5, 5, 5, 5, 7, 4, 4])}
>>> score, coverage = scorecard(answers, weights, {})
>>> round(float(score[0]), 2), round(float(coverage[0]), 2)
(6.25, 1.0)
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np


def scorecard(answers: Mapping[str, np.ndarray], weights: Mapping[str, float], penalties: Mapping[str, float]
              ) -> tuple[np.ndarray, np.ndarray]:
    """Score 0-10 (NaN where no criterion is known) and coverage 0-1 of each client."""
    length = len(next(iter(answers.values())))
    points, known_weight, penalty = np.zeros(length), np.zeros(length), np.zeros(length)
    for criterion, weight in weights.items():
        answer = answers.get(criterion)
        if answer is None or not weight:
            continue
        known = ~np.isnan(answer)
        points[known] += 100 * weight * (answer[known] - 1)
        known_weight += weight * known
        penalty += penalties.get(criterion, 0.0) * (answer == 1)
    with np.errstate(divide="ignore", invalid="ignore"):
        score = np.maximum(points / known_weight + penalty, 0) / 60
    return np.where(known_weight > 0, score, np.nan), known_weight


def criterion_points(answer: float, weight: float) -> float:
    """Points of one criterion before re-weighting.

    >>> criterion_points(6, 0.20)
    100.0
    """
    return 100 * weight * (answer - 1)
