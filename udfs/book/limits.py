"""The limit of every client of a Book: need, every way to a limit, what binds, what is in force."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from udfs.book.assembly import Assembly
from udfs.book.grants import Grants
from udfs.book.limit_groups import Groups, groups
from udfs.book.limit_inputs import by_grade, limit_inputs
from udfs.book.limit_policy import methods_of, months_by_grade
from udfs.book.rating import Rating
from udfs.book.receivables import Receivables
from udfs.exposure.components import total
from udfs.limits import limit as rules
from udfs.limits.chosen import constraints, kinds
from udfs.limits.methods import Method, assess
from udfs.limits.validity import valid_months
from udfs.tables.columns import sum_by

STEPS = tuple(f"rounding_{name}" for name in (
    "step_tiny", "step_small", "step_medium", "step_large", "medium_from", "large_from"))


@dataclass(frozen=True)
class Limits:
    """By client: need, every constraint, the computed limit with what binds, and the limit in force.

    `amounts` are those of every method and `inputs` what they stand on; `small` is a need granted as it is; `capped`
    is where the group leaves less than the limit in force would be;
    `valid_months` is how long a limit granted today should hold.
    """

    need: np.ndarray
    methods: Mapping[str, Method]
    inputs: Mapping[str, np.ndarray]
    amounts: Mapping[str, np.ndarray]
    constraints: Mapping[str, np.ndarray]
    before_rounding: np.ndarray
    computed: np.ndarray
    binding: np.ndarray
    in_force: np.ndarray
    granted: np.ndarray
    expired: np.ndarray
    provisional: np.ndarray
    valid_months: np.ndarray
    small: np.ndarray
    groups: Groups
    capped: np.ndarray


def limit(book: Assembly, found: Receivables, rating: Rating, rate_of_vat: np.ndarray, grants: Grants) -> Limits:
    """Need, constraints and limit of each client."""
    policy = book.policy
    methods, lists = methods_of(policy)
    inputs = limit_inputs(book, found, rating, rate_of_vat)
    amounts = assess(methods, inputs)
    has_accounts = rating.strength.has_accounts & (rating.grading.scored > 0)
    small = _small(book, found, rating, amounts["need"])
    forms = constraints(amounts, lists, kinds(has_accounts, rating.tested & ~rating.strength.has_accounts), small)
    group = groups(book, grants, total(found.components))
    bound = {**_knock_outs(book, rating), **forms}
    binding = rules.least(bound)
    rounded = rules.floor_to_step(binding.amount, *(policy.number(key) for key in STEPS))
    by_group = group.room < binding.amount
    # What a group leaves is not rounded: the group exactly at its limit is not over it.
    computed = np.where(by_group, np.minimum(group.room, rounded), rounded)
    in_force, granted, expired = rules.in_force(
        computed, grants.amount, grants.granted_on, grants.valid_until, book.as_of)
    capped = group.room < in_force
    # Insolvency ends a grant: the 0 in force is then the computed one, not a granted 0. So is what a group leaves.
    insolvent = rating.grading.facts["insolvency"] & (in_force > 0)
    in_force = np.where(insolvent, 0.0, np.where(capped, group.room, in_force))
    capped = capped | (by_group & ~granted)
    provisional = ~has_accounts & ~small & ~capped
    return Limits(amounts["need"], methods, inputs, amounts, {**bound, "group": group.room},
                  np.where(by_group, group.room, binding.amount), computed,
                  np.where(by_group, "group", binding.constraint), in_force, granted & ~insolvent & ~capped, expired,
                  provisional, valid_months(months_by_grade(policy), rating.grading.rank, provisional,
                                            policy.days("provisional_months")), small, group, capped)


def _small(book: Assembly, found: Receivables, rating: Rating, needed: np.ndarray) -> np.ndarray:
    """Where the need is so small that it is granted as it is: known by its number, solvent, nothing late."""
    most, clients = book.policy.optional("small_limit"), book.clients
    if most is None:
        return np.zeros(len(clients), dtype=bool)
    known = np.any([clients.column(name) != "" for name in ("siren", "siret", "vat_number")], axis=0)
    late = sum_by(found.ledger.client, found.ledger.late, len(clients))
    return np.asarray(known & ~rating.grading.facts["insolvency"] & (late <= 0) & (needed <= most))


def _knock_outs(book: Assembly, rating: Rating) -> dict[str, np.ndarray]:
    """What makes the limit 0 or caps it whatever the amounts; told before them where both give 0."""
    return {
        "insolvency": np.where(rating.grading.facts["insolvency"], 0.0, np.nan),
        "grade": np.where(rating.grading.rank > 0, by_grade(book, rating, "ceiling"), np.nan),
    }
