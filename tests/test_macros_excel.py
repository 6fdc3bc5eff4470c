"""The macros on the workbook open in Excel, through the real Windows code of xlwings."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest

from addin.codename import codename
from addin.hosts import Question
from addin.hosts.excel import ExcelHost
from addin.hosts.workbook import WorkbookHost
from addin.macros import run
from tests.excel.com import Com
from tests.excel.excel import Excel
from tests.excel.windows import install
from tests.small_workbook import ROWS, build_open
from udfs.book import cache
from udfs.book.book import Book
from udfs.errors import NotAvailable
from udfs.tables.raw import RawTable


@pytest.fixture
def excel(tmp_path: Path) -> Excel:
    return Excel(build_open(tmp_path))


def host(excel: Excel, *replies: str) -> ExcelHost:
    xlwings = install()
    return ExcelHost(xlwings.Book(impl=xlwings._xlwindows.Book(xl=Com(excel.book))), replies)


def press(excel: Excel, button: str, *replies: str) -> str:
    """Press a button, each time with one reply more, as the workbook's VBA does."""
    for count in range(len(replies)):
        with pytest.raises(Question):
            run(button, host(excel, *replies[:count]))
    return run(button, host(excel, *replies))


def test_the_workbook_says_its_language_date_and_place(excel, tmp_path):
    here = host(excel)
    assert (here.language, here.as_of) == ("en", dt.date(2026, 11, 20))
    assert here.workbook == str(tmp_path / "my credit.xlsm")
    assert here.program == r"Excel 16.0, C:\Program Files\Microsoft Office\root\Office16"
    assert here.letters_folder == tmp_path / "Letters"


@pytest.mark.parametrize("folder", ["https://example.sharepoint.com/sites/x"])
def test_letters_of_a_workbook_in_the_cloud_go_to_the_documents(excel, folder, monkeypatch, tmp_path):
    monkeypatch.setattr("addin.hosts.user._documents", lambda: tmp_path)
    excel.book.path = folder
    assert host(excel).letters_folder == tmp_path / "Credit Manager" / "my credit"


def test_a_french_workbook_speaks_french(tmp_path):
    here = host(Excel(build_open(tmp_path, language="fr")))
    assert (here.language, here.letters_folder.name) == ("fr", "Courriers")


def test_the_book_is_that_of_its_cell_or_of_its_tables(excel, tmp_path):
    cache.forget()
    read = host(excel).book
    assert read.id == WorkbookHost(tmp_path / "my credit.xlsm").book.id
    assert host(excel).book.issues == []
    excel.enter("Home", "B3", read.handle)
    assert host(excel).book is read
    other = Book("2026-01-01", [RawTable([["client", "invoice", "date", "amount"], ["X", "F", "2025-12-01", 1.0]])])
    cache.keep(other)
    excel.enter("Home", "B3", other.handle)
    assert host(excel).book is other


def test_a_row_is_added_below_the_last_one_and_every_text_stays_text(excel):
    rows: list[dict[str, Any]] = [
        {"date": dt.date(2026, 11, 20), "client": "00123", "event": "call", "note": '=HYPERLINK("x")'},
        {"date": dt.date(2026, 11, 21), "client": "1/2", "event": "promise", "amount": 12.5,
         "due": dt.date(2026, 11, 28), "note": "+33 6"}]
    host(excel).append("Journal", rows)
    host(excel).append("Journal", [{"date": dt.date(2026, 11, 22), "client": "TRUE", "event": "decision"}])
    cells = excel.range("Journal", "A4:H6").vba_get("Value2")
    assert [excel.value("Journal", f"{column}{row}") for row in (4, 5, 6) for column in "ABCEFH"] == [
        46346.0, "00123", "call", None, None, '=HYPERLINK("x")',
        46347.0, "1/2", "promise", 12.5, 46354.0, "+33 6",
        46348.0, "TRUE", "decision", None, None, None]
    assert cells is not None
    assert not excel.range("Journal", "A4:H6").vba_get("HasFormula")
    assert host(excel)._named("JournalInput").address == "$A$3:$K$6"


def test_a_register_without_a_column_takes_no_letter(excel, tmp_path):
    excel.enter("Letters", "H3", "My own column")
    with pytest.raises(NotAvailable, match='the table Letters has no column "file"'):
        press(excel, "letters_due", "yes")
    assert list((tmp_path / "Letters").iterdir()) == []
    assert excel.value("Letters", "B4") is None


def test_excel_calculates_by_itself_again_after_every_macro(excel):
    mode = excel.application.application.vba_get("Calculation")
    press(excel, "letters_due", "yes")
    assert excel.application.application.vba_get("Calculation") == mode
    with pytest.raises(TypeError, match="object"):
        host(excel).append("Journal", [{"client": "C1", "amount": object()}])
    assert excel.application.application.vba_get("Calculation") == mode


