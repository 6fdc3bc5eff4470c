"""Our worksheet functions in a workbook on disk: the same handle, limits, errors and spills as in Excel."""

import datetime as dt

import pytest

from addin.formulas import recalculate
from addin.ooxml.append import append_rows
from addin.ooxml.cells import set_value
from addin.ooxml.values import ExcelError
from tests.formula_books import Drawn, calculated, cell, demo_rows
from udfs.book.book import Book
from udfs.tables.raw import RawTable

TABLES = ("Invoices", "Payments", "Clients", "Orders", "Plans", "Securities", "Accounts", "Rates", "Policy", "Letters",
          "Journal")


@pytest.fixture
def drawn(tmp_path):
    return Drawn(tmp_path / "book.xlsx")


def draw_book(drawn, tables, home="Accueil d'été", as_of=dt.date(2026, 11, 20)):
    """Input tables from row 5 of a sheet each, their input names, AsOf and the Book."""
    place = "'" + home.replace("'", "''") + "'"
    drawn.sheet(home, {"C3": as_of})
    drawn.name("AsOf", f"={place}!$C$3")
    drawn.name("Book", f"={place}!$C$4")
    for name, rows in tables.items():
        drawn.table(f"{name} l'été", "B5", name, rows)
        drawn.name(f"{name}Input", f"={name}[[#Headers],[#Data],[{rows[0][0]}]:[{rows[0][-1]}]]")
    drawn.sheet(home, arrays={"C4": f"=CREDIT_BOOK(AsOf,{','.join(f'{name}Input' for name in tables)})"})
    return home


def direct_book(package, names, as_of=46346.0):
    """The Book of the same cells, built in Python."""
    places = [package.tables[name] for name in names]
    return Book(as_of, [
        RawTable(tuple(map(tuple, package.rows(place.sheet, place.first_row, place.first_column, place.last_row,
                                               place.last_column))),
                 place.sheet, range(place.first_row, place.last_row + 1)) for place in places])


def test_the_28_000_case(drawn):
    """Grade B, net worth 80,000, turnover 700,000, forecast 250,000 excl. VAT at 60 days: need 50,000, limit 28,000."""
    home = draw_book(drawn, {name: demo_rows(name, "C001") for name in ("Invoices", "Payments", "Clients", "Accounts")})
    drawn.sheet(home, {"A10": "C001"}, {
        "B10": "=CREDIT_LIMIT(A10,Book)", "C10": "=CREDIT_RATING(A10,Book)", "D10": "=LIMIT_BINDING(A10,Book)",
        "E10": "=LIMIT_NEED(250000,60)", "F10": '=LIMIT_CAPACITY("B",80000,700000)', "G10": "=MIN(B10,E10)+1"})
    package = calculated(drawn)
    assert package.rows(home, 10, 2, 10, 7) == [[28000.0, "B", "tangible net worth", 50000.0, 28000.0, 28001.0]]


def test_the_handle_is_that_of_a_book_of_the_same_cells(drawn):
    home = draw_book(drawn, {name: demo_rows(name) for name in TABLES})
    package = calculated(drawn)
    handle = cell(package, home, "C4")
    assert handle == direct_book(package, TABLES).handle
    assert handle.endswith("· 49 clients · 417 invoices · 9 issues · as of 2026-11-20")


INVOICES = [["client", "invoice", "date", "due_date", "amount"],
            ["C1", "F1", dt.date(2026, 10, 1), dt.date(2026, 10, 31), 1200.0],
            ["C2", "F2", dt.date(2026, 11, 2), dt.date(2026, 12, 2), 600.0]]


def test_a_row_that_was_added_is_in_the_book_and_in_every_spill(drawn):
    home = draw_book(drawn, {"Invoices": INVOICES, "Letters": [
        ["date", "client", "kind", "level", "invoices", "amount"],
        [dt.date(2026, 11, 9), "C1", "reminder", 1, "F1", 1200.0]]})
    drawn.sheet(home, {"B30": "=SUM(C40:Z60)"}, {"B40": "=AGEING(Book)", "B31": '=CREDIT_EXPOSURE("C1",Book)'})
    package = calculated(drawn)
    before, total = cell(package, home, "C4"), cell(package, home, "B30")
    assert cell(package, home, "B31") == 1200.0
    append_rows(package, "Invoices", [{"client": "C3", "invoice": "F3", "date": dt.date(2026, 11, 3),
                                       "due_date": dt.date(2026, 12, 3), "amount": 50.0}])
    assert recalculate(package) == []
    after = cell(package, home, "C4")
    assert after != before
    assert after == direct_book(package, ("Invoices", "Letters")).handle
    assert "· 3 clients · 3 invoices ·" in after
    # Each amount stands in its band, in its client's total, and in both of the totals row.
    assert cell(package, home, "B30") == total + 4 * 50.0


