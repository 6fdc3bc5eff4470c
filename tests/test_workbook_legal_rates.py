"""The sheet Legal rates: it shows the law that is built in, changes nothing by itself, and takes what a user adds."""

import datetime as dt
from functools import cache
from textwrap import wrap

import pytest

from addin.build.workbook import input_sheets, legal_rates_sheet, policy_sheet
from addin.formulas import recalculate
from addin.macros.new_workbook import new_workbook
from addin.ooxml.append import append_rows
from addin.ooxml.cells import set_value
from addin.ooxml.package import Package
from addin.readers.own_workbook import own_tables
from tests.workbook_sheets import AS_OF, LANGUAGES, MAIN, drawn, sheet, table, xml_of
from udfs import DUE_LEGAL_MAX, ECB_RATE, LEGAL_RATE, PENALTY_RATE
from udfs.book.book import Book
from udfs.errors import NotAvailable
from udfs.reference import rows as reference_rows
from udfs.tables.schema import SCHEMA
from udfs.texts import has

EMPTY_DAY = dt.date(1899, 12, 30)


@pytest.fixture(params=LANGUAGES)
def start(request):
    """An empty workbook that the test may write to."""
    return request.param, Package.of(calculated(request.param))


@cache
def calculated(language):
    """The sheets that the Book reads, calculated once."""
    package = Package.of(drawn(language, {}, (input_sheets, policy_sheet, legal_rates_sheet)))
    assert recalculate(package) == []
    return package.content()


def book_of(package):
    return Book(AS_OF, own_tables(package))


def rates(language, package):
    """The rows of the half-years by their first day."""
    day, *others = (SCHEMA["LegalRates"][name].label(language) for name in ("from_date", "ecb_rate", "legal_rate",
                                                                           "note"))
    return {EMPTY_DAY + dt.timedelta(row[day]): [row[name] for name in others]
            for row in table(package, "LegalRates")[1]}


def what_they_give(package):
    """The block beside the half-years: label, half-year before, date of the workbook, next half-year."""
    return package.rows(sheet(package, "legal_rates"), 4, 6, 10, 9)


def enter(package, day, column, value):
    """Type into the row of a half-year."""
    place = package.tables["LegalRates"]
    days = [row[0] for row in package.rows(place.sheet, place.first_row + 1, 1, place.last_row, 1)]
    row = place.first_row + 1 + days.index((day - EMPTY_DAY).days)
    set_value(package, place.sheet, f"{column}{row}", value)


def test_the_half_years_of_the_reference_are_shown_and_the_next_one_waits_to_be_filled(start):
    language, package = start
    found = rates(language, package)
    assert (min(found), max(found), len(found)) == (dt.date(2015, 1, 1), dt.date(2027, 1, 1), 25)
    assert found[dt.date(2024, 1, 1)][:2] == [0.045, 0.0507]
    assert found[dt.date(2026, 1, 1)] == [0.0215, 0.0262, {
        "en": "Legal rate: order of 15 December 2025.",
        "fr": "Taux légal : arrêté du 15 décembre 2025."}[language]]
    ecb, legal, note = found[dt.date(2027, 1, 1)]
    assert (ecb, legal) == (None, None)
    assert "ecb.europa.eu" in note
    assert "Banque de France" in note


def test_what_is_shown_changes_nothing(start):
    """Rows equal to the reference, in the words of either language, leave every answer as it is, without a remark."""
    _, package = start
    book = book_of(package)
    assert [issue for issue in book.issues if issue.severity != "info"] == []
    for name, key in (("legal_rates", "from_date"), ("legal_terms", "rule")):
        in_force = {row[key]: numbers(row) for row in book.policy.reference(name)}
        in_force.pop("2027-01-01", None)
        assert in_force == {row[key]: numbers(row) for row in reference_rows(name)}


def numbers(row):
    """A row without its note, its numbers as numbers."""
    return {name: number(text) for name, text in row.items() if name != "note"}


def number(text):
    try:
        return float(text)
    except ValueError:
        return text


def test_an_empty_cell_hides_nothing_that_is_known(start):
    _, package = start
    enter(package, dt.date(2026, 1, 1), "C", None)
    assert LEGAL_RATE("2026-03-31", book_of(package)) == 0.0262
    with pytest.raises(NotAvailable):
        ECB_RATE("2027-01-01", book_of(package))


def test_a_new_half_year_is_entered_and_counts(start):
    _, package = start
    enter(package, dt.date(2027, 1, 1), "B", 0.0265)
    enter(package, dt.date(2027, 1, 1), "C", 0.0301)
    book = book_of(package)
    assert (ECB_RATE("2027-06-30", book), PENALTY_RATE("2027-03-31", "", book)) == (0.0265, 0.1265)
    assert LEGAL_RATE("2027-03-31", book) == 0.0301
    assert recalculate(package) == []
    assert [row[3] for row in what_they_give(package)[1:]] == pytest.approx(
        [0.0265, 0.1265, 0.1065, 0.1065, 0.0301, 0.0903])


