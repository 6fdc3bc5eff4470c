"""Another policy against the present one: whose limit or decision changes, and the euros at stake.

    changed  = a limit that differs by a cent or more, one that comes or goes, or another decision
    at stake = exposure - new limit where that is above 0, of the clients that change

Limits are those in force; exposure is that under the other policy, which may weigh its parts otherwise. A limit that is
not known (NaN) is no limit of 0: it adds nothing to a total, and what is at stake above it is not known. Amounts in
one currency; decisions as codes, the mildest 0, the hardest last. Order: who becomes blocked, to review, to watch, who
keeps the decision, who gets a milder one; of each the most euros at stake first. Decisions: DOMAIN 5.3.

Three clients of 10,000, 5,000 and 2,000 EUR exposure; the other policy takes 4,000 off the first limit, which so far
held, and gives 1,000 to the third, which was blocked without:

>>> found = compared(Stand(np.array([12_000.0, 6_000.0, 0.0]), np.array([1, 1, 3])),
...                  Stand(np.array([8_000.0, 6_000.0, 1_000.0]), np.array([2, 1, 2])),
...                  exposure=np.array([10_000.0, 5_000.0, 2_000.0]))
>>> found.clients.tolist(), found.at_stake.tolist()
([0, 2], [2000.0, 1000.0])
>>> found.become.tolist(), found.limits, found.stake
([0, 0, 2, 0], (18000.0, 15000.0), 3000.0)
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from udfs.tables.columns import NOTHING, count_by, round_cents

DECISIONS = 4


@dataclass(frozen=True)
class Stand:
    """By client under one policy: the limit in force and the code of the decision."""

    limit: np.ndarray
    decision: np.ndarray


@dataclass(frozen=True)
class PolicyTest:
    """The clients that change, in order, and what is at stake of each.

    Of all: how many get each decision that they did not have, the limits before and after, and the total at stake.
    """

    clients: np.ndarray
    at_stake: np.ndarray
    become: np.ndarray
    limits: tuple[float, float]
    stake: float


def compared(before: Stand, after: Stand, exposure: np.ndarray) -> PolicyTest:
    """The present policy against the other one, and the exposure under that one."""
    decided = before.decision != after.decision
    known = ~np.isnan(before.limit), ~np.isnan(after.limit)
    moved = np.nan_to_num(np.abs(round_cents(after.limit) - round_cents(before.limit))) > NOTHING
    changed = np.flatnonzero(decided | moved | (known[0] != known[1]))
    above = np.maximum(round_cents(exposure - after.limit), 0.0)[changed]
    step = np.sign(after.decision - before.decision)
    harder = np.where(step > 0, after.decision, step)[changed]
    order = np.lexsort((-np.nan_to_num(above), -harder))
    return PolicyTest(changed[order], above[order], count_by(after.decision[decided], DECISIONS),
                      (_sum(before.limit), _sum(after.limit)), _sum(above))


def _sum(amounts: np.ndarray) -> float:
    """The total of what is known."""
    return float(round_cents(np.nansum(amounts)))
