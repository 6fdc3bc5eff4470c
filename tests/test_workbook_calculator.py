"""The sheet Calculator: note and limit of a prospect by hand; what a yellow cell changes; what stands empty."""

from functools import cache

import pytest

from addin.build.workbook import back_test_sheet, calculator, input_sheets, legal_rates_sheet, policy_sheet
from addin.formulas import recalculate
from addin.ooxml.cells import set_value
from addin.ooxml.package import Package
from addin.ooxml.values import ExcelError
from tests.workbook_sheets import DEMO, LANGUAGES, MAIN, drawn, sheet, xml_of
from udfs.functions.pairs import pairs
from udfs.reference import rows as reference_rows
from udfs.tables.schema import SCHEMA, find_column

SHEETS = (input_sheets, policy_sheet, legal_rates_sheet, calculator, back_test_sheet)
WORDS = {"en": {"Grade": "Grade", "Score": "Score", "poor": "poor", "receivership": "receivership"},
         "fr": {"Grade": "Note", "Score": "Score", "poor": "mauvais", "receivership": "redressement"}}


@cache
def calculated(language, filled=True):
    package = Package.of(drawn(language, DEMO if filled else {}, SHEETS))
    assert recalculate(package) == []
    return package.content()


@pytest.fixture(params=LANGUAGES)
def demo(request):
    """The sheet with its fictional joinery, for the test to write to."""
    return request.param, Package.of(calculated(request.param))


def cells(package, first_row, first_column, last_row, last_column, code="calculator"):
    return package.rows(sheet(package, code), first_row, first_column, last_row, last_column)


def reasons(package):
    """The lines under the heading, by what they tell of."""
    return {row[0]: row[1:] for row in cells(package, 10, 8, 48, 13) if row[0]}


def figures(package):
    """Grade, score, confidence and probability of default."""
    return [cells(package, 5, column, 5, column)[0][0] for column in (8, 9, 10, 13)]


def enter(package, language, name, value, table="Clients"):
    """Type into the yellow cell of a fact or of a line of the accounts."""
    names, values = {"Clients": (2, "C"), "Accounts": (5, "F")}[table]
    set_value(package, sheet(package, "calculator"), f"{values}{row_of(package, language, name, table, names)}", value)
    assert recalculate(package) == []


def row_of(package, language, name, table, column):
    names = [row[0] for row in cells(package, 5, column, 40, column)]
    return 5 + names.index(SCHEMA[table][name].label(language))


def test_the_note_of_the_joinery_worked_out_by_hand(demo):
    """Banque de France 4+ is 5, 17 years 7, medium 5, 60 days 4, growing 6, SARL 3, France 6."""
    language, package = demo
    found = reasons(package)
    given = {points: (answer, weight) for _, answer, weight, points, _ in found.values() if answer and points != ""}
    assert given == {80: (5, .20), 60: (7, .10), 40: (5, .10), 30: (4, .10), 50: (6, .10), 10: (3, .05), 25: (6, .05)}
    # 295 of 600 points on 70 % of the weights: 421.43 / 60 = 7.02, less than the 7.50 of an A.
    score = found[WORDS[language]["Score"]]
    assert (score[0], score[3]) == ({"en": "7.02/10", "fr": "7,02/10"}[language], 295)
    assert next(iter(found)) == WORDS[language]["Grade"]
    grade, shown, confidence, pd = figures(package)
    assert (grade, shown, pd) == ("B", score[0], 0.02)
    # The note is five months old, the opinions of today: all that is known counts in full.
    assert confidence == {"en": "70%", "fr": "70\xa0%"}[language]


def test_a_worse_opinion_lowers_the_note_at_once(demo):
    language, package = demo
    enter(package, language, "sales_opinion", WORDS[language]["poor"])
    # 20 points instead of 40: 275 / 0.70 / 60.
    assert figures(package)[:2] == ["B", {"en": "6.55/10", "fr": "6,55/10"}[language]]


def test_a_prospect_in_receivership_is_a_d_whatever_its_score(demo):
    language, package = demo
    enter(package, language, "insolvency_kind", WORDS[language]["receivership"])
    assert (figures(package)[0], figures(package)[3]) == ("D", 1)


