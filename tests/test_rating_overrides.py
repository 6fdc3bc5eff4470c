"""What wins over the score: hard facts with their dates, outside notes; and what the user's own tables change.

The client of `rated_client` has 520 of 600 points, 8.67, on accounts to 31 December 2025: A. Its financial strength is
answer 5 (Z'' 2.656) and weighs 20 %. The answers of outside notes are those of DOMAIN 2.7 and 2.8.
"""

import numpy as np
import pytest

from tests.rated_client import ACCOUNTS, CLIENT, known_client, one_row
from tests.small_ledgers import table
from udfs import (
    CREDIT_EVIDENCE,
    CREDIT_LIMIT,
    CREDIT_PD,
    CREDIT_RATING,
    CREDIT_SCORE,
    CREDIT_WHY,
    DAYS_BEYOND_TERMS,
    LIMIT_BINDING,
)
from udfs.book.book import Book
from udfs.errors import NotAvailable, OutOfRange
from udfs.rating.grade import CAPS, NOTCHES
from udfs.rating.scorecard import scorecard

OVERDUE = "A | F9 | 2026-06-20 | {due} | 1000 |\n"


def policy(**values):
    return table("key | value\n" + "\n".join(f"{key} | {value}" for key, value in values.items()))


def changed(*tables, client=None, accounts=None):
    return known_client(client, accounts, "", *tables)


# Facts

@pytest.mark.parametrize(("capital", "grade"), [(1_200, "A"), (1_200.02, "B"), (5_000, "B"), ("", "A")])
def test_equity_below_half_of_the_share_capital_takes_one_notch(capital, grade):
    """C.com L223-42 and L225-248: equity of 600; half of 1,200 is not lost, half of 1,200.02 is."""
    assert CREDIT_RATING("A", known_client(None, {"share capital": capital})) == grade
    assert CREDIT_RATING("A", known_client({"share capital": capital})) == grade


def test_the_share_capital_of_the_accounts_wins_over_that_of_the_client():
    assert CREDIT_RATING("A", known_client({"share capital": 5_000}, {"share capital": 1_000})) == "A"


def test_liens_and_a_lost_half_of_the_capital_take_two_notches():
    assert CREDIT_RATING("A", known_client({"liens": 900, "share capital": 5_000})) == "C"


def test_negative_equity_is_told_as_such_and_not_as_half_of_the_capital():
    told = CREDIT_WHY("CREDIT_RATING", "A", known_client(None, {"equity": -10, "total debt": 1510,
                                                                "share capital": 100}))
    assert "Equity is negative (-€10.00 on 31 Dec 2025): at most C." in told
    assert "half of the share capital" not in told


@pytest.mark.parametrize(("year_end", "confidential", "grade"), [
    ("2025-03-20", "", "A"),  # 20 March 2025 + 12 months + 8 months: new accounts are due today
    ("2025-03-19", "", "B"), ("2025-03-19", "oui", "A"), ("2024-12-31", "non", "B"),
])
def test_accounts_that_do_not_come_within_eight_months_of_their_year_end_cap_at_b(year_end, confidential, grade):
    found = known_client({"accounts confidential": confidential}, {"year end": year_end})
    assert CREDIT_RATING("A", found) == grade


def test_the_months_to_file_are_the_users():
    late = {"year end": "2024-12-31"}
    assert CREDIT_RATING("A", changed(policy(override_filing_months=11), accounts=late)) == "A"