def test_a_rate_that_the_user_corrects_counts(start):
    _, package = start
    enter(package, dt.date(2026, 7, 1), "C", 0.0281)
    assert LEGAL_RATE(AS_OF, book_of(package)) == 0.0281


def test_a_new_text_is_added_below_and_counts(start):
    """What follows L441-10 is not known: without a row there is no maximum, with one there is."""
    language, package = start
    with pytest.raises(NotAvailable):
        DUE_LEGAL_MAX("2027-02-01", "general", book=book_of(package))
    append_rows(package, "LegalTerms", [{
        "rule": "general_2027", "regime": {"en": "general", "fr": "général"}[language],
        "from_date": dt.date(2027, 1, 1), "days": 60, "counted_from": {"en": "invoice", "fr": "facture"}[language],
        "article": "to be checked"}])
    assert DUE_LEGAL_MAX("2027-02-01", "general", book=book_of(package)) == dt.date(2027, 4, 2)


def test_what_the_rates_give_on_the_date_and_on_either_side_of_its_half_year(start):
    language, package = start
    head, *lines = what_they_give(package)
    unknown = {"en": "not known", "fr": "inconnu"}[language]
    assert [EMPTY_DAY + dt.timedelta(day) for day in head[1:]] == [
        dt.date(2026, 6, 30), AS_OF, dt.date(2027, 1, 1)]
    assert [row[1:] for row in lines] == [
        [pytest.approx(before), pytest.approx(now), unknown] for before, now in (
            (0.0215, 0.0240), (0.1215, 0.1240), (0.1015, 0.1040), (0.1015, 0.1040))] + [
        [pytest.approx(before), unknown, unknown] for before in (0.0262, 0.0786)]


def test_what_is_missing_stands_out_and_what_ends_soon_too(start):
    _, package = start
    formulas = [one.findtext(f"{MAIN}formula") for one in xml_of(package, "legal_rates").iter(f"{MAIN}cfRule")]
    assert 'AND(ISNUMBER($A5),$A5<=AsOf,B5="")' in formulas
    assert "AND(ISNUMBER($A5),$A5<=AsOf,AsOf<EDATE($A5,6))" in formulas
    assert any("COUNTIFS" in formula for formula in formulas)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_regime_is_told_in_the_language_of_the_workbook(language):
    assert {row["regime"] for row in reference_rows("legal_terms")
            if not has(f"workbook.term_note_{row['regime']}", language)} == set()


def test_columns_are_wide_enough_for_what_they_hold(start):
    language, package = start
    widths = {"LegalRates": legal_rates_sheet.RATES_WIDTHS, "LegalTerms": legal_rates_sheet.TERMS_WIDTHS}
    for name, across in widths.items():
        _, rows = table(package, name)
        for spec, width in zip(SCHEMA[name].values(), across, strict=True):
            label = spec.label(language)
            longest = max((len(row[label]) for row in rows if isinstance(row[label], str)), default=0)
            assert longest * 0.9 <= width, spec.name
            assert len(wrap(label, width - 1, break_long_words=False)) <= 2, spec.name
    labels = [row[0] for row in what_they_give(package)]
    assert max(map(len, labels)) * 0.9 <= legal_rates_sheet.NOW_WIDTHS[0]


def test_it_prints_on_a4_landscape_the_maximum_terms_on_pages_of_their_own(start):
    _, package = start
    root = xml_of(package, "legal_rates")
    setup = root.find(f"{MAIN}pageSetup")
    assert (setup.get("paperSize"), setup.get("orientation"), setup.get("scale")) == ("9", "landscape", "56")
    (broken,) = root.find(f"{MAIN}colBreaks")
    assert broken.get("id") == "10"
    assert root.find(f".//{MAIN}pane").get("ySplit") == "4"


@pytest.mark.parametrize("language", LANGUAGES)
def test_rates_that_come_from_a_file_take_the_place_of_those_of_the_same_half_year(tmp_path, language):
    (tmp_path / "Invoices.csv").write_text("client;invoice;date;amount\nC1;F1;2026-10-01;100\n", encoding="utf-8")
    (tmp_path / "LegalRates.csv").write_text("from date;ecb rate;legal rate\n2026-07-01;2,40 %;2,81 %\n"
                                             "2027-01-01;2,65 %;\n", encoding="utf-8")
    made = new_workbook(tmp_path / "mine.xlsm", [tmp_path / "Invoices.csv", tmp_path / "LegalRates.csv"], language)
    package = Package.read(made.path)
    found = rates(language, package)
    assert len(found) == len(table(package, "LegalRates")[1]) == 25
    assert found[dt.date(2026, 7, 1)][:2] == [0.024, 0.0281]
    assert found[dt.date(2027, 1, 1)][:2] == [0.0265, None]