def test_boxes_of_a_tax_return_may_stand_in_the_place_of_the_lines(demo):
    """Box DL is equity and FL is turnover: the same amounts, the same note."""
    language, package = demo
    before = figures(package)
    for name, box in (("equity", "DL"), ("turnover", "FL")):
        set_value(package, sheet(package, "calculator"), f"E{row_of(package, language, name, 'Accounts', 5)}", box)
    assert recalculate(package) == []
    assert figures(package) == before


def test_what_the_models_say_stands_under_their_names(demo):
    """Z'': 6.56 x 60/260 + 3.26 x 50/260 + 6.72 x 40/260 + 1.05 x 95/160 = 3.80; both sources say sound."""
    language, package = demo
    lines = cells(package, 36, 2, 43, 3)
    scores = {row[0]: row[1] for row in lines[::2]}
    assert len(scores) == 4
    assert list(scores.values())[1] == pytest.approx(3.7981, abs=1e-3)
    # Conan-Holder: 24 x 62/160 + 22 x 140/260 + 16 x 145/260 - 87 x 6/700 - 10 x 205/285 = 22.13
    assert list(scores.values())[3] == pytest.approx(22.13, abs=5e-3)
    sentences = [row[0] for row in lines[1::2]]
    assert all(len(sentence) > 60 for sentence in sentences)
    assert {"en": "sound", "fr": "sain"}[language] in sentences[1]


def test_a_line_that_is_missing_is_named_where_the_score_would_stand(demo):
    language, package = demo
    enter(package, language, "retained_earnings", None, "Accounts")
    (_, score), (sentence, _) = cells(package, 38, 2, 39, 3)
    assert score == "–"
    assert SCHEMA["Accounts"]["retained_earnings"].label(language) in sentence


def test_an_amount_that_is_none_is_explained_above_the_table(demo):
    language, package = demo
    enter(package, language, "turnover", "two millions", "Accounts")
    (why,), _, (first,) = cells(package, 7, 8, 9, 8)
    assert isinstance(first, ExcelError)
    assert "two millions" in why
    assert figures(package)[0] == "–"


@pytest.mark.parametrize("language", LANGUAGES)
def test_with_nothing_entered_nothing_is_shown(language):
    package = Package.of(calculated(language, filled=False))
    assert [row for row in cells(package, 9, 8, 48, 13) if any(cell not in (None, "") for cell in row)] == []
    assert figures(package) == ["–"] * 4
    given = [*(row[1] for row in cells(package, 5, 2, 24, 3)), *(row[1] for row in cells(package, 5, 5, 33, 6))]
    assert given == [None] * (20 + 29)
    models = [row[1] for row in cells(package, 36, 2, 43, 3)]
    assert models[::2] == [""] * 4
    assert limit(package) == (["–"] * 6, "")
    assert [row for row in cells(package, 5, 15, 35, 19) if any(cell not in (None, "") for cell in row)] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_name_beside_a_yellow_cell_is_understood(language):
    package = Package.of(calculated(language))
    facts = [name for name, _ in pairs([[row[0], 1] for row in cells(package, 5, 2, 24, 2)], "facts")]
    lines = [row[0] for row in cells(package, 5, 5, 33, 5)]
    assert [find_column("Clients", name) for name in facts] == list(calculator.FACTS)
    assert [find_column("Accounts", name) or find_column("Clients", name) for name in lines] == list(calculator.YEAR)


def limit(package):
    """The amounts under The limit, and what binds."""
    block = cells(package, 27, 2, 33, 3)
    return [row[1] for place, row in enumerate(block) if place != 2], block[2][0]


def test_the_limit_of_the_published_case_and_what_closes_its_gap(demo):
    """DOMAIN 1.2: 250,000 x 1.20 / 12 x 60 / 30 = 50,000; B: 35 % of 95,000 - 15,000 = 28,000, 5 % of 700,000."""
    language, package = demo
    found, binds = limit(package)
    # Need, acceptable limit, gap; terms of 33 days, a deposit of 44 %, a guarantee of 22,000.
    assert found == [50_000, 28_000, 22_000, 33, 0.44, 22_000]
    assert {"en": "tangible net worth", "fr": "actif net corporel"}[language] in binds
    # Net worth, turnover, the least, the limit computed and in force.
    way = cells(package, 5, 15, 35, 19)
    assert [row[2] for row in way if row[2] in (28_000, 35_000)] == [28_000, 35_000, *[28_000] * 3]


