"""The rating of DESIGN 6: the nine criteria of DOMAIN 2.2, the evidence, and the first facts that cap a grade."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.rated_client import ACCOUNTS, CLIENT, INVOICES, known_client, one_row
from tests.small_ledgers import AS_OF, table
from udfs import CREDIT_EVIDENCE, CREDIT_RATING, CREDIT_SCORE, CREDIT_WHY
from udfs.book.book import Book
from udfs.rating.ages import years_since
from udfs.rating.altman import altman
from udfs.rating.answers import answer_of, answer_of_choice
from udfs.rating.grade import CAPS, NOTCHES, grading
from udfs.rating.net_worth import tangible_net_worth
from udfs.rating.scorecard import scorecard
from udfs.tables.policy import Policy
from udfs.tables.raw import RawTable

WEIGHTS = {name: weight for name, weight in Policy().weights.items() if weight}
CUT_OFFS = (7.5, 5.5, 3.5, 0)
FACTS = [*(name for name, _, _ in CAPS), *NOTCHES]
NO_FACTS = {name: np.zeros(1, dtype=bool) for name in FACTS}


def column(*values):
    return np.array([np.nan if value is None else float(value) for value in values])


# The scorecard (DOMAIN 2.2)

def test_weights_are_those_of_the_worked_example_and_total_100_per_cent():
    assert WEIGHTS == {"legal_form": 0.05, "company_age": 0.10, "payment": 0.20, "sales_opinion": 0.10, "term": 0.10,
                       "trend": 0.10, "country": 0.05, "relation": 0.10, "financial": 0.20}
    assert {name for name, weight in Policy().weights.items() if not weight} == {"financial_score"}


@pytest.mark.parametrize(("answers", "score"), [
    ([4, 5, 5, 5, 5, 5, 7, 4, 4], 6.25),  # 375 of 600 points
    ([7, 7, 7, 7, 7, 7, 7, 7, 7], 10), ([1, 1, 1, 1, 1, 1, 1, 1, 1], 0), ([4, 4, 4, 4, 4, 4, 4, 4, 4], 5),
    ([6, 7, 1, 6, 5, 5, 6, 7, 6], 6.67),  # DOMAIN 0: has stopped paying, and the plain card still says B
])
def test_points_are_weight_times_answer_less_one_out_of_600(answers, score):
    found, coverage = scorecard(dict(zip(WEIGHTS, map(column, answers), strict=True)), WEIGHTS, {})
    assert round(float(found[0]), 2) == score
    assert coverage[0] == pytest.approx(1)


def test_a_missing_answer_is_left_out_and_not_taken_for_the_worst():
    """Term 4 alone: 30 of 60 points, 5 out of 10 on a tenth of the weights; nothing known gives no score."""
    found, coverage = scorecard({"payment": column(None, None), "term": column(4, None)}, WEIGHTS, {})
    assert found[0] == pytest.approx(5)
    assert np.isnan(found[1])
    assert coverage.tolist() == pytest.approx([0.10, 0])


def test_a_penalty_counts_on_answer_1_only_and_the_score_stops_at_0():
    answers = {name: column(4, 4, 1) for name in WEIGHTS} | {"payment": column(1, 2, 1)}
    found, _ = scorecard(answers, WEIGHTS, {"payment": -120})
    # 240 - 120 points; 260 points without penalty; 0 - 120 points
    assert found.tolist() == pytest.approx([2, 260 / 60, 0])


@given(answers=st.lists(st.none() | st.integers(1, 7), min_size=9, max_size=9), place=st.integers(0, 8),
       better=st.integers(1, 6), penalty=st.sampled_from([0, -60, -300]))
@pytest.mark.fuzz
def test_a_better_answer_never_lowers_the_score(answers, place, better, penalty):
    if answers[place] is None:
        answers[place] = 1
    raised = [*answers]
    raised[place] = min(7, answers[place] + better)
    both = {name: column(*pair) for name, *pair in zip(WEIGHTS, answers, raised, strict=True)}
    (before, after), _ = scorecard(both, WEIGHTS, dict.fromkeys(WEIGHTS, penalty))
    assert after >= before - 1e-12
    assert 0 <= before <= 10 + 1e-12


# Answers (DOMAIN 2.2, corrected by 0)

@pytest.mark.parametrize(("days", "answer"), [
    (0, 6), (1, 5), (6.9, 5), (8, 4), (9.9, 4), (12, 3), (19.9, 3), (25, 2), (30, 2), (30.1, 1), (400, 1), (None, None),
])
def test_payment_history_by_average_days_late(days, answer):
    assert answer_of("payment", "days_beyond_terms", column(days)).tolist() == pytest.approx(
        column(answer).tolist(), nan_ok=True)


@pytest.mark.parametrize(("days", "answer"), [(0, 7), (9, 6), (10, 5), (30, 5), (31, 4), (60, 4), (61, 3), (90, 3),
                                              (91, 2), (120, 2), (121, 1)])
def test_term_in_days(days, answer):
    assert answer_of("term", "days", column(days))[0] == answer


def test_a_mean_of_equal_terms_is_that_term():
    """600 at 60 days over 3 invoices weigh to 60.000000000000007: answer 4 all the same."""
    assert answer_of("term", "days", np.array([60 + 7e-15]))[0] == 4


@pytest.mark.parametrize(("country", "answer"), [("E", 1), ("D", 1), ("C", 2), ("B", 3), ("A4", 4), ("A3", 5),
                                                 ("A2", 6), ("A1", 7)])
def test_country_on_the_coface_scale_has_a_worst_class_e(country, answer):
    assert answer_of_choice("country", np.array([country], dtype=object))[0] == answer


@pytest.mark.parametrize(("since", "answer"), [
    ("2026-11-20", 1), ("2025-11-21", 1), ("2025-11-20", 2), ("2024-11-20", 3), ("2021-11-21", 3), ("2021-11-20", 4),
    ("2019-11-20", 5), ("2017-11-20", 6), ("2016-11-20", 6), ("2016-11-19", 7), ("1954-03-01", 7),
])
def test_age_bands_are_half_open_and_ten_years_are_not_yet_more_than_ten(since, answer):
    years = years_since(np.array([since], "datetime64[D]"), np.datetime64(AS_OF))
    assert answer_of("company_age", "years", years)[0] == answer_of("relation", "years", years)[0] == answer


def test_an_age_that_is_unknown_or_lies_ahead_has_no_answer():
    days = np.array(["NaT", "2026-11-21"], "datetime64[D]")
    assert np.isnan(answer_of("company_age", "years", years_since(days, np.datetime64(AS_OF)))).all()


# Financial strength (DOMAIN 2.4)

@pytest.mark.parametrize(("lines", "score"), [
    ((700, 500, 250, 120, 600, 900, 1500), 2.656), ((600, 400, 80, 60, 330, 670, 1000), 2.4932),
    ((700, 500, None, 120, 600, 900, 1500), None), ((700, 500, 250, 120, 600, 0, 1500), None),
    ((700, 500, 250, 120, 600, 900, 0), None),
])
def test_altmans_z2_of_the_worked_firms_and_nd_where_a_line_is_missing(lines, score):
    names = ("current_assets", "current_debt", "retained_earnings", "ebit", "equity", "total_debt", "total_assets")
    assert float(altman("z2", dict(zip(names, map(column, lines), strict=True)))[0]) == pytest.approx(
        np.nan if score is None else score, abs=0.001, nan_ok=True)


def test_net_worth_is_equity_less_intangibles_and_unpaid_capital():
    assert tangible_net_worth(column(95_000, 95_000, -24_000), column(15_000, 15_000, 0),
                              column(None, 5_000, None)).tolist() == [80_000, 75_000, -24_000]


# A client known in every respect: 520 of 600 points

def test_nine_criteria_of_a_known_client():
    """30 + 60 + 100 + 60 + 40 + 60 + 30 + 60 + 80 = 520 points, 8.67, A on accounts."""
    found = known_client()
    assert {name: answer[0] for name, answer in found.rating.answers.items()} == {
        "legal_form": 7, "company_age": 7, "payment": 6, "sales_opinion": 7, "term": 5, "trend": 7, "country": 7,
        "relation": 7, "financial": 5, "financial_score": pytest.approx(np.nan, nan_ok=True)}
    assert CREDIT_SCORE("A", found) == pytest.approx(520 / 60)
    assert (CREDIT_RATING("A", found), CREDIT_EVIDENCE("A", found)) == ("A", "E2")
    assert not found.rating.grading.provisional[0]


def overdue(days, disputed=""):
    """One more invoice, 1,000, so many days late."""
    due = np.datetime64(AS_OF) - days
    return f"A | F9 | {due - 30} | {due} | 1000 |  | {disputed}\n"


def with_disputes(line):
    return table(INVOICES.replace("| paid on", "| paid on | disputed") + line)


@pytest.mark.parametrize(("days", "grade"), [(0, "A"), (15, "A"), (30, "A"), (31, "C"), (90, "C"), (91, "D")])
def test_an_undisputed_item_overdue_for_more_than_30_days_is_c_and_90_days_is_d(days, grade):
    assert CREDIT_RATING("A", known_client(invoices=overdue(days))) == grade


def test_a_disputed_item_caps_nothing():
    found = Book(AS_OF, [with_disputes(overdue(120, "oui")), one_row(CLIENT), one_row(ACCOUNTS)])
    assert CREDIT_RATING("A", found) == "A"
    assert found.rating.answers["payment"][0] == 6


def test_a_dispute_of_the_journal_counts_like_one_of_the_invoice():
    journal = table("date | client | event | invoice\n2026-09-10 | A | litige | F9")
    assert CREDIT_RATING("A", known_client(None, None, overdue(120), journal)) == "A"


@pytest.mark.parametrize(("received", "grade"), [(1_000, "A"), (991, "A"), (990, "D"), (400, "D")])
def test_a_client_whose_own_money_covers_what_is_overdue_is_not_late(received, grade):
    """1,000 are 91 days late; what it paid without naming an invoice goes to the oldest one; 9 left are a residue."""
    payments = table(f"client | payment date | amount\nA | 2026-11-10 | {received}")
    assert CREDIT_RATING("A", known_client(None, None, overdue(91), payments)) == grade


def test_a_retention_is_not_late_before_its_release():
    rows = table("""client | invoice | date | due date | amount | paid | retention
                    A | F1 | 2026-06-01 | 2026-07-01 | 1000 | 950 | 50""")
    assert CREDIT_RATING("A", Book(AS_OF, [rows, one_row(CLIENT), one_row(ACCOUNTS)])) == "A"


@pytest.mark.parametrize(("as_of", "answer"), [("2026-08-30", None), ("2026-08-31", 6)])
def test_a_bill_pays_on_its_maturity_and_is_no_prepayment(as_of, answer):
    """Given on the day of the invoice and paid to the day: on time, answer 6, and nothing before it matures."""
    book = Book(as_of, [table("client | invoice | date | due date | amount\nA | F1 | 2026-08-01 | 2026-08-31 | 1000"),
                        table("""client | payment date | amount | invoice | means | maturity
                                 A | 2026-08-01 | 1000 | F1 | LCR | 2026-08-31""")])
    assert book.rating.answers["payment"].tolist() == pytest.approx(column(answer).tolist(), nan_ok=True)


def test_a_dispute_of_a_later_date_is_not_known_yet():
    found = Book("2026-10-31", [
        table("""client | invoice | date | due date | amount | disputed | disputed on
                 A | F1 | 2026-08-01 | 2026-08-31 | 1000 | yes | 2026-11-05"""), one_row(CLIENT), one_row(ACCOUNTS)])
    assert CREDIT_RATING("A", found) == "C"


@pytest.mark.parametrize(("judgment", "grade"), [("2026-11-20", "D"), ("2024-02-01", "D"), ("", "D"),
                                                 ("2026-11-21", "A")])
@pytest.mark.parametrize("kind", ["sauvegarde", "redressement judiciaire", "liquidation"])
def test_insolvency_is_d_from_the_day_of_the_judgment(kind, judgment, grade):
    assert CREDIT_RATING("A", known_client({"insolvency": kind, "judgment date": judgment})) == grade


@pytest.mark.parametrize(("days", "grade"), [(["2026-06-01", "2026-11-01"], "D"), (["2026-05-21", "2026-11-19"], "D"),
                                             (["2026-11-01"], "A"), (["2026-05-19", "2026-11-01"], "A")])
def test_two_promises_broken_within_six_months_are_d(days, grade):
    journal = table("date | client | event\n" + "\n".join(f"{day} | A | promise broken" for day in days))
    assert CREDIT_RATING("A", known_client(None, None, "", journal)) == grade


@pytest.mark.parametrize(("bounced", "grade"), [("2026-11-19", "C"), ("2026-05-21", "C"), ("2026-05-19", "A")])
def test_a_payment_that_bounced_within_six_months_is_at_most_c_even_when_made_good(bounced, grade):
    payments = table(f"""client | payment date | amount | invoice | means | bounced on
                         A | 2026-05-10 | 700 | F4 | cheque | {bounced}
                         A | 2026-05-18 | 700 | F4 | transfer |""")
    found = known_client(None, None, "A | F4 | 2026-04-20 | 2026-05-20 | 700 |\n", payments)
    assert CREDIT_RATING("A", found) == grade


def test_negative_equity_is_at_most_c():
    """Z'' falls to 1.95, answer 4: 500 points, 8.33; yet C."""
    found = known_client(None, {"equity": -10, "total debt": 1510})
    assert CREDIT_SCORE("A", found) == pytest.approx(500 / 60)
    assert CREDIT_RATING("A", found) == "C"


@pytest.mark.parametrize(("year_end", "grade"), [("2024-11-20", "A"), ("2024-11-19", "B"), ("2023-12-31", "B")])
def test_accounts_older_than_24_months_are_at_most_b(year_end, grade):
    """Confidential accounts, of which newer ones cannot be had; others are at most B as soon as new ones are due."""
    assert CREDIT_RATING("A", known_client({"accounts confidential": "oui"}, {"year end": year_end})) == grade
    assert CREDIT_RATING("A", known_client(None, {"year end": year_end})) == "B"


def test_neither_accounts_nor_outside_note_is_at_most_b():
    """440 of the 480 points that are known: 9.17, and yet B, on evidence E1."""
    found = known_client(accounts=False, invoices="A | F0 | 2026-04-01 | 2026-05-01 | 1000 | 2026-05-01\n")
    assert CREDIT_SCORE("A", found) == pytest.approx(440 / 48)
    assert (CREDIT_RATING("A", found), CREDIT_EVIDENCE("A", found)) == ("B", "E1")


def test_accounts_that_do_not_let_the_financial_strength_be_computed_are_at_most_b():
    found = known_client(None, {"ebit": "", "retained earnings": ""})
    assert (CREDIT_RATING("A", found), CREDIT_EVIDENCE("A", found)) == ("B", "E2")


def test_accounts_closed_after_the_date_are_not_known_yet():
    assert CREDIT_EVIDENCE("A", known_client(None, {"year end": "2026-12-31"})) == "E0"


def test_the_latest_accounts_count():
    accounts = RawTable([list(ACCOUNTS), list(ACCOUNTS.values()),
                         list((ACCOUNTS | {"year end": "2024-12-31", "equity": -5}).values())])
    assert CREDIT_RATING("A", known_client(None, False, "", accounts)) == "A"


@pytest.mark.parametrize(("liens", "days", "grade"), [("0", 0, "A"), ("", 0, "A"), ("12 500", 0, "B"), ("1", 31, "D"),
                                                      ("1", 91, "D")])
def test_liens_take_one_notch_and_d_stays_d(liens, days, grade):
    assert CREDIT_RATING("A", known_client({"liens": liens}, None, overdue(days))) == grade


@pytest.mark.parametrize(("since", "invoices", "payment"), [
    ("2026-02-02", "", 1),  # new open credit: nothing has been paid so far
    ("2026-02-02", "A | F0 | 2026-09-01 | 2026-10-01 | 500 | 2026-09-28\n", 6),
    ("2025-02-02", "", None),  # an old client whose payments this ledger does not show
])
def test_new_open_credit_is_the_worst_answer_and_never_a_missing_one(since, invoices, payment):
    rows = "client | invoice | date | due date | amount | paid on\nA | F1 | 2026-11-02 | 2026-12-02 | 1000 |\n"
    found = Book(AS_OF, [table(rows + invoices), one_row(CLIENT | {"customer since": since}), one_row(ACCOUNTS)])
    assert found.rating.answers["payment"].tolist() == pytest.approx(column(payment).tolist(), nan_ok=True)


def test_cut_offs_of_the_workbook_win_over_the_defaults():
    grades = table("""grade | lowest score | share of tangible net worth | share of turnover
                      A | 9 | 50 % | 8 %""")
    assert CREDIT_RATING("A", known_client(None, None, "", grades)) == "B"


def test_the_facts_that_cap_a_grade_are_told_with_their_days_and_amounts():
    told = CREDIT_WHY("CREDIT_RATING", "A", known_client({"liens": 900}, None, overdue(31)))
    assert told.startswith("D. E2: accounts are known. ")
    assert "Score 8/10 on 100% of the criteria: A." in told
    assert "An undisputed invoice due on 20 Oct 2026 is 31 days late (more than 30): at most C." in told
    assert "Liens of €900.00 are registered: one notch down." in told


# From score to grade

@pytest.mark.parametrize(("score", "rank"), [(10, 1), (7.5, 1), (7.499, 2), (5.5, 2), (5.499, 3), (3.5, 3), (3.499, 4),
                                             (0, 4)])
def test_cut_offs_belong_to_the_better_grade(score, rank):
    assert grading(column(score), np.array([2]), NO_FACTS, CUT_OFFS).rank[0] == rank


def test_a_client_that_stopped_paying_is_c_at_most_though_its_card_says_b():
    found = grading(column(400 / 60), np.array([2]), NO_FACTS | {"overdue_c": np.ones(1, dtype=bool)}, CUT_OFFS)
    assert (found.scored[0], found.rank[0]) == (2, 3)


@given(score=st.floats(0, 10), level=st.integers(0, 2), known=st.sets(st.sampled_from(FACTS)),
       more=st.sampled_from(FACTS))
@pytest.mark.fuzz
def test_one_fact_more_never_improves_a_grade(score, level, known, more):
    def rank(holding):
        facts = {name: np.array([name in holding]) for name in FACTS}
        return int(grading(column(score), np.array([level]), facts, CUT_OFFS).rank[0])

    before, after = rank(known), rank(known | {more})
    assert after >= before
    assert 0 <= before <= 4


def paid_late(days_late, days_overdue):
    """Four settled invoices and one from last year that is unpaid; only the lateness varies."""
    rows = [["client", "invoice", "date", "due date", "amount", "paid on"]]
    for number, days in enumerate(days_late):
        due = np.datetime64("2026-02-01") + 30 * number
        rows.append(["A", f"F{number}", str(due - 30), str(due), 1000.0, str(due + days)])
    rows.append(["A", "F9", "2025-01-02", str(np.datetime64(AS_OF) - days_overdue), 800.0, ""])
    return Book(AS_OF, [RawTable(rows)])


@given(days=st.lists(st.integers(0, 150), min_size=4, max_size=4), overdue_days=st.integers(0, 600),
       place=st.integers(0, 4), more=st.integers(1, 60))
@pytest.mark.fuzz
def test_more_lateness_never_raises_the_grade(days, overdue_days, place, more):
    later = [*days, overdue_days]
    later[place] += more
    before, after = paid_late(days, overdue_days), paid_late(later[:4], later[4])
    assert before.grades[0] != "n/r"
    assert after.grades[0] >= before.grades[0]
    assert after.rating.score[0] <= before.rating.score[0] + 1e-12
