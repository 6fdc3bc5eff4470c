"""The frozen copy: values only, nothing of the add-in left, everything else as it was."""

from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess

import pytest

from addin.ooxml.freeze import frozen
from addin.ooxml.package import Package
from addin.ooxml.patch import patch_values
from addin.ooxml.relations import CONTENT_TYPES
from addin.ooxml.values import ExcelError
from tests.ooxml_checks import attributes, cell_xml, errors, letters, made, seen

SHEET = "xl/worksheets/sheet3.xml"
OFFICE = shutil.which("soffice")
RIBBON = ('<Relationship Id="rIdRibbon" Type="http://schemas.microsoft.com/office/2007/relationships/ui/extensibility" '
          'Target="customUI/customUI14.xml"/></Relationships>')


def drawn(book):
    """A workbook as ours: hidden sheets before and behind, a spill, a chart, totals, all kinds of names."""
    settings = book.add_worksheet("xlwings.conf")
    settings.write_row(0, 0, ["INTERPRETER", "C:\\Users\\marie\\pythonw.exe"])
    settings.write_comment("A1", "INTERPRETER")
    letters(book, totals=True)
    sheet = book.add_worksheet("Credit")
    bold = book.add_format({"bold": True})
    sheet.write_dynamic_array_formula("A1:A1", "=CREDIT_TABLE(Book)", bold, 0)
    sheet.write_formula("F1", "=NA()", None, "#N/A")
    sheet.write_formula("F2", "=1+1", bold, 2)
    sheet.write_formula("F3", "='xlwings.conf'!B1", None, "x")
    sheet.write("F4", "a constant")
    sheet.set_first_sheet()
    sheet.activate()
    sheet.print_area("A1:F9")
    sheet.data_validation("G1", {"validate": "list", "source": "=Choices"})
    book.add_worksheet("_IntelliSense_").write(0, 0, "FunctionInfo")
    book.define_name("AsOf", "=Credit!$F$2")
    book.define_name("Choices", "=Credit!$F$1:$F$4")
    book.define_name("Interpreter", "='xlwings.conf'!$B$1")
    book.define_name("Everything", "=CREDIT_BOOK(Credit!$F$2)")
    for name in ("xlwings.conf", "_IntelliSense_"):
        book.get_worksheet_by_name(name).hide()
    book.set_properties({"title": "Credit"})


@pytest.fixture
def package(tmp_path):
    (tmp_path / "vba.bin").write_bytes(b"\xd0\xcf\x11\xe0 any project")

    def fill(book):
        book.add_vba_project(tmp_path / "vba.bin")
        drawn(book)

    found = Package.read(made(tmp_path / "book.xlsm", fill))
    found.parts["customUI/customUI14.xml"] = b'<customUI xmlns="http://schemas.microsoft.com/office/2009/07/customui"/>'
    found.parts["xl/workbook.xml"] = found.parts["xl/workbook.xml"].replace(
        b"<definedNames>", b'<definedNames><definedName name="CREDIT_LIMIT" function="1" vbProcedure="1" hidden="1">'
        b"#NAME?</definedName>")
    found.parts["_rels/.rels"] = found.parts["_rels/.rels"].replace(b"</Relationships>", RIBBON.encode())
    patch_values(found, {("Credit", "A1"): [["client", "amount"], ["C1", 12.5], ["=C2", ExcelError("#N/A")]]})
    return found


def test_the_copy_shows_what_the_workbook_showed(package, tmp_path):
    before = dict(package.parts)
    frozen(package).write(tmp_path / "copy.xlsx")
    assert package.parts == before
    assert errors(tmp_path / "copy.xlsx") == []
    rows = Package.read(tmp_path / "copy.xlsx").rows("Credit", 1, 1, 4, 6)
    assert rows == [["client", "amount", None, None, None, "#N/A"], ["C1", 12.5, None, None, None, 2.0],
                    ["=C2", "#N/A", None, None, None, "x"], [None, None, None, None, None, "a constant"]]
    assert isinstance(rows[0][5], ExcelError)
    assert seen(tmp_path / "copy.xlsx", "Credit")[2][0] == "=C2"


