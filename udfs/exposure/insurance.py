"""Credit insurance: what the insurer would pay of the exposure.

    insured = quota x min(insurable, agreed amount) - deductible, never below 0

Not insurable: what is disputed; shipped before the cover began; shipped after the notice of a reduction or
cancellation, unless it was ordered before; shipped after the default of the client; overdue and not declared in time;
not yet delivered, but for the part that the policy gives (manufacturing risk). Credits of the client lower what is
insurable before all else. An amount agreed excl. VAT is compared with what is insurable excl. VAT.
Where several contracts cover one client, the highest quota comes first and no euro is insured twice. After a
reduction, what the insurer still covers of the former amount uses up the new one.
Source: DOMAIN 0 and 5.4 (40,000 agreed at 90 %: 36,000 of 54,500; 30,000 at 90 % of 40,000: 27,000).

>>> day = np.array(["2026-10-01"], "datetime64[D]")
>>> never, client, no = np.array(["NaT"], "datetime64[D]"), np.array([0]), np.array([False])
>>> items = Items(client, np.array([40000.0]), np.array([1 / 1.2]), day, never, never, never, no, client - 1, ~no)
>>> cover = Cover(client, np.array([30000.0]), np.array([0.9]), no, never, never, never, np.array([np.nan]),
...               np.array([0.0]), client, client - 1)
>>> insure(items, cover, np.array([40000.0]), np.array([0.0]), np.datetime64("2026-11-20")).counted.tolist()
[27000.0]
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from udfs.exposure.items import Items
from udfs.tables.columns import sum_by


@dataclass(frozen=True)
class Cover:
    """One row a contract in force: from when, until when new shipments are covered, and for how much.

    `notice` and `default` are the days after which what is shipped is no longer covered, `deadline` the days from the
    due date to the last day of the declaration (NaN: none). `contract` is the same for the amounts that one insurer
    agreed for one client; `order` is the only row of Orders that is covered, or -1.
    """

    client: np.ndarray
    amount: np.ndarray
    quota: np.ndarray
    excl_vat: np.ndarray
    since: np.ndarray
    notice: np.ndarray
    default: np.ndarray
    deadline: np.ndarray
    deductible: np.ndarray
    contract: np.ndarray
    order: np.ndarray


@dataclass(frozen=True)
class Insured:
    """By contract: what it counts for and what it could insure, on the basis of its agreed amount."""

    counted: np.ndarray
    insurable: np.ndarray


def exclusions(items: Items, cover: Cover, row: np.ndarray, as_of: np.datetime64) -> dict[str, np.ndarray]:
    """Why each item is not insurable by its contract, the `row` of it."""
    after_notice = (items.shipped > cover.notice[row]) & ~(items.ordered <= cover.notice[row])
    last = items.due + _days(cover.deadline)[row]
    declared = np.where(items.declared <= as_of, items.declared, as_of)
    return {
        "elsewhere": (cover.order[row] >= 0) & (items.order != cover.order[row]),
        "disputed": items.disputed, "not_delivered": ~items.delivered,
        "before_cover": items.shipped < cover.since[row], "after_notice": after_notice,
        "after_default": items.shipped > cover.default[row], "declared_late": declared > last,
    }


def insure(items: Items, cover: Cover, left: np.ndarray, credits: np.ndarray, as_of: np.datetime64,
           undelivered_share: float = 0.0) -> Insured:
    """What each contract insures of what is `left` of each item once other securities are set apart."""
    clients, count = len(credits), len(cover.client)
    counted, insurable = np.zeros(count), np.zeros(count)
    used, used_after_notice = np.zeros(count), np.zeros(count)
    noticed = ~np.isnat(cover.notice)
    left = left * np.where(items.delivered, 1.0, undelivered_share)
    credits = np.maximum(credits, 0.0)
    for rows in _by_rank(cover.client, np.lexsort((~noticed, -cover.quota, cover.client))):
        owner, contract = cover.client[rows], cover.contract[rows]
        row_of = np.full(clients, -1)
        row_of[owner] = rows
        at = np.flatnonzero((row_of[items.client] >= 0) & (left > 0))
        reasons = exclusions(items.where(at), cover, row_of[items.client[at]], as_of)
        del reasons["not_delivered"]  # only their share is left of them
        at = at[~np.any(list(reasons.values()), axis=0)]
        client, row = items.client[at], row_of[items.client[at]]
        found = sum_by(client, left[at], clients)
        deducted = np.minimum(credits, found)
        credits = credits - deducted
        left[at] *= 1 - part_of(deducted, found)[client]
        basis = np.where(cover.excl_vat[row], items.excl_vat[at], 1.0)
        base = sum_by(client, left[at] * basis, clients)[owner]
        before = np.where(noticed[rows], used[contract], used_after_notice[contract])
        taken = np.minimum(base, np.maximum(cover.amount[rows] - before, 0.0))
        counted[rows] = np.maximum(cover.quota[rows] * taken - cover.deductible[rows], 0.0)
        insurable[rows] = base
        # What the deductible leaves to us is still there for another contract.
        taken = np.minimum(taken, part_of(counted[rows], cover.quota[rows]))
        used[contract] += taken
        used_after_notice[contract] += np.where(noticed[rows], taken, 0.0)
        gone = np.zeros(clients)
        gone[owner] = part_of(taken, base)
        left[at] *= 1 - gone[client]
    return Insured(counted, insurable)


def _by_rank(client: np.ndarray, order: np.ndarray) -> list[np.ndarray]:
    """The first row of each client in that order, then the second of those that have two, and so on."""
    if not len(order):
        return []
    owner = client[order]
    first = np.flatnonzero(np.diff(owner, prepend=-1))
    rank = np.arange(len(owner)) - np.repeat(first, np.diff(np.append(first, len(owner))))
    return [order[rank == one] for one in range(int(rank.max()) + 1)]


def part_of(share: np.ndarray, whole: np.ndarray) -> np.ndarray:
    """What part of the whole a share of it is; none of nothing."""
    return np.asarray(np.divide(share, whole, out=np.zeros_like(whole), where=whole > 0))


def _days(numbers: np.ndarray) -> np.ndarray:
    """Numbers of days as time; what is not known stays unknown."""
    days = np.nan_to_num(numbers).astype("timedelta64[D]")
    return np.asarray(np.where(np.isnan(numbers), np.timedelta64("NaT"), days))
