"""The limit of a group caps what its companies owe together (DOMAIN 1.5; the group of the demo: 53,000 of 50,000)."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.small_ledgers import book
from udfs import (
    CREDIT_DECISION,
    CREDIT_EXPLAIN,
    CREDIT_HEADROOM,
    CREDIT_LIMIT,
    CREDIT_WHY,
    LIMIT_BINDING,
    LIMIT_IN_FORCE,
)
from udfs.limits.group import exposures, room

OWED = """client | invoice | date       | due date   | amount
          P      | F1      | 2026-10-20 | 2026-12-04 | 18 000
          A      | F2      | 2026-10-20 | 2026-12-04 | {a}
          B      | F3      | 2026-10-20 | 2026-12-04 | 15 000
          X      | F4      | 2026-10-20 | 2026-12-04 | 900"""
CLIENTS = """client | name   | group    | granted limit | granted on | limit valid until | country
             P      | Mère   | {parent} | {group}       | 2026-03-09 | {until}           | FR
             A      | Fille  | p        | 25 000        | 2026-03-09 |                   | FR
             B      | Nièce  | P        | {b}           | 2026-03-09 |                   | FR
             X      | Autre  |          |               |            |                   | FR"""


def group(a="20 000", b="20 000", parent="P", limit="50 000", until="", own=""):
    return book(OWED.format(a=a), CLIENTS.format(parent=parent, group=limit, until=until, b=b),
                f"key | value\ngroup_limit | {own}")


def in_force(found):
    return LIMIT_IN_FORCE(["P", "A", "B", "X"], found)


@pytest.mark.parametrize(("facts", "limits"), [
    # Each has what the others leave of 50,000: 35,000, 33,000 and 38,000 are owed by them.
    ({}, [15_000, 17_000, 12_000, 3_000]),
    ({"parent": ""}, [15_000, 17_000, 12_000, 3_000]),  # the parent need not name itself
    # 33,000 are owed: B's own limit is the lesser.
    ({"a": "0"}, [35_000, 17_000, 20_000, 3_000]),
    ({"limit": "60 000"}, [25_000, 25_000, 20_000, 3_000]),
    ({"limit": "30 000"}, [0, 0, 0, 3_000]),
    # The parent's grant has expired: no limit of the group, the parent's own computed one.
    ({"until": "2026-11-19"}, [3_000, 25_000, 20_000, 3_000]),
    ({"until": "2026-11-19", "own": "50 000"}, [3_000, 17_000, 12_000, 3_000]),
    ({"own": "10 000"}, [15_000, 17_000, 12_000, 3_000]),  # what the parent was granted wins
])
def test_each_company_has_what_the_others_leave_of_the_groups_limit(facts, limits):
    assert in_force(group(**facts)) == limits


def test_the_limit_of_the_group_is_named_as_what_binds():
    found = group(limit="37 000")  # A is left 4,000 of it, B 0
    assert CREDIT_LIMIT(["A", "B"], found) == [3_000, 0]
    assert LIMIT_BINDING(["A", "B"], found) == ["starter line", "limit of the group"]
    assert CREDIT_WHY("LIMIT_IN_FORCE", "A", found) == (
        "Limit in force €4,000.00: group P may owe €37,000.00 in all, and the others owe €33,000.00 of it.")
    cap = next(row for row in CREDIT_EXPLAIN("B", found) if row[0] == "Cap")
    assert cap == ["Cap", "Limit of group P, which owes €53,000.00 in all: left for this client", 0, "€37,000.00",
                   "granted to the parent"]


def test_a_group_over_its_limit_puts_its_companies_to_review_and_blocks_none():
    for limit in ("50 000", "30 000"):
        assert CREDIT_DECISION(["P", "A", "B"], group(limit=limit)) == ["REVIEW"] * 3


def test_exactly_at_the_limit_of_the_group_is_not_over_it():
    found = group(a="17 000.50", limit="50 000.50")
    assert CREDIT_HEADROOM(["P", "A", "B"], found) == [0, 0, 0]
    assert "REVIEW" not in CREDIT_DECISION(["P", "A", "B"], found)


def test_a_granted_0_stays_no_credit_within_a_group():
    assert CREDIT_DECISION("B", group(b="0")) == "BLOCK"


def test_one_company_alone_is_no_group():
    found = book("client | invoice | date | due date | amount\nA | F1 | 2026-10-20 | 2026-12-04 | 9 000",
                 "client | name | group | country\nA | Seule | G | FR", "key | value\ngroup_limit | 1 000")
    assert LIMIT_IN_FORCE("A", found) == 3_000


def test_companies_may_share_a_name_that_is_no_client():
    found = book("client | invoice | date | due date | amount\nA | F1 | 2026-10-20 | 2026-12-04 | 900\n"
                 "B | F2 | 2026-10-20 | 2026-12-04 | 800",
                 "client | name | group | country\nA | Une | Groupe Nord | FR\nB | Deux | GROUPE  NORD | FR",
                 "key | value\ngroup_limit | 2 000")
    assert LIMIT_IN_FORCE(["A", "B"], found) == [1_200, 1_100]


MEMBERS = st.lists(st.tuples(st.integers(-1, 2), st.integers(0, 10**7)), min_size=1, max_size=12)


@given(members=MEMBERS, limit=st.integers(0, 10**7))
@pytest.mark.fuzz
def test_a_group_is_the_sum_of_its_members_and_over_its_limit_when_any_of_them_is_over_its_room(members, limit):
    of, cents = map(np.array, zip(*members, strict=True))
    owed = cents / 100
    together = exposures(of, owed, 3)
    left = room(of, np.full(3, limit / 100), owed)
    for one in range(3):
        assert together[one] == pytest.approx(sum(amount for group, amount in zip(of, owed, strict=True)
                                                  if group == one))
        over = owed[of == one] > left[of == one] + 1e-6
        assert over.any() == (together[one] > limit / 100 + 1e-6 and bool(owed[of == one].any()))
    assert np.isnan(left[of == -1]).all()


@given(members=MEMBERS, limit=st.integers(0, 10**6), more=st.integers(0, 10**6))
@pytest.mark.fuzz
def test_a_larger_limit_of_the_group_never_lowers_a_members(members, limit, more):
    of, cents = map(np.array, zip(*members, strict=True))
    small, large = (room(of, np.full(3, float(one)), cents / 100) for one in (limit, limit + more))
    assert (np.isnan(small) | (large >= small)).all()