def test_no_formula_macro_or_ribbon_is_left(package):
    copy = frozen(package)
    sheets = [content for name, content in copy.parts.items() if "worksheets/sheet" in name]
    assert not any(re.search(rb'<f\b|\bcm=|\bvm=|CREDIT_|t="str"', content) for content in sheets)
    assert not any(re.search(r"vba|customUI|metadata", name) for name in copy.parts)
    assert not re.search(rb"vba|macro|customUI|metadata", copy.parts[CONTENT_TYPES])
    assert b"customUI" not in copy.parts["_rels/.rels"]
    assert b"sheet.main+xml" in copy.parts[CONTENT_TYPES]


def test_our_hidden_sheets_are_gone_with_all_that_speaks_of_them(package):
    copy = frozen(package)
    assert list(copy.sheets) == ["Courriers", "Home", "Credit"]
    assert copy.names == {"AsOf": "Credit!$F$2", "Choices": "Credit!$F$1:$F$4"}
    book = copy.parts["xl/workbook.xml"]
    assert attributes(book, "definedName", "localSheetId") == [None, None, "2"]
    assert attributes(book, "workbookView", "activeTab") == ["2"]
    assert attributes(book, "workbookView", "firstSheet") == ["2"]
    everything = b"".join(copy.parts.values())
    owners = [name.replace("_rels/", "").removesuffix(".rels") for name in copy.parts if name.endswith(".rels")]
    assert {owner for owner in owners if owner} <= set(copy.parts)
    for word in (b"marie", b"INTERPRETER", b"FunctionInfo", b"IntelliSense", b"xlwings"):
        assert word not in everything


def test_formats_tables_lists_rules_and_charts_stay(package):
    copy = frozen(package)
    table = copy.parts["xl/tables/table1.xml"]
    assert attributes(table, "table", "ref") == attributes(package.parts["xl/tables/table1.xml"], "table", "ref")
    assert b"totalsRowFunction" not in table
    assert attributes(copy.parts["xl/worksheets/sheet4.xml"], "dataValidation", "sqref") == ["G1"]
    assert cell_xml(copy.parts["xl/worksheets/sheet4.xml"], "F2") == '<c r="F2" s="3"><v>2</v></c>'
    for kept in ("xl/charts/chart1.xml", "xl/styles.xml", "xl/comments2.xml", "xl/drawings/drawing1.xml"):
        assert copy.parts[kept] == package.parts[kept]


def test_a_hidden_sheet_that_a_list_reads_stays(tmp_path):
    def fill(book):
        drawn(book)
        book.get_worksheet_by_name("Credit").data_validation("G2", {"validate": "list",
                                                                    "source": "='xlwings.conf'!$A$1:$A$2"})

    frozen(Package.read(made(tmp_path / "book.xlsx", fill))).write(tmp_path / "copy.xlsx")
    assert list(Package.read(tmp_path / "copy.xlsx").sheets) == ["xlwings.conf", "Courriers", "Home", "Credit"]
    assert errors(tmp_path / "copy.xlsx") == []


def test_a_workbook_that_is_frozen_stays_as_it_is(package):
    once = frozen(package)
    assert unzip(frozen(once)) == unzip(once)


def unzip(package):
    return {name: content for name, content in package.parts.items() if name != CONTENT_TYPES}


@pytest.mark.skipif(OFFICE is None, reason="LibreOffice is not installed")
def test_libreoffice_opens_the_copy(package, tmp_path):
    frozen(package).write(tmp_path / "copy.xlsx")
    # LibreOffice now and then hangs while it starts on a busy machine: then once more, with a new profile.
    if not converted(tmp_path / "copy.xlsx", tmp_path / "first"):
        assert converted(tmp_path / "copy.xlsx", tmp_path / "second")
    assert (tmp_path / "copy-Credit.csv").read_text(encoding="utf-8").splitlines()[:3] == [
        "client,amount,,,,#N/A", "C1,12.5,,,,2", "=C2,#N/A,,,,x"]


def converted(path, profile):
    """One csv file a sheet, beside the workbook; whether LibreOffice came to an end."""
    each_sheet = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,-1"
    process = subprocess.Popen([OFFICE, f"-env:UserInstallation={profile.as_uri()}", "--headless", "--convert-to",
                                each_sheet, "--outdir", path.parent, path], stdout=subprocess.DEVNULL,
                               stderr=subprocess.DEVNULL, start_new_session=True,
                               env={**os.environ, "HOME": str(profile)})
    try:
        return process.wait(60) == 0
    except subprocess.TimeoutExpired:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        return False
