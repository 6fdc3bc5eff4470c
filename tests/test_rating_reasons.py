"""RATING_REASONS: the note line by line, so that it can be defended before the client's own accountant.

The client of `rated_client`: 30 + 60 + 100 + 60 + 40 + 60 + 30 + 60 + 80 = 520 of 600 points.
"""

from functools import cache

import pytest

from tests.rated_client import known_client
from tests.small_ledgers import table
from tests.test_demo_answers import demo_book
from udfs import CREDIT_RATING, CREDIT_SCORE, CREDIT_WHY, RATING_REASONS
from udfs.book.book import Book
from udfs.book.rating_reasons import reason_rows
from udfs.errors import NotAvailable

WHAT, VALUE, ANSWER, WEIGHT, POINTS, REMARK = range(6)
CRITERIA = 10
TITLES = ["Payment behaviour", "Financial strength", "Age of the company", "Sales opinion", "Terms in use",
          "Order trend", "Age of the relation", "Legal form", "Country", "Financial score (statistical)"]


def lines(found, client="A"):
    """The lines by what they are of; of several caps the last."""
    return {row[WHAT]: row for row in RATING_REASONS(client, found)[1:]}


def test_a_line_a_criterion_the_heaviest_first_then_the_opinions_then_what_makes_the_grade():
    rows = RATING_REASONS("A", known_client())
    assert rows[0] == ["What", "Value", "Answer", "Weight", "Points", "Remark"]
    assert [row[WHAT] for row in rows[1:]] == [*TITLES, "Score", "Confidence", "Evidence", "Grade"]
    assert [row[:5] for row in rows[1:10]] == [
        ["Payment behaviour", "0 days beyond terms", 6, 0.20, 100],
        ["Financial strength", "Z’’ 2.66", 5, 0.20, 80],
        ["Age of the company", "28 years", 7, 0.10, 60],
        ["Sales opinion", "good", 7, 0.10, 60],
        ["Terms in use", "30 days", 5, 0.10, 40],
        ["Order trend", "strong growth", 7, 0.10, 60],
        ["Age of the relation", "14 years", 7, 0.10, 60],
        ["Legal form", "corporation (SA)", 7, 0.05, 30],
        ["Country", "A1", 7, 0.05, 30]]


def test_the_score_is_shown_with_its_sum_and_the_grade_with_its_cut_off():
    found = lines(known_client())
    assert found["Score"] == ["Score", "8.67/10", "", 1, 520,
                              "520 points on 100% of the weights = 520 of 600; / 60 = 8.67."]
    assert found["Grade"][VALUE:] == ["A", "", "", "", "From a score of 7.5 on. Probability of default 0.5% a year."]
    assert found["Evidence"][VALUE:] == ["E2", "", "", "", "E2: accounts are known."]


def test_what_is_not_known_says_what_is_missing():
    found = lines(known_client({"founded": "", "sales opinion": ""}, {"retained earnings": ""}))
    assert found["Age of the company"] == ["Age of the company", "n/d", "", 0.10, "",
                                           "Not known: fill in “Founded” in Clients."]
    assert found["Sales opinion"][REMARK] == "Not known: fill in “Sales opinion” in Clients."
    assert found["Financial strength"][VALUE:] == ["n/d", "", 0.20, "", "Accounts to 31 Dec 2025: “Retained earnings” "
                                                   "is missing."]
    assert found["Score"][WEIGHT:] == [0.6, 320, "320 points on 60% of the weights = 533.33 of 600; / 60 = 8.89."]


def test_accounts_without_debt_have_no_z2_and_say_so():
    found = lines(known_client(None, {"total debt": 0}))
    assert found["Financial strength"][REMARK] == "Accounts to 31 Dec 2025: “Total debt” is not above 0."


def test_our_own_score_is_an_opinion_without_weight():
    """62 points of 100, as worked out in `financial_score`."""
    found = lines(known_client(None, {"stocks": 260, "net income": 90, "depreciation": 50}))
    assert found["Financial score (statistical)"] == [
        "Financial score (statistical)", "62/100", 5, 0, "", "Opinion without weight. Our statistical score on the "
        "accounts to 31 Dec 2025, 6 of 6 ratios known."]


