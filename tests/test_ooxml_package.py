"""A workbook as its parts: what is where, what cells hold, and the way back to the file."""

from __future__ import annotations

import datetime as dt
import io
import os
import zipfile
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from addin.ooxml.archive import in_order
from addin.ooxml.package import Package
from addin.ooxml.places import Place
from addin.ooxml.values import ExcelError
from addin.readers.errors import InputRefused
from tests.ooxml_checks import LETTERS, errors, letters, made, unzipped
from udfs.texts import has


@pytest.fixture
def book(tmp_path):
    return made(tmp_path / "book.xlsx", letters)


def code_of(refusal):
    assert has(refusal.value.code, "fr")
    assert refusal.value.sentence("fr") != refusal.value.sentence("en")
    return refusal.value.code


def test_a_workbook_says_what_is_where(tmp_path):
    def fill(book):
        letters(book, totals=True)
        book.set_vba_name("ThisWorkbook")
        book.get_worksheet_by_name("Home").set_vba_name("shHome")
        book.define_name("AsOf", "=Home!$C$3")
        book.define_name("Rows", "=Courriers!$A$1:$A$9")
        book.define_name("Home!Own", "=Home!$A$1")

    package = Package.read(made(tmp_path / "book.xlsx", fill))
    assert package.sheets == {"Courriers": "xl/worksheets/sheet1.xml", "Home": "xl/worksheets/sheet2.xml"}
    assert package.codenames["shHome"] == "Home"
    assert package.tables == {"Letters": Place("Letters", "Courriers", "xl/tables/table1.xml", 3, 2, 5, 7, LETTERS,
                                               True)}
    assert package.names == {"AsOf": "Home!$C$3", "Rows": "Courriers!$A$1:$A$9"}
    assert package.cell_of("AsOf") == ("Home", "C3")
    assert not package.since_1904


def test_names_are_found_whatever_the_case_of_their_letters(book):
    package = Package.read(book)
    assert package.table("LETTERS").name == "Letters"
    assert package.rows("HOME", 1, 1, 1, 2) == [["a", 1.0]]


def test_what_is_not_there_is_refused_by_its_name(tmp_path):
    def fill(book):
        letters(book)
        book.define_name("Clients", "=Home!$A:$A")

    package = Package.read(made(tmp_path / "b.xlsx", fill))
    for ask, code in ((lambda: package.table("Journal"), "ooxml.table_missing"),
                      (lambda: package.rows("Nowhere", 1, 1, 1, 1), "ooxml.sheet_missing"),
                      (lambda: package.cell_of("AsOf"), "ooxml.name_missing"),
                      (lambda: package.cell_of("Clients"), "ooxml.name_missing")):
        with pytest.raises(InputRefused) as refusal:
            ask()
        assert code_of(refusal) == code


def test_a_quoted_sheet_name_is_read_as_it_is(tmp_path):
    def fill(book):
        book.add_worksheet("L'été 2026")
        book.define_name("Day", "='L''été 2026'!$B$2")

    assert Package.read(made(tmp_path / "b.xlsx", fill)).cell_of("day") == ("L'été 2026", "B2")


def test_cells_are_read_as_they_stand(tmp_path):
    def fill(book):
        sheet, red = book.add_worksheet("S"), book.add_format({"font_color": "red"})
        sheet.write_string(0, 0, "#N/A")
        sheet.write_rich_string(0, 1, "amount ", red, "due ", "now")
        sheet.write_datetime(0, 2, dt.datetime(2026, 11, 20, 12), book.add_format({"num_format": "dd/mm/yyyy"}))
        sheet.write_boolean(1, 0, False)
        sheet.write_formula(1, 1, "=NA()", None, "#N/A")
        sheet.write_formula(1, 2, '="a"', None, "a")
        sheet.write_string(2, 2, "_x0041_ & <b>")
        sheet.write_blank(2, 1, None, red)

    rows = Package.read(made(tmp_path / "b.xlsx", fill)).rows("S", 1, 1, 4, 3)
    assert rows == [["#N/A", "amount due now", 46346.5], [False, "#N/A", "a"], [None, None, "_x0041_ & <b>"],
                    [None, None, None]]
    assert [type(cell) for cell in rows[1]] == [bool, ExcelError, str]
    assert type(rows[0][0]) is str


SHEET = ('<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
         '<sheetData>{}</sheetData></worksheet>')


def with_sheet(path, cells):
    """The first sheet of a workbook replaced by these cells."""
    package = Package.read(path)
    package.parts["xl/worksheets/sheet1.xml"] = SHEET.format(cells).encode()
    return package


