"""What a function answers, as cells of Excel: scalars, errors that are errors, dates that are dates."""

import datetime as dt
import logging
import re
import traceback
from decimal import Decimal
from pathlib import PureWindowsPath

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from addin import cells, log
from addin.cells import Answer, Lost, answer_rows, client_rows, column_rows
from udfs.errors import NotAvailable, OutOfRange, WrongArgument
from udfs.functions import REGISTRY, registry
from udfs.functions.registry import Argument, Function

AS_OF = 46346.0  # 20 November 2026
INVOICES = (("client", "invoice", "date", "due date", "amount"),
            ("C001", "F1", 46200.0, 46230.0, 1200.0),
            ("C002", "F2", 46210.0, 46400.0, 600.5),
            (411003.0, "F3", 46210.0, 46400.0, 50.0))
ERROR_CELL = -2146826246  # #N/A, as pywin32 gives it


@pytest.fixture
def handle():
    return answer_rows("CREDIT_BOOK", (AS_OF, INVOICES), ("", ("Factures", 4.0, 1.0))).rows[0][0]


@pytest.fixture
def log_file(tmp_path, monkeypatch):
    """The log, in a folder of the test."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path))
    monkeypatch.setattr(log.os, "name", "posix")
    log._logger.cache_clear()
    yield tmp_path / "credit-manager" / "credit-manager.log"
    log._logger.cache_clear()


@pytest.fixture
def answering(monkeypatch):
    """A function TEST(x) that answers, or raises, what the test says."""
    def put(found):
        def call(x=None):
            if isinstance(found, BaseException):
                raise found
            return found
        monkeypatch.setitem(REGISTRY, "TEST", Function("TEST", "book", (Argument("x", True),), call, False, False))
        return answer_rows("TEST", ())
    return put


# Values

@pytest.mark.parametrize(("found", "cell"), [
    (1, 1.0), (1.5, 1.5), (True, True), ("text", "text"), ("#N/A", "#N/A"), ("", ""), (None, ""),
    (np.float64(2.5), 2.5), (np.int64(3), 3.0), (np.bool_(True), True), (np.str_("é"), "é"), (Decimal("0.1"), 0.1),
    (np.datetime64("NaT"), ""), (dt.date(1850, 1, 1), "1850-01-01"),
])
def test_a_scalar_is_one_plain_cell(answering, found, cell):
    rows, marks = answering(found)
    assert (rows, marks) == ([[cell]], [])
    assert type(rows[0][0]) is type(cell)


@pytest.mark.parametrize("found", [dt.date(2026, 11, 20), np.datetime64("2026-11-20")])
def test_a_date_is_its_serial_and_a_mark(answering, found):
    assert answering(found) == ([[46346.0]], [(0, 0, 0)])


def test_a_time_is_a_part_of_the_day(answering):
    assert answering(dt.datetime(2026, 11, 20, 18, tzinfo=dt.UTC)) == ([[46346.75]], [(0, 0, 0)])


@pytest.mark.parametrize(("found", "code"), [
    (float("nan"), 2036), (float("inf"), 2036), (np.float64("-inf"), 2036),
    (WrongArgument("errors.not_assessed"), 2015), (OutOfRange("errors.not_assessed"), 2036),
    (NotAvailable("errors.not_assessed"), 2042),
])
def test_an_error_is_a_mark_whether_raised_or_carried(answering, found, code):
    assert answering(found) == ([[""]], [(0, 0, code)])
    assert answering([["a", found]]) == ([["a", ""]], [(0, 1, code)])


def test_rows_become_a_full_rectangle_and_the_rest_stays_where_it_is(answering):
    day, wrong = dt.date(2026, 11, 20), WrongArgument("errors.not_assessed")
    assert answering([["Client", "On"], ["C001", day], ["C002"], [wrong, None, 3]]) == (
        [["Client", "On", ""], ["C001", 46346.0, ""], ["C002", "", ""], ["", "", 3.0]], [(1, 1, 0), (3, 0, 2015)])


def test_a_flat_list_is_a_row_and_nothing_is_an_empty_cell(answering):
    assert answering([1.0, "b"]) == ([[1.0, "b"]], [])
    assert answering([]) == answering([[]]) == ([[""]], [])


def test_what_a_function_keeps_for_itself_is_not_changed(answering):
    kept = [["C001", dt.date(2026, 11, 20)]]
    answering(kept)
    assert kept == [["C001", dt.date(2026, 11, 20)]]


def test_a_text_is_cut_where_a_cell_ends(answering):
    assert answering("x" * 40_000) == answering([["x" * 40_000]]) == ([["x" * 32_767]], [])


@pytest.mark.fuzz
@given(st.recursive(st.none() | st.booleans() | st.floats() | st.text() | st.dates() | st.integers() | st.decimals(),
                    lambda inner: st.lists(st.lists(inner, max_size=3), max_size=3), max_leaves=9))
def test_whatever_is_answered_is_a_rectangle_of_what_a_cell_holds(found):
    rows, marks = cells._answer("TEST", lambda: found)
    assert len({len(row) for row in rows}) == 1
    assert {type(cell) for row in rows for cell in row} <= {str, bool, float}
    assert all(cell == cell and abs(cell) != float("inf") for row in rows for cell in row if type(cell) is float)
    assert all(row < len(rows) and column < len(rows[0]) and code in (0, 2015, 2036, 2042)
               for row, column, code in marks)


# Arguments

def test_missing_arguments_are_none_and_the_last_ones_are_left_out(answering, monkeypatch):
    seen = []
    def call(a, b=5, c=7):
        seen.append((a, b, c))
        return ""
    arguments = (Argument("a", False), Argument("b", True), Argument("c", True))
    monkeypatch.setitem(REGISTRY, "TEST", Function("TEST", "book", arguments, call, False, False))
    for given_arguments in ((1.0,), (1.0, None, None), (1.0, -2147352572, 3.0), (None, None, None)):
        answer_rows("TEST", given_arguments)
    assert seen == [(1.0, 5, 7), (1.0, 5, 7), (1.0, None, 3.0), (None, 5, 7)]


@pytest.mark.parametrize(("name", "arguments", "code"), [
    ("LIMIT_NEED", (ERROR_CELL, 60.0), 2042),
    ("LIMIT_NEED", (250_000.0, -2146826281), 2042),  # #DIV/0!
    ("CREDIT_LIMIT", (ERROR_CELL, "Book 0123456789ab"), 2042),
    ("LIMIT_NEED", (-1.0, 60.0), 2036),
    ("LIMIT_NEED", ("much", 60.0), 2015),
])
def test_an_error_cell_among_the_arguments_is_an_error(name, arguments, code):
    assert answer_rows(name, arguments) == ([[""]], [(0, 0, code)])


def test_an_issue_names_the_row_and_the_sheet_that_the_user_sees():
    rows = (*INVOICES, ("C009", "F9", "31/02/2026", "", 5.0))
    handle = answer_rows("CREDIT_BOOK", (AS_OF, rows), ("", ("Factures", 12.0, 3.0))).rows[0][0]
    _, issue = answer_rows("BOOK_ISSUES", (handle,)).rows[:2]
    assert issue[:5] == ["error", "Invoices", 16.0, "Invoice date", "31/02/2026"]


# Columns of clients

def test_a_column_of_clients_answers_a_column_and_carries_its_errors(handle):
    codes = (("C002",), ("C009",), (None,), (ERROR_CELL,), (411003.0,))
    assert answer_rows("CREDIT_EXPOSURE", (codes, handle)) == (
        [[600.5], [""], [""], [""], [50.0]], [(1, 0, 2042), (2, 0, 2042), (3, 0, 2042)])
    assert answer_rows("CREDIT_EXPOSURE", (("C002", "C001"), handle)).rows == [[600.5, 1200.0]]
    assert answer_rows("CREDIT_EXPOSURE", ((("C002", "C001"),), handle)).rows == [[600.5, 1200.0]]


def test_the_answers_of_a_function_for_all_clients_stand_in_the_order_of_their_codes(handle):
    assert client_rows(handle).rows == [["C001"], ["C002"], ["411003"]]
    assert column_rows("CREDIT_EXPOSURE", handle).rows == [[1200.0], [600.5], [50.0]]
    assert column_rows("CREDIT_SCORE", handle) == ([[""]] * 3, [(0, 0, 2042), (1, 0, 2042), (2, 0, 2042)])


def test_a_column_is_computed_once_a_book_and_anew_with_an_option(handle, monkeypatch):
    computed = []

    def CREDIT_TEST(book, share=None):
        computed.append(share)
        return [code + str(share or "") for code in book.clients.codes]

    monkeypatch.setattr(registry, "REGISTRY", REGISTRY | {})
    call = registry.of_client("limit")(CREDIT_TEST)
    assert [call(code, handle) for code in ("C001", "c002 ", 411003.0)] == ["C001", "C002", "411003"]
    assert call([["C002"]], handle, None) == [["C002"]]
    assert call("C001", handle, 0.5) == "C0010.5"
    assert computed == [None, 0.5]
    other = answer_rows("CREDIT_BOOK", (AS_OF + 1, INVOICES)).rows[0][0]
    assert call("C001", other) == "C001"
    assert computed == [None, 0.5, None]


def test_an_error_raised_for_many_cells_does_not_pile_up(handle):
    seen = []
    for _ in range(3):
        try:
            REGISTRY["CREDIT_SCORE"].call("C001", handle)
        except NotAvailable as error:
            seen.append(len(traceback.extract_tb(error.__traceback__)))
    assert seen == [2, 2, 2]


# What is not there, what nobody foresaw

@pytest.mark.parametrize("answer", [
    lambda book: answer_rows("CREDIT_LIMIT", ("C001", book)), lambda book: answer_rows("AGEING", (book,)),
    lambda book: answer_rows("CREDIT_LIMIT", ((("C001",),), book)), client_rows,
    lambda book: column_rows("CREDIT_LIMIT", book),
])
@pytest.mark.parametrize("book", ["Book 0123456789ab · 3 clients", "", None, 12.0])
def test_a_book_that_is_not_known_here_is_lost(answer, book):
    found = answer(book)
    assert isinstance(found, Lost)
    assert found == ([[""]], [(0, 0, 2042)])


def test_another_error_is_not_a_lost_book(handle):
    assert type(answer_rows("CREDIT_LIMIT", ("C009", handle))) is Answer


def test_what_nobody_foresaw_is_value_and_the_log_names_the_place_but_no_client(answering, log_file):
    assert answering(RuntimeError("client Dupont")) == ([[""]], [(0, 0, 2015)])
    assert answering(object()) == ([[""]], [(0, 0, 2015)])
    first, second = log_file.read_text(encoding="utf-8").splitlines()
    assert re.fullmatch(r"\S+ \S+ ERROR TEST: RuntimeError in \S*tests/test_sheet_answers.py, line \d+ \(call\)", first)
    assert "ERROR TEST: TypeError in " in second


def test_the_message_is_in_the_log_for_whoever_asks_for_it(answering, log_file, monkeypatch):
    monkeypatch.setenv("CREDIT_MANAGER_LOG", "DEBUG")
    log._logger.cache_clear()
    answering(RuntimeError("client Dupont"))
    assert "client Dupont" in log_file.read_text(encoding="utf-8")


def test_a_log_that_cannot_be_written_stops_nothing(answering, tmp_path, monkeypatch):
    (tmp_path / "file").write_text("")
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "file"))
    log._logger.cache_clear()
    assert answering(RuntimeError()) == ([[""]], [(0, 0, 2015)])
    assert isinstance(log._logger().handlers[0], logging.NullHandler)
    log._logger.cache_clear()


def test_the_log_does_not_grow_without_end(log_file):
    for number in range(12_000):
        log._logger().error("line %s %s", number, "x" * 100)
    sizes = {path.name: path.stat().st_size for path in log_file.parent.iterdir()}
    assert sorted(sizes) == ["credit-manager.log", "credit-manager.log.1", "credit-manager.log.2"]
    assert max(sizes.values()) <= 500_000


def test_the_log_of_windows_is_in_the_users_local_folder(monkeypatch):
    monkeypatch.setattr(log, "Path", PureWindowsPath)
    monkeypatch.setattr(log.os, "name", "nt")
    monkeypatch.setenv("LOCALAPPDATA", r"C:\Users\Ana\AppData\Local")
    assert str(log.path()) == r"C:\Users\Ana\AppData\Local\CreditManager\logs\credit-manager.log"