def test_a_penalty_is_told_in_its_line_and_in_the_score():
    found = lines(known_client({"legal form": "société en formation"}, None, "",
                               table("criterion | weight | penalty\nlegal_form | 5 % | -60")))
    assert found["Legal form"][VALUE:] == ["company in formation", 1, 0.05, 0,
                                           "Entered in Clients. Answer 1: penalty of 60 points."]
    assert found["Score"][REMARK] == ("490 points on 100% of the weights, less 60 of penalty, at least 0 = 430 of 600; "
                                      "/ 60 = 7.17.")


def test_each_fact_is_a_line_with_its_date_and_the_grade_says_what_the_score_alone_would_give():
    rows = RATING_REASONS("A", known_client({"liens": 900}, None, "A | F9 | 2026-09-20 | 2026-10-20 | 1000 |\n"))
    assert [row[:2] + row[REMARK:] for row in rows[-3:]] == [
        ["Cap", "20 Oct 2026", "An undisputed invoice due on 20 Oct 2026 is 31 days late (more than 30): at most C."],
        ["Notch", "", "Liens of €900.00 are registered: one notch down."],
        ["Grade", "D", "The score alone would give A. Probability of default 25% a year."]]


@pytest.mark.parametrize(("provider", "note", "on", "accounts", "use", "value", "answer", "remark"), [
    ("Coface", "8", "2026-05-04", None, "replace", "Coface 8", 6, "Stands for the financial strength"),
    ("Coface", "4", "2026-05-04", None, "cap", "Coface 4", 3, "Caps the financial strength"),
    ("Coface", "9", "2026-05-04", None, "cap", "Coface 9", 7, "Would cap the financial strength, which is no better"),
    ("Coface", "8", "2026-05-04", None, "inform", "Coface 8", 6, "For information only"),
    ("Coface", "11", "2026-05-04", None, "replace", "Coface 11", "", "Not used: “11” is no rating on the scale of Cof"),
    ("Coface", "8", "2023-05-04", None, "replace", "Coface 8", "", "Not used: of 4 May 2023, older than 24 months."),
    ("Coface", "8", "2026-12-04", None, "replace", "Coface 8", "", "Not used: its date, 4 Dec 2026, is after that of"),
    ("", "8", "2026-05-04", None, "replace", "8", "", "Not used: its provider is not known."),
])
def test_an_outside_note_says_what_it_does_or_why_nothing(provider, note, on, accounts, use, value, answer, remark):
    client = {"outside note": note, "provider of the note": provider, "date of the outside note": on}
    found = lines(known_client(client, accounts, "", table(f"key | value\noutside_note_use | {use}")))
    assert found["Outside note"][VALUE:POINTS] == [value, answer, ""]
    assert found["Outside note"][REMARK].startswith(remark)


def test_a_note_that_replaces_stands_in_the_line_of_the_financial_strength():
    client = {"outside note": "8", "provider of the note": "Coface", "date of the outside note": "2026-05-04"}
    assert lines(known_client(client))["Financial strength"][VALUE:] == [
        "Coface 8", 6, 0.20, 100, "Outside note of 4 May 2026. The accounts give Z’’ 2.66. Counts 90% in the "
        "confidence, for its age."]


def test_an_invoice_list_alone_has_every_line_in_french_too():
    """One invoice not yet due: nothing is known but the term."""
    found = Book("2026-11-20", [table("""client | invoice | date | due date | amount
                                         A | F1 | 2026-11-02 | 2026-12-02 | 1000""")], "fr")
    rows = lines(found)
    assert rows["Comportement de paiement"][VALUE:] == [
        "n/d", "", 0.20, "", "Rien de réglé en 12 mois, et rien en retard."]
    assert rows["Délai pratiqué"][VALUE] == "30 jours"
    assert rows["Tendance des commandes"][REMARK] == (
        "Moins d’un an de factures : renseigner « Tendance des commandes » dans Clients.")
    assert rows["Note"][VALUE:] == ["n/r", "", "", "", "Non noté : trop peu d’éléments connus."]


