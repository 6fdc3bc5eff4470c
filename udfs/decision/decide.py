"""The decision on a client or a new order: RELEASE, WARN, REVIEW or BLOCK, and every reason for it.

BLOCK: blocked, insolvency, granted limit 0, grade D, formal notice running, undisputed overdue > 60 days.
REVIEW: no limit known, computed limit 0, over the limit with the order, > 500 EUR overdue for > 15 days,
grant expired, term above standard. WARN: a provisional limit exceeded, from 80 % of the limit on.
Exactly at the limit is not over it. The first reason that applies decides. Source: DESIGN 6, DOMAIN 5.3.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from udfs.tables.columns import NOTHING, round_cents

DECISIONS = ("RELEASE", "WARN", "REVIEW", "BLOCK")
RELEASE, WARN, REVIEW, BLOCK = range(4)

# Every reason with the decision it calls for; the order is the order in which reasons are told.
REASONS: tuple[tuple[str, int], ...] = (
    ("blocked", BLOCK), ("insolvency", BLOCK), ("granted_zero", BLOCK), ("grade_d", BLOCK),
    ("formal_notice", BLOCK), ("overdue_block", BLOCK),
    ("no_limit", REVIEW), ("computed_zero", REVIEW), ("over_limit", REVIEW), ("overdue_review", REVIEW),
    ("grant_expired", REVIEW), ("long_term", REVIEW),
    ("provisional_exceeded", WARN), ("near_limit", WARN),
)


@dataclass(frozen=True)
class Decisions:
    """By client: the code 0-3 and, for each reason, whether it applies."""

    code: np.ndarray
    reasons: Mapping[str, np.ndarray]

    def of(self, client: int) -> list[str]:
        """The reasons of one client, the deciding one first; `within_limit` when none applies."""
        found = [name for name, _ in REASONS if self.reasons[name][client]]
        return found or ["within_limit"]


def decide(facts: Mapping[str, np.ndarray]) -> Decisions:
    """Combine the reasons; a reason that is not given does not apply."""
    length = len(next(iter(facts.values())))
    reasons = {name: facts.get(name, np.zeros(length, dtype=bool)) for name, _ in REASONS}
    code = np.zeros(length, dtype=np.int64)
    for name, decision in REASONS:
        code = np.where(reasons[name], np.maximum(code, decision), code)
    return Decisions(code, reasons)


def use_of_limit(exposure: np.ndarray, order: float | np.ndarray, limit: np.ndarray, granted: np.ndarray,
                 provisional: np.ndarray, warn_share: float, tolerance: float) -> dict[str, np.ndarray]:
    """The reasons that come from the amounts: no credit, over the limit, near it.

    `granted` says that the limit in force is a granted one, `provisional` that a computed one stands on
    little evidence: exceeding that one is a warning.
    """
    used = round_cents(exposure + order)
    over = used > round_cents(limit * (1 + tolerance)) + NOTHING
    soft = provisional & ~granted & (limit > 0)
    return {"no_limit": np.isnan(limit), "granted_zero": granted & (limit == 0),
            "computed_zero": ~granted & (limit == 0), "over_limit": over & ~soft & (limit > 0),
            "provisional_exceeded": over & soft,
            "near_limit": (limit > 0) & ~over & (used >= warn_share * limit - NOTHING)}
