"""From the score to the grade: evidence decides whether there is one, hard facts cap it.

E0: open items only, no grade unless the evidence is adverse. E1: at least 3 invoices settled lately and six
months of history: at most B, provisional. E2: accounts or an outside note: full scale. Then each fact of DESIGN 6
caps the grade or gives D; liens, and equity below half of the share capital (C.com L223-42, L225-248), take one notch
each; every fact that applies is named, whether it decides or not.

Ranks: 1 is the best grade of the policy (A), 0 is "n/r".
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

WORST = 4
NOT_RATED = "n/r"

# What each fact does, in the order in which reasons are told; `adverse` ones need no other evidence.
CAPS: tuple[tuple[str, int, bool], ...] = (
    ("insolvency", WORST, True), ("overdue_d", WORST, True), ("broken_promises", WORST, True),
    ("overdue_c", 3, True), ("bounced", 3, True), ("negative_equity", 3, True),
    ("old_accounts", 2, False), ("no_new_accounts", 2, False), ("no_accounts", 2, False),
    ("financial_unknown", 2, False),
)
# Facts that take one notch each from a grade that there is.
NOTCHES = ("half_capital", "liens")


@dataclass(frozen=True)
class Grading:
    """By client: the rank of the score alone, the final rank (0 not rated), and the facts that apply."""

    scored: np.ndarray
    rank: np.ndarray
    facts: Mapping[str, np.ndarray]
    provisional: np.ndarray


def evidence(from_ledger: np.ndarray, financial: np.ndarray) -> np.ndarray:
    """0, 1 or 2: what the rating stands on; `financial` says where accounts or an outside note are known.

    >>> evidence(np.array([False, True, False]), np.array([False, False, True])).tolist()
    [0, 1, 2]
    """
    return np.where(financial, 2, np.where(from_ledger, 1, 0))


def grading(score: np.ndarray, level: np.ndarray, facts: Mapping[str, np.ndarray], lowest_scores: Sequence[float]
            ) -> Grading:
    """Grades by cut-off (`lowest_scores`, best grade first), then the facts.

    >>> none = np.zeros(1, bool)
    >>> facts = dict.fromkeys([*(name for name, _, _ in CAPS), *NOTCHES], none) | {"no_accounts": np.ones(1, bool)}
    >>> grading(np.array([9.0]), np.array([1]), facts, (7.5, 5.5, 3.5, 0)).rank.tolist()
    [2]
    """
    scored = np.full(len(score), len(lowest_scores))
    for place in range(len(lowest_scores) - 1, -1, -1):
        # Scores are compared as they are shown, so that 5.50 is never a C.
        scored[np.round(score, 9) >= lowest_scores[place]] = place + 1
    scored = np.where(np.isnan(score) | (level == 0), 0, scored)
    rank = scored.copy()
    for name, cap, adverse in CAPS:
        applies = facts[name] & (adverse | (rank > 0))
        rank = np.where(applies, np.maximum(rank, cap), rank)
    for name in NOTCHES:
        rank = np.where(facts[name] & (rank > 0), np.minimum(rank + 1, WORST), rank)
    return Grading(scored, rank, facts, (level < 2) & (rank > 0) & (rank < WORST))
