"""Every formula of the page Payment terms gives the answer that the page shows, in English and in French.

A formula stands between backticks and is followed by its answer: `=DUE_DATE("2025-01-15","30 days")` → `2025-02-14`,
or by the table of rows that it spills. What a cell or range of the formula holds stands in CELLS.
"""

import datetime as dt
import re
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

import pytest

from addin.choice_words import shown
from udfs import reference
from udfs.book.book import Book
from udfs.errors import CreditError
from udfs.functions import REGISTRY
from udfs.tables.raw import RawTable
from udfs.texts import LANGUAGES

DOCS = Path(__file__).parents[1] / "docs"
PAGES = {"en": DOCS / "payment-terms.md", "fr": DOCS / "delais-de-paiement.md"}
SEPARATOR = {"en": ",", "fr": ";"}
FORMULA = re.compile(r"`=([A-Z_]+)\(([^`]*)\)`")
ANSWERED = re.compile(r"`=([A-Z_]+)\(([^`]*)\)` →(?: `([^`]*)`|\s*\n\n((?:\|.*\n)+))")
AS_OF = dt.date(2026, 11, 20)
INVOICES = RawTable([["client", "invoice", "date", "amount"], ["C1", "F1", "2026-10-20", 100]], "Invoices")
CELLS = {"F2:G2": [["2026-07-01", 4000]], **{f"Book {language}": Book(AS_OF, [INVOICES], language)
                                             for language in LANGUAGES}}

each_language = pytest.mark.parametrize("language", LANGUAGES)


def page(language):
    return PAGES[language].read_text(encoding="utf-8")


def arguments(text, language):
    """The arguments between the brackets, as Excel of that language parts them."""
    parts = re.split(rf'{SEPARATOR[language]}(?=(?:[^"]*"[^"]*")*[^"]*$)', text) if text else []
    return [argument(part.strip(), language) for part in parts]


def argument(text, language):
    """One argument: a text, a range, the cell of the Book, a number; nothing where nothing stands."""
    if text == "Book":
        text = f"Book {language}"
    if text.startswith('"'):
        return text[1:-1]
    if text in CELLS:
        return CELLS[text]
    return float(text.replace(",", ".")) if text else None


def answer(name, text, language):
    try:
        return REGISTRY[name].call(*arguments(text, language))
    except CreditError as error:
        return error.excel


def as_told(value, told, language):
    """A value in the words of the page: as many decimals as it shows, per cent where it shows per cent."""
    if isinstance(value, dt.date):
        return value.isoformat() if language == "en" else f"{value:%d/%m/%Y}"
    if isinstance(value, bool | str) or value is None:
        return str(value or "")
    number = Decimal(repr(float(value))) * (100 if told.endswith("%") else 1)
    decimals = len(re.split("[.,]", told.rstrip(" %"))[-1]) if re.search(r"[.,]\d{1,6}( %)?$", told) else 0
    rounded = f"{number.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP):,}"
    if language == "fr":
        rounded = rounded.replace(",", " ").replace(".", ",")
    return rounded + (" %" if told.endswith("%") else "")


def cells_of(line):
    return [cell.strip().strip("`") for cell in line.strip().strip("|").split("|")]


@each_language
def test_every_formula_gives_the_answer_that_the_page_shows(language):
    found = ANSWERED.findall(page(language))
    assert len(found) == len(FORMULA.findall(page(language))) > 40
    for name, text, told, table in found:
        value = answer(name, text, language)
        if told:
            assert as_told(value, told, language) == told, (name, text)
        else:
            head, _, *lines = map(cells_of, table.splitlines())
            assert len(value) == 1 + len(lines), (name, value)
            for row, line in zip(value, [head, *lines], strict=True):
                assert [as_told(one, cell, language) for one, cell in zip(row, line, strict=True)] == line, (name, text)


@each_language
def test_every_wording_is_understood_as_the_page_says(language):
    """The first table of the page: what is written, what is understood, the due date of 15 January 2025."""
    table = re.search(r"\n\n\|.*\n\|[-|]+\n((?:\|.*\n)+)", page(language))
    rows = [cells_of(line) for line in table[1].splitlines()]
    assert len(rows) >= 25
    for written, understood, due in rows:
        value = REGISTRY["DUE_DATE"].call("2025-01-15", written)
        assert (REGISTRY["TERMS_TEXT"].call(written, language), as_told(value, due, language)) == (
            understood, due), written


@each_language
def test_the_four_conventions_are_worked_out_as_the_page_says(language):
    """Each row: the code, then the due dates of 15 January 2025 with 45 days and of 31 January 2025 with 30 days."""
    rows = re.findall(r"\| `([A-Z0-9_]+)` \|.*\| ([0-9/-]{10}) \| ([0-9/-]{10}) \|\n", page(language))
    assert {code for code, *_ in rows} == {"DAYS_THEN_EOM", "EOM_THEN_DAYS", "EOM_THEN_15TH", "MONTHS_THEN_EOM"}
    for code, *told in rows:
        due = [REGISTRY["DUE_DATE"].call(day, f"{days} jours fin de mois", code)
               for day, days in (("2025-01-15", 45), ("2025-01-31", 30))]
        assert [as_told(one, "", language) for one in due] == told, code


@each_language
def test_the_page_names_every_regime_of_the_law_in_force_with_its_article(language):
    text = page(language)
    for row in reference.rows("legal_terms"):
        if row["from_date"] <= str(AS_OF) <= (row["to_date"] or "9999"):
            word = shown("regime", row["regime"], language)
            line = next((line for line in text.splitlines() if line.startswith(f"| {word} |")), "")
            assert line, word
            article = row["article"] if language == "en" else row["article"].replace("EU", "UE")
            assert article in line, (word, article)
            for number in (row["days"], row["end_of_month_days"]):
                assert number in line, (word, number)


def test_both_pages_show_the_same_examples():
    calls = {language: [name for name, *_ in ANSWERED.findall(page(language))] for language in LANGUAGES}
    assert calls["en"] == calls["fr"]


@each_language
def test_the_pages_are_linked(language):
    start = {"en": "first-ten-minutes.md", "fr": "dix-premieres-minutes.md"}[language]
    name = PAGES[language].name
    assert name in (DOCS / start).read_text(encoding="utf-8")
    assert name in (DOCS.parent / "README.md").read_text(encoding="utf-8")
