"""A workbook on disk without Excel: what is read, what is added, and that nothing else ever changes."""

from __future__ import annotations

import datetime as dt
import os
from pathlib import Path

import pytest

from addin.hosts import conf
from addin.hosts.workbook import WorkbookHost
from addin.macros.letters import letters_due
from addin.ooxml.package import Package
from addin.readers.errors import InputRefused
from addin.table_names import in_excel
from tests.small_workbook import ROWS, TABLES, build
from udfs.errors import CreditError


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return build(tmp_path / "my credit.xlsm")


def cells(path: Path, table: str) -> list[dict[str, object]]:
    """The filled cells of each row of a table, by heading."""
    package = Package.read(path)
    place = package.tables[in_excel(table)]
    rows = package.rows(place.sheet, place.first_row + 1, place.first_column, place.last_row, place.last_column)
    return [{name: value for name, value in zip(place.columns, row, strict=True) if value is not None}
            for row in rows]


def test_its_date_language_and_tables_are_those_of_the_workbook(path):
    host = WorkbookHost(path)
    assert (host.as_of, host.language, host.program) == (dt.date(2026, 11, 20), "en", "")
    assert host.workbook == str(path.resolve())
    assert host.book.clients.codes == ["C1", "C2"]
    assert float(host.book.exposure[0]) == 1000.0
    assert [issue.code for issue in host.book.issues] == []
    assert WorkbookHost(path, as_of="2026-10-01").as_of == dt.date(2026, 10, 1)


def test_the_handle_is_that_of_the_cell(path):
    host = WorkbookHost(path)
    host.recalculate()
    assert host.copy().rows("Home", 3, 2, 3, 2)[0][0] == host.book.handle


def test_letters_go_beside_the_workbook_in_its_language(path, tmp_path):
    assert WorkbookHost(path).letters_folder == tmp_path.resolve() / "Letters"
    french = build(tmp_path / "mon crédit.xlsm", language="fr")
    assert WorkbookHost(french, language="en").letters_folder == tmp_path.resolve() / "Courriers"
    assert WorkbookHost(path, letters_folder=tmp_path / "out").letters_folder == tmp_path / "out"


def test_a_row_added_stands_in_the_file_at_once(path):
    WorkbookHost(path).append("Journal", [
        {"date": dt.date(2026, 11, 20), "client": "C1", "event": "promise", "amount": 1000.0,
         "due": dt.date(2026, 11, 28), "note": "=1+1", "invoice": ""}])
    assert cells(path, "Journal") == [{"Date": 46346.0, "Client": "C1", "Event": "promise", "Amount": 1000.0,
                                       "For the date": 46354.0, "Note": "=1+1"}]


def test_a_french_workbook_shows_french_words(tmp_path):
    path = build(tmp_path / "mon crédit.xlsm", language="fr")
    WorkbookHost(path).append("Journal", [{"date": dt.date(2026, 11, 20), "client": "C1", "event": "promise",
                                           "due": dt.date(2026, 11, 28)}])
    assert cells(path, "Journal")[0]["Événement"] == "promesse"
    assert WorkbookHost(path).book.reminders == []


def test_a_new_date_brings_every_answer_up_to_date(path):
    host = WorkbookHost(path)
    host.set_as_of(dt.date(2026, 12, 10))
    again = WorkbookHost(path)
    assert again.as_of == dt.date(2026, 12, 10)
    assert again.copy().rows("Home", 3, 2, 3, 2)[0][0].endswith("as of 2026-12-10")
    assert conf.settings(again.copy())["calculated_at"] == f"{dt.datetime.now():%Y-%m-%d %H:%M}"


def test_answers_follow_what_is_recorded(path):
    host = WorkbookHost(path)
    assert host.recalculate() == []
    before = host.copy().rows("Home", 4, 2, 4, 2)
    assert before == [[3000.0]]
    handle = host.copy().rows("Home", 3, 2, 3, 2)[0][0]
    host.append("Letters", [{"date": dt.date(2026, 11, 20), "client": "C1", "kind": "reminder", "level": 1}])
    host.recalculate()
    assert WorkbookHost(path).copy().rows("Home", 3, 2, 3, 2)[0][0] != handle