FACTS = {
    "insolvency": ({"insolvency": "redressement", "judgment date": "2026-09-15"}, {}, "",
                   "Insolvency (receivership), judgment of 15 Sept 2026: D.",
                   "Procédure collective (redressement judiciaire), jugement du 15/09/2026 : D."),
    "insolvency, undated": ({"insolvency": "redressement"}, {}, "", "Insolvency (receivership): D.",
                            "Procédure collective (redressement judiciaire) : D."),
    "overdue_d": ({}, {}, OVERDUE.format(due="2026-08-20"),
                  "An undisputed invoice due on 20 Aug 2026 is 92 days late (more than 90): D.",
                  "Une facture non contestée échue le 20/08/2026 a 92 jours de retard (plus de 90) : D."),
    "overdue_c": ({}, {}, OVERDUE.format(due="2026-10-20"),
                  "An undisputed invoice due on 20 Oct 2026 is 31 days late (more than 30): at most C.",
                  "Une facture non contestée échue le 20/10/2026 a 31 jours de retard (plus de 30) : C au mieux."),
    "negative_equity": ({}, {"equity": -10, "total debt": 1510}, "",
                        "Equity is negative (-€10.00 on 31 Dec 2025): at most C.",
                        "Capitaux propres négatifs (-10,00\xa0€ au 31/12/2025) : C au mieux."),
    "old_accounts": ({}, {"year end": "2024-06-30"}, "",
                     "The accounts to 30 Jun 2024 are older than 24 months: at most B.",
                     "Les comptes arrêtés au 30/06/2024 ont plus de 24 mois : B au mieux."),
    "no_new_accounts": ({}, {"year end": "2024-12-31"}, "",
                        "No accounts since those to 31 Dec 2024, though new ones were due by 31 Aug 2026: at most B.",
                        "Aucun compte depuis ceux arrêtés au 31/12/2024, alors que de nouveaux étaient attendus au "
                        "plus tard le 31/08/2026 : B au mieux."),
    "financial_unknown": ({}, {"ebit": ""}, "", "The financial strength cannot be computed from the accounts to "
                          "31 Dec 2025: at most B.", "La solidité financière n’est pas calculable avec les comptes "
                          "arrêtés au 31/12/2025 : B au mieux."),
    "half_capital": ({}, {"share capital": 2000}, "", "Equity of €600.00 on 31 Dec 2025 is below half of the share "
                     "capital of €2,000.00 (C. com. L223-42, L225-248): one notch down.",
                     "Les capitaux propres (600,00\xa0€ au 31/12/2025) sont inférieurs à la moitié du capital social "
                     "de 2\u202f000,00\xa0€ (C. com. L223-42, L225-248) : un cran de moins."),
    "liens": ({"liens": 900, "checked on": "2026-10-01"}, {}, "",
              "Liens of €900.00 are registered (checked on 1 Oct 2026): one notch down.",
              "Privilèges inscrits pour 900,00\xa0€ (vérifié le 01/10/2026) : un cran de moins."),
}


@pytest.mark.parametrize("name", FACTS)
def test_every_fact_is_told_with_its_date(name):
    client, accounts, invoices, english, french = FACTS[name]
    assert english in CREDIT_WHY("CREDIT_RATING", "A", known_client(client, accounts, invoices))
    assert french in CREDIT_WHY("CREDIT_RATING", "A", known_client(client, accounts, invoices, policy(language="fr")))


def test_a_bounce_and_broken_promises_are_told_with_their_last_date():
    payments = table("""client | payment date | amount | invoice | means | bounced on
                        A | 2026-06-30 | 1000 | F1 | cheque | 2026-07-08
                        A | 2026-08-30 | 1000 | F3 | cheque | 2026-09-09""")
    assert "A payment bounced on 9 Sept 2026, within 6 months: at most C." in CREDIT_WHY(
        "CREDIT_RATING", "A", changed(payments))
    journal = table("""date | client | event
                       2026-11-03 | A | promise broken
                       2026-07-01 | A | promise broken""")
    assert "At least 2 promises broken within 6 months, the last noted on 3 Nov 2026: D." in CREDIT_WHY(
        "CREDIT_RATING", "A", changed(journal))


def test_every_fact_has_a_day_or_says_why_not():
    """Only what is not there at all, neither accounts nor note, has no day."""
    on = known_client().rating.fact_on
    assert set(on) == {*(name for name, _, _ in CAPS), *NOTCHES}
    assert np.isnat(known_client(accounts=False).rating.fact_on["no_accounts"][0])


# Outside notes

def noted(note, provider="Coface", date="2026-05-04", accounts=False, **values):
    """The client with an outside note, without accounts unless some are given."""
    client = {"outside note": note, "provider of the note": provider, "date of the outside note": date}
    return known_client(client, accounts, "", policy(**values) if values else policy(language="en"))


