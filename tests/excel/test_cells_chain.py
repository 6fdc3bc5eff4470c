"""Worksheet functions from cells: formula, VBA, the Windows code of xlwings, Python, and back into the cell."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path
from typing import Any

import pytest

from addin.build.workbook import example_lists
from tests.excel import portfolio
from tests.excel.excel import NOT_AVAILABLE, OUT_OF_RANGE, WRONG_VALUE, Error, Excel
from udfs.book import cache
from udfs.errors import CreditError
from udfs.functions import REGISTRY
from udfs.texts import say

HOME, SHEET = "Home", "Functions"
BOOK = object()  # the cell named Book
OF_CLIENT: tuple[Any, ...] = ("C001", BOOK)
JANUARY, MARCH, MAY = dt.date(2026, 1, 15), dt.date(2026, 3, 31), dt.date(2025, 5, 31)
# The arguments of one formula of each function; of the others, a client and the Book. None is left out, as in F(1,,2).
ARGUMENTS: dict[str, tuple[Any, ...]] = {
    "BOOK_ISSUES": (BOOK,), "BOOK_SUMMARY": (BOOK,), "BOOK_FIGURE": (BOOK, "receivables"),
    "CREDIT_TABLE": (BOOK, "client, name, grade, limit, decision", "-exposure", "exposure>0"),
    "AGEING": (BOOK, "C031"), "WORK_LIST": (BOOK,), "REMINDERS_DUE": (BOOK,), "BACK_TEST": (BOOK, 6.0),
    "POLICY_TEST": (BOOK, "ExampleOtherPolicy"),
    "CREDIT_WHY": ("CREDIT_LIMIT", "C001", BOOK), "CREDIT_DECISION": ("C002", BOOK, 500.0),
    "CREDIT_EXPOSURE": ("C002", BOOK, "open_invoices"),
    "DUE_DATE": (JANUARY, "45 jours fin de mois"),
    "DUE_SCHEDULE": (JANUARY, "30 % à la commande, solde en 2 mensualités", 10000.0, None, None, None, None, BOOK),
    "TERMS_TEXT": ("45 j FDM", None, None, BOOK),
    "DUE_LEGAL_MAX": (JANUARY, None, None, "45 jours fin de mois"),
    "DUE_CHECK": (JANUARY, MARCH), "TIME_BAR": (MARCH, "transport"), "DAYS_LATE": (JANUARY, MARCH),
    "LATE_INTEREST": (12000.0, MAY, dt.date(2025, 9, 15)),
    "LATE_DETAIL": (12000.0, MAY, dt.date(2025, 9, 15), None, None, None, None, None, BOOK),
    "LATE_INDEMNITY": (3.0,), "ECB_RATE": (JANUARY, BOOK), "LEGAL_RATE": (MARCH, BOOK),
    "PENALTY_RATE": (JANUARY, "PUBLIC"), "PENALTY_FLOOR": (MARCH,),
    "DISCOUNT_COST": (0.02, 20.0), "DISCOUNT_OFFER": (10000.0, 0.02, 0.2), "DISCOUNT_BREAK_EVEN": (0.08, 50.0),
    "FACTORING_COST": (25000.0, 60.0, 0.009, 0.04),
    "LIMIT_NEED": (250000.0, 60.0), "LIMIT_CAPACITY": ("B", 80000.0, 700000.0),
    "GAP_TERM": (28000.0, 250000.0), "GAP_DEPOSIT": (50000.0, 28000.0), "GAP_GUARANTEE": (50000.0, 28000.0),
    "LIMIT_AFDCC": (10000.0, 6000.0, 32000.0, 1.0, 0.9), "SALES_TO_RECOVER": (1000.0, 0.05),
    "SCORECARD": ("ExampleAnswers", "ExampleWeights"), "ALTMAN_Z": ("Z2", "ExampleFigures"),
    "CONAN_HOLDER": ("ExampleFigures",), "FINANCIAL_SCORE": ("ExampleFigures", BOOK),
    "LIASSE": ("ExampleBoxes", 2026.0, BOOK),
    "PROSPECT_RATING": ("ExampleFacts", "ExampleFigures", BOOK),
    "PROSPECT_LIMIT": ("ExampleFacts", "ExampleFigures", BOOK),
}
LISTS = example_lists.ranges()  # the named ranges of the portfolio, as Python is given them
BY_VALUE = [name for name in REGISTRY if name != "CREDIT_BOOK"]


@pytest.fixture(scope="module")
def workbook(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return portfolio.build(tmp_path_factory.mktemp("credit") / "credit.xlsm")


@pytest.fixture
def excel(workbook: Path) -> Excel:
    return opened(workbook)


@pytest.fixture(scope="module")
def kept_open(workbook: Path) -> Excel:
    return opened(workbook)


def opened(path: Path, **options: Any) -> Excel:
    excel = Excel(path, **options)
    excel.open()
    excel.server.hops.clear()
    return excel


def formula(name: str) -> str:
    """The formula of a function with its arguments."""
    return f"={name}({','.join(map(_written, ARGUMENTS.get(name, OF_CLIENT)))})"


def _written(value: Any) -> str:
    if isinstance(value, dt.date):
        return f"DATE({value.year},{value.month},{value.day})"
    if value is None or value is BOOK:
        return "Book" if value is BOOK else ""
    return f'"{value}"' if isinstance(value, str) and value not in LISTS else str(value)


def called(name: str, handle: str) -> list[list[Any]]:
    """What the same call answers in Python, as cells."""
    given = ARGUMENTS.get(name, OF_CLIENT)
    answer = REGISTRY[name].call(*(handle if one is BOOK else LISTS.get(one) or _cell(one) for one in given))
    return [[_cell(one) for one in row] for row in (answer if isinstance(answer, list) else [[answer]])]


def _cell(value: Any) -> Any:
    if isinstance(value, dt.date):
        return float((value - portfolio.EPOCH).days)
    if isinstance(value, CreditError):
        return Error(value.excel)
    return "" if value is None else float(value) if isinstance(value, int) and not isinstance(value, bool) else value


def shown(excel: Excel, text: str, cell: str = "H1") -> Any:
    excel.enter(SHEET, cell, text)
    return excel.value(SHEET, cell)


def books_made(excel: Excel) -> int:
    """How often the tables were read to make a Book."""
    return sum(name == "answer" and arguments[0] == "CREDIT_BOOK" for name, arguments in excel.server.hops)


# --- answers ---


def test_the_cell_makes_the_same_book_as_python(kept_open: Excel) -> None:
    assert kept_open.value(HOME, "B3") == portfolio.book()


@pytest.mark.parametrize("name", BY_VALUE)
def test_every_function_answers_in_a_cell_what_it_answers_in_python(kept_open: Excel, name: str) -> None:
    kept_open.enter(SHEET, "H1", formula(name))
    found = kept_open.spill(SHEET, "H1")
    kept_open.enter(SHEET, "H1", None)
    assert found == called(name, kept_open.value(HOME, "B3"))
    assert kept_open.failures == []


@pytest.mark.parametrize(("text", "value"), [
    ("=LIMIT_NEED(250000,60)", 50000.0),
    ("=LIMIT_NEED(250000,60,,6)", 100000.0),
    ('=DUE_DATE(DATE(2026,1,15),"45 jours fin de mois")', 46112.0),
    ('=CREDIT_LIMIT("C001",Book)', 28000.0),
    ('=CREDIT_LIMIT(" c001 ",Book)', 28000.0),
])
def test_answers_known_beforehand(kept_open: Excel, text: str, value: float) -> None:
    assert shown(kept_open, text) == value


@pytest.mark.parametrize(("text", "error"), [
    ('=CREDIT_LIMIT("ZZZ",Book)', NOT_AVAILABLE),
    ('=CREDIT_LIMIT("",Book)', NOT_AVAILABLE),
    ("=CREDIT_LIMIT(Z99,Book)", NOT_AVAILABLE),
    ('=CREDIT_LIMIT("C001",Z99)', NOT_AVAILABLE),
    ('=CREDIT_LIMIT("C001",1/0)', NOT_AVAILABLE),
    ("=CREDIT_LIMIT(1/0,Book)", NOT_AVAILABLE),
    ('=CREDIT_EXPOSURE("C001",Book,"nonsense")', WRONG_VALUE),
    ('=LIMIT_NEED("much",60)', WRONG_VALUE),
    ("=LIMIT_NEED(,60)", WRONG_VALUE),
    ("=LIMIT_NEED(-1,60)", OUT_OF_RANGE),
    ("=LIMIT_NEED(1/0,60)", NOT_AVAILABLE),
])
def test_errors_are_errors_of_excel(kept_open: Excel, text: str, error: Error) -> None:
    assert shown(kept_open, text) == error
    assert shown(kept_open, f"=ISERROR({text[1:]})") is True


def test_why_says_what_the_error_does_not(kept_open: Excel) -> None:
    assert "ZZZ" in shown(kept_open, '=CREDIT_WHY("CREDIT_LIMIT","ZZZ",Book)')


def test_a_column_of_clients_answers_a_column_with_its_errors(kept_open: Excel) -> None:
    for row, code in enumerate(("CMD", "ZZZ", None, "2042", 2042, "#N/A"), start=1):
        kept_open.enter(SHEET, f"AA{row}", code, text=isinstance(code, str))
    kept_open.enter(SHEET, "AB1", "=CREDIT_EXPOSURE(AA1:AA6,Book)")
    assert kept_open.spill(SHEET, "AB1") == [
        [50.0], [NOT_AVAILABLE], [NOT_AVAILABLE], [100.0], [100.0], [NOT_AVAILABLE]]


def test_a_date_is_a_date_and_a_spill_holds_dates(kept_open: Excel) -> None:
    shown(kept_open, '=DUE_DATE("2026-01-15","30 jours")')
    assert kept_open.day(SHEET, "H1") == dt.date(2026, 2, 14)
    kept_open.enter(SHEET, "H1", '=OPEN_ITEMS("2042",Book)')
    items = kept_open.spill(SHEET, "H1")
    assert items == [["Invoice", "Date", "Due", "Open", "Days late", "Remark"],
                     ["FA-1", 46296.0, 46326.0, 100.0, 20.0, ""]]


def test_text_stays_text_whatever_it_looks_like(kept_open: Excel) -> None:
    kept_open.enter(SHEET, "H1", '=CREDIT_TABLE(Book,"client,name","client")')
    names = dict(kept_open.spill(SHEET, "H1")[1:])
    assert (names["2042"], names["CMD"]) == ("lost 0,0,2042", "=cmd|' /C calc'!A0")
    kept_open.enter(SHEET, "H1", "=BOOK_ISSUES(Book)")
    assert [line[4] for line in kept_open.spill(SHEET, "H1")[1:3]] == ["#N/A", "Z9"]


# --- calls of Python ---


def test_functions_of_a_client_call_python_once_a_function_not_once_a_cell(excel: Excel) -> None:
    for row, code in enumerate(portfolio.CLIENTS, start=1):
        excel.enter(SHEET, f"J{row}", code)
        excel.enter(SHEET, f"K{row}", f"=CREDIT_LIMIT(J{row},Book)")
    excel.enter(SHEET, "J13", 2042)
    excel.enter(SHEET, "K13", "=CREDIT_LIMIT(J13,Book)")
    assert excel.calls == {}, "the workbook itself has a cell with CREDIT_LIMIT"
    for row in range(1, 13):
        excel.enter(SHEET, f"L{row}", f"=CREDIT_RATING(J{row},Book)")
    excel.enter(SHEET, "M1", "=CREDIT_RATING(J1:J12,Book)")
    assert excel.calls == {"column": 1}
    excel.recalculate()
    assert (excel.calls, books_made(excel)) == ({"column": 1, "answer": 1}, 1)


def test_a_changed_invoice_is_read_once_and_every_function_asked_once(excel: Excel) -> None:
    excel.enter(SHEET, "K1", '=CREDIT_EXPOSURE("2042",Book)')
    excel.server.hops.clear()
    last = portfolio.HEADING + len(portfolio.rows("Invoices")) - 1
    column = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"[portfolio.rows("Invoices")[0].index("amount")]
    excel.enter("Invoices", f"{column}{last - 2}", 130.0)
    assert excel.value(SHEET, "K1") == 130.0
    assert (excel.calls, books_made(excel)) == ({"answer": 1, "clients": 1, "column": 2}, 1)


def test_two_recalculations_give_the_same_values(excel: Excel) -> None:
    for row, name in enumerate(("CREDIT_LIMIT", "CREDIT_RATING", "DECISION_REASON", "CREDIT_SCORE"), start=1):
        excel.enter(SHEET, f"K{row}", f'={name}("C002",Book)')
    excel.enter(SHEET, "M1", "=CREDIT_TABLE(Book)")
    excel.recalculate()
    before = [excel.value(SHEET, f"K{row}") for row in range(1, 5)], excel.spill(SHEET, "M1")
    excel.recalculate()
    assert ([excel.value(SHEET, f"K{row}") for row in range(1, 5)], excel.spill(SHEET, "M1")) == before


def test_cells_that_are_not_calculated_yet_are_not_taken_for_empty(excel: Excel) -> None:
    excel.enter(SHEET, "J1", '=UPPER("c001")')
    excel.enter(SHEET, "K1", "=CREDIT_LIMIT(J1,Book)")
    excel.enter(SHEET, "K2", "=LIMIT_NEED(K1,60)")
    excel.dependents_first = True
    excel.server.hops.clear()
    excel.recalculate()
    assert (excel.value(SHEET, "K1"), excel.value(SHEET, "K2")) == (28000.0, 5600.0)
    assert [(name, arguments[0]) for name, arguments in excel.server.hops] == \
        [("answer", "CREDIT_BOOK"), ("answer", "LIMIT_NEED")], "nobody asked Python about an empty cell"


# --- a Book or a server that is gone ---


def test_a_book_that_python_forgot_is_made_again_once(excel: Excel) -> None:
    cache.forget()
    asked = formula("BOOK_SUMMARY")
    assert shown(excel, asked) == called("BOOK_SUMMARY", excel.value(HOME, "B3"))[0][0]
    assert books_made(excel) == 1


def test_a_handle_pasted_as_text_stays_unknown(excel: Excel) -> None:
    assert shown(excel, '=CREDIT_LIMIT("C001","Book 0123456789ab")') == NOT_AVAILABLE
    made = books_made(excel)
    excel.enter(SHEET, "H2", '=CREDIT_SCORE("C001","Book 0123456789ab")')
    assert (excel.value(SHEET, "H2"), made, books_made(excel)) == (NOT_AVAILABLE, 1, 1)


@pytest.mark.parametrize("during", [False, True])
def test_a_server_that_is_gone_is_started_once(excel: Excel, during: bool) -> None:
    excel.server.dies(before_it_answers=during)
    assert shown(excel, '=CREDIT_SCORE("C001",Book)') == called("CREDIT_SCORE", portfolio.book())[0][0]
    assert (excel.server.starts, books_made(excel)) == (2, 1)
    assert excel.value(SHEET, "A1") == 28000.0


def test_a_button_is_not_pressed_again_when_the_server_dies_under_it(excel: Excel) -> None:
    excel.select("Clients", "A5")
    excel.reply("Rappelle lundi")
    excel.interpreter.ask_for_input = lambda *box: (excel.server.dies(before_it_answers=True), excel.ask(*box))[1]
    excel.press("record_call")
    last = portfolio.HEADING + len(portfolio.rows("Journal")) - 1
    written = [excel.value("Journal", f"H{row}") for row in range(last, last + 3)]
    assert written[1:] == ["Rappelle lundi", None], "one call, one entry"
    assert excel.messages, "the user is told that the answer was lost"


def test_a_server_that_never_comes_back_leaves_errors_and_does_not_hang(excel: Excel) -> None:
    excel.server.dies()
    excel.server.missing = True
    assert shown(excel, '=CREDIT_SCORE("C001",Book)') == NOT_AVAILABLE


# --- the machine ---


def banner(excel: Excel) -> str:
    return str(excel.value(HOME, "B4") or "")


def begins(code: str, language: str = "en") -> str:
    """The words of a text before what is filled in."""
    return re.split(r"%\d", say(f"ribbon.{code}", language))[0]


def test_no_banner_when_all_is_well(kept_open: Excel) -> None:
    assert banner(kept_open) == ""


def test_without_python_the_values_stay_and_the_banner_says_from_when(workbook: Path) -> None:
    excel = opened(workbook, no_python=True)
    assert banner(excel).startswith(begins("text_no_python"))
    enabled = {name: excel.range(name, "A1").sheet.vba_get("EnableCalculation") for name in (HOME, SHEET, "Clients")}
    assert enabled == {HOME: False, SHEET: False, "Clients": True}
    excel.enter(HOME, "B2", dt.date(2026, 11, 21))
    excel.recalculate()
    assert (excel.value(HOME, "B3"), excel.value(SHEET, "A1")) == (portfolio.CACHED_BOOK, portfolio.CACHED_LIMIT)


@pytest.mark.parametrize(("key", "says"), [("version", "text_wrong_version"), ("xlwings", "text_wrong_version")])
def test_another_version_is_told(workbook: Path, key: str, says: str) -> None:
    excel = Excel(workbook)
    set_conf(excel, key, "0.0.9")
    excel.open()
    assert banner(excel).startswith(begins(says))
    assert "0.0.9" in banner(excel)
    assert excel.value(SHEET, "A1") == 28000.0


def test_another_schema_keeps_the_values(workbook: Path) -> None:
    excel = Excel(workbook)
    set_conf(excel, "schema", "0")
    excel.open()
    assert banner(excel).startswith(begins("text_wrong_version"))
    assert excel.value(SHEET, "A1") == portfolio.CACHED_LIMIT


def set_conf(excel: Excel, key: str, value: str) -> None:
    row = next(row for row in range(1, 40) if excel.value("credit.conf", f"A{row}") == key)
    excel.enter("credit.conf", f"B{row}", value, text=True)


def test_an_old_excel_is_told(workbook: Path) -> None:
    assert banner(opened(workbook, version="15.0")).startswith(begins("text_old_excel"))


def test_another_workbook_in_front_changes_nothing(excel: Excel) -> None:
    excel.other_workbook()
    excel.recalculate()
    assert (excel.value(HOME, "B3"), excel.value(SHEET, "A1")) == (portfolio.book(), 28000.0)
    excel.server.dies()
    excel.recalculate()
    assert (excel.value(SHEET, "A1"), excel.server.starts) == (28000.0, 2)


@pytest.mark.parametrize("folder", ["", r"C:\Utilisateurs\Hélène d'Été\Crédit clients & Cie",
                                    "https://d.docs.live.net/1234567890abcdef/Crédit clients"])
def test_the_folder_of_the_workbook_does_not_matter(tmp_path: Path, folder: str) -> None:
    place = portfolio.build(tmp_path / "Crédit clients" / "Suivi d'été 2026.xlsm")
    excel = opened(place, folder=folder)
    assert (excel.value(SHEET, "A1"), banner(excel)) == (28000.0, "")


def test_french_workbook_and_french_settings(tmp_path: Path) -> None:
    excel = opened(portfolio.build(tmp_path / "crédit.xlsm", "fr"), language="fr")
    sheet = say("workbook.sheet_functions", "fr")
    assert excel.value(say("workbook.sheet_home", "fr"), "B3") == portfolio.book("fr")
    assert excel.value(sheet, "A1") == 28000.0
    for name in BY_VALUE:
        excel.enter(sheet, "H1", formula(name))
        assert excel.spill(sheet, "H1") == called(name, portfolio.book("fr")), name
        excel.enter(sheet, "H1", None)
    excel.enter(sheet, "J1", 2042)
    excel.enter(sheet, "K1", "=CREDIT_EXPOSURE(J1:J2,Book)")
    assert excel.spill(sheet, "K1") == [[100.0], [NOT_AVAILABLE]]


def test_the_function_wizard_knows_every_function(kept_open: Excel) -> None:
    assert set(kept_open.macro_options) == set(REGISTRY)
    for name, options in kept_open.macro_options.items():
        assert options["description"] == REGISTRY[name].help("en")
        assert len(options["arguments"]) == len(REGISTRY[name].arguments)


def test_a_saved_copy_shows_its_values_and_says_from_when_they_are(excel: Excel, tmp_path: Path) -> None:
    excel.application.freeze_clock(dt.datetime(2026, 11, 23, 8, 31))
    excel.save(tmp_path / "Copie d'été.xlsm")
    copy = Excel(tmp_path / "Copie d'été.xlsm", no_python=True)
    copy.open()
    assert copy.value(SHEET, "A1") == 28000.0
    assert "2026-11-23 08:31" in banner(copy)
