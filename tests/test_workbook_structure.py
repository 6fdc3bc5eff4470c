"""The built workbooks as strangers see them: structure, validators, macro auditors, LibreOffice."""

from __future__ import annotations

import contextlib
import io
import json
import os
import shutil
import subprocess
import zipfile
from pathlib import Path

import pytest
from oletools.olevba import VBA_Parser
from openxml_audit import OpenXmlValidator
from python_calamine import CalamineWorkbook

from addin.ooxml.freeze import frozen
from addin.ooxml.package import Package
from tests.structure import faults, modules, sheet_parts
from udfs.functions import REGISTRY

ROOT = Path(__file__).resolve().parent.parent
BUILT = [ROOT / "workbook" / "credit_manager.xlsm", ROOT / "workbook" / "gestion_credit.xlsm",
         ROOT / "addin" / "start" / "credit_manager.xlsm", ROOT / "addin" / "start" / "gestion_credit.xlsm"]
SDK = ROOT / ".tools" / "node_modules" / ".bin" / "ooxml-validator"
OFFICE = shutil.which("soffice")

every_workbook = pytest.mark.parametrize("path", BUILT, ids=lambda path: f"{path.parent.name}-{path.stem}")


@pytest.fixture(scope="module")
def parts() -> dict[str, bytes]:
    with zipfile.ZipFile(BUILT[0]) as package:
        return {name: package.read(name) for name in package.namelist()}


