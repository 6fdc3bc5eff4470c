"""The values in the built workbooks agree with direct calls of the functions on the tables of the demonstration.

The direct calls read the demonstration from its csv files; nothing of the workbooks' own calculation is used.
"""

from __future__ import annotations

import datetime as dt
import re
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from addin.build import demo_portfolio
from addin.build.workbook.example_book import TABLES as EXAMPLE
from addin.formulas import recalculate
from addin.hosts.file import FileHost
from addin.hosts.workbook import WorkbookHost
from addin.ooxml.package import Package
from addin.ooxml.patch import patch_values
from addin.readers import load
from tests.built_workbooks import DEMO, LANGUAGES, START, Built, Place, Rows, built, kept
from udfs.book.book import Book
from udfs.errors import CreditError
from udfs.functions import REGISTRY
from udfs.tables.raw import RawTable

AS_OF = dt.date(2026, 11, 20)
# A call whose arguments are texts, numbers and names.
CALL = re.compile(rf'\b({"|".join(sorted(REGISTRY, key=len, reverse=True))})\(((?:"[^"]*"|[^()"])*)\)')
ARGUMENT = re.compile(r'"[^"]*"|[^,]+')
IF_ERROR = re.compile(r'^IFERROR\(.*,"([^"]*)"\)$')
ALL = [*DEMO.values(), *START.values()]
each_workbook = pytest.mark.parametrize("path", ALL, ids=lambda path: f"{path.parent.name}-{path.stem}")
each_language = pytest.mark.parametrize("language", LANGUAGES)


@cache
def demo_book(language: str) -> Book:
    """The demonstration as its csv files have it, answering in the language of the workbook."""
    return Book(AS_OF, load(demo_portfolio.FOLDER).tables, language)


@cache
def example_book(language: str) -> Book:
    """The small book of the self-test, from its texts."""
    return Book(AS_OF, [RawTable([columns.split("|"), *(line.format(language=language).split("|") for line in lines)],
                                 name) for name, (columns, lines) in EXAMPLE.items()], language)


def direct(workbook: Built, language: str, formula: str) -> Rows:
    """What the one call in a formula answers when Python makes it, as cells."""
    (name, text), = CALL.findall(formula)
    books = {"Book": demo_book, "ExampleBook": example_book}
    arguments = [one[1:-1] if one.startswith('"') else books[one](language) if one in books
                 else workbook.named(one) if one[0].isalpha() else float(one) for one in ARGUMENT.findall(text)]
    try:
        answer = REGISTRY[name].call(*arguments)
    except CreditError as error:
        shown = IF_ERROR.match(formula)
        return [[shown[1] if shown else as_cell(error)]]
    rows = answer if isinstance(answer, list) else [[answer]]
    width = max(map(len, rows))
    return [[*map(as_cell, row), *[""] * (width - len(row))] for row in rows]


def as_cell(value: Any) -> Any:
    if isinstance(value, CreditError):
        return "error", value.excel
    if isinstance(value, dt.date):
        return float((value - dt.date(1899, 12, 30)).days)
    return kept(float(value) if isinstance(value, int) and not isinstance(value, bool) else value)


def calls(workbook: Built, *codes: str) -> dict[Place, str]:
    """The formulas of some sheets that call our functions, but for those that make a Book."""
    names = [workbook.sheet(code) for code in codes]
    return {place: one.text for place, one in workbook.formulas.items()
            if place[0] in names and CALL.search(one.text) and not one.text.startswith("CREDIT_BOOK(")}


# --- against direct calls ---


@each_language
@pytest.mark.parametrize(("code", "count"), [("home", 25), ("client_card", 31), ("credit", 1), ("ageing", 1),
                                              ("back_test", 1)])
def test_every_answer_on_the_sheet_is_that_of_the_same_call_in_python(code: str, count: int, language: str) -> None:
    workbook = built(DEMO[language])
    found = calls(workbook, code)
    assert len(found) == count
    for place, text in found.items():
        assert workbook.answers[place] == direct(workbook, language, text), (place, text)


