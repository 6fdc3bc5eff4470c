"""What closes the gap between need and limit: a shorter term, a deposit, a guarantee.

term = floor(limit / need of one day), deposit = 1 - limit / need, guarantee = need - limit; none below 0.
Source: DOMAIN 1.2: need 50,000 at 60 days, limit 28,000 -> 33 days, 44 %, 22,000.

>>> levers(need=50_000, limit=28_000, need_days=60)
Levers(term_days=33, deposit_share=0.44, guarantee=22000.0)
>>> levers(need=20_000, limit=28_000, need_days=60) is None
True
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

Amounts = np.ndarray | float


class Levers(NamedTuple):
    """Each alone closes the gap."""

    term_days: int
    deposit_share: float
    guarantee: float


def largest_term(limit: Amounts, need_of_a_day: Amounts) -> np.ndarray:
    """The most days whose need the limit bears."""
    # A float a hair under a whole day is that day.
    return np.floor(np.asarray(limit) / need_of_a_day + 1e-9)


def least_deposit(need: Amounts, limit: Amounts) -> np.ndarray:
    """The share paid in advance after which the rest of the need fits; 0 where there is no need."""
    need = np.asarray(need, dtype=np.float64)
    return np.where(need > 0, np.maximum(1 - limit / np.where(need > 0, need, 1.0), 0.0), 0.0)


def least_guarantee(need: Amounts, limit: Amounts) -> np.ndarray:
    """The part of the need that somebody else must answer for."""
    return np.maximum(np.asarray(need, dtype=np.float64) - limit, 0.0)


def levers(need: float, limit: float, need_days: float) -> Levers | None:
    """The three levers, or None when there is no gap or nothing to compare."""
    if not need > limit:
        return None
    term = largest_term(limit, need / need_days) if need_days else 0
    return Levers(int(term), round(float(least_deposit(need, limit)), 4), float(least_guarantee(need, limit)))
