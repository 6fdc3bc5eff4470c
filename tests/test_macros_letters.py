"""The letter buttons: what is said before a letter is written, what is written, and never twice."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest

from addin.letters.write import FileInUse
from addin.macros.letters import letters_due
from tests.plain_host import PlainHost, press
from udfs.errors import CreditError, NotAvailable

POLICY = [["key", "value"], ["company_name", "Vendeur"], ["company_form", "SAS"], ["company_address1", "1 rue A"],
          ["company_postcode", "69001"], ["company_city", "Lyon"], ["company_rcs", "RCS Lyon 732 829 320"],
          ["company_iban", "FR7630006000011234567890189"], ["company_phone", "04"], ["signatory_name", "Moi"],
          ["signatory_title", "Credit manager"]]
TABLES = {
    "Invoices": [["client", "invoice", "date", "due_date", "amount", "paid_date"],
                 ["C1", "F1", "2026-08-01", "2026-11-01", 1000.0, ""],
                 ["C2", "F2", "2026-08-01", "2026-10-01", 500.0, ""],
                 ["C3", "F3", "2026-08-01", "2026-11-01", 300.0, ""],
                 ["C3", "F4", "2026-08-01", "2026-09-01", 5.0, "2026-11-19"]],
    "Clients": [["client", "name", "address1", "postcode", "city"], ["C1", "Dupont", "2 rue B", "75001", "Paris"],
                ["C2", "Durand", "3 rue C", "75002", "Paris"], ["C3", "Martin", "", "75003", "Paris"]],
    "Policy": POLICY,
    "Letters": [["date", "client", "kind", "level", "invoices", "amount", "author", "file"],
                ["2026-10-10", "C2", "reminder", 1.0, "F2", 500.0, "", ""],
                ["2026-10-20", "C2", "reminder", 2.0, "F2", 500.0, "", ""],
                ["2026-11-01", "C2", "reminder", 3.0, "F2", 500.0, "", ""]],
}
PLAN = ("3 letters of 20 Nov 2026, for €1,800.00 in all: 2 × reminder 1, 1 × formal notice. "
        "Folder: {folder}")


def host(folder: Path, **changes: Any) -> PlainHost:
    tables = {name: rows for name, rows in {**TABLES, **changes.pop("tables", {})}.items() if rows}
    return PlainHost(folder, tables, **changes)


@pytest.fixture
def today(monkeypatch: pytest.MonkeyPatch) -> None:
    """The clock stands at 20 November 2026."""
    monkeypatch.setattr("addin.macros.dates.this_day", lambda: dt.date(2026, 11, 20))


def test_what_would_be_written_is_told_and_confirmed(tmp_path, today):
    workbook = host(tmp_path)
    told = press("letters_due", workbook, "yes")
    (question,) = workbook.questions
    assert question.kind == "confirm"
    assert question.text == PLAN.format(folder=tmp_path / "Letters") + "\n\nWrite them?"
    lines = told.split("\n")
    assert lines[0] == f"2 letters written into {tmp_path / 'Letters'}. Save the workbook: it holds the register."
    assert "registered" in lines[1]
    assert "1 letter was not written:" in lines
    assert lines[-1] == 'The letter to client C3 is not written. Fill in: "Address" on sheet Clients.'
    assert sorted(path.name for path in (tmp_path / "Letters").iterdir()) == [
        "2026-11-20 C1 Dupont relance-1.docx", "2026-11-20 C2 Durand mise-en-demeure.docx"]


def test_each_letter_has_its_row_in_the_register_and_is_not_written_again(tmp_path, today):
    workbook = host(tmp_path)
    press("letters_due", workbook, "yes")
    written = [(row["client"], row["kind"], row["level"], row["invoices"], float(row["amount"]), row["file"])
               for row in workbook.rows("Letters")[3:]]
    # The formal notice demands late interest (two half-years: 50 days at 12.40 %, 8.49) and 40 EUR too.
    assert written == [("C1", "reminder", 1, "F1", 1000.0, "2026-11-20 C1 Dupont relance-1.docx"),
                       ("C2", "formal_notice", 4, "F2", 548.49, "2026-11-20 C2 Durand mise-en-demeure.docx")]
    press("letters_due", workbook, "yes")
    assert len(workbook.rows("Letters")) == 5
    assert len(list((tmp_path / "Letters").iterdir())) == 2


def test_no_is_no(tmp_path):
    workbook = host(tmp_path)
    assert press("letters_due", workbook, "no") == ""
    assert not (tmp_path / "Letters").exists()


def test_letters_of_another_day_warn_first(tmp_path):
    workbook = host(tmp_path)
    press("letters_due", workbook, "no")
    assert "the workbook is as of 20 Nov 2026, not of today" in workbook.questions[0].text


def test_only_the_selected_clients_are_written_to(tmp_path, today):
    workbook = host(tmp_path, selected=["C1", "C1"])
    told = press("letters_selection", workbook, "yes")
    assert workbook.questions[0].text.startswith("1 letter of 20 Nov 2026, for €1,000.00: 1 × reminder 1.")
    assert told.startswith("1 letter written")
    assert [path.name for path in (tmp_path / "Letters").iterdir()] == ["2026-11-20 C1 Dupont relance-1.docx"]


def test_without_a_selection_nothing_is_written(tmp_path):
    with pytest.raises(NotAvailable, match="No client is selected"):
        press("letters_selection", host(tmp_path))


def test_a_client_who_owes_nothing_gets_no_letter(tmp_path, today):
    tables = {"Invoices": [*TABLES["Invoices"], ["C4", "F9", "2026-11-01", "2026-12-31", 10.0, ""]]}
    assert press("letters_selection", host(tmp_path, tables=tables, selected=["C4"])) == (
        "No letter is due as of 20 Nov 2026.")


def test_old_payments_are_asked_about_before_anything_else(tmp_path, today):
    tables = {"Invoices": [*TABLES["Invoices"][:4], ["C3", "F4", "2026-08-01", "2026-09-01", 5.0, "2026-10-01"]]}
    workbook = host(tmp_path, tables=tables)
    assert press("letters_due", workbook, "no") == ""
    assert workbook.questions[0].text.startswith("The last payment in the tables is of 1 Oct 2026")
    assert workbook.questions[0].text.endswith("Are all payments entered? Yes goes on to the letters.")
    press("letters_due", workbook, "yes", "yes")
    assert len(list((tmp_path / "Letters").iterdir())) == 2


def test_a_letter_that_cannot_be_recorded_is_taken_away_again(tmp_path):
    class Full(PlainHost):
        def append(self, table: str, rows: Any) -> None:
            raise FileInUse("letters.file_in_use", file="credit.xlsm", detail="open")

    workbook = Full(tmp_path, TABLES)
    with pytest.raises(CreditError, match=r"credit\.xlsm"):
        list(letters_due(workbook, "ana"))
    assert list((tmp_path / "Letters").iterdir()) == []


def test_a_stop_between_letter_and_register_leaves_whole_letters_only(tmp_path):
    """The letter stands in its file before its row is written, so a register never names a letter that is not."""
    workbook = host(tmp_path)
    first = next(letters_due(workbook, "ana"))
    assert first.file is not None
    assert first.file.is_file()
    assert [row["file"] for row in workbook.rows("Letters")[3:]] == [first.file.name]


def test_the_folder_is_opened_once_it_is_there(tmp_path):
    workbook = host(tmp_path)
    assert press("folder", workbook) == f"No letter was written yet; they will be in {tmp_path / 'Letters'}."
    (tmp_path / "Letters").mkdir()
    assert press("folder", workbook) == ""
    assert workbook.seen == [("open", tmp_path / "Letters")]


def test_many_refusals_are_cut_to_a_few(tmp_path, today):
    invoices = [[f"X{number}", f"F{number}", "2026-08-01", "2026-11-01", 100.0, ""] for number in range(7)]
    workbook = host(tmp_path, tables={"Invoices": [*TABLES["Invoices"], *invoices]})
    told = press("letters_due", workbook, "yes")
    assert "8 letters were not written:" in told
    assert told.endswith("… and 4 more.")
    assert len(told) <= 1000