@pytest.mark.parametrize(("cells", "expected"), [
    ("<row><c><v>1</v></c><c/><c><v>3</v></c></row><row r='2'><c r='B2'><v>5</v></c><c><v>6</v></c></row>",
     [[1.0, None, 3.0], [None, 5.0, 6.0]]),
    ("<row r='2'><c r='A2' t='inlineStr'><is><r><t>a</t></r><r><t>b</t></r><rPh sb='0' eb='1'><t>x</t></rPh></is></c>"
     "<c r='B2' t='d'><v>2026-11-20T00:00:00</v></c><c r='C2' t='str'><v>_x000D_</v></c></row>"
     "<row r='3'><c r='A3' t='str'><f>X1</f><v></v></c><c r='B3'><f>X2</f></c><c r='C3' t='s'><v>0</v></c></row>",
     [[None, None, None], ["ab", 46346.0, "\r"], ["", None, "Date"]]),
])
def test_what_excel_does_not_write_itself_is_read_too(book, cells, expected):
    assert with_sheet(book, cells).rows("Courriers", 1, 1, len(expected), 3) == expected


@pytest.mark.parametrize("cells", ["<row r='1'><c r='A1'><v>abc</v></c></row>", "<row r='x'/>", "<row",
                                   "<row r='1'><c r='A1' t='s'><v>99</v></c></row>", "<row r='1'><c r='1A'/></row>"])
def test_a_sheet_that_says_nonsense_is_refused(book, cells):
    with pytest.raises(InputRefused) as refusal:
        with_sheet(book, cells).rows("Courriers", 1, 1, 9, 9)
    assert code_of(refusal) == "readers.damaged"


def test_no_entity_is_resolved(book, tmp_path):
    (tmp_path / "secret.txt").write_text("secret")
    package = Package.read(book)
    package.parts["xl/worksheets/sheet1.xml"] = (
        f'<!DOCTYPE worksheet [<!ENTITY x SYSTEM "{(tmp_path / "secret.txt").as_uri()}">]>'.encode()
        + SHEET.format("<row r='1'><c r='A1' t='str'><v>&x;</v></c></row>").encode())
    assert package.rows("Courriers", 1, 1, 1, 1) == [[""]]


def test_writing_keeps_every_part_and_is_the_same_each_time(book, tmp_path):
    Package.read(book).write(tmp_path / "one.xlsx")
    Package.read(tmp_path / "one.xlsx").write(tmp_path / "two.xlsx")
    assert (tmp_path / "one.xlsx").read_bytes() == (tmp_path / "two.xlsx").read_bytes()
    assert unzipped(tmp_path / "one.xlsx") == unzipped(book)
    with zipfile.ZipFile(tmp_path / "one.xlsx") as package:
        assert package.namelist()[0] == "[Content_Types].xml"
        assert {(one.date_time, one.create_system) for one in package.infolist()} == {((1980, 1, 1, 0, 0, 0), 0)}
    assert errors(tmp_path / "one.xlsx") == []


def test_the_content_types_come_first_whatever_the_order_of_the_parts(book):
    package = Package.read(book)
    package.parts = dict(reversed(package.parts.items()))
    with zipfile.ZipFile(io.BytesIO(package.content())) as written:
        assert written.namelist() == ["[Content_Types].xml",
                                      *(name for name in package.parts if name != "[Content_Types].xml")]


def test_the_file_is_what_the_standard_library_would_write_also_when_one_part_changed(book):
    package = Package.read(book)
    package.parts["xl/media/été.bin"] = b""
    for _ in range(2):
        target = io.BytesIO()
        with zipfile.ZipFile(target, "w") as expected:
            for name in in_order(package.parts):
                member = zipfile.ZipInfo(name)
                member.create_system, member.compress_type = 0, zipfile.ZIP_DEFLATED
                expected.writestr(member, package.parts[name])
        assert package.content() == target.getvalue()
        package.parts["xl/workbook.xml"] += b"<!-- changed -->"
        package.parts.pop("docProps/app.xml", None)


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_a_file_with_two_parts_of_one_name_is_damaged(book):
    with zipfile.ZipFile(book, "a") as package:
        package.writestr("XL/workbook.xml", "<workbook/>")
    with pytest.raises(InputRefused) as refusal:
        Package.read(book)
    assert code_of(refusal) == "readers.damaged"


@pytest.mark.parametrize("lock", ["~$book.xlsx", ".~lock.book.xlsx#"])
def test_a_workbook_that_is_open_elsewhere_is_left_alone(book, tmp_path, lock):
    before = book.read_bytes()
    (tmp_path / lock).write_text("")
    with pytest.raises(InputRefused, match="open in another program") as refusal:
        Package.read(book).write(book)
    assert lock in refusal.value.sentence("fr")
    assert code_of(refusal) == "ooxml.open_elsewhere"
    assert book.read_bytes() == before


