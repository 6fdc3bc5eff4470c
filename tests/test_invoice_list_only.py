"""A user with nothing but an invoice list: the provisional answers of DESIGN 6 and DOMAIN 0."""

import datetime as dt

import numpy as np
import pytest

from udfs import (
    CREDIT_DECISION,
    CREDIT_EVIDENCE,
    CREDIT_EXPOSURE,
    CREDIT_LIMIT,
    CREDIT_OVERDUE,
    CREDIT_RATING,
    CREDIT_SCORE,
    DECISION_REASON,
    LIMIT_BINDING,
)
from udfs.book.book import Book
from udfs.errors import NotAvailable
from udfs.rating.scorecard import scorecard
from udfs.tables.policy import Policy
from udfs.tables.raw import RawTable

AS_OF = "2026-11-20"
HEADINGS = ["client", "invoice", "date", "due date", "amount", "paid on", "disputed", "terms"]
UNKNOWN_BEFORE_LEDGER = ("legal_form", "company_age", "sales_opinion", "financial")


# A client of 2014 that is long gone: the ledger had begun well before the clients of the tests.
LONG_GONE = ["C0", "2014-01-06", "2014-02-05", 100, "2014-02-05"]


def book(rows, as_of=AS_OF, *others):
    numbered = [[row[0], f"F{place}", *row[1:]] for place, row in enumerate([*rows, LONG_GONE], start=1)]
    padded = [row + [""] * (len(HEADINGS) - len(row)) for row in numbered]
    return Book(as_of, [RawTable([HEADINGS, *padded]), *map(RawTable, others)])


def answers(**given):
    return {name: np.array([np.nan if given.get(name) is None else float(given[name])])
            for name in (*given, *UNKNOWN_BEFORE_LEDGER)}


@pytest.mark.parametrize(("payment", "score", "grade"), [(5, 5.91, "B"), (2, 4.09, "C")])
def test_five_known_criteria_cover_55_per_cent_of_the_weights(payment, score, grade):
    """DOMAIN 0: payment, term, trend, country, relation 5,4,5,6,3 -> 195 of 330 points -> 5.91; payment 2 -> 4.09."""
    found, coverage = scorecard(answers(payment=payment, term=4, trend=5, country=6, relation=3), Policy().weights, {})
    assert round(float(found[0]), 2) == score
    assert round(float(coverage[0]), 4) == 0.55


def two_years_of_trade(days_late):
    """60 days net; 60,000 in the year to 20 November 2025, 63,000 (+5 %) in the year to date, first sale in 2023."""
    issued = ["2023-10-02", *(f"2025-{month}-10" for month in ("01", "03", "05", "07")),
              *(f"2026-{month}-10" for month in ("01", "03", "05", "07"))]
    amounts = [10_000, *[15_000] * 4, *[15_750] * 4]
    rows = []
    for text, amount in zip(issued, amounts, strict=True):
        due = dt.date.fromisoformat(text) + dt.timedelta(days=60)
        rows.append(["C1", text, due.isoformat(), amount, (due + dt.timedelta(days=days_late)).isoformat()])
    return rows


@pytest.mark.parametrize(("days_late", "score", "grade"), [(4, 65 / 11, "B"), (25, 45 / 11, "C")])
def test_the_ledger_of_a_known_client_gives_the_five_answers_and_a_provisional_grade(days_late, score, grade):
    """4 days late is answer 5, 25 days answer 2; term 60 -> 4, sales +5 % -> 5, France (A2) -> 6, 3 years -> 3."""
    found = book(two_years_of_trade(days_late), AS_OF, [["client", "name"], ["C1", "Dupont"]])
    payment = 5 if days_late == 4 else 2
    assert {name: answer[0] for name, answer in found.rating.answers.items() if not np.isnan(answer[0])} == {
        "payment": payment, "term": 4, "trend": 5, "country": 6, "relation": 3}
    assert CREDIT_SCORE("C1", found) == pytest.approx(score, abs=1e-9)
    assert found.rating.coverage[0] == pytest.approx(0.55)
    assert (CREDIT_RATING("C1", found), CREDIT_EVIDENCE("C1", found)) == (grade, "E1")
    assert found.rating.grading.provisional[0]


def test_without_a_client_table_the_country_is_not_known():
    """80 + 30 + 40 + 20 of 300 points: 5.67, still B, on half of the weights."""
    found = book(two_years_of_trade(4))
    assert round(CREDIT_SCORE("C1", found), 2) == 5.67
    assert found.rating.coverage[0] == pytest.approx(0.50)
    assert CREDIT_RATING("C1", found) == "B"


