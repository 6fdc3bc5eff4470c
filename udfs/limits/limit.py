"""The limit: the least of what applies, rounded down, and the name of what binds.

With accounts: need, capacities. Without accounts (E1): need, highest exposure since repaid x payment
coefficient. New client (E0): need, share capital, starter line, cover for unnamed buyers. For all: the grade's
ceiling, 5 % of own turnover. A term that is not known is skipped. Insolvency and grade D give 0. Source: DESIGN 6.

>>> amounts = {"need": np.array([50_000.0]), "net_worth": np.array([28_000.0]), "turnover": np.array([35_000.0])}
>>> binding = least(amounts)
>>> binding.amount.tolist(), binding.constraint.tolist()
([28000.0], ['net_worth'])
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np


@dataclass(frozen=True)
class Least:
    """By client: the least amount (NaN where nothing is known) and the constraint it comes from."""

    amount: np.ndarray
    constraint: np.ndarray


def least(amounts: Mapping[str, np.ndarray]) -> Least:
    """The least known amount and its name; the first in order wins where two are equal."""
    names = np.array([*amounts, ""], dtype=object)
    stacked = np.stack(list(amounts.values()))
    filled = np.where(np.isnan(stacked), np.inf, stacked)
    place = np.argmin(filled, axis=0)
    amount = filled[place, np.arange(filled.shape[1])]
    unknown = np.isinf(amount)
    return Least(np.where(unknown, np.nan, amount), names[np.where(unknown, len(amounts), place)])


def floor_to_step(amounts: np.ndarray, tiny: float, small: float, medium: float, large: float,
                  medium_from: float, large_from: float) -> np.ndarray:
    """Rounded down to a step that grows with the amount; NaN stays NaN.

    Below one small step the tiny one serves: a client that needs 340 is not refused credit by rounding.

    >>> floor_to_step(np.array([347.0, 3_499.99, 28_400, 151_000]), 10, 500, 1000, 5000, 10_000, 100_000).tolist()
    [340.0, 3000.0, 28000.0, 150000.0]
    """
    step = np.where(amounts >= large_from, large, np.where(amounts >= medium_from, medium, small))
    step = np.where(amounts < small, tiny, step)
    # A float a hair under a whole step is that step.
    return np.floor(amounts / step + 1e-9) * step


def in_force(computed: np.ndarray, granted: np.ndarray, granted_on: np.ndarray, valid_until: np.ndarray,
             as_of: np.datetime64) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """The limit in force, whether it is a granted one, and whether a grant has expired.

    An empty grant is none, 0 is "no credit" and so is less; one without an end is valid.

    >>> day = lambda *texts: np.array(texts, "datetime64[D]")
    >>> limit, granted, expired = in_force(np.array([9.0, 9.0, 9.0]), np.array([0.0, np.nan, 5.0]),
    ...     day("", "", ""), day("", "", "2026-01-31"), np.datetime64("2026-02-01"))
    >>> limit.tolist(), granted.tolist(), expired.tolist()
    ([0.0, 9.0, 9.0], [True, False, False], [False, False, True])
    """
    made = ~np.isnan(granted) & ~(granted_on > as_of)
    expired = made & (valid_until < as_of)
    valid = made & ~expired
    return np.where(valid, np.maximum(granted, 0.0), computed), valid, expired