def test_shorter_terms_and_a_smaller_forecast_close_the_gap_at_once(demo):
    """100,000 x 1.20 / 12 x 30 / 30 = 10,000, less than any capacity: 10,000, and no lever is wanted."""
    language, package = demo
    enter(package, language, "sales_forecast", 100_000)
    enter(package, language, "terms", 30)
    assert limit(package)[0] == [10_000, 10_000, "–", "–", "–", "–"]


def test_a_prospect_of_another_grade_may_have_another_share_of_its_accounts(demo):
    """A note of 6- is 1 and a poor opinion 3: 295 - 80 - 20 = 195 points, 4.64, a C: 15 % of 80,000, 2 % of 700,000."""
    language, package = demo
    enter(package, language, "sales_opinion", WORDS[language]["poor"])
    enter(package, language, "external_score", "6-")
    assert figures(package)[0] == "C"
    assert limit(package)[0][:3] == [50_000, 12_000, 38_000]


def test_without_accounts_the_limit_is_the_starter_line(demo):
    """Neither accounts nor note: the first line of 3,000 is less than the share capital of 20,000."""
    language, package = demo
    for name in ("external_provider", "external_score", "external_date", "share_capital"):
        enter(package, language, name, None)
    for name in calculator.YEAR:
        set_value(package, sheet(package, "calculator"), f"F{5 + list(calculator.YEAR).index(name)}", None)
    assert recalculate(package) == []
    assert limit(package)[0][:2] == [50_000, 3_000]


def test_every_amount_of_the_accounts_table_has_its_line():
    amounts = {name for name, spec in SCHEMA["Accounts"].items() if spec.type in ("amount", "count")}
    assert amounts <= set(calculator.YEAR)


def test_the_accounts_of_the_joinery_balance():
    line = {name: float(text) for name, text in calculator.YEAR.items() if name not in ("naf", "year_end")}
    assert line["fixed_assets"] + line["current_assets"] == line["total_assets"] == 260_000
    assert line["equity"] + line["provisions"] + line["total_debt"] == line["total_assets"]
    assert line["long_term_debt"] + line["current_debt"] == line["total_debt"]
    assert line["ebitda"] - line["depreciation"] == line["ebit"]
    assert line["share_capital"] + line["retained_earnings"] + line["net_income"] == line["equity"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_stands_below_the_reasons(language):
    root = xml_of(Package.of(drawn(language, DEMO, SHEETS)), "calculator")
    filled = [one.get("r") for one in root.iter(f"{MAIN}c") if one.find(f"{MAIN}f") is not None
              or one.find(f"{MAIN}v") is not None]
    assert [place for place in filled if place[0] in "HIJKLM" and int(place[1:]) > 9] == []


# --- the back-test beside it ---


def test_the_back_test_shows_a_row_a_grade_and_the_total(demo):
    _, package = demo
    rows = [row for row in cells(package, 6, 1, 17, 13, "back_test") if row[0]]
    assert [row[0] for row in rows[1:5]] == [row["grade"] for row in reference_rows("grades")]
    clients = [row[1] for row in rows[1:]]
    assert clients[-1] == sum(clients[:-1]) > 0
    # On time, 1-30, 31-90 and later make what fell due.
    assert all(row[3] == pytest.approx(sum(row[4:8])) for row in rows[1:])


def test_the_back_test_is_computed_for_as_many_months_as_its_cell_holds(demo):
    _, package = demo
    place = sheet(package, "back_test")
    set_value(package, place, "B4", 3)
    assert recalculate(package) == []
    (heading,), *_ = cells(package, 6, 1, 6, 1, "back_test")
    assert "20 Aug 2026" in heading or "20/08/2026" in heading
    set_value(package, place, "B4", None)
    assert recalculate(package) == []
    assert [row for row in cells(package, 6, 1, 17, 13, "back_test") if any(cell not in (None, "") for cell in row)
            ] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_workbook_to_start_with_makes_no_back_test_before_it_is_asked(language):
    package = Package.of(calculated(language, filled=False))
    assert cells(package, 4, 2, 4, 2, "back_test") == [[None]]
    assert cells(package, 6, 1, 6, 1, "back_test") == [[""]]