def test_a_ledger_that_begins_with_the_client_says_nothing_of_the_relation():
    """Then the first invoice tells how long the export is: 150 of 240 points, 6.25, on 40 % of the weights."""
    rows = [[row[0], f"F{place}", *row[1:]] for place, row in enumerate(two_years_of_trade(4))]
    found = Book(AS_OF, [RawTable([HEADINGS[:6], *rows])])
    assert np.isnan(found.rating.answers["relation"][0])
    assert CREDIT_SCORE("C1", found) == pytest.approx(6.25)
    assert found.rating.coverage[0] == pytest.approx(0.40)


def test_the_best_payer_without_accounts_is_at_most_b():
    """Prepaid for years with sales up by half: every known answer at its best, 10 of 10, and yet B."""
    rows = [["C1", f"{year}-{month:02d}-10", f"{year}-{month:02d}-10", amount, f"{year}-{month:02d}-08"]
            for year, amount in ((2015, 1000), (2025, 1000), (2026, 1500)) for month in range(1, 10)]
    found = book(rows)
    assert CREDIT_SCORE("C1", found) == pytest.approx(10)
    assert (CREDIT_RATING("C1", found), CREDIT_EVIDENCE("C1", found)) == ("B", "E1")


# invoiced on the 10th at 45 days end of month, paid 8 days late; January and February 2026 overlap: 24,000
LIMIT_STORY = [
    ("2025-10-10", 9_000, "2025-12-08"), ("2025-12-10", 9_000, "2026-02-08"), ("2026-01-10", 12_000, "2026-03-08"),
    ("2026-02-10", 12_000, "2026-04-08"), ("2026-03-10", 10_500, "2026-05-08"), ("2026-04-10", 9_000, "2026-06-08"),
    ("2026-05-10", 9_000, "2026-07-08"), ("2026-06-10", 9_000, "2026-08-08"), ("2026-07-10", 9_000, "2026-09-08"),
    ("2026-08-10", 9_000, "2026-10-08"), ("2026-09-10", 9_000, "2026-11-08"), ("2026-10-10", 11_250, ""),
    ("2026-11-10", 11_250, ""),
]


def limit_story():
    return book([["C1", day, "", amount, paid, "", "45 jours fin de mois"] for day, amount, paid in LIMIT_STORY])


def test_limit_without_accounts_is_20_000_provisional_and_exceeding_it_warns():
    """DOMAIN 0: 120,000 incl. VAT a year, 45 days end of month (60 effective): need 20,000; repaid 24,000 x 1.00."""
    found = limit_story()
    assert sum(amount for day, amount, _ in LIMIT_STORY if day > "2025-11-20") == 120_000
    assert found.rating.behaviour.days_beyond_terms[0] == 8
    assert found.limits.constraints["highest_repaid"][0] == 24_000
    assert found.limits.need[0] == 20_000
    assert (CREDIT_LIMIT("C1", found), LIMIT_BINDING("C1", found)) == (20_000, "need")
    assert found.limits.provisional[0]
    assert CREDIT_EXPOSURE("C1", found) == 22_500
    assert CREDIT_DECISION("C1", found) == "WARN"
    assert DECISION_REASON("C1", found) == "€22,500.00 exceeds the provisional limit of €20,000.00 by €2,500.00."


def test_due_dates_that_an_invoice_list_lacks_come_from_its_terms():
    """10 October + 45 days = 24 November, end of that month; nothing is late on 20 November."""
    found = limit_story()
    assert [str(day) for day in found.ledger.due_date[-3:-1]] == ["2026-11-30", "2026-12-31"]
    assert CREDIT_OVERDUE("C1", found) == 0


def test_own_turnover_caps_the_limit_at_5_per_cent():
    rows = [["C1", day, "", amount, paid, "", "45 jours fin de mois"] for day, amount, paid in LIMIT_STORY]
    found = book(rows, AS_OF, [["key", "value"], ["own_turnover", "300 000"]])
    assert (CREDIT_LIMIT("C1", found), LIMIT_BINDING("C1", found)) == (15_000, "share of own turnover")


def test_a_new_client_is_not_rated_and_gets_the_starter_line():
    found = book([["C1", "2026-10-20", "2026-11-19", 1200], ["C1", "2026-11-10", "2026-12-10", 600]])
    assert (CREDIT_RATING("C1", found), CREDIT_EVIDENCE("C1", found)) == ("n/r", "E0")
    assert (CREDIT_LIMIT("C1", found), LIMIT_BINDING("C1", found)) == (3_000, "starter line")
    assert found.limits.provisional[0]
    assert CREDIT_DECISION("C1", found) == "RELEASE"
    with pytest.raises(NotAvailable, match=r"C1 .*nothing but open items is known \(E0\)"):
        CREDIT_SCORE("C1", found)


