"""Limits granted by a decision of the Journal: the latest known one counts, Clients gives the opening value."""

import pytest

from udfs import CREDIT_DECISION, CREDIT_HEADROOM, LIMIT_IN_FORCE, WORK_LIST
from udfs.book.book import Book
from udfs.tables.raw import RawTable

INVOICES = RawTable([["client", "invoice", "date", "due date", "amount"],
                     ["C1", "F1", "2026-11-02", "2026-12-02", 900.0]])


def book(*decisions, granted=5000.0, granted_on="2026-06-01", until=None, as_of="2026-11-20"):
    """C1 owes 900; decisions are (day, amount, valid until)."""
    clients = RawTable([["client", "name", "granted limit", "granted on", "limit valid until"],
                        ["C1", "Dupont", granted, granted_on, until]])
    journal = RawTable([["date", "client", "event", "amount", "for the date"],
                        *([day, "C1", "decision", amount, end] for day, amount, end in decisions)])
    return Book(as_of, [INVOICES, clients, journal])


@pytest.mark.parametrize(("decisions", "options", "limit"), [
    ((), {}, 5000),
    ((("2026-11-10", 800.0, "2027-11-10"),), {}, 800),
    ((("2026-11-10", 0.0, None),), {}, 0),
    ((("2026-11-10", 800.0, None),), {"granted": None, "granted_on": None}, 800),
    ((("2026-11-10", 800.0, None),), {"granted_on": None}, 800),
    # The same day: the decision; a later line of Clients: that one.
    ((("2026-06-01", 800.0, None),), {}, 800),
    ((("2026-05-31", 800.0, None),), {}, 5000),
    # The latest decides, whatever its place; of one day the last written.
    ((("2026-11-10", 800.0, None), ("2026-10-01", 700.0, None)), {}, 800),
    ((("2026-11-10", 800.0, None), ("2026-11-10", 750.0, None)), {}, 750),
    # A decision without an amount grants nothing, and takes nothing away.
    ((("2026-11-10", None, None),), {}, 5000),
    # What was not known yet: a later decision, a later line of Clients.
    ((("2026-11-10", 800.0, None),), {"as_of": "2026-11-09"}, 5000),
    ((("2026-05-02", 800.0, None),), {"as_of": "2026-05-31"}, 800),
    # A decision that has ended gives way to the computed limit, not to the one before it: 3,000 for a new client.
    ((("2026-10-01", 800.0, "2026-10-31"),), {}, 3000),
])
def test_the_latest_grant_known_is_in_force(decisions, options, limit):
    assert LIMIT_IN_FORCE("C1", book(*decisions, **options)) == limit


def test_a_decision_reaches_headroom_decision_and_the_work_list():
    found = book(("2026-11-10", 800.0, "2026-11-30"), until="2027-05-31")
    assert CREDIT_HEADROOM("C1", found) == -100
    assert CREDIT_DECISION("C1", found) == "REVIEW"
    assert any("2026" in line[3] and "30 Nov" in line[3] for line in WORK_LIST(found)[1:])
    assert CREDIT_DECISION("C1", book(("2026-11-10", 0.0, None))) == "BLOCK"
