"""The worksheet functions on accounts and answers: published scores, our own, the plain scorecard, the ratios."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from udfs import (
    ALTMAN_Z,
    CONAN_HOLDER,
    CREDIT_BOOK,
    CREDIT_WHY,
    FINANCIAL_RATIOS,
    FINANCIAL_SCORE,
    SCORECARD,
)
from udfs.errors import CreditError, NotAvailable, OutOfRange, WrongArgument

# DOMAIN 2.4: assets 1,500, working capital 200, retained earnings 250, EBIT 120, equity 600, debts 900, sales 2,400.
ALTMAN = [["Total assets", 1500], ["Current assets", 700], ["Current debt", 500], ["Retained earnings", 250],
          ["EBIT", 120], ["Equity", 600], ["Total debt", 900], ["Turnover", 2400], ["Market value", 600]]
# DOMAIN 2.3, first line of the worked cases.
CONAN = {"EBE": 120, "Total des dettes": 670, "Capitaux propres": 330, "Dettes à plus d'un an": 270,
         "Total de l'actif": 1000, "Actif circulant": 500, "Stocks": 150, "Charges financières": 20,
         "Chiffre d'affaires": 2000, "Charges de personnel": 250, "Valeur ajoutée": 400}
WEIGHTS = [0.05, 0.10, 0.20, 0.10, 0.10, 0.10, 0.05, 0.10, 0.20]
ANSWERS = [4, 5, 5, 5, 5, 5, 7, 4, 4]
CRITERIA = ["forme juridique", "company_age", "payment", "sales_opinion", "term", "trend", "country", "relation",
            "solidité financière"]
INVOICES = [["client", "invoice", "date", "amount"], ["C1", "F1", "2026-11-02", 1000.0]]


def book(language="en", *tables):
    return CREDIT_BOOK("2026-11-20", INVOICES, [["key", "value"], ["language", language]], *tables)


def refusal(call, *arguments):
    with pytest.raises(CreditError) as raised:
        call(*arguments)
    return raised.value


# Altman (DOMAIN 2.4)

@pytest.mark.parametrize(("model", "score"), [
    ("Z", 2.656), ("z", 2.656), ("Z'", 2.362), ("Z’", 2.362), ("Z1", 2.362), ("Z''", 2.656), ('Z"', 2.656),
    ("Z″", 2.656), ("Z2", 2.656), ("Z2_EM", 5.906), ("z2-em", 5.906), ("Z''-EM", 5.906), ([["Z ''"]], 2.656)])
def test_altman_by_each_of_its_names(model, score):
    assert round(ALTMAN_Z(model, ALTMAN), 3) == score


def test_altman_in_french_lines_in_a_lying_table_and_with_a_label_between():
    french = {"total bilan": 1500, "actif circulant": "700,00", "dettes à court terme": 500, "réserves": 250,
              "résultat d’exploitation": 120, "Capitaux propres": 600, "Total des dettes": 900}
    assert round(ALTMAN_Z("Z2", french), 3) == 2.656
    assert ALTMAN_Z("Z2", list(zip(*ALTMAN, strict=True))) == ALTMAN_Z("Z2", ALTMAN)
    assert ALTMAN_Z("Z2", [[name, "EUR", value] for name, value in ALTMAN]) == ALTMAN_Z("Z2", ALTMAN)
    assert ALTMAN_Z("Z2", np.array(ALTMAN, dtype=object)) == ALTMAN_Z("Z2", ALTMAN)


def test_the_second_worked_case_of_altman():
    lines = {"current assets": 200, "current debt": 0, "retained earnings": 80, "ebit": 60, "equity": 330,
             "total debt": 670, "total assets": 1000}
    assert round(ALTMAN_Z("Z2_EM", lines), 4) == 5.7432


@pytest.mark.parametrize("line", [name for name, _ in ALTMAN if name != "Market value"])
def test_a_missing_line_is_named_and_never_taken_for_zero(line):
    wrong = refusal(ALTMAN_Z, "Z1", [row for row in ALTMAN if row[0] != line])
    assert (type(wrong), wrong.excel) == (NotAvailable, "#N/A")
    assert f'do not give "{line}"' in str(wrong)


def test_market_value_is_for_listed_firms_alone():
    unlisted = ALTMAN[:-1]
    assert str(refusal(ALTMAN_Z, "Z", unlisted)) == (
        'Altman\'s Z cannot be computed: the accounts do not give "Market value". Add this line; an amount that is '
        "nothing is written 0.")
    assert round(ALTMAN_Z("Z", [*unlisted, ["Capitalisation boursière", 600]]), 3) == 2.656


def test_an_empty_line_is_missing_and_what_is_not_understood_is_told():
    rows = [*ALTMAN[:4], ["EBIT", None], *ALTMAN[5:], ["Résultat courant", 118]]
    wrong = refusal(ALTMAN_Z, "Z2", rows)
    assert wrong.sentence("fr") == (
        "Z'' d’Altman non calculable : les comptes ne donnent pas « Résultat d'exploitation ». Ajoutez cette ligne. "
        "Libellés non compris : Résultat courant.")


def test_debts_of_nothing_are_no_score():
    wrong = refusal(ALTMAN_Z, "Z2", [row if row[0] != "Total debt" else ["Total debt", 0] for row in ALTMAN])
    assert isinstance(wrong, NotAvailable)
    assert '"Total debt" is 0' in str(wrong)


def test_a_flow_of_nine_months_is_brought_to_twelve():
    short = [row if row[0] != "EBIT" else ["EBIT", 90] for row in ALTMAN if row[0] != "Turnover"]
    assert round(ALTMAN_Z("Z2", [*short, ["months", 9]]), 3) == 2.656


@pytest.mark.parametrize(("model", "accounts", "sentence"), [
    ("Z3", ALTMAN, "\"Z3\" is none of Altman's scores. Write Z, Z', Z'' or Z2_EM."),
    ("", ALTMAN, "model is empty. Give a value."),
    ("Z2", 12, "accounts is a range of two columns: what it is, and its value beside it. Select both columns."),
    ("Z2", [["x", 1]], "No line of the accounts is found."),
    ("Z2", [["EBIT", "abc"]], 'EBIT: "abc" is not a number. Write it as 1234.56 or 1 234,56.'),
    ("Z2", [["EBIT", "#REF!"]], "The cell holds the error #REF!"),
    ("Z2", [["EBIT", 1], ["operating profit", 2]], "EBIT stands twice, with 1 and 2. Keep the amount of the year"),
])
def test_what_cannot_be_read_is_refused_with_its_remedy(model, accounts, sentence):
    assert str(refusal(ALTMAN_Z, model, accounts)).startswith(sentence)


def test_why_tells_the_zone_by_each_source_and_the_firms_it_was_made_for():
    """2.656 is over 2.6 (financialratioss) and under 2.9 (creditguru)."""
    assert CREDIT_WHY("ALTMAN_Z", "Z2", ALTMAN) == (
        "Altman's Z'' = 2.66: sound (financialratioss), to be watched (creditguru) (sources disagree). Made for firms "
        "other than manufacturers; used for all, as it does without turnover. It is no probability of default.")
    assert CREDIT_WHY("ALTMAN_Z", "Z1", [*ALTMAN, ["NAF", "47.11F"]], book("fr")) == (
        "Z' d’Altman = 2,36 : à surveiller (quant.stackexchange). Établi pour des industriels non cotés (divisions "
        "NAF 10 à 33). Cette entreprise (47.11F) est en dehors : le score en dit moins. "
        "Ce n’est pas une probabilité de défaillance.")


# Conan and Holder (DOMAIN 2.3)

def test_conan_holder_of_the_worked_cases():
    assert round(CONAN_HOLDER(CONAN), 2) == 15.98
    worse = {"ebitda": -20, "total debt": 1100, "equity": 150, "long-term debt": 0, "total assets": 1200,
             "current assets": 500, "stocks": 0, "financial charges": 45, "turnover": 1600, "personnel": 520,
             "value added": 560}
    assert round(CONAN_HOLDER(worse), 2) == -2.75


def test_conan_holder_without_value_added_is_not_computable():
    wrong = refusal(CONAN_HOLDER, CONAN | {"Valeur ajoutée": 0})
    assert wrong.sentence("fr").startswith("Score de Conan-Holder non calculable : « Valeur ajoutée » vaut 0")


def test_why_of_conan_holder_never_tells_its_percentages():
    thousand = {name: value * 1000 for name, value in CONAN.items()}
    told = CREDIT_WHY("CONAN_HOLDER", thousand | {"Code NAF": "25.62B"}, book("fr"))
    assert told == (
        "Score de Conan-Holder = 15,98 : sain (dépôts publics, manuels), à surveiller (urios) (les sources divergent). "
        "Établi en 1979 sur des industriels français (divisions NAF 5 à 39) de 1\u202f500\u202f000 à "
        "75\u202f000\u202f000 € de chiffre d’affaires. Ce n’est pas une probabilité de défaillance.")
    assert "%" not in told


# Our financial score (docs/financial-score.md)

def test_our_score_of_the_worked_case_and_its_points():
    lines = {"total assets": 1500, "equity": 600, "retained earnings": 250, "current assets": 700, "stocks": 260,
             "current debt": 500, "total debt": 900, "turnover": 2400, "net income": 90, "depreciation": 50}
    assert FINANCIAL_SCORE(lines) == 62
    without = {name: value for name, value in lines.items() if name != "stocks"}
    assert FINANCIAL_SCORE(without) == 59
    assert "quick ratio 14 (n/d)" in CREDIT_WHY("FINANCIAL_SCORE", without)
    assert "no probability of default" in CREDIT_WHY("FINANCIAL_SCORE", without)


def test_too_few_ratios_are_no_score_and_name_what_is_missing():
    wrong = refusal(FINANCIAL_SCORE, {"equity": 600, "total assets": 1500})
    assert isinstance(wrong, NotAvailable)
    assert str(wrong).startswith("Our financial score needs 4 of its 6 ratios, and 1 can be computed. Not given: "
                                 "Retained earnings, Current assets")


# The plain scorecard (DOMAIN 2.2: 375 of 600 points)

@pytest.mark.parametrize("arguments", [
    (ANSWERS, WEIGHTS), ([[one] for one in ANSWERS], [[f"{one * 100:g} %"] for one in WEIGHTS]), (ANSWERS,),
    (ANSWERS, [5, 10, 20, 10, 10, 10, 5, 10, 20]), (list(zip(CRITERIA, ANSWERS, strict=True)),),
    (list(zip(CRITERIA, ANSWERS, strict=True))[::-1], list(zip(CRITERIA, WEIGHTS, strict=True))),
    (list(zip(CRITERIA, ANSWERS, strict=True)), [[one] for one in WEIGHTS]),
    (ANSWERS, list(zip(CRITERIA, WEIGHTS, strict=True))),
    ([["Dirigeant", 4], ["Marché", 7]], [["marché", 0.75], ["dirigeant", 0.25]]),  # (25 x 3 + 75 x 6) / 60 = 8.75
])
def test_375_of_600_points_are_6_25(arguments):
    assert SCORECARD(*arguments) == pytest.approx(8.75 if "Dirigeant" in str(arguments) else 6.25)


def test_a_missing_answer_is_reweighted_and_told():
    """Without payment: 295 of 480 points, 6.15."""
    answers = [one if place != 2 else None for place, one in enumerate(ANSWERS)]
    assert round(SCORECARD(answers), 2) == 6.15
    assert CREDIT_WHY("SCORECARD", answers, "", book("fr")) == (
        "368,75 points sur 600 : score 6,15/10 sur 80\xa0% des poids, répondérés sans comportement de paiement.")
    assert CREDIT_WHY("SCORECARD", ANSWERS) == "375 of 600 points: score 6.25/10."


def test_a_penalty_of_the_policy_counts_and_one_of_own_weights_does_not():
    """Payment 1, the others 4: 80 % x 3 x 100 = 240 points, less a penalty of 60: 180 / 60."""
    own = book("en", [["criterion", "weight", "penalty"], ["payment", 0.20, 60]])
    answers = [4, 4, 1, 4, 4, 4, 4, 4, 4]
    assert SCORECARD(answers, "", own) == pytest.approx(3)
    assert SCORECARD(answers, WEIGHTS, own) == pytest.approx(4)


@pytest.mark.parametrize(("arguments", "kind", "sentence"), [
    ((ANSWERS, [0.1] * 9), WrongArgument, "The weights total 90%, they must total 100 %: 10 %"),
    ((ANSWERS, WEIGHTS[:-1]), WrongArgument, "Answers: 9, weights: 8."),
    (([4, 5],), WrongArgument, "Answers: 2, criteria: 9. Give an answer to each criterion in its order"),
    (([8, *ANSWERS[1:]],), OutOfRange, "The answer to "),
    (([["payment", 0]],), OutOfRange, "The answer to "),
    (([["colour", 4]],), WrongArgument, '"colour" is not known here.'),
    (([["payment", 4], ["Payment", 5]],), WrongArgument, ""),
    (([None] * 9,), NotAvailable, "No criterion has an answer"),
    (([["payment", "good"]],), WrongArgument, 'answers: "good" is not a number.'),
])
def test_a_scorecard_that_is_none_is_refused(arguments, kind, sentence):
    wrong = refusal(SCORECARD, *arguments)
    assert type(wrong) is kind
    assert str(wrong).startswith(sentence)


@given(st.lists(st.integers(1, 7), min_size=9, max_size=9), st.integers(0, 8))
def test_a_better_answer_never_lowers_the_score(answers, place):
    better = [*answers[:place], min(answers[place] + 1, 7), *answers[place + 1:]]
    assert SCORECARD(better, WEIGHTS) >= SCORECARD(answers, WEIGHTS) - 1e-9


# The ratios of a client

ACCOUNTS = [["client", "year end", "months", "turnover", "ebitda", "equity", "intangible assets", "ebit"],
            ["C1", "2025-12-31", 12, 1000.0, 76.0, 170.0, 48.0, 40.0],
            ["C1", "2024-12-31", 12, 800.0, 80.0, 150.0, 40.0, 40.0],
            ["C1", "2026-12-31", 12, 5000.0, 0.0, -1.0, 0.0, 0.0]]


def ratios(language="en"):
    return FINANCIAL_RATIOS("C1", book(language, ACCOUNTS))


def test_the_ratios_of_the_latest_year_stand_beside_those_of_the_year_before():
    """The accounts to come, of 2026, are not known in November."""
    rows = {row[0]: row[1:] for row in ratios()}
    assert [str(one) for one in rows["Accounts closed on"][:2]] == ["2025-12-31", "2024-12-31"]
    assert rows["EBITDA margin"] == [7.6, 10.0, "%", ""]
    assert rows["Tangible net worth"] == [122.0, 110.0, "€", ""]
    assert rows["Growth of turnover"] == [25.0, "", "%", ""]
    assert rows["Change of the EBIT margin"][:3] == [-1.0, "", "%"]
    assert rows["Current ratio"] == ["", "", "times", "n/d: Current assets missing"]
    assert rows["Altman's Z''"] == ["", "", "", "n/d: Current assets missing"]
    assert {len(row) for row in ratios()} == {5}


def test_in_french_and_without_accounts():
    assert ratios("fr")[0] == ["Ratio", "Valeur", "Exercice précédent", "Unité ou zone", "Remarque"]
    assert ratios("fr")[1][0] == "Comptes clos le"
    assert FINANCIAL_RATIOS("C1", book())[1][0] == "No accounts of this client are known"
    assert isinstance(refusal(FINANCIAL_RATIOS, "C9", book()), NotAvailable)


# Whatever the cells hold

CELL = st.one_of(st.none(), st.text(max_size=6), st.floats(), st.integers(-10**13, 10**13), st.booleans(),
                 st.sampled_from(["EBIT", "DL", "turnover", "CA", "payment", "#N/A", -2146826246, "5 %"]))


@settings(max_examples=150)
@given(st.one_of(CELL, st.lists(CELL, max_size=4), st.lists(st.lists(CELL, max_size=3), max_size=4)),
       st.one_of(CELL, st.lists(CELL, max_size=3)))
def test_no_cell_crashes_a_function(cells, more):
    for call in (lambda: ALTMAN_Z("Z2", cells), lambda: CONAN_HOLDER(cells), lambda: FINANCIAL_SCORE(cells),
                 lambda: SCORECARD(cells, more), lambda: ALTMAN_Z(more, ALTMAN)):
        try:
            answer = call()
        except CreditError as error:
            answer = float(len(error.sentence("fr")) * len(error.sentence("en")))
        assert isinstance(answer, float)
        assert answer == answer
