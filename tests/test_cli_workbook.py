"""The command line on a workbook of ours: the ribbon's buttons without Excel."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any, NamedTuple

import pytest
from rich.progress import Progress

from addin import cli
from addin.macros import new_workbook as making
from addin.ooxml.package import Package
from addin.screen import letters as screen_letters
from tests.small_workbook import EMPTY, build


class Done(NamedTuple):
    code: int
    out: str
    err: str

    @property
    def json(self) -> dict[str, Any]:
        found: dict[str, Any] = json.loads(self.out)
        return found


@pytest.fixture
def run(tmp_path, monkeypatch, capsys):
    """One call of the command, in a folder of its own, by a user who speaks English."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("LC_ALL", "en_GB.UTF-8")
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.setenv("LOCALAPPDATA", str(tmp_path / "state"))
    monkeypatch.setenv("COLUMNS", "200")

    def call(*arguments: str) -> Done:
        monkeypatch.setattr(sys, "argv", ["credit-manager", *arguments])
        with pytest.raises(SystemExit) as stop:
            cli.main()
        told = capsys.readouterr()
        return Done(int(stop.value.code or 0), told.out, told.err)

    return call


@pytest.fixture
def book(tmp_path: Path) -> Path:
    return build(tmp_path / "credit.xlsm")


def journal(path: Path) -> list[list[Any]]:
    return written(path, "Journal")


def written(path: Path, table: str) -> list[list[Any]]:
    package = Package.read(path)
    place = package.tables[table]
    rows = package.rows(place.sheet, place.first_row + 1, 1, place.last_row, len(place.columns))
    return [[value for value in row if value is not None] for row in rows]


def test_the_commands_that_read_take_the_date_of_the_workbook(run, book):
    found = run("calc", "credit.xlsm", "--json").json
    assert found["as_of"] == "2026-11-20"
    assert [(client["client"], client["exposure"]) for client in found["clients"]] == [("C1", 1000.0), ("C2", 490.0)]
    assert run("check", "credit.xlsm", "--json").json["issues"] == []
    assert "Limit €3,000.00: starter line binds" in run("explain", "credit.xlsm", "C1").out
    assert run("calc", "credit.xlsm", "--as-of", "2026-10-01", "--json").json["as_of"] == "2026-10-01"


def test_letters_stand_beside_the_workbook_and_in_its_own_register(run, book, tmp_path):
    first = run("letters", "credit.xlsm")
    assert first.code == 0, first.err
    assert f"1 letter written into {tmp_path.resolve() / 'Letters'}" in first.out
    assert [file.name for file in (tmp_path / "Letters").iterdir()] == ["2026-11-20 C1 Dupont relance-1.docx"]
    assert "No letter is due." in run("letters", "credit.xlsm").out
    assert not list(tmp_path.glob("**/Letters.csv"))


def test_letters_of_a_workbook_may_go_elsewhere(run, book, tmp_path):
    assert run("letters", "credit.xlsm", "--out", "post", "--json").json["letters"][0]["client"] == "C1"
    assert len(list((tmp_path / "post").iterdir())) == 1
    assert run("letters", "credit.xlsm", "--out", "post", "--json").json["letters"] == []


def test_a_promise_is_recorded_and_holds_the_letter_back(run, book):
    done = run("record", "credit.xlsm", "C1", "promise", "--due", "28/11/2026")
    assert done.code == 0, done.err
    assert "C1 Dupont promises €1,000.00 for 28 Nov 2026 (all that is late)." in done.out
    assert journal(book)[0][:5] == [46346.0, "C1", "promise", 1000.0, 46354.0]
    assert "No letter is due." in run("letters", "credit.xlsm").out


def test_a_call_and_a_decision_are_recorded(run, book):
    assert run("record", "credit.xlsm", "c1", "call", "--note", "Busy", "--json").json["client"] == "C1"
    found = run("record", "credit.xlsm", "C2", "decision", "--amount", "5 000", "--until", "2027-01-31", "--note",
                "Known", "--json").json
    assert (found["amount"], found["due"], found["note"]) == (5000.0, "2027-01-31", "Known")
    assert [row[1:3] for row in journal(book)] == [["C1", "call"], ["C2", "decision"]]


