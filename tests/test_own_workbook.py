"""A workbook of ours is read by its Excel tables, whatever else stands on its sheets."""

from __future__ import annotations

import datetime as dt
import time

import pytest

from addin.ooxml.append import append_rows
from addin.ooxml.package import Package
from addin.readers import load
from addin.readers.own_workbook import as_of, own_tables
from addin.readers.reading import Reading, joined
from addin.readers.workbook import read_workbook
from tests.ooxml_checks import made
from udfs.book.book import Book

DAY = dt.date(2026, 11, 20)
HEADERS = ["Client", "Invoice", "Invoice date", "Due date", "Amount incl. VAT"]
ROWS = [["C001", "F1", DAY, dt.date(2026, 12, 20), 100.0], ["C002", "F2", DAY, dt.date(2026, 12, 31), 200.5]]


def invoices(book, name="Invoices", headers=HEADERS, rows=ROWS, top=3):
    """A sheet with a title, the table two columns in, and a remark beside it."""
    sheet = book.add_worksheet("Factures")
    day = book.add_format({"num_format": "dd/mm/yyyy"})
    sheet.write(0, 0, "All our invoices")
    sheet.write(top + 1, 9, "a remark")
    sheet.add_table(top, 2, top + len(rows), 1 + len(headers), {"name": name, "columns": [{"header": one}
                                                                                          for one in headers]})
    for number, row in enumerate(rows, top + 1):
        for column, cell in enumerate(row, 2):
            if isinstance(cell, dt.date):
                sheet.write_datetime(number, column, cell, day)
            else:
                sheet.write(number, column, cell)
    return sheet


def ours(book):
    invoices(book)
    results = book.add_worksheet("Credit")
    results.write_row(0, 0, ["client", "invoice", "date", "amount"])
    results.write_row(1, 0, ["C009", "F9", "2026-01-01", 9_999])
    results.add_table("G1:J3", {"name": "Stock", "columns": [{"header": one} for one in
                                                            ("Client", "Invoice", "Date", "Amount")]})
    policy = book.add_worksheet("Policy")
    policy.add_table("A1:B2", {"name": "Policy", "columns": [{"header": "Key"}, {"header": "Value"}],
                               "data": [["language", "fr"]]})
    policy.write_datetime("D1", dt.datetime(2026, 11, 20), book.add_format({"num_format": "dd/mm/yyyy"}))
    book.define_name("AsOf", "=Policy!$D$1")


def test_only_the_excel_tables_of_the_schema_count(tmp_path):
    reading = load(made(tmp_path / "book.xlsm", ours))
    assert [(table.name, list(table.row_numbers)) for table in reading.tables] == [("Factures", [4, 5, 6]),
                                                                                   ("Policy", [1, 2])]
    assert reading.tables[0].rows == [HEADERS, *ROWS]
    assert reading.tables[1].rows == [["Key", "Value"], ["language", "fr"]]
    assert (reading.as_of, reading.last_date, reading.issues) == (DAY, None, ())
    book = Book(reading.as_of, reading.tables)
    assert [issue.severity for issue in book.issues if issue.severity != "info"] == []


def test_an_issue_names_the_row_of_the_sheet(tmp_path):
    def fill(book):
        invoices(book, rows=[*ROWS, ["C003", "F3", "soon", DAY, 5.0]])

    book = Book(DAY, load(made(tmp_path / "book.xlsx", fill)).tables)
    assert [(issue.row, issue.source) for issue in book.issues if issue.severity == "error"] == [(7, "Factures")]


def test_a_workbook_without_the_table_invoices_is_read_by_its_sheets(tmp_path):
    path = made(tmp_path / "book.xlsx", lambda book: invoices(book, name="Ventes"))
    assert own_tables(Package.read(path)) is None
    (table,) = load(path).tables
    assert table.rows[0] == ["All our invoices", *[""] * 9]
    assert load(path).as_of is None


def test_a_table_is_ours_whatever_the_case_of_its_name(tmp_path):
    path = made(tmp_path / "book.xlsx", lambda book: invoices(book, name="INVOICES"))
    assert own_tables(Package.read(path))[0].rows == [HEADERS, *ROWS]


def test_errors_and_what_was_never_calculated_are_no_blanks(tmp_path):
    def fill(book):
        sheet = invoices(book)
        sheet.write_formula("G5", "=1/0", None, "#DIV/0!")
        sheet.write_formula("G6", "=1+1", None, "")

    (table,) = load(made(tmp_path / "book.xlsx", fill)).tables
    assert [row[-1] for row in table.rows[1:]] == ["#DIV/0!", "#N/A"]


