"""Home, Client card, Credit and Ageing as the user opens them: what they show, and that nothing stands in the way.

The figures are those of the demonstration, worked out in DOMAIN and in the notes of the portfolio.
"""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile
from functools import cache
from xml.etree import ElementTree

import pytest

from addin.build import demo_portfolio
from addin.build.workbook import ageing, client_card, credit, home, input_sheets, legal_rates_sheet, policy_sheet
from addin.build.workbook.draft import Draft
from addin.formulas import recalculate
from addin.ooxml.cells import set_value
from addin.ooxml.package import Package
from addin.ooxml.reference import place_of
from addin.ooxml.values import ExcelError
from addin.readers import load
from udfs.book.book import Book
from udfs.functions import REGISTRY
from udfs.tables.raw import RawTable

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
SHEETS = {"en": ("Home", "Client card", "Credit", "Ageing"),
          "fr": ("Accueil", "Fiche client", "Crédit", "Balance âgée")}
# The functions whose answers grow, and how many columns they fill.
GROWING = {"WORK_LIST": 7, "OPEN_ITEMS": 6, "CLIENT_HISTORY": 7, "CREDIT_TABLE(Book,\"client,name,": 12, "AGEING": 11,
           "CREDIT_EXPLAIN": 5}


@cache
def drawn(language: str, demo: bool = True) -> bytes:
    """The four sheets with the tables that they read."""
    tables = {name: rows for name, rows in demo_portfolio.tables().items()
              if demo and name not in demo_portfolio.ANSWERS}
    draft = Draft(language, tables, dt.date(2026, 11, 20))
    for sheet in (home, client_card, credit, ageing, input_sheets, policy_sheet, legal_rates_sheet):
        sheet.draw(draft)
    return draft.content()


def computed(language: str, demo: bool = True) -> Package:
    """The same with every formula worked out."""
    package = Package.of(drawn(language, demo))
    assert recalculate(package) == []
    return package


def read(package: Package, sheet: str, cells: str) -> list[list[object]]:
    """The values of a range such as B6:C7."""
    (first_column, first_row), (last_column, last_row) = (
        re.fullmatch(r"([A-Z])(\d+)", cell).groups() for cell in cells.split(":"))
    return package.rows(sheet, int(first_row), ord(first_column) - 64, int(last_row), ord(last_column) - 64)


def cell(package: Package, sheet: str, place: str) -> object:
    return read(package, sheet, f"{place}:{place}")[0][0]


@cache
def xml(language: str, number: int) -> ElementTree.Element:
    """The sheet of that number, from 1."""
    with zipfile.ZipFile(io.BytesIO(drawn(language))) as file:
        return ElementTree.fromstring(file.read(f"xl/worksheets/sheet{number}.xml"))


@pytest.fixture(scope="module")
def english() -> Package:
    return computed("en")


@cache
def demo_book() -> Book:
    return Book("2026-11-20", load(demo_portfolio.FOLDER).tables, "en")


def test_home_shows_the_portfolio_of_the_demonstration(english: Package) -> None:
    assert cell(english, "Home", "B2") == "Comptoir de Valfictif"
    assert str(cell(english, "Home", "B3")).startswith("Book ")
    receivables, overdue, over_60, exposure, blocked = (cell(english, "Home", f"D{row}") for row in (8, 11, 14, 17, 20))
    assert (receivables, overdue, over_60, exposure, blocked) == (426644.67, 68720.0, 31080.0, 557824.67, 7.0)
    assert cell(english, "Home", "D15") == pytest.approx(31080 / 68720)
    refused, tie_out, account_411 = (cell(english, "Home", place) for place in ("B17", "B20", "B21"))
    assert (refused, tie_out, account_411) == (5.0, 0.0, 0.0)
    assert [row[0] for row in read(english, "Home", "J8:J10")] == [
        "Isolation Vif-Argent", "Charpentes Hautcombe-Lussière", "Jardinerie des Quatre Lunes"]


def test_what_is_to_do_stands_under_its_headings_with_days_left_and_euros(english: Package) -> None:
    headings, first = read(english, "Home", "B24:H25")
    assert headings == ["What", "Client", "Name", "To do", "Amount", "Date", "Days left"]
    assert (first[1], first[2], first[4], first[6]) == ("C033", "Façades Montlumière", 8640.0, 5.0)


