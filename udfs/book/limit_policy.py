"""What the policy says of the ways to a limit: the methods that form it, and the criteria that it adds."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from udfs.limits.chosen import KEYS, chosen, forming
from udfs.limits.criteria import read_criteria
from udfs.limits.methods import Method, with_criteria
from udfs.limits.validity import read_months
from udfs.tables.policy import Policy


def own_criteria(policy: Policy) -> Mapping[str, Sequence[float]]:
    """The criteria of the capacity that the policy adds, with a share by grade from the best on."""
    return read_criteria(policy.text("capacity_criteria"), len(policy.grades)) or {}


def methods_of(policy: Policy) -> tuple[Mapping[str, Method], dict[str, tuple[str, ...]]]:
    """Every method, and those that form the limit of each kind of client."""
    methods = with_criteria(list(own_criteria(policy)))
    return methods, {kind: forming(chosen(policy.text(key), methods) or (), methods) for kind, key in KEYS.items()}


def months_by_grade(policy: Policy) -> Sequence[int]:
    """The months for which a limit holds, from the best grade on."""
    found = read_months(policy.text("limit_months"), len(policy.grades))
    assert found is not None, "checked when the Book is read"
    return found


def check_limit_policy(policy: Policy) -> None:
    """Criteria, months and methods must be understood; else the reference ones are used, with an issue."""
    given = policy.text("capacity_criteria")
    if given and not own_criteria(policy):
        policy.refuse("capacity_criteria", given)
    if read_months(policy.text("limit_months"), len(policy.grades)) is None:
        policy.refuse("limit_months", policy.text("limit_months"))
    methods = with_criteria(list(own_criteria(policy)))
    for key in KEYS.values():
        if chosen(policy.text(key), methods) is None:
            policy.refuse(key, policy.text(key))