@each_language
def test_the_catalogue_and_the_self_test_show_the_answers_of_python(language: str) -> None:
    workbook = built(DEMO[language])
    found = {place: text for place, text in calls(workbook, "functions", "self_test").items() if CALL.fullmatch(text)}
    assert len(found) > 100
    for place, text in found.items():
        rows = direct(workbook, language, text)
        assert workbook.answers[place] == rows, (place, text)


# --- worked out by hand ---


@each_language
def test_figures_known_beforehand(language: str) -> None:
    workbook = built(DEMO[language])

    def shown(code: str, *parts: str) -> list[Any]:
        return [workbook.answers[workbook.where(code, part)][0][0] for part in parts]

    figures = [f'"{name}"' for name in ("receivables", "clients", "invoices", "letters_due", "tie_out",
                                        "account_411_difference", "overdue", "over_60")]
    assert shown("home", *figures) == [426644.67, 49.0, 417.0, 8.0, 0.0, 0.0, 68720.0, 31080.0]
    # C002: 66,500 against 60,000, 110.8 % of the limit, as of 20 November 2026.
    assert shown("client_card", "CREDIT_DECISION(", "BLOCK", "CREDIT_RATING(", "LIMIT_IN_FORCE(",
                 "CREDIT_EXPOSURE(CardClient,Book))", "CREDIT_HEADROOM(", "CREDIT_UTILISATION(", "AsOf") == [
        "REVIEW", {"en": "review before delivery", "fr": "à revoir avant livraison"}[language], "B", 60000.0, 66500.0,
        -6500.0, kept(66500 / 60000), 46346.0]
    components = [f'"{name}"' for name in ("open_invoices", "credit_notes", "unallocated", "bills", "cheques",
                                           "delivered_not_invoiced", "orders", "deposits", "total")]
    assert shown("client_card", *components) == [
        42000.0, -2000.0, -4000.0, 10000.0, 2500.0, 6000.0, 15000.0, -3000.0, 66500.0]


@each_language
def test_the_lines_of_two_clients_known_beforehand(language: str) -> None:
    workbook = built(DEMO[language])
    rows = workbook.answers[workbook.where("credit", "CREDIT_TABLE(")][1:]
    assert len(rows) == 49
    # Limit in force, exposure, its use, headroom, own risk, overdue, decision.
    lines = {row[0]: row[3:10] for row in rows}
    assert lines["C001"] == [28000.0, 16800.0, 0.6, 11200.0, 16800.0, 0.0, "RELEASE"]
    assert lines["C002"] == [60000.0, 66500.0, kept(66500 / 60000), -6500.0, 20500.0, 0.0, "REVIEW"]
    assert sum(line[1] for line in lines.values()) == pytest.approx(557824.67)
    aged = workbook.answers[workbook.where("ageing", "AGEING(")]
    assert (aged[1][2], aged[1][9]) == (368624.67, 426644.67)
    assert sum(row[9] for row in aged[2:]) == pytest.approx(426644.67)


# --- calculated again ---


@each_workbook
def test_calculated_anew_from_nothing_every_value_is_the_same(path: Path) -> None:
    again = Package.read(path)
    patch_values(again, dict.fromkeys(built(path).formulas, "not calculated"))
    assert {str(rows) for rows in Built(again).answers.values()} == {"[['not calculated']]"}
    assert recalculate(again) == []
    assert Built(again).answers == built(path).answers


@each_workbook
def test_every_test_of_the_workbook_holds(path: Path) -> None:
    workbook = built(path)
    tests = [name for name in workbook.names if name.startswith("test_")]
    assert len(tests) > (100 if path in DEMO.values() else 50)
    assert [name for name in tests if workbook.named(name) is not True] == []


@each_workbook
def test_the_handle_in_the_cell_is_that_of_the_same_file_read_without_excel(path: Path) -> None:
    assert built(path).named("Book") == FileHost([path]).book.handle == WorkbookHost(path).book.handle


@each_language
def test_a_workbook_to_start_with_shows_no_error_and_no_client(language: str) -> None:
    workbook = built(START[language])
    assert " 0 clients " in workbook.named("Book")
    quiet = [workbook.sheet(code) for code in ("home", "client_card", "credit", "ageing", "calculator", "back_test")]
    assert [place for place, rows in workbook.answers.items() if place[0] in quiet
            and any(isinstance(cell, tuple) for row in rows for cell in row)] == []