def test_letters_are_written_once_and_all_other_tables_stay_as_they_are(path, tmp_path):
    parts = Package.read(path).parts
    before = {name: cells(path, name) for name in TABLES}
    outcomes = list(letters_due(WorkbookHost(path), "ana"))
    assert [outcome.client for outcome in outcomes] == ["C1"]
    assert list(letters_due(WorkbookHost(path), "ana")) == []
    (letter,) = (tmp_path / "Letters").iterdir()
    assert letter.name == "2026-11-20 C1 Dupont relance-1.docx"
    assert cells(path, "Letters") == [{"Date": 46346.0, "Client": "C1", "Kind of letter": "reminder", "Level": 1.0,
                                       "Invoices": "F1", "Amount": 1000.0, "Author": "ana", "File": letter.name}]
    assert {name: cells(path, name) for name in TABLES if name != "Letters"} == {
        name: rows for name, rows in before.items() if name != "Letters"}
    assert Package.read(path).parts.keys() >= {name for name in parts if "calcChain" not in name}


def test_a_workbook_open_in_excel_is_refused_and_no_letter_is_left(path, tmp_path):
    (tmp_path / "~$my credit.xlsm").write_bytes(b"")
    before = path.read_bytes()
    with pytest.raises(CreditError, match=r"my credit\.xlsm"):
        list(letters_due(WorkbookHost(path), "ana"))
    assert list((tmp_path / "Letters").iterdir()) == []
    assert path.read_bytes() == before


def test_what_another_program_wrote_meanwhile_is_never_overwritten(path):
    host = WorkbookHost(path)
    WorkbookHost(path).append("Journal", [{"date": dt.date(2026, 11, 20), "client": "C2", "event": "call"}])
    with pytest.raises(InputRefused, match="was changed by another program"):
        host.append("Journal", [{"date": dt.date(2026, 11, 20), "client": "C1", "event": "call"}])
    assert [row["Client"] for row in cells(path, "Journal")] == ["C2"]
    host.append("Journal", [{"date": dt.date(2026, 11, 20), "client": "C1", "event": "call"}])
    assert [row["Client"] for row in cells(path, "Journal")] == ["C2", "C1"]


def test_a_stop_after_a_letter_repeats_nothing_that_is_recorded(path, tmp_path):
    rows = {**ROWS, "Invoices": [*ROWS["Invoices"], {**ROWS["Invoices"][0], "client": "C2", "invoice": "F3"}]}
    build(path, rows)
    walk = letters_due(WorkbookHost(path), "ana")
    next(walk)
    walk.close()
    assert len(cells(path, "Letters")) == 1
    list(letters_due(WorkbookHost(path), "ana"))
    assert sorted(row["Client"] for row in cells(path, "Letters")) == ["C1", "C2"]
    assert len(list((tmp_path / "Letters").iterdir())) == 2


def test_a_file_that_shows_nothing_takes_every_show_calmly(path):
    host = WorkbookHost(path, clients=["C1"])
    host.select("Invoices", 4, "amount")
    host.show("functions")
    host.show_client("C1")
    host.open(path)
    assert host.selected_formula() is None
    assert host.selected_clients() == ["C1"]


@pytest.mark.parametrize("content", [b"", b"client,invoice\n", b"PK\x03\x04broken"])
def test_what_is_no_workbook_of_ours_is_refused(tmp_path, content):
    path = tmp_path / "other.xlsm"
    path.write_bytes(content)
    with pytest.raises(InputRefused, match=r"other\.xlsm"):
        WorkbookHost(path)


def test_a_workbook_without_our_tables_is_refused_with_the_way_out(tmp_path):
    import xlsxwriter

    path = tmp_path / "other.xlsx"
    xlsxwriter.Workbook(path).close()
    with pytest.raises(InputRefused, match="is no workbook of Credit Manager"):
        WorkbookHost(path)


def test_a_workbook_that_is_gone_meanwhile_is_told(path):
    host = WorkbookHost(path)
    os.remove(path)
    with pytest.raises(InputRefused, match="is not there"):
        host.append("Journal", [{"date": dt.date(2026, 11, 20), "client": "C1", "event": "call"}])