@pytest.mark.parametrize(("error", "code"), [(PermissionError(13, "denied"), "ooxml.held"),
                                             (OSError(28, "No space left on device"), "ooxml.not_written")])
def test_an_interrupted_write_leaves_the_old_file_whole_and_nothing_beside_it(book, tmp_path, monkeypatch, error, code):
    before = book.read_bytes()

    def fail(*_):
        raise error

    monkeypatch.setattr(os, "replace", fail)
    with pytest.raises(InputRefused) as refusal:
        Package.read(book).write(book)
    assert code_of(refusal) == code
    assert book.read_bytes() == before
    assert [path.name for path in tmp_path.iterdir()] == ["book.xlsx"]


@pytest.mark.parametrize("mode", [0o444, 0o400])
def test_a_write_protected_file_is_left_alone(book, mode):
    before = book.read_bytes()
    book.chmod(mode)
    with pytest.raises(InputRefused) as refusal:
        Package.read(book).write(book)
    assert code_of(refusal) == "ooxml.held"
    assert book.read_bytes() == before


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such modes")
def test_a_file_keeps_its_rights_and_a_link_stays_a_link(book, tmp_path):
    book.chmod(0o640)
    (tmp_path / "link.xlsx").symlink_to(book)
    Package.read(book).write(tmp_path / "link.xlsx")
    assert (tmp_path / "link.xlsx").is_symlink()
    assert book.stat().st_mode & 0o777 == 0o640


@pytest.mark.parametrize(("content", "code"), [
    (b"", "ooxml.not_a_workbook"), (b"client;montant", "ooxml.not_a_workbook"), (b"PK\x03\x04", "readers.damaged"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "readers.protected"),
])
def test_what_is_no_workbook_is_refused(tmp_path, content, code):
    path = tmp_path / "book.xlsx"
    path.write_bytes(content)
    with pytest.raises(InputRefused) as refusal:
        Package.read(path)
    assert code_of(refusal) == code
    with pytest.raises(InputRefused) as refusal:
        Package.read(tmp_path / "absent.xlsx")
    assert code_of(refusal) == "readers.missing"


def test_another_office_file_is_no_workbook(tmp_path):
    with zipfile.ZipFile(tmp_path / "letter.docx", "w") as package:
        package.writestr("word/document.xml", "<document/>")
    with pytest.raises(InputRefused) as refusal:
        Package.read(tmp_path / "letter.docx")
    assert code_of(refusal) == "ooxml.not_a_workbook"


def test_a_file_that_would_unpack_to_more_than_memory_is_refused(book, monkeypatch):
    monkeypatch.setattr("addin.ooxml.archive.LARGEST_UNPACKED", 10_000)
    with pytest.raises(InputRefused) as refusal:
        Package.read(book)
    assert code_of(refusal) == "readers.too_big"


def read_or_refused(content):
    """Everything that can be asked of a workbook, asked."""
    try:
        package = Package.of(content)
        for place in package.tables.values():
            package.rows(place.sheet, place.first_row, place.first_column, min(place.last_row, 99), place.last_column)
        for name in package.names:
            package.cell_of(name)
    except InputRefused:
        pass


@pytest.fixture(scope="module")
def good(tmp_path_factory):
    path = tmp_path_factory.mktemp("good") / "good.xlsx"
    return made(path, lambda book: (letters(book), book.define_name("AsOf", "=Home!$A$1"))).read_bytes()


@pytest.mark.fuzz
@given(data=st.data())
def test_any_damage_to_the_file_is_read_or_refused(good, data):
    content = bytearray(good)
    for place in data.draw(st.lists(st.integers(0, len(good) - 1), min_size=1, max_size=6)):
        content[place] = data.draw(st.integers(0, 255))
    read_or_refused(bytes(content[:data.draw(st.integers(1, len(good)) | st.just(len(good)))]))


@pytest.mark.fuzz
@given(data=st.data())
def test_any_damage_to_a_part_is_read_or_refused(good, data):
    with zipfile.ZipFile(io.BytesIO(good)) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    name = data.draw(st.sampled_from(sorted(parts)))
    cuts = sorted(data.draw(st.lists(st.integers(0, len(parts[name])), min_size=2, max_size=4)))
    pieces = [parts[name][start:end] for start, end in pairwise([0, *cuts, len(parts[name])])]
    filler = data.draw(st.sampled_from([b"", b'"', b"<", b"/>", b"99999999", b"-1", b"&#0;", b"\xff", b"A1:B2", b"x:"]))
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as package:
        for part, content in parts.items():
            package.writestr(part, filler.join(pieces) if part == name else content)
    read_or_refused(target.getvalue())
