"""All figures of the page, from one run: Altman's scores are measured on the firms and in the run of ours."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from calibration.auc import Placements, placements
from calibration.sample import Sample
from calibration.validation import HIDDEN, Validation, carried_over, halves, validate

SCORE_STEPS = (0, 20, 30, 40, 50, 60, 70, 80, 101)


@dataclass(frozen=True)
class Group:
    """Firms of like score or like expected rate: from, to, how many, the expected and the true share of bankrupt."""

    low: float
    high: float
    firms: float
    expected: float
    bankrupt: float


@dataclass(frozen=True)
class Measures:
    """What the page tells; `compared` firms have all three scores."""

    firms: Sample
    validation: Validation
    compared: np.ndarray
    ours: Placements
    z2: Placements
    z1: Placements
    deciles: Sequence[Group]
    by_score: Sequence[Group]
    hidden: Mapping[str, tuple[float, float, float]]
    halves: Sequence[tuple[float, float]]
    small_to_large: tuple[float, float]
    large_to_small: tuple[float, float]


def measure(firms: Sample) -> Measures:
    """Validate on the firms; takes some seconds."""
    found = validate(firms)
    scores = found.scores["all lines"]
    compared = ~(np.isnan(scores).any(axis=0) | np.isnan(firms.z2) | np.isnan(firms.z1))
    sized = ~np.isnan(firms.size)
    small = firms.only(sized).size < np.median(firms.size[sized])
    failed = firms.failed[compared]
    rates = found.rates[:, compared]
    return Measures(
        firms, found, compared, found.of("all lines", firms.failed, compared),
        placements(firms.z2[compared], failed), placements(firms.z1[compared], failed),
        groups(rates, np.quantile(rates, np.linspace(0, 1, 11)), rates, failed),
        groups(scores[:, compared], np.array(SCORE_STEPS), rates, failed),
        {name: without_lines(found, name, firms, compared) for name in HIDDEN}, halves(firms),
        carried_over(firms.only(sized), small), carried_over(firms.only(sized), ~small),
    )


def groups(values: np.ndarray, edges: np.ndarray, rates: np.ndarray, failed: np.ndarray) -> list[Group]:
    """Firms between neighbouring edges, the mean of the repeats."""
    place = np.clip(np.searchsorted(edges, values, side="right") - 1, 0, len(edges) - 2)
    found = []
    for number, (low, high) in enumerate(pairwise(edges)):
        inside = place == number
        happened = np.broadcast_to(failed, values.shape)[inside]
        found.append(Group(float(low), float(high), inside.sum() / len(values), float(rates[inside].mean()),
                           float(happened.mean())))
    return found


def without_lines(found: Validation, hidden: str, firms: Sample, compared: np.ndarray) -> tuple[float, float, float]:
    """Share of the firms that keep a score, its AUC, and by how many points it moves on average."""
    scores, full = found.scores[hidden][:, compared], found.scores["all lines"][:, compared]
    known = compared.copy()
    known[compared] = ~np.isnan(scores).any(axis=0)
    return (float(known.sum() / compared.sum()), found.of(hidden, firms.failed, known).auc,
            float(np.nanmean(np.abs(scores - full))))
