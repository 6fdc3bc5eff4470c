"""Securities other than insurance: each counts for its amount times its share, and never twice for the same euro.

    counted = min(amount x share, what those before it have left of the exposure)

First the securities of one order, up to that order; then, after the insurance, those of the client, the strongest
first; last those of a group, shared among its members by what each still owes uncovered. Before it is valid and after
its expiry a security counts for nothing.
Source: DOMAIN 5.4 and 5.5 (66,500 - 36,000 insured - 10,000 guaranteed = 20,500 of own risk).

>>> in_turn(np.array([0, 0, 1]), np.array([8.0, 5.0, 4.0]), np.array([10.0, 3.0])).tolist()
[8.0, 2.0, 3.0]
"""

from __future__ import annotations

import numpy as np

# The strongest first: cash, what a bank pays on demand, what it pays on documents, then the rest.
STRENGTH = ("deposit", "first_demand_guarantee", "standby_letter_of_credit", "documentary_credit", "surety",
            "delegation", "parent_guarantee", "retention_of_title", "comfort_letter")
INSURANCE = ("insurance", "unnamed_insurance")
KINDS = (*INSURANCE, *STRENGTH)


def state(kind: np.ndarray, share: np.ndarray, valid_from: np.ndarray, valid_to: np.ndarray, named: np.ndarray,
          stranger: np.ndarray, as_of: np.datetime64) -> np.ndarray:
    """Why a security counts for nothing whatever the exposure, an empty text where it may count.

    `named` is the client of an insurer's named cover, present or past: the cover of unnamed buyers does not replace
    it. `stranger` is a scope that names no order of the client.
    """
    return np.select(
        [valid_from > as_of, valid_to < as_of, stranger, (kind == "unnamed_insurance") & named, share <= 0],
        ["not_yet", "expired", "stranger", "named", "worthless"], "")


def in_turn(owner: np.ndarray, worth: np.ndarray, room: np.ndarray) -> np.ndarray:
    """What each security counts for: those of one owner, in their order, share its room."""
    order = np.argsort(owner, kind="stable")
    running = np.cumsum(worth[order])
    first = np.flatnonzero(np.diff(owner[order], prepend=-1))
    before = np.concatenate(([0.0], running))
    start = np.repeat(before[first], np.diff(np.append(first, len(order))))
    counted = np.zeros(len(worth))
    counted[order] = np.clip(room[owner[order]] - (before[:-1] - start), 0.0, worth[order])
    return counted