@pytest.mark.parametrize(("rows", "value"), [
    ("A | F1 | 2026-03-02 | 2026-04-01 | 1000 | 2026-02-20", "pays in advance"),
    ("A | F1 | 2026-11-02 | 2026-12-02 | 1000 |", "new open credit, nothing paid so far"),
    ("A | F1 | 2026-03-02 | 2026-04-01 | 1000 | 2026-04-02", "1 day beyond terms"),
])
def test_the_payment_behaviour_in_words(rows, value):
    found = Book("2026-11-20", [table("client | invoice | date | due date | amount | paid on\n" + rows),
                                table("client | name | customer since\nA | Aubert | 2026-01-05")])
    assert lines(found)["Payment behaviour"][VALUE] == value


def test_without_evidence_there_are_points_and_no_score():
    """440 points of 480, and nothing but three invoices of five months: no score, as CREDIT_SCORE says."""
    found = lines(known_client(accounts=False))
    assert found["Score"][VALUE:] == ["n/d", "", 0.8, 440,
                                      "440 points on 80% of the weights: too little evidence for a score."]
    assert found["Grade"][VALUE] == "n/r"


def test_a_client_that_is_not_there_is_an_error_that_names_the_nearest():
    with pytest.raises(NotAvailable, match="Nearest code: A"):
        RATING_REASONS("B", known_client())


# Every client of the demo

@cache
def demo(language):
    return demo_book(language)


CODES = [f"C{number:03d}" for number in range(1, 49)]


@pytest.mark.parametrize("language", ["en", "fr"])
def test_every_line_of_every_client_is_in_words(language):
    found = demo(language)
    for client in range(len(found.clients)):
        rows = reason_rows(found, client)
        assert len(rows) >= CRITERIA + 4
        for row in rows:
            assert len(row) == 6
            assert row[VALUE] or "cap" in row[WHAT].lower() or row[WHAT] in ("Plafond", "Notch", "Cran")
            for text in (row[WHAT], row[VALUE], row[REMARK]):
                assert "reasons." not in text
                assert "{" not in text
            assert row[REMARK].endswith(".")


@pytest.mark.parametrize("code", CODES)
def test_the_points_of_the_lines_make_the_score_and_the_last_line_is_the_grade(code):
    found = demo("en")
    rows = reason_rows(found, found.clients.place(code))
    known = [row for row in rows[:CRITERIA] if row[POINTS] != ""]
    points, weight = sum(row[POINTS] for row in known), sum(row[WEIGHT] for row in known)
    assert all(row[POINTS] == pytest.approx(100 * row[WEIGHT] * (row[ANSWER] - 1)) for row in known)
    assert rows[-1][VALUE] == CREDIT_RATING(code, found)
    if rows[CRITERIA][VALUE] != "n/d":
        assert points / weight / 60 == pytest.approx(CREDIT_SCORE(code, found), abs=1e-6)


# Sentences

def test_the_confidence_says_what_is_old():
    told = CREDIT_WHY("CREDIT_CONFIDENCE", "A", known_client({"checked on": "2026-10-01"}, {"year end": "2025-03-31"}))
    assert told == ("Confidence 95%: 100% of the weights are known; these count less for their age: financial strength "
                    "(75%).")
    assert CREDIT_WHY("CREDIT_CONFIDENCE", "A", known_client({"checked on": "2026-10-01"})) == (
        "Confidence 100%: 100% of the weights are known, by recent facts.")


def test_the_probability_says_where_it_comes_from():
    assert CREDIT_WHY("CREDIT_PD", "A", known_client()) == (
        "Probability of default 0.5% a year: that of grade A in the table Grades of Policy.")
    assert CREDIT_WHY("CREDIT_PD", "A", known_client({"insolvency": "liquidation"})) == (
        "Probability of default 100%: insolvency proceedings are open.")
