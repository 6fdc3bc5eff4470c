"""CREDIT_CONFIDENCE: known weight times freshness (DESIGN 6), with the factors of `reference/freshness.csv`.

The client of `rated_client`: accounts to 31 December 2025 (10 months), last paid on 2 September 2026 (2 months), an
opinion and an order trend without a date (0.75 each, of 10 % each): 1 - 2 x 0.025 = 0.95.
"""

import datetime as dt

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.rated_client import ACCOUNTS, CLIENT, INVOICES, known_client, one_row
from tests.small_ledgers import table
from udfs import CREDIT_CONFIDENCE
from udfs.book.book import Book
from udfs.rating.confidence import freshness

KINDS = ("accounts", "note", "payments", "opinion")


@pytest.mark.parametrize(("checked", "confidence"), [
    ("", 0.95), ("2026-01-10", 1), ("2025-11-21", 1), ("2025-11-20", 0.95), ("2024-11-20", 0.90), ("2026-12-01", 0.95),
])
def test_an_opinion_counts_by_the_day_it_was_checked(checked, confidence):
    """12 months old: 0.75; 24 months: 0.5; a check after the date of the book is not known yet."""
    assert CREDIT_CONFIDENCE("A", known_client({"checked on": checked})) == confidence


@pytest.mark.parametrize(("year_end", "confidence"), [
    ("2025-12-31", 0.95), ("2025-11-20", 0.93), ("2025-05-20", 0.90), ("2024-11-20", 0.85), ("2023-11-20", 0.80),
])
def test_accounts_lose_weight_with_their_age(year_end, confidence):
    """20 % of the weights: 1 below 12 months, 0.9 from 12 on, 0.75 from 18, 0.5 from 24, 0.25 from 36."""
    assert CREDIT_CONFIDENCE("A", known_client(None, {"year end": year_end})) == confidence


def test_what_is_not_known_gives_no_confidence():
    assert CREDIT_CONFIDENCE("A", known_client(accounts=False)) == 0.75
    assert CREDIT_CONFIDENCE("A", known_client({"founded": ""})) == 0.85


@pytest.mark.parametrize(("as_of", "confidence"), [
    ("2026-12-01", 0.95), ("2026-12-02", 0.92), ("2027-03-02", 0.855),
])
def test_payments_lose_weight_when_nothing_happens(as_of, confidence):
    """30 % of the weights stand on the ledger: 3 months after the last payment 0.9, 6 months 0.75.

    On 2 March 2027 the accounts to 31 December 2025 are 14 months old as well: 0.95 - 0.075 - 0.02.
    """
    found = Book(as_of, [table(INVOICES), one_row(CLIENT), one_row(ACCOUNTS)])
    assert CREDIT_CONFIDENCE("A", found) == confidence


def test_a_late_invoice_is_todays_news():
    rows = table("""client | invoice | date | due date | amount | paid on
                    A | F1 | 2024-06-01 | 2024-07-01 | 1000 |""")
    assert CREDIT_CONFIDENCE("A", Book("2026-11-20", [rows])) == 0.20


@pytest.mark.parametrize(("date", "confidence"), [("2026-06-01", 0.95), ("2026-05-04", 0.93), ("2025-11-20", 0.90),
                                                  ("", 0.90)])
def test_a_note_in_place_of_accounts_counts_by_its_own_date(date, confidence):
    """20 % of the weights: 1 below 6 months, 0.9 from 6 on, 0.75 from 12 on and without a date."""
    note = {"outside note": "8", "provider of the note": "Coface", "date of the outside note": date}
    assert CREDIT_CONFIDENCE("A", known_client(note, {"year end": "2021-12-31"})) == confidence


def test_a_criterion_without_weight_adds_nothing():
    assert CREDIT_CONFIDENCE("A", known_client(None, {"stocks": 260, "net income": 90, "depreciation": 50})) == 0.95


@given(kind=st.sampled_from(KINDS), months=st.integers(0, 120), more=st.integers(1, 60))
@pytest.mark.fuzz
def test_nothing_grows_fresher_with_age(kind, months, more):
    before, after = freshness(kind, np.array([months, months + more], float))
    assert 0 < after <= before <= 1
    assert freshness(kind, np.zeros(1))[0] == 1


@given(known=st.sets(st.sampled_from(["founded", "customer since", "sales opinion", "order trend", "legal form"])),
       year_end=st.dates(dt.date(2020, 1, 1), dt.date(2026, 11, 20)))
@pytest.mark.fuzz
def test_confidence_is_never_above_the_weight_that_is_known(known, year_end):
    found = known_client(dict.fromkeys(known, ""), {"year end": str(year_end)})
    assert 0 <= CREDIT_CONFIDENCE("A", found) <= found.rating.coverage[0] + 1e-9
