"""What closes the gap between need and limit: a shorter term, a deposit, a guarantee.

term = floor(limit / need x need days), deposit = 1 - limit / need, guarantee = need - limit.
Source: DOMAIN 1.2: need 50,000 at 60 days, limit 28,000 -> 33 days, 44 %, 22,000.

>>> levers(need=50_000, limit=28_000, need_days=60)
Levers(term_days=33, deposit_share=0.44, guarantee=22000)
>>> levers(need=20_000, limit=28_000, need_days=60) is None
True
"""

from __future__ import annotations

from math import floor
from typing import NamedTuple


class Levers(NamedTuple):
    """Each alone closes the gap."""

    term_days: int
    deposit_share: float
    guarantee: float


def levers(need: float, limit: float, need_days: float) -> Levers | None:
    """The three levers, or None when there is no gap or nothing to compare."""
    if not need > limit:
        return None
    return Levers(floor(limit / need * need_days + 1e-9), round(1 - limit / need, 4), need - limit)
