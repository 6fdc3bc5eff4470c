"""The figures of the page How a grade is made are those that the product counts with, in English and in French."""

import datetime as dt
import re
from functools import cache
from pathlib import Path

import pytest

from addin.build import demo_portfolio
from addin.readers import load
from udfs import RATING_REASONS
from udfs.book.book import Book
from udfs.reference import rows
from udfs.tables.policy import default_policy

DOCS = Path(__file__).parents[1] / "docs"
PAGES = {"en": DOCS / "rating.md", "fr": DOCS / "notation.md"}

each_language = pytest.mark.parametrize("language", PAGES)


@cache
def tables(language):
    """The tables of the page, each as rows of cells below its headings."""
    found = re.findall(r"((?:^\|.*\n)+)", PAGES[language].read_text(encoding="utf-8"), re.MULTILINE)
    return [[[cell.strip() for cell in line.strip("|\n").split("|")] for line in table.splitlines()[2:]]
            for table in found]


def number(text):
    return float(text.replace("%", "").replace(",", ".").strip())


@each_language
def test_the_worked_example_is_the_card_of_the_client(language):
    book = Book(dt.date(2026, 11, 20), load(demo_portfolio.FOLDER).tables, language)
    card = {row[0].casefold(): row for row in RATING_REASONS("C002", book)[1:]}
    example = tables(language)[0]
    for what, value, answer, weight, points in example:
        _, shown, card_answer, card_weight, card_points, _ = card[what]
        assert (number(answer), number(weight) / 100, number(points)) == (card_answer, card_weight, card_points)
        if what not in ("legal form", "forme juridique", "country", "pays"):
            assert value.replace("Z''", "Z’’") == shown
    assert sum(number(row[4]) for row in example) == 435
    assert round(435 / 60, 2) == 7.25


@each_language
def test_weights_cut_offs_and_probabilities_are_those_of_the_reference(language):
    weights, grades = tables(language)[1:3]
    assert {row[0]: number(row[1]) / 100 for row in weights} == {
        row["criterion"]: float(row["weight"]) for row in rows("scorecard")}
    assert [(row[0], number(row[1]), number(row[2]) / 100) for row in grades] == [
        (row["grade"], float(row["lowest_score"]), float(row["pd"])) for row in rows("grades")]


@each_language
def test_the_days_and_months_are_those_of_the_policy(language):
    policy, facts = default_policy(), tables(language)[3]
    told = [re.findall(r"\b\d+\b", row[0].partition("(")[0]) for row in facts]
    keys = {1: "override_overdue_d_days", 2: "override_promise_months", 3: "override_overdue_c_days",
            4: "override_bounce_months", 6: "override_accounts_months", 7: "override_filing_months"}
    assert {place: int(numbers[-1]) for place, numbers in enumerate(told) if numbers} == {
        place: policy.days(key) for place, key in keys.items()}
    assert f"{policy.days('outside_note_months')} mo" in PAGES[language].read_text(encoding="utf-8")


@each_language
def test_the_freshness_of_each_source_is_that_of_the_reference(language):
    expected = {}
    for row in rows("freshness"):
        if row["from_months"] != "0":
            expected.setdefault(row["what"], []).append((row["from_months"], float(row["factor"])))
    found = {}
    for what, (_, _, then) in zip(("accounts", "note", "payments", "opinion"), tables(language)[4], strict=True):
        found[what] = [(months, number(share) / 100) for share, months in re.findall(
            r"(\d+ %) (?:from|dès) (\d+)", then)]
        undated = re.findall(r"(?:without a date|sans date) (\d+ %)", then)
        found[what] += [("", number(share) / 100) for share in undated]
    assert found == expected
