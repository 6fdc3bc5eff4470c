"""What the rating may never do for any client: reward lateness, punish a better answer, forget a silent debtor."""

import datetime as dt

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.rated_client import ACCOUNTS, CLIENT, one_row
from tests.small_ledgers import table
from udfs.book.book import Book
from udfs.rating.behaviour import days_beyond_terms
from udfs.tables.raw import RawTable

AS_OF = dt.date(2026, 11, 20)
# From the worst answer to the best, as a user enters them.
ORDERS = {
    "legal form": ["société en formation", "SARL", "SNC", "SA"],
    "sales opinion": ["none", "poor", "medium", "good"],
    "order trend": ["strong decline", "decline", "stagnating", "stable", "growing", "strong growth"],
    "country risk": ["D", "C", "B", "A4", "A3", "A2", "A1"],
    "founded": ["2026-05-04", "2024-11-20", "2023-05-04", "2020-05-04", "2018-05-04", "2016-11-20", "1998-05-04"],
}
COFACE = [str(note) for note in range(11)]


def ledger(delays, unpaid=None):
    """Invoices of 1,000 every 40 days, paid so many days late, and one of 3,000 unpaid since so many days."""
    rows = [["client", "invoice", "date", "due date", "amount", "paid on"]]
    for number, days in enumerate(delays):
        due = AS_OF - dt.timedelta(days=330 - 40 * number)
        rows.append(["A", f"F{number}", str(due - dt.timedelta(days=30)), str(due), 1000.0,
                     str(due + dt.timedelta(days=days))])
    if unpaid is not None:
        due = AS_OF - dt.timedelta(days=unpaid)
        rows.append(["A", "F9", str(dt.date(2025, 1, 6)), str(due), 3000.0, ""])
    return RawTable(rows)


def rated(client, delays=(0, 0, 0, 0), unpaid=None, accounts=ACCOUNTS, use="replace"):
    tables = [ledger(delays, unpaid), one_row(CLIENT | client), table(f"key | value\noutside_note_use | {use}")]
    return Book(str(AS_OF), [*tables, *([one_row(accounts)] if accounts else [])]).rating


@given(place=st.sampled_from(sorted(ORDERS)), low=st.integers(0, 6), high=st.integers(0, 6),
       others=st.fixed_dictionaries({name: st.sampled_from(order) for name, order in ORDERS.items()}),
       delay=st.integers(0, 60), equity=st.integers(-200, 1400), penalty=st.sampled_from([0, -60, 300]))
@pytest.mark.fuzz
def test_a_better_answer_never_lowers_the_note(place, low, high, others, delay, equity, penalty):
    order = ORDERS[place]
    low, high = sorted((min(low, len(order) - 1), min(high, len(order) - 1)))
    accounts = one_row(ACCOUNTS | {"equity": equity})
    weights = table("criterion | weight | penalty\n" + "\n".join(
        f"{name} | {weight} % | {penalty}" for name, weight in (("legal_form", 5), ("country", 5), ("trend", 10))))
    before, after = (Book(str(AS_OF), [ledger([delay] * 4), one_row(CLIENT | others | {place: value}), accounts,
                                       weights]).rating for value in (order[low], order[high]))
    assert after.score[0] >= before.score[0] - 1e-12
    assert after.grading.rank[0] <= before.grading.rank[0]


@given(delays=st.lists(st.integers(0, 90), min_size=4, max_size=4), place=st.integers(0, 4), more=st.integers(1, 90),
       unpaid=st.integers(0, 300))
@pytest.mark.fuzz
def test_more_lateness_never_raises_the_note_of_a_client_with_accounts(delays, place, more, unpaid):
    later = [*delays, unpaid]
    later[place] += more
    before, after = rated({}, delays, unpaid), rated({}, later[:4], later[4])
    assert after.score[0] <= before.score[0] + 1e-12
    assert after.grading.rank[0] >= before.grading.rank[0]
    assert after.behaviour.days_beyond_terms[0] >= before.behaviour.days_beyond_terms[0] - 1e-9


@given(history=st.integers(1, 6), step=st.integers(1, 40), start=st.integers(0, 400))
@pytest.mark.fuzz
def test_a_client_that_stops_paying_loses_its_good_note_by_age_alone(history, step, start):
    """All paid to the day so far, the best facts and accounts: not a row changes, only the date of the book."""
    rows = ledger([0] * history, 0)
    others = [one_row(CLIENT), one_row(ACCOUNTS)]
    days = np.datetime64(str(AS_OF)) + np.array([0, start, start + step])
    on_day, before, after = (Book(str(day), [rows, *others]).rating for day in days)
    assert on_day.grading.rank[0] == 1
    assert after.answers["payment"][0] <= before.answers["payment"][0] <= on_day.answers["payment"][0] == 6
    assert after.grading.rank[0] >= before.grading.rank[0]
    assert before.grading.rank[0] >= (4 if start > 90 else 3 if start > 30 else 1)


@given(note=st.sampled_from(COFACE), equity=st.integers(-300, 1400), ebit=st.none() | st.integers(-300, 400),
       date=st.dates(dt.date(2024, 1, 1), dt.date(2026, 12, 31)), delay=st.integers(0, 45), known=st.booleans(),
       year_end=st.dates(dt.date(2023, 1, 1), AS_OF))
@pytest.mark.fuzz
def test_a_note_that_caps_never_raises_the_grade_and_one_that_informs_never_changes_the_score(
        note, equity, ebit, date, delay, known, year_end):
    accounts = ACCOUNTS | {"equity": equity, "ebit": "" if ebit is None else ebit, "year end": str(year_end)}
    noted = {"outside note": note, "provider of the note": "Coface", "date of the outside note": str(date)}
    without = rated({}, [delay] * 4, accounts=accounts if known else None)
    capped, informed = (rated(noted, [delay] * 4, None, accounts if known else None, use) for use in ("cap", "inform"))
    if without.grading.rank[0]:
        assert capped.grading.rank[0] >= without.grading.rank[0]
        assert informed.grading.rank[0] == without.grading.rank[0]
    assert capped.score[0] <= without.score[0] + 1e-12
    assert informed.score[0] == without.score[0]


def test_a_better_note_never_lowers_the_grade():
    """Eleven clients that differ by their note only, from Coface 0 to 10."""
    rows = [["client", "legal form", "founded", "customer since", "outside note", "provider of the note"]]
    rows += [[f"C{note}", "SARL", "2020-05-04", "2020-05-04", note, "Coface"] for note in COFACE]
    book = Book(str(AS_OF), [table("client | invoice | date | amount\nX | F1 | 2026-11-02 | 10"), RawTable(rows)])
    ranks = book.rating.grading.rank[:len(COFACE)].tolist()
    assert ranks == sorted(ranks, reverse=True)
    assert ranks[0] > ranks[-1] > 0


@given(days=st.lists(st.integers(0, 120), min_size=4, max_size=4), months=st.integers(1, 24))
@pytest.mark.fuzz
def test_days_beyond_terms_lie_between_none_and_the_worst_delay(days, months):
    book = Book(str(AS_OF), [ledger(days)])
    since = np.datetime64(str(AS_OF), "M").astype("datetime64[D]") - 30 * months
    found = days_beyond_terms(book.ledger, since, 1)[0]
    assert np.isnan(found) or 0 <= found <= max(max(days), book.rating.oldest_overdue[0]) + 1e-9