def test_the_card_of_the_case_of_66500_on_a_limit_of_60000(english: Package) -> None:
    assert read(english, "Client card", "B2:C2") == [["C002", "Charpentes Hautcombe-Lussière"]]
    decision, words, *_, reason = read(english, "Client card", "B4:F4")[0]
    assert (decision, words) == ("REVIEW", "review before delivery")
    assert reason == "€66,500.00 exceeds the limit of €60,000.00 by €6,500.00."
    grade, limit, exposure, headroom, overdue, use = (cell(english, "Client card", f"{column}7") for column in "BDGIKM")
    assert (grade, limit, exposure, headroom, overdue) == ("B", 60000.0, 66500.0, -6500.0, 0.0)
    assert use == pytest.approx(66500 / 60000)
    components = [row[0] for row in read(english, "Client card", "G51:G60")]
    assert components == [42000, -2000, -4000, 10000, 2500, 6000, 15000, -3000, 0, 66500]
    assert str(cell(english, "Client card", "B44")).startswith("Limit €63,000.00")
    assert read(english, "Client card", "B63:G63") == [["Invoice", "Date", "Due", "Open", "Days late", "Remark"]]


def test_the_card_tells_the_limit_in_both_states_and_what_would_release(english: Package) -> None:
    """Granted 60,000, computed 63,000 by the need; 66,500 are over it: no order, and 6,500 to pay."""
    granted, computed = (read(english, "Client card", f"B{row}:G{row}")[0] for row in (42, 43))
    assert (granted[0], granted[2], granted[5]) == ("Granted limit", "granted, valid until 15 Feb 2027", 60000.0)
    assert (computed[0], computed[2], computed[5]) == ("Computed limit", "need", 63000.0)
    assert [cell(english, "Client card", f"G{row}") for row in (47, 48)] == [0.0, 6500.0]


def test_the_card_shows_who_bears_the_exposure(english: Package) -> None:
    """90 % of 40,000 agreed, a bank guarantee of 10,000: 66,500 - 36,000 - 10,000 (DOMAIN 5.4)."""
    names, amounts = ([row[0] for row in read(english, "Client card", f"{column}58:{column}60")] for column in "IO")
    assert names == ["■ Insured", "■ Other securities", "■ Own risk"]
    assert amounts == [36000.0, 10000.0, 20500.0]


def test_the_card_of_the_case_of_28000_names_the_three_levers(english: Package) -> None:
    package = Package(dict(english.parts), english.path)
    set_value(package, "Client card", "B2", "C001")
    assert recalculate(package) == []
    assert str(cell(package, "Client card", "B44")).endswith(
        "any of these closes the gap: terms of 33 days, a deposit of 44%, a guarantee of €22,000.00.")
    # Nothing is granted; 28,000 - 16,800 = 11,200 incl. VAT, 9,333.33 without; released as it stands.
    assert [cell(package, "Client card", f"G{row}") for row in (42, 43, 47, 48)] == ["–", 28000.0, 9333.33, 0.0]


def test_the_portfolio_shows_use_own_risk_and_the_largest_order(english: Package) -> None:
    headings, *rows = read(english, "Credit", "A7:L57")
    assert headings == ["Client", "Name", "Grade", "Limit in force", "Exposure", "Use of the limit", "Headroom",
                        "Own risk", "Overdue", "Decision", "Max order excl. VAT", "Reason"]
    told = {row[0]: row[2:11] for row in rows if row[0]}
    assert told["C002"] == ["B", 60000.0, 66500.0, pytest.approx(1.108333), -6500.0, 20500.0, 0.0, "REVIEW", 0.0]
    assert told["C001"] == ["B", 28000.0, 16800.0, 0.6, 11200.0, 16800.0, 0.0, "RELEASE", 9333.33]