def test_an_outside_note_replaces_accounts_and_is_evidence():
    """Coface 8 is answer 6: 440 + 100 = 540 points, 9.00, on the full scale; without it the client has no grade."""
    found = noted("8")
    assert found.rating.answers["financial"][0] == 6
    assert CREDIT_SCORE("A", found) == pytest.approx(9)
    assert (CREDIT_RATING("A", found), CREDIT_EVIDENCE("A", found)) == ("A", "E2")
    assert CREDIT_WHY("CREDIT_RATING", "A", found).startswith("A. E2: an outside note is known, no accounts. ")
    assert CREDIT_EVIDENCE("A", known_client(accounts=False)) == "E0"


@pytest.mark.parametrize(("provider", "note", "answer"), [
    ("Euler Hermes", "8", 1), ("Allianz Trade", 8.0, 1), ("coface", "8", 6), ("BDF", "4", 4), ("Atradius", 20, 6),
    ("Creditsafe", "72", 7), ("Dun & Bradstreet", "11", 5), ("Paydex", "80", 6), ("infoproff", "BBB", 5),
])
def test_each_provider_has_its_own_scale_and_direction(provider, note, answer):
    assert noted(note, provider).rating.answers["financial"][0] == answer


@pytest.mark.parametrize(("note", "provider", "date", "evidence"), [
    ("8", "Coface", "2024-11-20", "E2"), ("8", "Coface", "2024-11-19", "E0"),  # older than 24 months
    ("8", "Coface", "2026-11-21", "E0"),  # not known yet
    ("8", "Coface", "", "E2"),
    ("8", "", "2026-05-04", "E0"), ("11", "Coface", "2026-05-04", "E0"), ("0", "Banque de France", "2026-05-04", "E0"),
])
def test_a_note_that_is_too_old_not_on_its_scale_or_of_nobody_is_not_used(note, provider, date, evidence):
    assert CREDIT_EVIDENCE("A", noted(note, provider, date)) == evidence


def test_the_age_of_a_note_is_the_users_choice():
    assert CREDIT_EVIDENCE("A", noted("8", date="2026-05-04", outside_note_months=6)) == "E0"


def test_a_provider_that_is_not_known_is_a_warning_of_the_table():
    (issue,) = [one for one in noted("8", "Acme Ratings").issues if one.column == "external_provider"]
    assert (issue.severity, issue.value) == ("warning", "Acme Ratings")


@pytest.mark.parametrize(("use", "note", "answer", "score"), [
    ("replace", "10", 7, 560), ("replace", "4", 3, 480), ("remplacer", "4", 3, 480),
    ("cap", "10", 5, 520), ("plafonner", "4", 3, 480), ("inform", "10", 5, 520), ("informer", "0", 5, 520),
])
def test_beside_accounts_a_note_replaces_caps_or_informs(use, note, answer, score):
    """The accounts say 5. Coface 10 is 7, 4 is 3, 0 is 1; 20 points an answer."""
    found = noted(note, accounts={}, outside_note_use=use)
    assert found.rating.answers["financial"][0] == answer
    assert CREDIT_SCORE("A", found) == pytest.approx(score / 60)


@pytest.mark.parametrize("use", ["cap", "inform"])
def test_a_note_that_may_not_replace_leaves_the_financial_strength_unknown(use):
    found = noted("10", outside_note_use=use)
    assert (CREDIT_RATING("A", found), CREDIT_EVIDENCE("A", found)) == ("B", "E2")
    assert "The financial strength cannot be computed from what is given: at most B." in CREDIT_WHY(
        "CREDIT_RATING", "A", found)


def test_old_accounts_do_not_cap_a_grade_that_a_recent_note_stands_for():
    old = {"year end": "2023-12-31"}
    assert CREDIT_RATING("A", noted("8", accounts=old)) == "A"
    for note in ("8", "4"):
        assert CREDIT_RATING("A", noted(note, accounts=old, outside_note_use="cap")) == "B"


def test_a_note_is_no_base_of_a_limit():
    """A grade A by a note alone: the limit is the first line of a new client, provisional, not the whole need."""
    found = noted("10")
    assert CREDIT_RATING("A", found) == "A"
    assert (CREDIT_LIMIT("A", found), LIMIT_BINDING("A", found)) == (3_000, "starter line")
    assert found.limits.provisional[0]


# The user's own tables

