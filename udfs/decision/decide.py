"""The decision on a client or a new order: RELEASE, WARN, REVIEW or BLOCK, and every reason for it.

BLOCK: blocked, insolvency, granted limit 0, grade D, formal notice running, undisputed overdue > 60 days.
REVIEW: no limit known, computed limit 0, its group or itself over the limit with the order, > 500 EUR overdue for > 15
days, the third reminder sent, the insurer withdrew, grant expired, term above standard, an order or an own risk that
somebody must approve. WARN: a provisional limit exceeded, from 80 % of the limit on.
Exactly at the limit is not over it. The first reason that applies decides. Source: DESIGN 6, DOMAIN 5.3.

>>> amounts = np.array([7_900.0, 9_000.0, 10_000.0, 10_000.01])
>>> no = np.zeros(4, dtype=bool)
>>> found = decide(use_of_limit(amounts, 0.0, np.full(4, 10_000.0), ~no, no, no, 0.8, 0.0))
>>> [DECISIONS[code] for code in found.code]
['RELEASE', 'WARN', 'WARN', 'REVIEW']
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
    ("no_limit", REVIEW), ("computed_zero", REVIEW), ("group_over_limit", REVIEW), ("over_limit", REVIEW),
    ("overdue_review", REVIEW), ("reminder_level", REVIEW), ("insurer_withdrew", REVIEW), ("grant_expired", REVIEW),
    ("long_term", REVIEW), ("order_ceiling", REVIEW), ("approval", REVIEW),
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


def exceeds(used: np.ndarray, most: np.ndarray | float) -> np.ndarray:
    """Whether an amount is a cent or more over another; exactly at it is not over it."""
    return np.asarray(round_cents(used) > round_cents(most) + NOTHING)


def use_of_limit(exposure: np.ndarray, order: float | np.ndarray, limit: np.ndarray, granted: np.ndarray,
                 provisional: np.ndarray, capped: np.ndarray, warn_share: float, tolerance: float
                 ) -> dict[str, np.ndarray]:
    """The reasons that come from the amounts: no credit, over the limit, near it.

    `granted` says that the limit in force is a granted one, `provisional` that a computed one stands on
    little evidence: exceeding that one is a warning. `capped` is where the limit is what the client's group leaves.
    """
    used = round_cents(exposure + order)
    over = exceeds(used, limit * (1 + tolerance))
    soft = provisional & ~granted & (limit > 0)
    return {"no_limit": np.isnan(limit), "granted_zero": granted & (limit == 0),
            "computed_zero": ~granted & ~capped & (limit == 0), "group_over_limit": capped & (over | (limit == 0)),
            "over_limit": over & ~soft & ~capped & (limit > 0), "provisional_exceeded": over & soft & ~capped,
            "near_limit": (limit > 0) & ~over & (used >= warn_share * limit - NOTHING)}