def test_the_card_defends_its_grade_line_by_line(english: Package) -> None:
    """C002 was founded on 18 June 2009, buys since 7 September 2015 and is an SAS: 7, 7 and 3 (DOMAIN 2.2)."""
    headings, *lines = read(english, "Client card", "B20:K39")
    what, value, answer, weight, points, remark = (0, 2, 5, 7, 8, 9)
    assert [headings[place] for place in (what, value, answer, weight, points, remark)] == [
        "What", "Value", "Answer", "Weight", "Points", "Remark"]
    told = {line[what]: [line[place] for place in (value, answer, weight, points, remark)] for line in lines}
    assert told["Age of the company"] == ["17 years", 7, 0.10, 60, "Founded on 18 Jun 2009."]
    assert told["Age of the relation"] == ["11 years", 7, 0.10, 60, "Customer since 7 Sept 2015."]
    assert told["Legal form"][1:4] == [3, 0.05, 10]
    # 80 + 80 + 60 + 40 + 30 + 50 + 60 + 10 + 25 points of 600, / 60.
    assert told["Score"][0] == "7.25/10"
    assert told["Score"][3] == 435
    assert told["Grade"][0] == "B"


def test_the_bars_of_the_card_are_shares_of_the_most_that_a_line_can_give(english: Package) -> None:
    """80 points on the heaviest weight, 20 %, are two thirds; a weight of 5 % is a quarter of it."""
    given, most = ([row[0] for row in read(english, "Client card", f"{column}21:{column}30")] for column in "YZ")
    assert (given[0], most[0]) == (pytest.approx(2 / 3), 1)
    assert (given[7], most[7]) == (pytest.approx(10 / 120), pytest.approx(1 / 4))
    assert (given[9], most[9]) == (0, 0)


def test_the_card_has_room_for_the_reasons_of_every_client_of_the_demonstration(english: Package) -> None:
    codes = [str(row[0]) for row in read(english, "Clients", "A5:A52")]
    reasons = {code: REGISTRY["RATING_REASONS"].call(code, demo_book()) for code in codes}
    assert {code for code, rows in reasons.items() if len(rows) > 1 + 19} == set()
    package = Package(dict(english.parts), english.path)
    longest = max(reasons, key=lambda code: len(reasons[code]))
    set_value(package, "Client card", "B2", longest)
    assert recalculate(package) == []
    shown = [row for row in read(package, "Client card", "B21:K39") if row[0]]
    assert [[row[0], row[2], row[9]] for row in shown] == [[row[0], row[1], row[5]] for row in reasons[longest][1:]]


def test_reasons_that_do_not_fit_on_the_card_are_announced(english: Package) -> None:
    """The last of its lines looks whether the hidden list goes on below it."""
    found = formulas("en", 2)["K39"]
    assert found == ('IF(S40="",IF(X39="","",X39),"… more lines: RATING_REASONS in a cell gives them all")')


def test_another_client_on_the_card_brings_its_own_facts_and_no_link_without_a_siren(english: Package) -> None:
    package = Package(dict(english.parts), english.path)
    assert (cell(package, "Client card", "D13"), cell(package, "Client card", "K17")) == ("001000744", "BODACC")
    set_value(package, "Client card", "B2", "C039")
    assert recalculate(package) == []
    assert cell(package, "Client card", "C2") == "Musterbau Traumstadt"
    assert (cell(package, "Client card", "D13"), cell(package, "Client card", "K17")) == ("", "")


def test_the_total_of_the_aged_balance_stands_first_and_feeds_the_chart(english: Package) -> None:
    headings, total = read(english, "Ageing", "A6:K7")
    assert headings[2:8] == ["Not due", "1-30", "31-60", "61-90", "91-180", ">180"]
    assert (total[0], total[2], total[9]) == ("Total", 368624.67, 426644.67)


@pytest.mark.parametrize("language", ["en", "fr"])
def test_an_empty_workbook_shows_no_error(language: str) -> None:
    package = computed(language, demo=False)
    shown = [(sheet, value) for sheet in SHEETS[language] for row in package.rows(sheet, 1, 1, 60, 18) for value in row]
    assert not [found for found in shown if isinstance(found[1], ExcelError)]
    assert cell(package, SHEETS[language][0], "E25") in ("Nothing to do today.", "Rien à faire aujourd’hui.")