def test_an_issue_names_the_row_of_the_sheet(drawn):
    rows = [INVOICES[0], INVOICES[1], ["C2", "F2", dt.date(2026, 11, 2), dt.date(2026, 12, 2), "dix euros"]]
    home = draw_book(drawn, {"Invoices": rows})
    drawn.sheet(home, arrays={"B10": "=BOOK_ISSUES(Book)"})
    package = calculated(drawn)
    headings, issue = package.rows(home, 10, 2, 11, 8)
    # Headings in row 5, so the second invoice stands in row 7.
    assert (issue[headings.index("Row")], "dix euros" in issue) == (7.0, True)


def test_the_date_may_be_calculated_and_a_past_date_is_another_book(drawn):
    home = draw_book(drawn, {"Invoices": INVOICES}, as_of="=DATE(2026,A1,20)")
    drawn.sheet(home, {"A1": 11}, {"B10": "=CREDIT_OVERDUE(\"C1\",Book)"})
    package = calculated(drawn)
    assert cell(package, home, "C4") == direct_book(package, ["Invoices"]).handle
    assert cell(package, home, "B10") == 1200.0
    set_value(package, home, "A1", 10)
    assert recalculate(package) == []
    assert cell(package, home, "C4").endswith("as of 2026-10-20")
    assert cell(package, home, "B10") == 0.0


def test_a_column_of_clients_spills_and_an_unknown_one_is_an_error_in_its_row(drawn):
    home = draw_book(drawn, {"Invoices": INVOICES})
    drawn.sheet(home, {"A10": "C1", "A11": "C9", "A12": "C2"}, {"B10": "=CREDIT_EXPOSURE(A10:A12,Book)"})
    package = calculated(drawn)
    answers = [row[0] for row in package.rows(home, 10, 2, 12, 2)]
    assert answers == [1200.0, "#N/A", 600.0]
    assert isinstance(answers[1], ExcelError)


def test_errors_dates_and_arguments_left_out_go_both_ways(drawn):
    drawn.sheet("S", {"A1": "=NA()", "A2": dt.date(2026, 1, 15)}, {
        "B1": "=LIMIT_NEED(A1,60)", "B2": '=DUE_DATE(A2,"45 jours fin de mois")', "B3": '=LIMIT_NEED("much",60)',
        "B4": "=LIMIT_NEED(250000,60,,12)", "B5": "=LIMIT_NEED(250000,60,2)", "B6": "=CREDIT_LIMIT(\"C1\",A9)",
        "B7": "=ISERROR(B3)", "B8": "=B2+1", "B9": "=LIMIT_NEED(250000,60,A9)"})
    package = calculated(drawn)
    found = [row[0] for row in package.rows("S", 1, 2, 9, 2)]
    # 60 days from 45 days after 15 January 2026 to the end of that month: 31 March. VAT above 1 is out of range.
    assert found == ["#N/A", 46112.0, "#VALUE!", 50000.0, "#NUM!", "#N/A", True, 46113.0, 50000.0]
    assert [isinstance(value, ExcelError) for value in found].count(True) == 4


def test_the_book_may_stand_inside_another_formula_and_on_a_part_of_a_table(drawn):
    draw_book(drawn, {"Invoices": INVOICES})
    drawn.sheet("S", {"A1": True}, {
        "B1": '=CREDIT_EXPOSURE("C1",CREDIT_BOOK(AsOf,\'Invoices l\'\'été\'!$B$5:$F$6))',
        "B2": "=IF(A1,CREDIT_BOOK(AsOf,InvoicesInput),\"\")", "B3": "=CREDIT_BOOK(AsOf,AsOf)", "B4": "=CREDIT_BOOK()"})
    package = calculated(drawn)
    found = [row[0] for row in package.rows("S", 1, 2, 4, 2)]
    assert found == [1200.0, cell(package, "Accueil d'été", "C4"), "#VALUE!", "#VALUE!"]


def test_text_in_a_cell_stays_text_whatever_it_says(drawn):
    rows = [INVOICES[0], ["=1+1", '=CREDIT_BOOK("x")', dt.date(2026, 10, 1), dt.date(2026, 10, 31), 10.0]]
    home = draw_book(drawn, {"Invoices": [INVOICES[0], ["x", "x", rows[1][2], rows[1][3], 10.0]]})
    for column, text in enumerate(rows[1][:2], 1):
        drawn.sheet("Invoices l'été").write_string(5, column, text)
    drawn.sheet(home, arrays={"B10": '=CREDIT_EXPOSURE("=1+1",Book)', "B11": "=INDEX(CREDIT_TABLE(Book),2,1)"})
    package = calculated(drawn)
    assert (cell(package, home, "B10"), cell(package, home, "B11")) == (10.0, "=1+1")
