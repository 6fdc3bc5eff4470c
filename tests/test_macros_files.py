"""Frozen copy, self-test and diagnostic: what leaves the workbook, and what is said of it."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path

import pytest

import udfs
from addin.hosts.workbook import WorkbookHost
from addin.macros import diagnostic as looking
from addin.macros import run
from addin.macros.frozen_copy import freeze
from addin.macros.new_name import unused
from addin.ooxml.package import Package
from addin.readers.errors import InputRefused
from tests.small_workbook import ROWS, build


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return build(tmp_path / "my credit.xlsm")


@pytest.fixture(autouse=True)
def log_folder(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path_factory.mktemp("state")
    monkeypatch.setenv("XDG_STATE_HOME", str(folder))
    monkeypatch.setenv("LOCALAPPDATA", str(folder))
    return folder


def test_the_frozen_copy_stands_beside_the_workbook_under_its_date(path, tmp_path):
    assert run("frozen_copy", WorkbookHost(path)) == (
        f"The frozen copy is {tmp_path.resolve() / 'my credit 2026-11-20.xlsx'}: values only, for those who have no "
        "Python.")
    run("frozen_copy", WorkbookHost(path))
    assert sorted(file.name for file in tmp_path.iterdir()) == [
        "my credit 2026-11-20 (2).xlsx", "my credit 2026-11-20.xlsx", "my credit.xlsm"]
    assert Package.read(tmp_path / "my credit 2026-11-20.xlsx").rows("Home", 2, 2, 2, 2) == [[46346.0]]


def test_a_frozen_copy_never_takes_the_place_of_a_file(path, tmp_path):
    host = WorkbookHost(path)
    (tmp_path / "copy.xlsx").write_bytes(b"mine")
    with pytest.raises(InputRefused, match="is there already"):
        freeze(host, tmp_path / "copy.xlsx")
    with pytest.raises(InputRefused, match=r"must end with \.xlsx"):
        freeze(host, tmp_path / "copy.xlsm")
    assert (tmp_path / "copy.xlsx").read_bytes() == b"mine"


def test_a_new_name_counts_up(tmp_path):
    for name in ("a.xlsx", "a (2).xlsx"):
        (tmp_path / name).touch()
    assert unused(tmp_path / "a.xlsx").name == "a (3).xlsx"
    assert unused(tmp_path / "b.xlsx").name == "b.xlsx"


def test_the_self_test_names_the_tests_that_do_not_hold(path):
    assert run("self_test", WorkbookHost(path)) == "1 of 2 tests hold; these do not: never."


def found(host: WorkbookHost | None) -> dict[str, bool]:
    return {check.code: check.ok for check in looking.checks(host)}


def test_the_diagnostic_looks_at_everything(path):
    assert found(WorkbookHost(path)) == {
        "python": True, "package": True, "log": True, "folder": True, "place": True, "version": True, "schema": True,
        "pinned": True, "tables": True, "book": True, "tests": False}
    assert list(found(None)) == ["python", "package", "log", "folder"]


def test_the_diagnostic_tells_what_is_wrong_with_its_remedy_and_writes_a_report(path, log_folder):
    told = run("diagnostic", WorkbookHost(path)).split("\n")
    assert told[0] == "1 point of 11 is not in place."
    assert told[1].startswith("NOT OK · self-test: 0 of 2 tests hold; these do not: limit, never. Recalculate;")
    report = log_folder / "credit-manager" / "diagnostic.txt"
    assert told[2] == f"Report: {report}"
    lines = report.read_text(encoding="utf-8-sig").splitlines()
    assert len(lines) == 11
    assert "ok · calculation: 2 clients, 2 invoices, " in report.read_text(encoding="utf-8-sig")


def test_the_report_names_no_client(path, log_folder):
    run("diagnostic", WorkbookHost(path))
    report = (log_folder / "credit-manager" / "diagnostic.txt").read_text(encoding="utf-8-sig")
    assert not any(name in report for name in ("Dupont", "Durand", "C1", "F1"))


def change(path: Path, part: str, old: str, new: str) -> None:
    package = Package.read(path)
    content = package.parts[part].decode()
    assert old in content
    package.parts[part] = content.replace(old, new).encode()
    package.write(path)


def other_version(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(udfs, "__version__", "0.2.0")


def other_layout(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(looking, "WORKBOOK_SCHEMA", "2")


def other_xlwings(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(looking, "installed", lambda package: "0.99.0")


def table_gone(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    part = next(place.part for name, place in Package.read(path).tables.items() if name == "Rates")
    change(path, part, 'displayName="Rates"', 'displayName="Courses"')


def stray_functions(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(udfs, "__file__", "/home/ana/udfs.py")


def store_python(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "executable", r"C:\Users\ana\AppData\Local\Microsoft\WindowsApps\python.exe")


def no_invoices(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    part = next(place.part for name, place in Package.read(path).tables.items() if name == "Invoices")
    change(path, part, 'name="Invoice date"', 'name="Colour"')


@pytest.mark.parametrize(("fault", "code"), [
    (other_version, "version"), (other_layout, "schema"), (other_xlwings, "pinned"), (table_gone, "tables"),
    (stray_functions, "package"), (store_python, "python"), (no_invoices, "book")])
def test_each_fault_is_found(path, monkeypatch, fault: Callable[..., None], code):
    before = found(WorkbookHost(path))
    fault(path, monkeypatch)
    after = found(WorkbookHost(path))
    assert [name for name in after if after[name] != before[name]] == [code]
    check = next(check for check in looking.checks(WorkbookHost(path)) if check.code == code)
    for language in ("en", "fr"):
        assert not check.sentence(language).endswith(f"remedy_{code}")


class InTheCloud(WorkbookHost):
    """The workbook as Excel sees it when OneDrive holds it and Excel is of the Store."""

    workbook = "https://example.sharepoint.com/sites/x/my credit.xlsm"
    program = r"Excel 16.0, C:\Program Files\WindowsApps\Microsoft.Office.Desktop"


def test_a_workbook_in_the_cloud_and_an_excel_of_the_store_are_told(path):
    after = found(InTheCloud(path))
    assert (after["place"], after["program"]) == (False, False)


def test_a_workbook_of_an_empty_client_list_is_still_looked_at(tmp_path):
    path = build(tmp_path / "new.xlsm", {"Policy": ROWS["Policy"]})
    assert found(WorkbookHost(path))["book"] is True