@pytest.mark.parametrize(("arguments", "code", "sentence"), [
    (["record", "credit.xlsm", "C1", "call"], 2, "A call needs --note."),
    (["record", "credit.xlsm", "C1", "decision", "--note", "x"], 2, "A decision needs --amount."),
    (["record", "credit.xlsm", "C1", "party"], 2, "is not one of"),
    (["record", "credit.xlsm", "C9", "call", "--note", "x"], 1, 'Client "C9" is in no table of the book.'),
    (["record", "credit.xlsm", "C1", "promise", "--due", "2026-11-01"], 1, "Give a later day."),
    (["record", "credit.xlsm", "C1", "promise", "--invoice", "F2"], 1, '"F2" is no open invoice of client C1 Dupont.'),
    (["today", "credit.xlsm", "--date", "soon"], 1, '"soon" is not a date.'),
    (["freeze", "credit.xlsm", "--out", "credit.xlsm"], 1, "is there already"),
    (["recalculate", "nothing.xlsm"], 1, '"nothing.xlsm" is not there.'),
    (["start", "--out", "credit.xlsm"], 1, '"credit.xlsm" is there already.'),
    (["start", "list.csv"], 2, "Missing option '--out'"),
])
def test_refusals_are_one_sentence_and_change_nothing(run, book, arguments, code, sentence):
    before = book.read_bytes()
    done = run(*arguments)
    assert done.code == code
    assert sentence in " ".join(done.err.split())
    assert "Traceback" not in done.err
    assert book.read_bytes() == before


def test_the_date_is_changed_with_every_answer(run, book):
    assert run("today", "credit.xlsm", "--date", "10/12/2026").out == "The answers are now as of 10 Dec 2026.\n"
    assert Package.read(book).rows("Home", 3, 2, 3, 2)[0][0].endswith("as of 2026-12-10")


def test_recalculate_fills_the_formulas(run, book):
    assert run("recalculate", "credit.xlsm").out == "As of 20 Nov 2026: clients 2, invoices 2, 0 points to check.\n"
    assert Package.read(book).rows("Home", 4, 2, 4, 2) == [[3000.0]]
    assert run("recalculate", "credit.xlsm", "--json").json["not_computed"] == []


def test_freeze_makes_a_copy_of_values(run, book, tmp_path):
    assert run("freeze", "credit.xlsm", "--json").json == {"file": str(tmp_path.resolve() / "credit 2026-11-20.xlsx")}
    assert run("freeze", "credit.xlsm", "--out", "for the auditor.xlsx").code == 0
    assert (tmp_path / "for the auditor.xlsx").is_file()


def test_a_frozen_copy_makes_no_folder_that_a_slip_of_the_pen_names(run, book, tmp_path):
    done = run("freeze", "credit.xlsm", "--out", "nowhere/copy.xlsx")
    assert (done.code, done.err) == (1, "Refused: The folder nowhere is not there. Make it, or give another one.\n")
    assert not (tmp_path / "nowhere").exists()


def test_what_is_written_as_of_another_day_says_how_to_change_it(run, book):
    done = run("letters", "credit.xlsm")
    assert done.err.startswith("Take care: the workbook is as of 20 Nov 2026, not of today; "
                               "credit-manager today changes it.")
    assert "not of today" not in run("letters", "credit.xlsm", "--as-of", "2026-11-20").err
    assert "credit-manager today changes it" in run("record", "credit.xlsm", "C1", "call", "--note", "Busy").out


def test_letters_that_are_stopped_tell_what_was_written(run, book, monkeypatch):
    class Stopped(Progress):
        def advance(self, task: Any) -> None:
            raise KeyboardInterrupt

    monkeypatch.setattr(screen_letters, "Progress", Stopped)
    done = run("letters", "credit.xlsm")
    assert done.code == 1
    assert "1 letter written into" in done.out
    assert "2026-11-20 C1 Dupont relance-1.docx" in done.out
    assert "Aborted!" in done.err
    assert len(written(book, "Letters")) == 1


