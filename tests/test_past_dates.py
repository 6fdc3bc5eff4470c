"""As of any past date: a rating uses what was known then, whatever the tables have learnt since."""

from __future__ import annotations

import datetime as dt
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.small_ledgers import book, table
from tests.test_book_properties import AS_OF, EVENTS, TODAY, ledger_of, tables_of
from udfs.book.book import Book
from udfs.tables.raw import RawTable

THEN = "2025-11-20"
YEAR_LATER = "2026-11-20"
LEDGER = """
client | invoice | date       | due date   | amount | paid date  | disputed | disputed on
C1     | F1      | 2025-01-05 | 2025-02-04 | 1000   | 2025-02-04 |          |
C1     | F2      | 2025-03-05 | 2025-04-04 | 1000   | 2025-04-04 |          |
C1     | F3      | 2025-06-05 | 2025-07-05 | 1000   | 2025-07-05 |          |
C1     | F4      | 2025-09-01 | 2025-10-01 | 1000   | {paid}     | {disputed} | {disputed_on}
"""


def ledger(paid: str = "", disputed: str = "", disputed_on: str = "") -> str:
    return LEDGER.format(paid=paid, disputed=disputed, disputed_on=disputed_on)


def rating(found: Book) -> dict[str, Any]:
    """The grade of each client by its code, with all that it stands on."""
    rated = found.rating
    return {code: (found.grades[place], *(round(float(column[place]), 6) for column in (
        rated.score, rated.coverage, rated.evidence, rated.oldest_overdue, rated.behaviour.days_beyond_terms,
        rated.behaviour.settled_invoices, *rated.answers.values())), *(
            bool(fact[place]) for fact in rated.grading.facts.values()))
            for place, code in enumerate(found.clients.codes)}


def same(first: dict[str, Any], second: dict[str, Any]) -> bool:
    """What is not known is no difference."""
    return repr(first) == repr(second)


def known_then(*texts: str) -> Book:
    """The Book of a year later, as it could have been known then."""
    return book(*texts, as_of=YEAR_LATER).as_known_on(np.datetime64(THEN))


def later_rows(later: list[dict[str, Any]], days: int) -> tuple[list[list[Any]], list[list[Any]], list[RawTable]]:
    """Invoices, payments and rows of other tables, all dated after the as-of date."""
    moved = dt.datetime.combine(TODAY + dt.timedelta(days), dt.time())
    invoices, payments = ledger_of(later)
    for place, row in enumerate(invoices):
        row[1], row[2], row[3] = f"N{place}", moved, moved + dt.timedelta(30)
    for row in payments:
        row[1], row[4] = moved, None
    return invoices, payments, [
        RawTable([["client", "year end", "turnover", "equity"], ["C1", moved, 1e6, -2e5]], "Accounts"),
        RawTable([["date", "client", "event", "for the date"], [moved, "C2", "promise broken", moved],
                  [moved, "C2", "promise broken", moved]], "Journal")]


@pytest.mark.fuzz
@given(st.lists(EVENTS, min_size=1, max_size=10), st.lists(EVENTS, min_size=1, max_size=6), st.integers(1, 400))
def test_rows_added_later_do_not_change_the_rating_of_a_past_date(
        events: list[dict[str, Any]], later: list[dict[str, Any]], days: int) -> None:
    """Invoices, payments, accounts and broken promises of later days leave the note of the day as it was."""
    invoices, payments = ledger_of(events)
    more_invoices, more_payments, others = later_rows(later, days)
    own = rating(Book(AS_OF, tables_of(invoices, payments)))
    # Payments of later days may also name an invoice of then.
    since = Book(AS_OF, [*tables_of([*invoices, *more_invoices], [*payments, *more_payments]), *others])
    found = rating(since)
    assert same({code: found[code] for code in own}, own)


@pytest.mark.fuzz
@given(st.lists(EVENTS, min_size=1, max_size=10), st.lists(EVENTS, min_size=1, max_size=6), st.integers(1, 400))
def test_a_later_book_looked_at_in_hindsight_gives_the_rating_of_the_day(
        events: list[dict[str, Any]], later: list[dict[str, Any]], days: int) -> None:
    """The grades that a back-test takes are those that the Book of the day gave."""
    invoices, payments = ledger_of(events)
    more_invoices, more_payments, others = later_rows(later, days)
    after = Book(TODAY + dt.timedelta(401), [*tables_of([*invoices, *more_invoices], [*payments, *more_payments]),
                                             *others])
    own = rating(Book(AS_OF, tables_of(invoices, payments)))
    found = rating(after.as_known_on(np.datetime64(AS_OF)))
    assert same({code: found[code] for code in own}, own)


@given(st.integers(1, 300))
def test_a_day_filled_in_later_is_as_an_empty_cell(days: int) -> None:
    """A payment, dispute or judgment of later days, written into a row of then, is not known then."""
    day = str(np.datetime64(THEN) + days)
    clients = "client | name | country | insolvency | judgment date\nC1 | Dupont | FR | {} | {}"
    then = book(ledger(), clients.format("", ""), as_of=THEN)
    filled = book(ledger(day, "yes", day), clients.format("receivership", day), as_of=THEN)
    assert same(rating(filled), rating(then))
    assert then.grades == ["C"]  # 50 days late


PAYMENTS = "client | date | amount | invoice | means | maturity | cleared on | bounced on\n" \
           "C1 | 2025-10-10 | 1000 | F4 | "


