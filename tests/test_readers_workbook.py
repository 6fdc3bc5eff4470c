"""Workbooks, read without Excel."""

from __future__ import annotations

import datetime as dt
import zipfile

import pytest
import xlsxwriter

from addin.readers import read
from addin.readers.errors import InputRefused

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # how old Office files and encrypted new ones start


@pytest.fixture
def workbook(tmp_path):
    """Makes book.xlsx with the sheets that `fill` writes."""

    def make(fill, **options):
        path = tmp_path / "book.xlsx"
        with xlsxwriter.Workbook(path, options) as book:
            fill(book)
        return path

    return make


def refused(path):
    with pytest.raises(InputRefused) as refusal:
        read(path)
    assert path.name in refusal.value.sentence("fr")
    return refusal.value.code


def test_cells_keep_their_kind_and_rows_their_number(workbook):
    def fill(book):
        sheet = book.add_worksheet("Factures")
        sheet.write_row(3, 1, ["client", "date", "montant", "saisi le", "soldée"])
        sheet.write_string(5, 1, "00123")
        sheet.write_datetime(5, 2, dt.datetime(2026, 1, 2), book.add_format({"num_format": "dd/mm/yyyy"}))
        sheet.write_number(5, 3, 1234.56)
        with_time = book.add_format({"num_format": "dd/mm/yyyy hh:mm"})
        sheet.write_datetime(5, 4, dt.datetime(2026, 1, 2, 10, 30), with_time)
        sheet.write_boolean(5, 5, True)

    (table,) = read(workbook(fill))
    assert table.name == "Factures"
    assert table.row_numbers == [4, 6]
    assert table.rows == [
        ["", "client", "date", "montant", "saisi le", "soldée"],
        ["", "00123", dt.date(2026, 1, 2), 1234.56, dt.datetime(2026, 1, 2, 10, 30), True],
    ]


def test_the_mac_calendar_gives_the_same_day(workbook):
    def fill(book):
        style = book.add_format({"num_format": "dd/mm/yyyy"})
        book.add_worksheet().write_datetime(0, 0, dt.datetime(2026, 11, 20), style)

    (table,) = read(workbook(fill, date_1904=True))
    assert table.rows == [[dt.date(2026, 11, 20)]]


def test_hidden_sheets_and_the_sheets_of_the_add_in_are_no_data(workbook):
    def fill(book):
        for name in ("Clients", "xlwings.conf", "_IntelliSense_", "Cachée", "Vide", "Factures"):
            sheet = book.add_worksheet(name)
            if name != "Vide":
                sheet.write(0, 0, name)
            if name == "Cachée":
                sheet.hide()

    assert [table.name for table in read(workbook(fill))] == ["Clients", "Factures"]


def test_error_cells_are_not_empty_cells(workbook):
    def fill(book):
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["client", "limite", "solde"])
        sheet.write_row(1, 0, ["C1"])
        sheet.write_formula(1, 1, "=1/0", None, "#DIV/0!")
        sheet.write_formula(1, 2, "=VLOOKUP(A2,X1:Y2,2,0)", None, "#N/A")
        sheet.write_formula(2, 4, "=NA()", None, "#N/A")

    (table,) = read(workbook(fill))
    assert table.rows[1] == ["C1", "#DIV/0!", "#N/A", "", ""]
    assert table.rows[2] == ["", "", "", "", "#N/A"]
    assert table.row_numbers == [1, 2, 3]


def test_a_formula_that_was_never_calculated_is_an_error_not_a_blank(workbook):
    def fill(book):
        sheet = book.add_worksheet()
        sheet.write_row(0, 0, ["client", "montant"])
        sheet.write_string(1, 0, "C1")
        sheet.write_formula(1, 1, "=5*12.5", None, "")
        sheet.write_string(2, 0, "C2")
        sheet.write_formula(2, 1, "=2*12.5", None, 25)

    (table,) = read(workbook(fill))
    assert table.rows[1:] == [["C1", "#N/A"], ["C2", 25.0]]


def test_a_workbook_is_known_by_its_content(workbook, tmp_path):
    path = workbook(lambda book: book.add_worksheet().write(0, 0, "client"))
    assert read(path.rename(tmp_path / "export.csv"))[0].rows == [["client"]]


def test_an_open_document_sheet_is_read(tmp_path):
    cells = "".join(f"<table:table-cell office:value-type='string'><text:p>{text}</text:p></table:table-cell>"
                    for text in ("client", "facture"))
    names = " ".join(f"xmlns:{name}='urn:oasis:names:tc:opendocument:xmlns:{name}:1.0'"
                     for name in ("office", "table", "text"))
    with zipfile.ZipFile(tmp_path / "factures.ods", "w") as package:
        package.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        package.writestr("content.xml", f"<office:document-content {names}><office:body><office:spreadsheet>"
                         f"<table:table table:name='Factures'><table:table-row>{cells}</table:table-row>"
                         "</table:table></office:spreadsheet></office:body></office:document-content>")
        package.writestr("META-INF/manifest.xml", "<manifest/>")
    (table,) = read(tmp_path / "factures.ods")
    assert (table.name, table.rows) == ("Factures", [["client", "facture"]])


def test_a_cell_at_the_very_end_of_a_sheet_is_refused_before_it_takes_all_memory(workbook):
    def fill(book):
        sheet = book.add_worksheet("Factures")
        sheet.write(0, 0, "client")
        sheet.write(1_048_575, 16_383, " x")

    assert refused(workbook(fill)) == "readers.sheet_too_big"


def test_a_workbook_without_any_cell_is_empty(workbook):
    assert refused(workbook(lambda book: book.add_worksheet())) == "readers.empty"


@pytest.mark.parametrize("size", [10, 200, 3000])
def test_a_truncated_workbook_is_damaged(workbook, size):
    path = workbook(lambda book: book.add_worksheet().write_row(0, 0, ["client", "montant"]))
    path.write_bytes(path.read_bytes()[:size])
    assert refused(path) == "readers.damaged"


def test_a_sheet_with_broken_xml_is_damaged(workbook, tmp_path):
    path = workbook(lambda book: book.add_worksheet().write(0, 0, "client"))
    broken = tmp_path / "broken.xlsx"
    with zipfile.ZipFile(path) as source, zipfile.ZipFile(broken, "w") as target:
        for name in source.namelist():
            target.writestr(name, b"<worksheet><row><c" if "sheet1" in name else source.read(name))
    assert refused(broken) == "readers.damaged"


def test_a_workbook_with_a_password_says_so(tmp_path):
    path = tmp_path / "secret.xlsx"
    # Excel wraps an encrypted workbook in an OLE file whose directory names this stream.
    path.write_bytes(OLE + bytes(504) + "EncryptedPackage".encode("utf-16-le"))
    assert refused(path) == "readers.protected"


@pytest.mark.parametrize(("name", "content", "code"), [
    ("book.xlsx", b"", "readers.empty"), ("book.xlsx", b"client;montant\n", "readers.not_a_table"),
    ("book.xls", OLE + bytes(600), "readers.damaged"),
])
def test_what_is_no_workbook_is_refused(tmp_path, name, content, code):
    (tmp_path / name).write_bytes(content)
    assert refused(tmp_path / name) == code


def test_another_office_file_is_no_workbook(tmp_path):
    path = tmp_path / "letter.docx"
    with zipfile.ZipFile(path, "w") as package:
        package.writestr("word/document.xml", "<document/>")
    assert refused(path) == "readers.not_a_table"