def test_one_answer_of_the_user_changes_the_score():
    """Country A1 as answer 4: 15 points of 30, 505 in all."""
    assert CREDIT_SCORE("A", changed(table("band | answer\ncountry_A1 | 4"))) == pytest.approx(505 / 60)


EIGHT_DAYS = "A | F4 | 2026-04-01 | 2026-05-01 | 1000000 | 2026-05-09\n"


def test_bands_of_the_user_count():
    """8 days late are answer 4 by the published bands (7 to 10); by the user's (below 10) answer 5."""
    bands = table("""Tranche | Réponse | Au moins | Inférieur à | Supérieur à
                     payment_5 | 5 | | 10 | 0
                     payment_4 | 4 | 10 | 15 |
                     payment_3 | 3 | 15 | 20 |""")
    assert known_client(invoices=EIGHT_DAYS).rating.answers["payment"][0] == 4
    found = known_client(None, None, EIGHT_DAYS, bands)
    assert found.rating.answers["payment"][0] == 5
    assert found.policy.issues == []


def test_bands_that_overlap_or_leave_a_gap_are_refused_by_name():
    for edge in ("10", "5"):
        bands = table(f"band | answer | above | below\npayment_5 | 5 | 0 | {edge}")
        found = known_client(None, None, EIGHT_DAYS, bands)
        assert found.rating.answers["payment"][0] == 4
        (issue,) = found.policy.issues
        assert "the bands of payment leave a gap or overlap at " in issue.sentence("en")
        assert "les tranches de payment laissent un vide ou se chevauchent à " in issue.sentence("fr")


@pytest.mark.parametrize(("row", "sentence"), [
    ("country_A1 | 8", '"8" is no answer for band country_A1'),
    ("country_Z9 | 4", 'there is no policy "country_Z9"'),
])
def test_an_answer_beyond_seven_or_a_band_that_does_not_exist_changes_nothing(row, sentence):
    found = changed(table(f"band | answer\n{row}"))
    assert CREDIT_SCORE("A", found) == pytest.approx(520 / 60)
    assert [sentence in issue.sentence("en") for issue in found.policy.issues] == [True]


def test_a_band_of_a_decline_has_negative_edges():
    """Sales 20 % down on the year: decline (3) by the published bands, strong decline (2) from -15 % by the user's."""
    rows = table("""client | invoice | date | due date | amount | paid on
                    A | F1 | 2024-01-10 | 2024-02-09 | 1000 | 2024-02-09
                    A | F2 | 2025-06-10 | 2025-07-10 | 1000 | 2025-07-10
                    A | F3 | 2026-06-10 | 2026-07-10 | 800 | 2026-07-10""")
    client = one_row(CLIENT | {"order trend": ""})
    bands = table("""band | answer | above | up to
                     trend_2 | 2 | | -0,15
                     trend_3 | 3 | -0,15 | -0,10""")
    assert Book("2026-11-20", [rows, client]).rating.answers["trend"][0] == 3
    assert Book("2026-11-20", [rows, client, bands]).rating.answers["trend"][0] == 2


@pytest.mark.parametrize("penalty", ["-60", "60"])
def test_a_penalty_applies_on_answer_1_however_its_sign_is_written(penalty):
    """A company in formation is answer 1: 490 points, less 60."""
    forming = {"legal form": "société en formation"}
    assert CREDIT_SCORE("A", known_client(forming)) == pytest.approx(490 / 60)
    scorecard_table = table(f"criterion | weight | penalty\nlegal_form | 5 % | {penalty}")
    found = changed(scorecard_table, client=forming)
    assert CREDIT_SCORE("A", found) == pytest.approx(430 / 60)
    assert CREDIT_RATING("A", found) == "B"
    assert CREDIT_SCORE("A", changed(scorecard_table)) == pytest.approx(520 / 60)


def test_a_criterion_without_weight_counts_in_nothing_even_with_a_penalty():
    score, coverage = scorecard({"a": np.array([5.0]), "b": np.array([1.0])}, {"a": 1.0, "b": 0.0}, {"b": -300.0})
    assert (score[0], coverage[0]) == (pytest.approx(400 / 60), 1)