@pytest.mark.parametrize("language", ["en", "fr"])
def test_an_empty_workbook_says_where_to_start_and_shows_dashes_for_what_cannot_be_measured(language: str) -> None:
    home_sheet, package = SHEETS[language][0], computed(language, demo=False)
    start = str(cell(package, home_sheet, "B5"))
    named = {"en": ("Start with my data", "Invoices", "Payments", "Today", "Check data"),
             "fr": ("Commencer avec mes données", "Factures", "Règlements", "Aujourd’hui", "Vérifier les données")}
    assert [name for name in named[language] if name not in start] == []
    assert [cell(package, home_sheet, f"D{row}") for row in (8, 11, 14, 17, 20)] == ["–"] * 5
    assert [cell(package, home_sheet, f"F{row}") for row in (8, 11, 14, 17, 20)] == ["–"] * 5
    # Rows refused are none; what is empty does not tie out.
    assert [cell(package, home_sheet, place) for place in ("B17", "B20")] == [0.0, "–"]


def test_once_there_is_an_invoice_nothing_is_said_about_starting(english: Package) -> None:
    assert cell(english, "Home", "B5") == ""


def test_the_cells_that_macros_look_for_have_their_names_in_both_languages() -> None:
    english, french = (Package.of(drawn(language)) for language in ("en", "fr"))
    places = {name: english.names[name] for name in ("AsOf", "Book", "PythonState", "CardClient", "CreditSort",
                                                     "CreditFilter", "AgeingBy")}
    assert places == {"AsOf": "'Home'!$B$8", "Book": "'Home'!$B$3", "PythonState": "'Home'!$B$4",
                      "CardClient": "'Client card'!$B$2", "CreditSort": "'Credit'!$B$4",
                      "CreditFilter": "'Credit'!$B$5", "AgeingBy": "'Ageing'!$B$4"}
    assert french.names["CardClient"] == "'Fiche client'!$B$2"


def test_the_book_reads_every_table_by_its_input_name() -> None:
    assert formulas("en", 1)["B3"] == (
        "CREDIT_BOOK(AsOf,InvoicesInput,PaymentsInput,ClientsInput,OrdersInput,PlansInput,SecuritiesInput,"
        "AccountsInput,RatesInput,PolicyInput,GradesInput,ScorecardInput,AnswersInput,DunningInput,LegalRatesInput,"
        "LegalTermsInput,LettersInput,JournalInput)")


def formulas(language: str, number: int) -> dict[str, str]:
    """The formulas of a sheet by their cells."""
    return {one.get("r", ""): one.findtext(f"{MAIN}f", "") for one in xml(language, number).iter(f"{MAIN}c")
            if one.find(f"{MAIN}f") is not None}


@pytest.mark.parametrize("number", [1, 2, 3, 4])
@pytest.mark.parametrize("language", ["en", "fr"])
def test_excel_shows_no_at_sign_and_no_spill_error(language: str, number: int) -> None:
    ours = re.compile(rf"\b(?:{'|'.join(REGISTRY)})\(")
    merged = [one.get("ref", "") for one in xml(language, number).iter(f"{MAIN}mergeCell")]
    for one in xml(language, number).iter(f"{MAIN}c"):
        formula = one.find(f"{MAIN}f")
        if formula is not None and ours.search(formula.text or ""):
            assert (one.get("cm"), formula.get("t"), formula.get("ref")) == ("1", "array", one.get("r"))
            assert not [area for area in merged if area.partition(":")[0] == one.get("r")]


@pytest.mark.parametrize("language", ["en", "fr"])
def test_nothing_stands_below_a_list_that_grows(language: str) -> None:
    found = 0
    for number in (1, 2, 3, 4):
        filled = [place_of(place) for place in (
            one.get("r", "") for one in xml(language, number).iter(f"{MAIN}c")
            if one.find(f"{MAIN}f") is not None or one.find(f"{MAIN}v") is not None)]
        for place, formula in formulas(language, number).items():
            for name, width in GROWING.items():
                if f"{name}(" in formula or formula.startswith(name):
                    row, first = place_of(place)
                    assert not [other for other in filled if other[0] > row and first <= other[1] < first + width]
                    found += 1
    assert found == 6