def zipped(parts: dict[str, bytes]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as package:
        for name, content in parts.items():
            package.writestr(name, content)
    return target.getvalue()


@every_workbook
def test_the_structure_is_sound(path):
    assert faults(path.read_bytes()) == []


TABLE, SHEET = "xl/tables/table1.xml", "xl/worksheets/sheet5.xml"


@pytest.mark.parametrize(("part", "old", "new", "told"), [
    (TABLE, b'name="Invoice date"', b'name="Day"', "has the heading 'Invoice date'"),
    ("xl/tables/table2.xml", b' name="Payments"', b' name="INVOICES"', "table name invoices is there 2 times"),
    ("xl/tables/table2.xml", b' id="2"', b' id="1"', "table id 1 is there 2 times"),
    (TABLE, b'tableColumns count="', b'tableColumns count="9', "columns are declared"),
    (TABLE, b'ref="A4:', b'ref="A5:', "has the heading"),
    (SHEET, b'<row r="5"', b'<row r="4"', "stands after row 4"),
    ("xl/workbook.xml", b'name="CardClient"', b'name="B7"', "'B7' is no defined name"),
    ("xl/workbook.xml", b'name="CardClient"', b'name="AsOf"', "defined name asof is there 2 times"),
    ("customUI/customUI14.xml", b'id="why"', b'id="today"', "id today is there 2 times"),
    ("customUI/customUI14.xml", b'"CreditPress"', b'"CreditPush"', "callback CreditPush is no Sub"),
    (SHEET, b'codeName="shInvoices"', b'codeName="shOther"', "code name shOther has no module"),
])
def test_a_fault_that_no_validator_sees_is_seen(parts, part, old, new, told):
    assert old in parts[part]
    assert any(told in fault for fault in faults(zipped({**parts, part: parts[part].replace(old, new, 1)})))


def test_a_broken_formula_is_seen(parts):
    home = sheet_parts(parts)["Home"]
    broken = parts[home].replace(b"CREDIT_BOOK(", b"CREDIT_BOOK((", 1)
    assert any("cannot be read" in fault for fault in faults(zipped({**parts, home: broken})))


@every_workbook
def test_openxml_audit_finds_nothing(path):
    assert [str(error) for error in OpenXmlValidator().validate(path).errors] == []


@every_workbook
@pytest.mark.skipif(not SDK.exists() or not shutil.which("node"), reason="the Open XML SDK validator is not installed")
def test_the_open_xml_sdk_finds_nothing(path):
    assert sdk_errors(path) == []


def sdk_errors(path: Path) -> list[str]:
    told = subprocess.run([SDK, path], capture_output=True, text=True, check=False)
    found = json.loads(told.stdout)
    return [] if found["ok"] else [str(error) for error in found["errors"]]


def test_the_frozen_copy_is_sound_for_all(tmp_path):
    copy = tmp_path / "copy.xlsx"
    frozen(Package.read(BUILT[1])).write(copy)
    assert faults(copy.read_bytes()) == []
    assert [str(error) for error in OpenXmlValidator().validate(copy).errors] == []
    if SDK.exists():
        assert sdk_errors(copy) == []


@every_workbook
def test_the_macros_are_ascii_small_and_readable_to_an_auditor(path):
    parser = VBA_Parser(str(path))
    found = {name: source for *_, name, source in parser.extract_macros()}
    parser.close()
    sources = dict(modules(path))
    assert {"xlwings", "Dictionary", "CreditServer", "CreditCells", "CreditFunctions", "CreditRibbon", "CreditStart",
            "ThisWorkbook"} <= set(sources)
    assert len(found) >= len(sources)
    for name, source in sources.items():
        assert source.isascii(), name
        if name.startswith("Credit"):
            assert "Shell" not in source, name


@every_workbook
def test_nothing_forces_a_recalculation_at_opening(path):
    with zipfile.ZipFile(path) as package:
        book = package.read("xl/workbook.xml").decode()
    assert 'calcId="191029"' in book
    assert "fullCalcOnLoad" not in book


@every_workbook
def test_calamine_reads_every_sheet(path):
    book = CalamineWorkbook.from_path(str(path))
    assert all(book.get_sheet_by_name(name).to_python() for name in book.sheet_names)


@pytest.mark.skipif(OFFICE is None, reason="LibreOffice is not installed")
@pytest.mark.parametrize("path", BUILT[:2], ids=lambda path: path.stem)
def test_libreoffice_opens_the_workbook_and_draws_every_sheet_of_its_frozen_copy(path, tmp_path):
    """One page a sheet. LibreOffice has none of our functions and recalculates spills: it shows values when frozen."""
    assert drawn(path, tmp_path / "macros").stat().st_size > 50_000
    copy = tmp_path / f"{path.stem}.xlsx"
    frozen(Package.read(path)).write(copy)
    pdf = drawn(copy, tmp_path / "frozen")
    if not shutil.which("pdftotext"):
        pytest.skip("poppler is not installed")
    text = subprocess.run(["pdftotext", "-layout", pdf, "-"], capture_output=True, text=True, check=True).stdout
    pages = text.strip("\f").split("\f")
    with zipfile.ZipFile(copy) as package:
        assert len(pages) == len([name for name in package.namelist() if name.startswith("xl/worksheets/sheet")])
    assert all(page.strip() for page in pages)
    assert "Comptoir de Valfictif" in pages[0]
    cut_off = [(page.split()[0], sign) for page in pages[:4] for sign in ("###", "#VALUE!", "#NAME?", "#REF!")
               if sign in page]
    assert cut_off == []


def drawn(path: Path, folder: Path) -> Path:
    """The sheets as LibreOffice prints them."""
    folder.mkdir()
    command = [OFFICE, f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless", "--convert-to",
               'pdf:calc_pdf_Export:{"SinglePageSheets":{"type":"boolean","value":"true"}}', "--outdir", folder, path]
    for patience in (60, 180):
        # Its first start in a new profile now and then waits for ever.
        with contextlib.suppress(subprocess.TimeoutExpired):
            subprocess.run(command, check=True, capture_output=True, timeout=patience,
                           env={**os.environ, "HOME": str(folder)})
            break
    return folder / f"{path.stem}.pdf"


@every_workbook
def test_no_table_and_no_name_is_called_as_a_function(path):
    """Names know no case: in a formula Excel could take one for the other."""
    package = Package.read(path)
    called = {name.casefold() for name in (*package.tables, *package.names)}
    assert {name for name in REGISTRY if name.casefold() in called} == set()