def test_letters_are_written_and_stand_in_the_register(excel, tmp_path):
    told = press(excel, "letters_due", "yes")
    assert told.startswith(f"1 letter written into {tmp_path / 'Letters'}.")
    assert [file.name for file in (tmp_path / "Letters").iterdir()] == ["2026-11-20 C1 Dupont relance-1.docx"]
    assert [excel.value("Letters", f"{column}4") for column in "ABCDEFH"] == [
        46346.0, "C1", "reminder", 1.0, "F1", 1000.0, "2026-11-20 C1 Dupont relance-1.docx"]
    assert "No letter is due" in run("letters_due", host(excel))


def test_a_promise_of_the_selected_client_holds_back_the_letter(excel):
    excel.select("Invoices", "E4")
    told = press(excel, "record_promise", "", "1000", "28/11/2026")
    assert "C1 Dupont promises €1,000.00 for 28 Nov 2026" in told
    assert "No letter is due" in run("letters_due", host(excel))


@pytest.mark.parametrize(("sheet", "cells", "clients"), [
    ("Clients", "A4:B5", ["C1", "C2"]), ("Invoices", "J5", ["C2"]), ("Invoices", "A:A", ["C1", "C2"]),
    ("Invoices", "A5,C4", ["C2", "C1"]), ("Invoices", "A1:C3", []), ("Invoices", "A900", []),
    ("ClientCard", "D9", ["C1"])])
def test_the_selected_clients_are_those_of_the_selected_rows(excel, sheet, cells, clients):
    excel.select(sheet, cells)
    assert host(excel).selected_clients() == clients


def test_what_is_selected_in_another_workbook_is_not_meant(excel):
    excel.select("Home", "B4")
    excel.other_workbook()
    cell = excel.application.application.vba_get("ActiveCell")
    cell.vba_set("Formula", '=IF(TRUE,"C1")')
    assert cell.vba_get("Value") == "C1"
    assert host(excel).selected_clients() == []
    assert host(excel).selected_formula() is None


def test_the_formula_of_the_selected_cell_is_evaluated_where_it_stands(excel):
    excel.select("Home", "B4")
    formula = host(excel).selected_formula()
    assert formula is not None
    assert (formula.text, formula.row, formula.column) == ('=CREDIT_LIMIT("C1",Book)', 0, 0)
    excel.enter("Home", "D9", 7.0)
    assert formula.evaluate("D9+1") == 8.0
    excel.select("Home", "D9")
    assert host(excel).selected_formula() is None


def test_in_a_spill_the_formula_is_that_of_its_first_cell(excel):
    excel.enter("Home", "H2", "=SEQUENCE(3,2)")
    excel.select("Home", "I4")
    formula = host(excel).selected_formula()
    assert formula is not None
    assert (formula.text, formula.row, formula.column) == ("=SEQUENCE(3,2)", 2, 1)


def test_a_fault_is_selected_in_its_cell(tmp_path):
    invoices = [ROWS["Invoices"][0], {**ROWS["Invoices"][1], "amount": "12,5O"}]
    excel = Excel(build_open(tmp_path, {**ROWS, "Invoices": invoices}))
    told = press(excel, "check_data")
    assert told.startswith('Invoices, row 5, Amount incl. VAT: "12,5O" is not an amount.')
    assert excel.selection() == "Invoices!K5"
    host(excel).select("Invoices", 0, "client")
    assert excel.selection() == "Invoices!A3"
    host(excel).select("Stock", 4, "note")
    assert excel.selection() == "Invoices!A3"


def test_sheets_and_the_client_card_come_to_the_front(excel):
    host(excel).show("self_test")
    assert excel.selection().startswith("SelfTest!")
    host(excel).show_client("=1+1")
    assert excel.selection().startswith("ClientCard!")
    assert excel.value("ClientCard", "B2") == "=1+1"
    host(excel).show("nothing")
    assert codename("credit_conf") == "shCreditConf"


def test_the_date_is_written_as_a_date(excel):
    host(excel).set_as_of(dt.date(2026, 12, 1))
    assert excel.day("Home", "B2") == dt.date(2026, 12, 1)
    assert host(excel).as_of == dt.date(2026, 12, 1)


def test_the_copy_holds_what_is_not_saved_yet(excel):
    excel.enter("Home", "D9", "not saved")
    assert host(excel).copy().rows("Home", 9, 4, 9, 4) == [["not saved"]]


def test_a_folder_opens_in_the_shell_and_a_workbook_in_excel(excel, monkeypatch, tmp_path):
    opened: list[Path] = []
    monkeypatch.setattr("addin.hosts.user.open_in_shell", opened.append)
    host(excel).open(tmp_path)
    assert opened == [tmp_path]


def test_a_workbook_that_lost_a_name_says_which(excel):
    excel.book.vba_get("Names", ["AsOf"]).vba_get("Delete")
    with pytest.raises(NotAvailable, match="The name AsOf is gone"):
        _ = host(excel).as_of