def test_a_bounce_of_later_days_changes_nothing() -> None:
    found, without = (book(ledger(), PAYMENTS + cells, as_of=THEN) for cells in (
        "transfer | | | 2025-12-20", "transfer | | |"))
    assert same(rating(found), rating(without))
    assert found.exposure.tolist() == without.exposure.tolist() == [0]


@pytest.mark.parametrize("means", ["cheque |", "LCR | 2025-10-31"])
def test_a_clearing_of_later_days_is_not_known_in_hindsight(means: str) -> None:
    """A cheque is taken as cleared after ten days, a bill five days after its maturity, if nothing else is known."""
    found, without = (known_then(ledger(), f"{PAYMENTS}{means} | {cleared} |") for cleared in ("2026-02-01", ""))
    assert same(rating(found), rating(without))
    assert found.exposure.tolist() == without.exposure.tolist() == [0]


# In hindsight nothing counts that may have been learnt since.

CLIENT = "client | name | country | {columns}\nC1 | Dupont | FR | {cells}"


@pytest.mark.parametrize(("columns", "cells", "answer"), [
    ("sales opinion", "good", "sales_opinion"), ("order trend", "strong growth", "trend")])
def test_an_opinion_without_a_day_is_unknown_then(columns: str, cells: str, answer: str) -> None:
    """Today it counts; then only if the row was checked by then."""
    today = book(ledger(), CLIENT.format(columns=columns, cells=cells), as_of=YEAR_LATER)
    then = known_then(ledger(), CLIENT.format(columns=columns, cells=cells))
    assert today.rating.answers[answer].tolist() == [7]
    assert np.isnan(then.rating.answers[answer]).all()
    for checked, answers in (("2025-11-20", [7]), ("2025-11-21", [None])):
        clients = CLIENT.format(columns=f"{columns} | checked on", cells=f"{cells} | {checked}")
        found = known_then(ledger(), clients).rating.answers[answer].tolist()
        assert [None if value != value else value for value in found] == answers


@pytest.mark.parametrize(("columns", "cells", "fact"), [("liens", "5000", "liens"),
                                                        ("insolvency", "receivership", "insolvency")])
def test_an_adverse_fact_without_a_day_is_unknown_then(columns: str, cells: str, fact: str) -> None:
    clients = CLIENT.format(columns=columns, cells=cells)
    assert book(ledger(), clients, as_of=YEAR_LATER).rating.grading.facts[fact].tolist() == [True]
    assert known_then(ledger(), clients).rating.grading.facts[fact].tolist() == [False]


@pytest.mark.parametrize(("judged", "published", "known"), [
    ("2025-11-10", "2025-11-20", True), ("2025-11-10", "2025-11-21", False), ("2025-11-20", "", True),
    ("2025-11-21", "", False), ("", "2025-11-20", True)])
def test_an_insolvency_is_known_from_its_publication(judged: str, published: str, known: bool) -> None:
    clients = CLIENT.format(columns="insolvency | judgment date | published on",
                            cells=f"receivership | {judged} | {published}")
    assert known_then(ledger(), clients).rating.grading.facts["insolvency"].tolist() == [known]


@pytest.mark.parametrize(("disputed_on", "grade"), [("", "C"), ("2025-11-20", "B"), ("2025-11-21", "C")])
def test_a_dispute_counts_from_its_day_on(disputed_on: str, grade: str) -> None:
    """F4 is 50 days late then; disputed by then it caps nothing, disputed later or on no day it does."""
    clients = "client | name | country\nC1 | Dupont | FR"
    assert known_then(ledger(disputed="yes", disputed_on=disputed_on), clients).grades == [grade]


@pytest.mark.parametrize(("year_end", "known"), [("2025-03-20", True), ("2025-03-21", False)])
def test_accounts_are_known_when_they_may_be_filed(year_end: str, known: bool) -> None:
    """Eight months after the year end: 20 November 2025 for a year that ended on 20 March."""
    accounts = f"client | year end | turnover | equity\nC1 | {year_end} | 900000 | 80000"
    assert known_then(ledger(), accounts).rating.evidence.tolist() == [2 if known else 1]
    assert book(ledger(), accounts, as_of=THEN).rating.evidence.tolist() == [2]


@pytest.mark.parametrize(("noted", "known"), [("2025-11-20", True), ("2025-11-21", False), ("", False)])
def test_an_outside_note_is_known_from_its_day(noted: str, known: bool) -> None:
    clients = CLIENT.format(columns="outside note | provider of the note | date of the outside note",
                            cells=f"3 | coface | {noted}")
    column = known_then(ledger(), clients).clients.column("external_score").tolist()
    assert column == (["3"] if known else [""])


def test_who_a_client_is_counts_then_too() -> None:
    clients = CLIENT.format(columns="legal form | founded | terms", cells="sa | 2001-05-06 | 45 jours fin de mois")
    then, day = known_then(ledger(), clients), book(ledger(), clients, as_of=THEN)
    assert same(rating(then), rating(day))
    assert then.rating.answers["legal_form"].tolist() == [7]


def test_looking_back_leaves_the_book_as_it_was() -> None:
    """Nothing of the earlier day stays in the Book of today, nor of its tables."""
    clients = CLIENT.format(columns="sales opinion | liens", cells="good | 5000")
    found, other = (Book(YEAR_LATER, [table(ledger(disputed="yes")), table(clients)]) for _ in range(2))
    found.as_known_on(np.datetime64(THEN)).rating  # noqa: B018
    assert same(rating(found), rating(other))
    assert found.id == other.id
