"""How well a score tells bankrupt firms from sound ones: AUC, with its error and that of a difference.

AUC = share of the pairs (bankrupt, sound) in which the bankrupt firm has the lower score, ties for one half

0.5 is chance, 1 never errs. Error: DeLong, DeLong and Clarke-Pearson, Biometrics 44 (1988), 837-845: the variance
of each firm's own share of pairs. Several scores of the same firms, or repeats, are averaged firm by firm first,
so that what they have in common is counted once.

>>> failed = np.array([True, True, False, False, False])
>>> round(placements(np.array([1.0, 3.0, 2.0, 3.0, 4.0]), failed).auc, 4)  # pairs: 1 1 1, 0 1/2 1
0.75
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

NORMAL_95 = 1.959964


@dataclass(frozen=True)
class Placements:
    """The share of well-ordered pairs of each bankrupt firm and of each sound one."""

    bankrupt: np.ndarray
    sound: np.ndarray

    @property
    def auc(self) -> float:
        """The share of well-ordered pairs; a difference of two is the difference of their AUCs."""
        return float(self.bankrupt.mean())

    @property
    def margin(self) -> float:
        """Half the width of the 95 % interval."""
        variance = self.bankrupt.var(ddof=1) / len(self.bankrupt) + self.sound.var(ddof=1) / len(self.sound)
        return float(NORMAL_95 * np.sqrt(variance))

    def __sub__(self, other: Placements) -> Placements:
        return Placements(self.bankrupt - other.bankrupt, self.sound - other.sound)


def placements(score: np.ndarray, failed: np.ndarray) -> Placements:
    """The pairs of one score; the lower it is, the riskier the firm."""
    bankrupt, sound = score[failed], score[~failed]
    return Placements(1 - _share_below(sound, bankrupt), _share_below(bankrupt, sound))


def averaged(several: Iterable[Placements]) -> Placements:
    """The mean of repeats over the same firms."""
    found = list(several)
    return Placements(np.mean([one.bankrupt for one in found], axis=0), np.mean([one.sound for one in found], axis=0))


def _share_below(values: np.ndarray, at: np.ndarray) -> np.ndarray:
    """The share of the values below each point, equal ones for one half."""
    values = np.sort(values)
    below = np.searchsorted(values, at, side="left") + np.searchsorted(values, at, side="right")
    return np.asarray(below / (2 * len(values)))
