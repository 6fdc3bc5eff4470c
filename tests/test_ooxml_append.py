"""Rows added to an Excel table on disk, and one cell set: what grows, what stays, what is refused."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from addin.ooxml.append import append_rows
from addin.ooxml.cells import set_value
from addin.ooxml.package import Package
from addin.ooxml.relations import CONTENT_TYPES
from addin.ooxml.values import ExcelError
from addin.readers.errors import InputRefused
from tests.ooxml_checks import LETTERS, attributes, cell_xml, errors, letters, made, seen, unzipped

SHEET, TABLE = "xl/worksheets/sheet1.xml", "xl/tables/table1.xml"
ATTACK = "=cmd|' /C calc'!A0"
DAY = dt.date(2026, 11, 20)


def workbook(tmp_path, **options):
    return made(tmp_path / "book.xlsx", lambda book: letters(book, **options))


def appended(path, rows, table="Letters"):
    """The parts after rows were added and the file written, which the validators must like."""
    package = Package.read(path)
    append_rows(package, table, rows)
    package.write(path)
    assert errors(path) == []
    return package.parts


def refused(package, change, code):
    """A change that is refused in words and leaves every part as it was."""
    before = dict(package.parts)
    with pytest.raises(InputRefused) as refusal:
        change()
    assert refusal.value.code == code
    assert "{" not in refusal.value.sentence("fr")
    assert package.parts == before
    return refusal.value.sentence("en")


def test_a_row_goes_below_the_last_one_and_looks_like_it(tmp_path):
    path = workbook(tmp_path)
    before = unzipped(path)
    parts = appended(path, [{"date": DAY, "client": "00123", "Kind": "notice", "level": 2, "amount": Decimal("12.50")}])
    assert seen(path, "Courriers")[5] == ["", DAY, "00123", "notice", 2.0, 12.5, ""]
    assert Package.read(path).rows("Courriers", 6, 2, 6, 7) == [[46346.0, "00123", "notice", 2.0, 12.5, None]]
    assert {name for name in parts if parts[name] != before.get(name)} == {SHEET, TABLE}
    styles = attributes(parts[SHEET], "c", "s")
    assert cell_xml(parts[SHEET], "B6") == f'<c r="B6" s="{styles[6]}"><v>46346</v></c>'
    assert cell_xml(parts[SHEET], "B5").startswith(f'<c r="B5" s="{styles[6]}"')
    assert attributes(parts[SHEET], "row", "ht")[-2:] == ["24", "24"]


def test_the_table_and_the_rules_that_ended_with_it_grow(tmp_path):
    path = workbook(tmp_path)
    parts = appended(path, [{"client": "C1"}, {"client": "C2"}, {"client": "C3"}])
    assert attributes(parts[TABLE], "table", "ref") == ["B3:G8"]
    assert attributes(parts[TABLE], "autoFilter", "ref") == ["B3:G8"]
    assert attributes(parts[SHEET], "dimension", "ref") == ["B3:G8"]
    assert attributes(parts[SHEET], "dataValidation", "sqref") == ["D4:D8", "M4:M5"]
    assert attributes(parts[SHEET], "conditionalFormatting", "sqref") == ["F4:F8"]
    assert b"<xm:sqref>F4:F8</xm:sqref>" in parts[SHEET]
    assert Package.read(path).tables["Letters"].last_row == 8


def test_blank_rows_at_the_end_are_used_first(tmp_path):
    path = workbook(tmp_path, rows=0)
    parts = appended(path, [{"date": DAY, "amount": 5}])
    assert attributes(parts[TABLE], "table", "ref") == ["B3:G4"]
    assert seen(path, "Courriers")[3] == ["", DAY, "", "", "", 5.0, ""]
    parts = appended(path, [{"date": DAY, "amount": 6}, {"date": DAY}])
    assert attributes(parts[TABLE], "table", "ref") == ["B3:G6"]
    assert [row[1] for row in seen(path, "Courriers")[3:]] == [DAY, DAY, DAY]


def test_a_row_of_totals_moves_down(tmp_path):
    path = workbook(tmp_path, totals=True)
    parts = appended(path, [{"client": "C9", "amount": 1}])
    assert attributes(parts[TABLE], "table", "ref") == ["B3:G7"]
    assert attributes(parts[TABLE], "autoFilter", "ref") == ["B3:G6"]
    assert "<f>SUBTOTAL(109,[Amount])</f>" in cell_xml(parts[SHEET], "F7")
    assert [row[1] for row in seen(path, "Courriers")[5:]] == ["", "Total"]
    assert attributes(parts[SHEET], "row", "ht") == [None, "24", "24", "24", None]
    assert "<f>" not in cell_xml(parts[SHEET], "F6")
    place = Package.read(path).tables["Letters"]
    assert (place.last_row, place.totals) == (6, True)


@pytest.mark.parametrize("own", [b"<f>SUM(F4:F5)*LOG10(2)</f>", b'<f t="array" ref="F6">SUM([Amount])</f>'])
def test_a_total_of_ones_own_is_not_moved(tmp_path, own):
    package = Package.read(workbook(tmp_path, totals=True))
    package.parts[SHEET] = package.parts[SHEET].replace(b"<f>SUBTOTAL(109,[Amount])</f>", own)
    sentence = refused(package, lambda: append_rows(package, "Letters", [{"client": "C9"}]), "ooxml.totals_row")
    assert "(cell F6)" in sentence


@pytest.mark.parametrize(("below", "count", "cell"), [("C6", 1, "C6"), ("G8", 3, "G8"), ("C7", 1, ""), ("A6", 1, "")])
def test_nothing_below_the_table_is_written_over(tmp_path, below, count, cell):
    path = workbook(tmp_path, below=below)
    package = Package.read(path)
    rows = [{"client": "C9"}] * count
    if cell:
        sentence = refused(package, lambda: append_rows(package, "Letters", rows), "ooxml.below_table")
        assert f"(cell {cell})" in sentence
    else:
        appended(path, rows)
        assert any("do not lose me" in row for row in seen(path, "Courriers"))


@pytest.mark.parametrize("put", [
    lambda sheet: sheet.add_table("G7:H8", {"name": "Other", "header_row": False, "autofilter": False}),
    lambda sheet: sheet.merge_range("C7:D8", ""),
    lambda sheet: sheet.write_array_formula("A6:B7", "{=X1:Y2}", None, ""),
])
def test_what_covers_empty_cells_below_is_in_the_way_too(tmp_path, put):
    def fill(book):
        letters(book)
        put(book.get_worksheet_by_name("Courriers"))

    package = Package.read(made(tmp_path / "book.xlsx", fill))
    refused(package, lambda: append_rows(package, "Letters", [{"client": "C"}] * 2), "ooxml.below_table")


def test_the_end_of_the_sheet_is_the_end(tmp_path):
    def fill(book):
        sheet = book.add_worksheet()
        sheet.add_table(1_048_574, 0, 1_048_575, 1, {"name": "Letters", "data": [["a", "b"]],
                                                     "columns": [{"header": "Date"}, {"header": "Client"}]})

    package = Package.read(made(tmp_path / "book.xlsx", fill))
    refused(package, lambda: append_rows(package, "Letters", [{"client": "C"}]), "ooxml.sheet_full")


def test_a_value_without_a_column_is_refused_and_an_empty_one_is_not(tmp_path):
    path = workbook(tmp_path)
    package = Package.read(path)
    refused(package, lambda: append_rows(package, "Letters", [{"client": "C9"}, {"author": "MD"}]),
            "ooxml.column_missing")
    refused(package, lambda: append_rows(package, "Journal", [{"client": "C9"}]), "ooxml.table_missing")
    append_rows(package, "letters", [{"client": "C9", "author": "", "file": None}])
    assert package.rows("Courriers", 6, 3, 6, 3) == [["C9"]]


def test_columns_are_known_in_french_moved_and_among_others(tmp_path):
    def fill(book):
        headers = ["Mon suivi", "Montant", "Client", "Date"]
        book.add_worksheet("Courriers").add_table(0, 0, 1, 3, {"name": "Letters",
                                                               "columns": [{"header": one} for one in headers]})

    path = made(tmp_path / "book.xlsx", fill)
    appended(path, [{"date": DAY, "client": "C1", "amount": 3, "mon suivi": "rappeler"}])
    assert seen(path, "Courriers")[1] == ["rappeler", 3.0, "C1", 46346.0]


def test_of_two_columns_that_could_be_meant_the_one_of_that_name_is(tmp_path):
    def fill(book):
        headers = ["Code client", "Client", "Customer no", "Amount (EUR)", "Amount"]
        book.add_worksheet("S").add_table(0, 0, 1, 4, {"name": "Invoices", "columns": [{"header": one}
                                                                                       for one in headers]})

    path = made(tmp_path / "book.xlsx", fill)
    appended(path, [{"client": "C1", "Amount": 3, "Code client": "411C1"}], "Invoices")
    assert seen(path, "S")[1] == ["411C1", "C1", "", "", 3.0]


def test_no_rows_change_nothing(tmp_path):
    package = Package.read(workbook(tmp_path))
    before = dict(package.parts)
    append_rows(package, "Letters", [])
    assert package.parts == before


def test_a_column_that_excel_calculates_gets_its_formula(tmp_path):
    formula = "Letters[[#This Row],[Amount]]*2"

    def fill(book):
        columns = [{"header": "Client"}, {"header": "Amount"}, {"header": "Double", "formula": formula}]
        sheet = book.add_worksheet("L")
        sheet.add_table("A1:C2", {"name": "Letters", "columns": columns})

    path = made(tmp_path / "book.xlsx", fill)
    parts = appended(path, [{"client": "C1", "amount": 1}, {"client": "C2", "amount": 2}])
    assert attributes(parts["xl/tables/table1.xml"], "table", "ref") == ["A1:C3"]
    assert f"<f>{formula}</f>" in cell_xml(parts[SHEET], "C3")


def test_a_formula_that_moves_has_excel_order_its_calculation_anew(tmp_path):
    path = workbook(tmp_path, totals=True)
    package = Package.read(path)
    add_calculation_chain(package)
    package.parts["xl/unknown.bin"] = b"kept"
    append_rows(package, "Letters", [{"client": "C1"}])
    assert not any("calcChain" in name for name in package.parts)
    assert package.parts.pop("xl/unknown.bin") == b"kept"
    assert b"calcChain" not in package.parts[CONTENT_TYPES] + package.parts["xl/_rels/workbook.xml.rels"]
    package.write(path)
    assert errors(path) == []


def test_the_calculation_order_is_kept_where_no_formula_moves(tmp_path):
    package = Package.read(workbook(tmp_path))
    add_calculation_chain(package)
    append_rows(package, "Letters", [{"client": "C1"}])
    assert "xl/calcChain.xml" in package.parts


def add_calculation_chain(package):
    """As Excel leaves it."""
    package.parts["xl/calcChain.xml"] = (
        b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<calcChain xmlns='
        b'"http://schemas.openxmlformats.org/spreadsheetml/2006/main"><c r="F6" i="1"/></calcChain>')
    base = "application/vnd.openxmlformats-officedocument.spreadsheetml.calcChain+xml"
    types, rels = package.parts[CONTENT_TYPES], package.parts["xl/_rels/workbook.xml.rels"]
    package.parts[CONTENT_TYPES] = types.replace(
        b"</Types>", f'<Override PartName="/xl/calcChain.xml" ContentType="{base}"/></Types>'.encode())
    package.parts["xl/_rels/workbook.xml.rels"] = rels.replace(
        b"</Relationships>", b'<Relationship Id="rId99" Type="http://schemas.openxmlformats.org/officeDocument/2006/'
        b'relationships/calcChain" Target="calcChain.xml"/></Relationships>')


def test_what_we_do_not_know_stays(tmp_path):
    package = Package.read(workbook(tmp_path))
    unknown = (b'<extLst><ext uri="{ABC}" xmlns:new="urn:new"><new:thing new:a="1">kept</new:thing></ext></extLst>'
               b"</worksheet>")
    package.parts[SHEET] = package.parts[SHEET].replace(b"<sheetData>", b"<sheetData><!-- a remark -->").replace(
        b'<row r="4"', b'<row xmlns:n="urn:n" n:z="7" r="4"').replace(b"</worksheet>", unknown)
    package.parts["xl/unknown.bin"] = b"kept"
    append_rows(package, "Letters", [{"client": "C1"}])
    for kept in (b"<!-- a remark -->", b'n:z="7"', b'<new:thing new:a="1">kept</new:thing>', b"mc:Ignorable="):
        assert kept in package.parts[SHEET]
    assert package.parts["xl/unknown.bin"] == b"kept"


def test_a_workbook_of_an_old_mac_counts_its_days_from_1904(tmp_path):
    path = made(tmp_path / "book.xlsx", letters, date_1904=True)
    appended(path, [{"date": DAY, "client": "C1"}])
    assert seen(path, "Courriers")[5][1] == DAY


@pytest.fixture(scope="module")
def good(tmp_path_factory):
    return made(tmp_path_factory.mktemp("good") / "good.xlsx", letters).read_bytes()


@pytest.mark.fuzz
@given(text=st.text(st.characters(exclude_categories=["Cs"]), max_size=60)
       | st.sampled_from([ATTACK, "_x0041_", "__x005F_", "a\r\nb", " ", "\t=1", "]]>&amp;", "#N/A", "TRUE", "😀" * 9]))
def test_any_text_comes_back_as_it_was_and_is_never_a_formula(good, text):
    package = Package.of(good)
    append_rows(package, "Letters", [{"client": "C1", "note": text}])
    again = Package.of(package.content())
    allowed = "".join(one for one in text if one in "\t\n\r" or (one >= " " and one not in "\ufffe\uffff"))
    value = again.rows("Courriers", 6, 7, 6, 7)[0][0]
    assert (value or "") == allowed
    assert not isinstance(value, ExcelError)
    assert "<f" not in cell_xml(package.parts[SHEET], "G6").partition("<is>")[0]


def test_other_programs_see_the_attack_as_text(tmp_path):
    path = workbook(tmp_path)
    parts = appended(path, [{"client": ATTACK, "note": "a\x00b\ud800 & <c>\n"}, {"client": " C1", "note": "a\nb"},
                            {"note": "C1"}])
    assert [row[2::4] for row in seen(path, "Courriers")[5:]] == [[ATTACK, "ab & <c>\n"], [" C1", "a\nb"],
                                                              ["", "C1"]]
    assert ["preserve" in cell_xml(parts[SHEET], cell) for cell in ("C6", "G6", "C7", "G7", "G8")] == [
        False, True, True, True, False]


def test_a_text_is_cut_to_what_a_cell_holds(tmp_path):
    package = Package.read(workbook(tmp_path))
    append_rows(package, "Letters", [{"client": "x" * 40_000, "note": "é" + "😀" * 20_000}])
    client, note = package.rows("Courriers", 6, 3, 6, 3)[0][0], package.rows("Courriers", 6, 7, 6, 7)[0][0]
    assert client == "x" * 32_767
    assert note == "é" + "😀" * 16_383


@pytest.mark.parametrize(("value", "expected"), [
    (DAY, 46346.0), (dt.datetime(2026, 11, 20, 6), 46346.25), ("", None), (None, None), (True, True), (12, 12.0),
    ("#N/A", "#N/A"), (ATTACK, ATTACK), (0.1 + 0.2, 0.30000000000000004),
])
def test_one_cell_takes_a_value_and_keeps_its_look(tmp_path, value, expected):
    path = workbook(tmp_path)
    package = Package.read(path)
    before = dict(package.parts)
    set_value(package, "courriers", "B4", value)
    assert package.rows("Courriers", 4, 2, 4, 2) == [[expected]]
    assert attributes(package.parts[SHEET], "c", "s")[6] == attributes(before[SHEET], "c", "s")[6]
    assert {name for name in before if package.parts[name] != before[name]} == {SHEET}
    package.write(path)
    assert errors(path) == []


def test_a_cell_far_out_is_made_in_its_place(tmp_path):
    path = workbook(tmp_path)
    package = Package.read(path)
    for cell in ("AA2", "A4", "D4", "H5", "C1", "A9", "A7", "A8"):
        set_value(package, "Courriers", cell, cell)
    package.write(path)
    assert errors(path) == []
    rows = seen(path, "Courriers")
    assert (rows[1][26], rows[3][0], rows[3][3], rows[4][7], rows[0][2]) == ("AA2", "A4", "D4", "H5", "C1")
    assert attributes(package.parts[SHEET], "dimension", "ref") == ["A1:AA9"]
    assert attributes(package.parts[SHEET], "row", "spans") == [None, None, "2:7", *[None] * 5]


def test_a_formula_of_one_cell_gives_way_and_one_of_several_does_not(tmp_path):
    def fill(book):
        sheet = book.add_worksheet("S")
        sheet.write_formula("A1", "=TODAY()", None, 5)
        sheet.write_array_formula("E1:E1", "{=ROW(1:1)}", None, 1)
        sheet.write_array_formula("B1:B3", "{=ROW(1:3)}", None, 1)

    package = Package.read(made(tmp_path / "book.xlsx", fill))
    add_calculation_chain(package)
    set_value(package, "S", "D1", 1)
    assert "xl/calcChain.xml" in package.parts
    set_value(package, "S", "A1", DAY)
    assert "xl/calcChain.xml" not in package.parts
    package.parts[SHEET] = package.parts[SHEET].replace(b'ref="E1"', b'ref="E1:E1"')  # as LibreOffice writes it
    set_value(package, "S", "E1", DAY)
    assert [cell_xml(package.parts[SHEET], cell) for cell in ("A1", "E1")] == ['<c r="A1"><v>46346</v></c>',
                                                                             '<c r="E1"><v>46346</v></c>']
    for cell in ("B1", "B2"):
        refused(package, lambda cell=cell: set_value(package, "S", cell, 1), "ooxml.shared_formula")
    refused(package, lambda: set_value(package, "T", "A1", 1), "ooxml.sheet_missing")


def test_a_formula_that_others_share_is_not_taken_from_them(tmp_path):
    package = Package.read(made(tmp_path / "book.xlsx", lambda book: book.add_worksheet("S").write("B2", 5)))
    shared = '<row r="1"><c r="A1"><f t="shared" ref="A1:B3" si="0">X1</f><v>1</v></c></row><row r="2"'
    package.parts[SHEET] = package.parts[SHEET].replace(b'<row r="2"', shared.encode())
    refused(package, lambda: set_value(package, "S", "A1", 1), "ooxml.shared_formula")
    set_value(package, "S", "B2", 6)
    assert package.rows("S", 2, 2, 2, 2) == [[6.0]]


def test_a_new_cell_takes_the_look_of_its_row_or_else_of_its_column(tmp_path):
    def fill(book):
        sheet = book.add_worksheet("S")
        sheet.set_column("C:E", 12, book.add_format({"num_format": "dd/mm/yyyy"}))
        sheet.set_row(8, 20, book.add_format({"num_format": "yyyy"}))

    path = made(tmp_path / "book.xlsx", fill)
    package = Package.read(path)
    set_value(package, "S", "D7", DAY)
    set_value(package, "S", "D9", DAY)
    set_value(package, "S", "F7", DAY)
    package.write(path)
    assert seen(path, "S")[6] == ["", "", "", DAY, "", 46346.0]
    assert [cell_xml(package.parts[SHEET], cell)[:16] for cell in ("D7", "D9")] == ['<c r="D7" s="1">',
                                                                                  '<c r="D9" s="2">']


def test_headings_of_the_helper_are_those_of_the_schema():
    from udfs.tables.schema import find_column

    assert [find_column("Letters", one) for one in LETTERS] == ["date", "client", "kind", "level", "amount", None]