def test_our_own_score_counts_once_it_has_a_weight():
    """Points 3 + 11 + 6 + 17 and none for a negative cash flow: 37, answer 3; in place of Z'' 440 + 40 = 480 points."""
    losing = {"stocks": 260, "net income": -100, "depreciation": 50}
    weights = table("criterion | weight\nfinancial | 0 %\nfinancial_score | 20 %")
    assert changed(accounts=losing).rating.own_score[0] == 37
    assert CREDIT_SCORE("A", changed(accounts=losing)) == pytest.approx(520 / 60)
    found = changed(weights, accounts=losing)
    assert found.rating.answers["financial_score"][0] == 3
    assert CREDIT_SCORE("A", found) == pytest.approx(480 / 60)


def test_weights_below_zero_are_refused_like_those_that_do_not_total_100_per_cent():
    found = changed(table("criterion | weight\nfinancial | 40 %\npayment | -20 %\nterm | 30 %"))
    assert CREDIT_SCORE("A", found) == pytest.approx(520 / 60)
    assert [issue.code for issue in found.policy.issues] == ["issues.weights"]


# Probability of default (DOMAIN 2.8, [design])

@pytest.mark.parametrize(("client", "invoices", "pd"), [
    ({}, "", 0.005), ({"liens": 1}, "", 0.02), ({}, OVERDUE.format(due="2026-10-20"), 0.06),
    ({}, OVERDUE.format(due="2026-08-20"), 0.25), ({"insolvency": "liquidation"}, "", 1),
])
def test_a_grade_has_its_yearly_probability_and_an_insolvent_client_has_failed(client, invoices, pd):
    assert CREDIT_PD("A", known_client(client, None, invoices)) == pd


def test_probabilities_are_the_users_and_an_empty_one_is_not_known():
    columns = "grade | lowest score | share of tangible net worth | share of turnover | probability of default\n"
    assert CREDIT_PD("A", changed(table(columns + "A | 7,5 | 50 % | 8 % | 1,07 %"))) == pytest.approx(0.0107)
    with pytest.raises(NotAvailable, match=r"Client A has grade A, for which the table Grades .* gives no probability"):
        CREDIT_PD("A", changed(table(columns + "A | 7,5 | 50 % | 8 % |\nB | 5,5 | 35 % | 5 % | 2 %")))
    with pytest.raises(NotAvailable, match="nothing but open items is known"):
        CREDIT_PD("A", known_client(accounts=False))


# Days beyond terms

PAID = """
client | invoice | date | due date | amount | paid on
A | F1 | 2026-01-05 | 2026-02-04 | 1000 | 2026-02-16
A | F2 | 2026-08-05 | 2026-09-04 | 3000 | 2026-09-08
"""


def test_delays_of_twelve_and_of_six_months_are_weighted_by_amount():
    """12 days on 1,000 in February, 4 days on 3,000 in September: 6 days in a year, 4 in half a year."""
    found = Book("2026-11-20", [table(PAID)])
    assert [DAYS_BEYOND_TERMS("A", found, months) for months in (None, 12, 6, 3)] == [6, 6, 4, 4]
    assert found.rating.behaviour.recent_days_beyond_terms[0] == 4
    assert CREDIT_WHY("DAYS_BEYOND_TERMS", "A", found).startswith("Over 12 months: 6 days beyond terms on average")
    with pytest.raises(NotAvailable, match="A has settled nothing within 2 months and owes nothing that is late"):
        DAYS_BEYOND_TERMS("A", found, 2)
    with pytest.raises(OutOfRange, match="months is 0"):
        DAYS_BEYOND_TERMS("A", found, 0)


def test_open_items_count_to_date():
    """1,000 that are 20 days late today: (4 x 3,000 + 20 x 1,000) / 4,000 = 8."""
    found = Book("2026-11-20", [table(PAID + "A | F3 | 2026-10-01 | 2026-10-31 | 1000 |")])
    assert DAYS_BEYOND_TERMS("A", found, 6) == 8
    assert DAYS_BEYOND_TERMS([["A"], ["A"]], found, 2) == [[20], [20]]


def test_the_accounts_of_the_example_are_of_twelve_months():
    """A year of 6 months is brought to 12: EBIT 60 of a half year is 120, and Z'' is that of the whole one."""
    half = known_client(None, {"ebit": 60, "months": 6})
    assert half.rating.z2[0] == pytest.approx(2.656, abs=0.001)
    assert ACCOUNTS["ebit"] == 120
