"""What the score is worth on firms that it has not seen: cross-validation, calibration, stability, missing lines.

Everything that is learned - bands, weights, points, the rate of bankruptcy at a score - is learned again in each
fold, from four fifths of the firms, and judged on the other fifth.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

import numpy as np

from calibration.auc import Placements, averaged, placements
from calibration.model import LEAST_KNOWN, fit
from calibration.sample import Sample
from udfs.rating.financial_score import RATIOS, RatioPoints, scored

FOLDS = 5
REPEATS = 20
SEED = 2026
# What a credit manager often does not get; the ratios that need one of these lines are not known then.
HIDDEN: Mapping[str, tuple[str, ...]] = {
    "all lines": (),
    "no depreciation": ("depreciation",),
    "no stocks": ("stocks",),
    "no retained earnings": ("retained_earnings",),
    "no split of debt by maturity": ("current_debt",),
    "no profit and loss account": ("net_income", "depreciation", "turnover"),
}


@dataclass(frozen=True)
class Validation:
    """Of each repeat a row, of each firm a column: scores and rates out of the fold; of each fold its table."""

    scores: Mapping[str, np.ndarray]
    rates: np.ndarray
    tables: tuple[Mapping[str, RatioPoints], ...]

    def of(self, hidden: str, failed: np.ndarray, firms: np.ndarray) -> Placements:
        """The well-ordered pairs of some firms, the mean of the repeats."""
        return averaged(placements(row[firms], failed[firms]) for row in self.scores[hidden])


def validate(firms: Sample) -> Validation:
    """Repeated stratified cross-validation."""
    scores = {hidden: np.full((REPEATS, len(firms)), np.nan) for hidden in HIDDEN}
    rates, tables = np.full((REPEATS, len(firms)), np.nan), []
    for number, (learned, judged) in enumerate(folds(firms)):
        seen, unseen, row = firms.only(learned), firms.only(judged), number // FOLDS
        table = fit(seen)
        tables.append(table)
        for hidden, lines in HIDDEN.items():
            scores[hidden][row, judged] = scored(without(unseen, lines), table, LEAST_KNOWN).score
        rates[row, judged] = rate_at(seen, table, scores["all lines"][row, judged])
    return Validation(scores, rates, tuple(tables))


def folds(firms: Sample) -> Iterator[tuple[np.ndarray, np.ndarray]]:
    """The firms to learn from and those to judge on, with the same share of bankrupt ones."""
    from sklearn.model_selection import RepeatedStratifiedKFold

    yield from RepeatedStratifiedKFold(n_splits=FOLDS, n_repeats=REPEATS, random_state=SEED).split(
        firms.failed, firms.failed)


def without(firms: Sample, lines: Iterable[str]) -> dict[str, np.ndarray]:
    """The ratios as they would be without some lines of the accounts."""
    return {name: np.full(len(firms), np.nan) if set(lines) & set(RATIOS[name]) else values
            for name, values in firms.ratios.items()}


def rate_at(seen: Sample, table: Mapping[str, RatioPoints], scores: np.ndarray) -> np.ndarray:
    """The expected share of bankrupt firms at each score: a straight line in the log of the odds."""
    from sklearn.linear_model import LogisticRegression

    own = scored(seen.ratios, table, LEAST_KNOWN).score
    known = ~np.isnan(own)
    line = LogisticRegression(C=np.inf, max_iter=1000).fit(own[known, None] / 100, seen.failed[known])
    given = ~np.isnan(scores)
    rates = np.full(len(scores), np.nan)
    rates[given] = line.predict_proba(scores[given, None] / 100)[:, 1]
    return rates


def stability_index(one: np.ndarray, other: np.ndarray, bands: int = 10) -> float:
    """Population stability index over bands that hold equal parts of the first: sum (p - q) ln(p / q).

    Habit reads it so: below 0.10 the same population, above 0.25 another one.

    >>> stability_index(np.arange(100.0), np.arange(100.0))
    0.0
    """
    edges = np.unique(np.quantile(one, np.linspace(0, 1, bands + 1)[1:-1]))
    shares = []
    for scores in (one, other):
        counts = np.bincount(np.searchsorted(edges, scores, side="right"), minlength=len(edges) + 1)
        shares.append((counts + 0.5) / (counts + 0.5).sum())
    return float(((shares[0] - shares[1]) * np.log(shares[0] / shares[1])).sum())


def halves(firms: Sample) -> list[tuple[float, float]]:
    """Points learned on one half: stability index of the other half, AUC there; for each repeat."""
    chance, found = np.random.default_rng(SEED), []
    for _ in range(REPEATS):
        first = np.zeros(len(firms), bool)
        for kind in (firms.failed, ~firms.failed):
            members = chance.permutation(np.flatnonzero(kind))
            first[members[:len(members) // 2]] = True
        found.append(carried_over(firms, first))
    return found


def carried_over(firms: Sample, first: np.ndarray) -> tuple[float, float]:
    """Stability index and AUC of the other firms under points learned on the first ones."""
    seen, unseen = firms.only(first), firms.only(~first)
    table = fit(seen)
    own, other = (scored(part.ratios, table, LEAST_KNOWN).score for part in (seen, unseen))
    known = ~np.isnan(other)
    return (stability_index(own[~np.isnan(own)], other[known]), placements(other[known], unseen.failed[known]).auc)