@pytest.mark.parametrize("arguments", [
    ["calc", "nothing.csv", "--language", "fr"], ["letters", "nothing.csv", "--language", "fr"],
    ["start", "nothing.csv", "--out", "new.xlsm", "--language", "fr"], ["explain", "french.xlsm", "C9"],
    ["record", "french.xlsm", "C9", "call", "--note", "x"], ["today", "french.xlsm", "--date", "soon"],
])
def test_a_refusal_speaks_the_language_asked_for_else_that_of_the_workbook(run, tmp_path, arguments):
    build(tmp_path / "french.xlsm", language="fr")
    done = run(*arguments)
    assert (done.code, done.err.split()[0]) == (1, "Refusé")


def test_start_makes_a_workbook_from_files(run, tmp_path, monkeypatch):
    build(tmp_path / "credit_manager.xlsm", EMPTY)
    monkeypatch.setattr(making, "START", tmp_path)
    (tmp_path / "list.csv").write_text("client,invoice,date,amount\nC1,F1,2026-11-01,100\n", encoding="utf-8")
    found = run("start", "list.csv", "--out", "my.xlsm", "--json").json
    assert (found["file"], found["rows"], found["source_balance"], found["summary"]["balance"]) == (
        "my.xlsm", {"Invoices": 1, "Clients": 1}, 100.0, 100.0)
    assert "C1" in run("calc", "my.xlsm", "--as-of", "2026-11-20").out
    empty = run("start", "--out", "empty.xlsm")
    assert empty.out.startswith("empty.xlsm is ready, as of ")


def test_start_refuses_files_in_which_it_recognises_nothing(run, tmp_path):
    (tmp_path / "list.csv").write_text("hello,world\n1,2\n", encoding="utf-8")
    done = run("start", "list.csv", "--out", "my.xlsm")
    assert (done.code, done.out) == (1, "")
    assert "One table needs the headings client, invoice, date and amount (found: hello, world)." in done.err
    assert not (tmp_path / "my.xlsm").exists()


def test_start_speaks_the_language_of_the_workbook(run, tmp_path, monkeypatch):
    build(tmp_path / "gestion_credit.xlsm", EMPTY, language="fr")
    monkeypatch.setattr(making, "START", tmp_path)
    (tmp_path / "liste.csv").write_text("client;facture;date;montant\nC1;F1;2026-11-01;100\nC1;F2;2026-11-01;1OO\n",
                                        encoding="utf-8")
    told = run("start", "liste.csv", "--out", "mon crédit.xlsm", "--language", "fr").out.splitlines()
    assert told[1:] == ["Lignes reprises : Factures 2, Clients 1.",
                        "Solde 100,00\u00a0€ : c’est celui de votre fichier, rien n’est perdu.",
                        "1 point à vérifier : credit-manager check."]


def test_the_doctor_says_what_is_in_place(run, book, tmp_path):
    healthy = run("doctor")
    assert (healthy.code, healthy.out.splitlines()[-2]) == (0, "All 4 points are in place.")
    run("recalculate", "credit.xlsm")
    ill = run("doctor", "credit.xlsm", "--json")
    assert ill.code == 1
    assert [check["check"] for check in ill.json["checks"] if not check["ok"]] == ["tests"]
    assert Path(ill.json["report"]).is_file()


def test_a_workbook_that_is_open_elsewhere_is_refused(run, book, tmp_path):
    (tmp_path / "~$credit.xlsm").write_bytes(b"")
    for arguments in (["letters", "credit.xlsm"], ["record", "credit.xlsm", "C1", "call", "--note", "x"],
                      ["today", "credit.xlsm"], ["recalculate", "credit.xlsm"]):
        done = run(*arguments)
        assert done.code == 1
        assert "credit.xlsm" in done.err
    assert not list(tmp_path.glob("Letters/*"))
    assert run("calc", "credit.xlsm").code == 0