def test_a_new_client_over_its_starter_line_is_a_warning():
    found = book([["C1", "2026-11-02", "2026-12-02", 3_000.01]])
    assert CREDIT_DECISION("C1", found) == "WARN"
    assert DECISION_REASON("C1", found) == "€3,000.01 exceeds the provisional limit of €3,000.00 by €0.01."


@pytest.mark.parametrize(("settled", "first", "evidence"), [
    (2, "2026-05-20", "E0"),  # two settled invoices are too few
    (3, "2026-05-20", "E1"),  # three over six months to the day
    (3, "2026-05-21", "E0"),  # three over less than six months
])
def test_three_settled_invoices_over_six_months_make_evidence(settled, first, evidence):
    rows = [["C1", first, "2026-06-20", 900, "2026-06-20"]]
    rows += [["C1", "2026-07-01", "2026-07-31", 900, "2026-07-31"] for _ in range(settled - 1)]
    assert CREDIT_EVIDENCE("C1", book(rows)) == evidence


def test_settlements_of_more_than_twelve_months_ago_are_no_evidence():
    rows = [["C1", "2025-09-01", "2025-10-01", 900, paid] for paid in ("2025-11-20", "2025-11-21", "2025-11-21")]
    assert CREDIT_EVIDENCE("C1", book(rows)) == "E0"


@pytest.mark.parametrize(("days", "grade", "limit", "decision"), [
    (30, "n/r", 3_000, "REVIEW"), (31, "C", 3_000, "REVIEW"), (60, "C", 3_000, "REVIEW"),
    (61, "C", 3_000, "BLOCK"), (90, "C", 3_000, "BLOCK"), (91, "D", 0, "BLOCK"),
])
def test_adverse_evidence_needs_no_history(days, grade, limit, decision):
    """One unpaid invoice: more than 30 days late is C, more than 90 is D and no credit; more than 60 blocks."""
    due = dt.date(2026, 11, 20) - dt.timedelta(days=days)
    found = book([["C1", (due - dt.timedelta(days=1)).isoformat(), due.isoformat(), 1_000]])
    assert (CREDIT_EVIDENCE("C1", found), CREDIT_RATING("C1", found)) == ("E0", grade)
    assert CREDIT_LIMIT("C1", found) == limit
    assert CREDIT_DECISION("C1", found) == decision


def test_a_disputed_invoice_is_no_adverse_evidence():
    found = book([["C1", "2026-05-01", "2026-06-01", 1_000, "", "yes"]])
    assert CREDIT_RATING("C1", found) == "n/r"
    assert CREDIT_OVERDUE("C1", found) == 1_000
    assert CREDIT_EXPOSURE("C1", found) == 1_000


# Three invoices of 1,000 paid to the day, then 3,000 that stay unpaid from 30 June on; half of the amount ages.
STOPS_PAYING = [
    ["C1", "2023-05-01", "2023-05-31", 500, "2023-05-31"],
    *[["C1", "2026-04-01", "2026-05-01", 1_000, "2026-05-01"]] * 3,
    ["C1", "2026-05-31", "2026-06-30", 3_000, ""],
]


@pytest.mark.parametrize(("as_of", "score", "grade", "limit", "decision"), [
    ("2026-06-30", 160 / 24, "B", 500, "WARN"),  # due today: on time so far, answer 6
    ("2026-07-10", 140 / 24, "B", 500, "WARN"),  # 10 days late, 5 on average: answer 5
    ("2026-07-14", 120 / 24, "C", 500, "WARN"),  # 7 on average: "<7" no longer, answer 4
    ("2026-07-16", 120 / 24, "C", 500, "REVIEW"),  # 8 on average: answer 4; more than 15 days late
    ("2026-07-31", 100 / 24, "C", 500, "REVIEW"),  # 31 days, 15.5 on average: answer 3, and at most C
    ("2026-08-30", 60 / 24, "D", 0, "BLOCK"),  # 61 days, 30.5 on average: answer 1
    ("2026-09-29", 60 / 24, "D", 0, "BLOCK"),  # 91 days: D whatever the score
])
def test_a_client_that_stops_paying_loses_its_good_note_by_age_alone(as_of, score, grade, limit, decision):
    """Not a row changes, only the date: payment falls from 6 to 1; term 30 days -> 5 and 3 years -> 3 stay.

    6,000 in twelve months at 30 days need 500; 3,000 are open.
    """
    found = book(STOPS_PAYING, as_of)
    assert CREDIT_SCORE("C1", found) == pytest.approx(score)
    assert CREDIT_RATING("C1", found) == grade
    assert (CREDIT_LIMIT("C1", found), CREDIT_EXPOSURE("C1", found)) == (limit, 3_000)
    assert CREDIT_DECISION("C1", found) == decision