def test_totals_are_no_data_and_blank_rows_keep_their_number(tmp_path):
    def fill(book):
        sheet = book.add_worksheet("Factures")
        columns = [{"header": "Client", "total_string": "Total"}, {"header": "Invoice"},
                   {"header": "Amount", "total_function": "sum"}]
        sheet.add_table("A1:C5", {"name": "Invoices", "total_row": True, "columns": columns})
        sheet.write_row("A3", ["C1", "F1", 5])

    (table,) = load(made(tmp_path / "book.xlsx", fill)).tables
    assert table.rows == [["Client", "Invoice", "Amount"], ["", "", ""], ["C1", "F1", 5.0], ["", "", ""]]
    assert list(table.row_numbers) == [1, 2, 3, 4]


def test_empty_rows_and_columns_at_the_edge_belong_to_the_table(tmp_path):
    def fill(book):
        columns = [{"header": "Client"}, {"header": "Invoice"}, {"header": "Amount"}]
        book.add_worksheet("Factures").add_table("A1:C3", {"name": "Invoices", "columns": columns})
        book.add_worksheet("Clients").add_table("A2:C4", {"name": "Clients", "columns": columns, "header_row": False,
                                                          "data": [["C1", "F1"]]})

    invoices, clients = load(made(tmp_path / "book.xlsx", fill)).tables
    assert invoices.rows == [["Client", "Invoice", "Amount"], ["", "", ""], ["", "", ""]]
    assert clients.rows == [["Client", "Invoice", "Amount"], ["C1", "F1", ""], ["", "", ""], ["", "", ""]]


def test_a_table_whose_headings_are_hidden_still_has_them(tmp_path):
    def fill(book):
        sheet = book.add_worksheet("Factures")
        sheet.add_table("A2:C3", {"name": "Invoices", "header_row": False, "data": [["C1", "F1", 5], ["C2", "F2", 6]],
                                  "columns": [{"header": "Client"}, {"header": "Invoice"}, {"header": "Amount"}]})

    (table,) = load(made(tmp_path / "book.xlsx", fill)).tables
    assert table.rows == [["Client", "Invoice", "Amount"], ["C1", "F1", 5.0], ["C2", "F2", 6.0]]
    assert list(table.row_numbers) == [1, 2, 3]


def test_rows_that_were_added_are_read_before_the_file_is_written(tmp_path):
    package = Package.read(made(tmp_path / "book.xlsx", ours))
    append_rows(package, "Invoices", [{"client": "C007", "invoice": "F7", "date": DAY, "amount": 7}])
    table = own_tables(package)[0]
    assert table.rows[-1] == ["C007", "F7", DAY, "", 7.0]
    assert list(table.row_numbers) == [4, 5, 6, 7]


@pytest.mark.parametrize(("value", "expected"), [
    (46346, DAY), (46346.75, DAY), ("20/11/2026", DAY), ("soon", None), ("", None), (1e300, None), (-5, None)])
def test_the_date_of_the_workbook_is_in_its_cell(tmp_path, value, expected):
    def fill(book):
        book.add_worksheet("Home").write("B2", value)
        book.define_name("AsOf", "=Home!$B$2")

    assert as_of(Package.read(made(tmp_path / "book.xlsx", fill))) == expected


def test_an_old_mac_workbook_says_the_same_day(tmp_path):
    reading = load(made(tmp_path / "book.xlsx", ours, date_1904=True))
    assert reading.as_of == DAY
    assert reading.tables[0].rows[1][2] == DAY


def test_several_readings_keep_the_first_date():
    readings = [Reading(()), Reading((), as_of=DAY), Reading((), as_of=dt.date(2020, 1, 1))]
    assert joined(readings).as_of == DAY
    assert joined([Reading(())]).as_of is None


def test_a_damaged_workbook_of_ours_is_refused_as_any_other(tmp_path):
    path = made(tmp_path / "book.xlsx", ours)
    path.write_bytes(path.read_bytes()[:-200])
    with pytest.raises(Exception, match="damaged"):
        load(path)


def test_reading_the_tables_costs_little_more_than_reading_the_sheets(tmp_path):
    def fill(book):
        invoices(book, rows=[[f"C{row % 500}", f"F{row}", DAY, DAY, row / 100] for row in range(5000)])

    path = made(tmp_path / "book.xlsx", fill)

    def seconds(read):
        start = time.perf_counter()
        read()
        return time.perf_counter() - start

    plain = min(seconds(lambda: read_workbook(path.read_bytes(), path)) for _ in range(3))
    own = min(seconds(lambda: load(path)) for _ in range(3))
    assert own < 3 * plain