@pytest.fixture(scope="module")
def book() -> Book:
    return Book("2026-11-20", [RawTable([
        ["client", "invoice", "date", "due date", "amount"],
        ["SMALL", "F1", "2026-10-01", "2026-10-31", 100.0], ["LARGE", "F2", "2026-11-02", "2026-12-02", 900.0]])])


@pytest.mark.parametrize("language", ["en", "fr"])
def test_every_sort_that_is_offered_is_understood(language: str, book: Book) -> None:
    table = REGISTRY["CREDIT_TABLE"].call
    assert len(credit.sorts(language)) == 9
    assert all(len(table(book, "", word, "")) == 3 for word in credit.sorts(language))
    assert [row[0] for row in table(book, "client", credit.sorts(language)[0], "")[1:]] == ["LARGE", "SMALL"]


@pytest.mark.parametrize("language", ["en", "fr"])
def test_the_aged_balance_is_chosen_by_the_words_of_the_list(language: str, book: Book) -> None:
    listed = [one.findtext(f"{MAIN}formula1", "") for one in xml(language, 4).iter(f"{MAIN}dataValidation")]
    words = listed[0].strip('"').split(",")
    assert words == {"en": ["due date", "invoice date"], "fr": ["échéance", "date de facture"]}[language]
    totals = [REGISTRY["AGEING"].call(book, "", word, "first")[1][2:5] for word in words]
    # F1 is 20 days past due and 50 days old; F2 is not due and 18 days old.
    assert totals == [[900.0, 100.0, 0.0], [0.0, 900.0, 100.0]]


def test_sort_and_filter_are_text_cells_so_that_a_minus_starts_no_formula() -> None:
    with zipfile.ZipFile(io.BytesIO(drawn("fr"))) as file:
        styles = ElementTree.fromstring(file.read("xl/styles.xml"))
    codes = {one.get("numFmtId"): one.get("formatCode") for one in styles.iter(f"{MAIN}numFmt")}
    formats = [one.get("numFmtId") for one in styles.find(f"{MAIN}cellXfs")]
    cells = {one.get("r"): one for one in xml("fr", 3).iter(f"{MAIN}c")}
    assert [codes[formats[int(cells[place].get("s"))]] for place in ("B4", "B5")] == ["@", "@"]


@pytest.mark.parametrize("language", ["en", "fr"])
def test_the_charts_point_at_the_cells_that_are_always_there(language: str) -> None:
    with zipfile.ZipFile(io.BytesIO(drawn(language))) as file:
        charts = [file.read(name).decode() for name in sorted(file.namelist()) if name.startswith("xl/charts/chart")]
    ranges = [sorted(set(re.findall(r"<c:f>([^<]+)</c:f>", chart))) for chart in charts]
    first, card, _, aged = (f"'{name}'" for name in SHEETS[language])
    assert ranges == [[f"{aged}!$C$6:$H$6", f"{aged}!$C$7:$H$7"],
                      [f"{first}!$J$8:$J$17", f"{first}!$K$8:$K$17", f"{first}!$L$8:$L$17"],
                      [f"{card}!$S$21:$S$30", f"{card}!$Y$21:$Y$30", f"{card}!$Z$21:$Z$30"],
                      [f"{card}!$I$43:$I$54", f"{card}!$K$43:$K$54"],
                      [f"{card}!$O${row}" for row in (58, 59, 60)]]


@pytest.mark.parametrize(("number", "orientation", "tall"), [
    (1, "landscape", None), (2, "portrait", None), (3, "landscape", "0"), (4, "landscape", "0")])
def test_each_sheet_prints_on_a4_one_page_wide(number: int, orientation: str, tall: str | None) -> None:
    setup = xml("fr", number).find(f"{MAIN}pageSetup")
    assert xml("fr", number).find(f"{MAIN}sheetPr/{MAIN}pageSetUpPr").get("fitToPage") == "1"
    assert (setup.get("paperSize"), setup.get("orientation"), setup.get("fitToHeight")) == ("9", orientation, tall)


def test_the_first_line_of_the_first_sheet_says_how_to_unblock_macros() -> None:
    package = Package.of(drawn("fr"))
    text = str(cell(package, "Accueil", "B1"))
    assert text.startswith("Si l’onglet Crédit manque")
    assert "Débloquer" in text
