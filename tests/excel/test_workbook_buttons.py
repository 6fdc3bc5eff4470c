"""Every button of the ribbon pressed in both built workbooks, through their own VBA: replies, cancels, mistakes.

One workbook a language is shared, in a folder with blanks and accents; what a test records stays for the next ones,
so each compares before and after.
"""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import pytest

from addin import log
from addin.hosts.excel import ExcelHost
from addin.macros import BUTTONS
from addin.ooxml.package import Package
from tests.built_workbooks import DEMO, LANGUAGES, Built, Rows
from tests.excel.opened import Desk
from udfs.texts import say

BY_ITSELF, BY_HAND = -4105, -4135  # how Excel calculates
AS_OF, DUE_30 = 46346.0, 46356.0  # 20 and 30 November 2026
# The sheets whose many formulas follow every edit, and are proven elsewhere.
LEFT_ASLEEP = ("functions", "self_test")
LETTERS_DUE = {"C025": 1, "C030": 1, "C031": 2, "C032": 3, "C033": 4, "C034": 2, "C044": 2, "C046": 1}


class Ribbon(Desk):
    """A desk with its ribbon: a press answers what the user is told at last."""

    def __init__(self, *given: Any, **options: Any) -> None:
        super().__init__(*given, **options)
        for code in LEFT_ASLEEP:
            self.excel.book.sheet_named(self.sheet(code)).vba_set("EnableCalculation", False)

    def press(self, button: str, *replies: str | None) -> str:
        self.excel.messages.clear()
        self.excel.questions.clear()
        self.excel.reply(*replies)
        self.excel.press(button)
        assert self.excel.replies == [], "a reply that nobody asked for"
        return self.excel.messages[-1] if self.excel.messages else ""

    def say(self, code: str, **values: Any) -> str:
        return say(f"macros.{code}", self.language, **values)

    def written(self) -> tuple[Any, ...]:
        """All that a button may write: registers, date, client on the card, files."""
        return (self.rows("Journal"), self.rows("Letters"), self.named("AsOf"), self.named("CardClient"),
                [file.name for file in self.files()])

    def files(self) -> list[Path]:
        """The files beside the workbook and below."""
        return sorted(file for file in self.folder.rglob("*") if file.is_file())

    def go(self, code: str, client: str) -> None:
        """Select a cell in the first row that names a client."""
        row = next(row for row in range(5, 600) if self.excel.value(self.sheet(code), f"A{row}") == client)
        self.excel.select(self.sheet(code), f"E{row}")

    def credit(self, client: str) -> list[Any]:
        """The line of a client on the sheet Credit."""
        return next(row for row in self.spill("credit", "CREDIT_TABLE(") if row[0] == client)


@pytest.fixture(scope="module", params=LANGUAGES)
def desk(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Ribbon:
    folder = tmp_path_factory.mktemp(request.param) / "Crédit clients d'été & Cie"
    return Ribbon(DEMO[request.param], request.param, folder)


@pytest.fixture(autouse=True)
def friday(monkeypatch: pytest.MonkeyPatch) -> None:
    """Ana works on 20 November 2026, the day of the demonstration."""
    monkeypatch.setattr("addin.hosts.user.name", lambda: "Ana")
    monkeypatch.setattr("addin.macros.dates.this_day", lambda: dt.date(2026, 11, 20))


# The computed limit, who approved and the Book stand beside decisions only.
NOT_DECIDED = [None, None, None]


def added(before: Rows, after: Rows) -> Rows:
    """The rows below those that were there, which are as they were."""
    assert after[:len(before)] == before
    return after[len(before):]


def plain_blanks(text: str) -> str:
    return text.replace("\xa0", " ")


# --- the ribbon ---


def test_the_ribbon_has_every_button_and_no_other(desk: Ribbon) -> None:
    assert {name for name, control in desk.excel._controls.items() if "onAction" in control} == set(BUTTONS)


@pytest.mark.parametrize("button", ["client_card", "record_call", "record_promise", "record_decision", "start",
                                    "letters_due", "check_data"])
def test_who_cancels_the_first_question_has_changed_nothing(desk: Ribbon, button: str) -> None:
    desk.excel.select(desk.sheet("policy"), "A2")
    before = desk.written()
    desk.press(button, "no" if button in ("letters_due", "check_data") else None)
    assert desk.written() == before


# --- looking ---


def test_today_changes_the_date_and_every_answer_follows(desk: Ribbon, monkeypatch: pytest.MonkeyPatch) -> None:
    before = desk.answers(["home", "client_card", "credit", "ageing"])
    monkeypatch.setattr("addin.macros.dates.this_day", lambda: dt.date(2026, 11, 27))
    told = desk.press("today")
    shown = desk.named("AsOf"), desk.shown("client_card", "AsOf"), desk.figure("receivables"), desk.figure("overdue")
    monkeypatch.setattr("addin.macros.dates.this_day", lambda: dt.date(2026, 11, 20))
    desk.press("today")
    assert told == {"en": "The answers are now as of 27 Nov 2026.",
                    "fr": "Les réponses sont désormais au 27/11/2026."}[desk.language]
    # Nothing was invoiced or paid since, and seven invoices fell due: 68,720.00 and 42,824.93.
    assert shown == (46353.0, 46353.0, 426644.67, pytest.approx(111544.93))
    assert desk.answers(["home", "client_card", "credit", "ageing"]) == before


def test_check_data_shows_one_fault_after_the_other_in_its_cell(desk: Ribbon) -> None:
    first = desk.press("check_data", "no")
    assert "31/02/2026" in first
    assert desk.excel.selection() == f"{desk.sheet('invoices')}!C159"
    second = desk.press("check_data", "yes", "no")
    assert "voir avoir" in second
    assert desk.excel.selection() == f"{desk.sheet('invoices')}!F295"
    last = desk.press("check_data", *["yes"] * 8)
    assert "C099" in last, "the last of the nine, as the answers of the portfolio say"
    sheet, cell = desk.excel.selection().split("!")
    assert (sheet, cell, desk.excel.value(sheet, cell)) == (desk.sheet("invoices"), "A403", "C099")
    assert len(desk.excel.messages) == 9


def test_why_explains_a_computed_cell_a_client_s_row_and_nothing_else(desk: Ribbon) -> None:
    desk.excel.select(*desk.built.where("client_card", "CREDIT_EXPOSURE(CardClient,Book))"))
    assert plain_blanks(desk.press("why")).startswith(
        {"en": "Exposure €66,500.00 = ", "fr": "Encours 66 500,00 € = "}[desk.language])
    desk.go("credit", "C002")
    told = desk.press("why")
    assert told.startswith("C002 · Charpentes Hautcombe-Lussière\n\nREVIEW")
    desk.excel.select(*desk.built.where("home", '"overdue"'))
    assert plain_blanks(desk.press("why")).startswith(
        {"en": "Overdue: 68,720.", "fr": "Échu : 68 720."}[desk.language])
    desk.excel.select(desk.sheet("policy"), "A2")
    assert desk.press("why") == desk.say("nothing_to_explain")


def test_the_card_of_the_client_whose_invoice_is_selected(desk: Ribbon) -> None:
    desk.go("invoices", "C011")
    assert desk.press("client_card") == ""
    assert desk.excel.selection().startswith(f"{desk.sheet('client_card')}!")
    assert [desk.named("CardClient"), desk.shown("client_card", "CREDIT_EXPOSURE(CardClient,Book))")] == [
        "C011", 20000.0]


def test_without_a_selection_the_card_asks_and_asks_again(desk: Ribbon) -> None:
    desk.excel.select(desk.sheet("policy"), "A2")
    assert desk.press("client_card", "C0O2", "c002") == ""
    assert desk.excel.questions[0] == desk.say("which_client")
    assert "C0O2" in desk.excel.questions[1], "the reason comes with the question"
    assert desk.named("CardClient") == "C002"


# --- recording ---


def test_a_call_is_one_row_of_the_journal_and_the_book_knows_it(desk: Ribbon) -> None:
    desk.enter("CardClient", "C011")
    desk.go("invoices", "C011")
    journal, handle = desk.rows("Journal"), desk.named("Book")
    told = desk.press("record_call", "+33 6 rappelle lundi")
    assert told.startswith({"en": "Recorded on 20 Nov 2026: call to C011 ",
                            "fr": "Consigné au 20/11/2026 : appel à C011 "}[desk.language])
    word = {"en": "call", "fr": "appel"}[desk.language]
    row = [AS_OF, "C011", word, None, None, None, "Ana", "+33 6 rappelle lundi", *NOT_DECIDED]
    assert added(journal, desk.rows("Journal")) == [row]
    assert desk.named("Book") != handle
    history = desk.spill("client_card", "CLIENT_HISTORY(")
    assert (history[1][0], history[1][5], history[1][6]) == (AS_OF, "Ana", "+33 6 rappelle lundi")


def test_a_promise_is_asked_again_until_it_can_stand(desk: Ribbon) -> None:
    desk.go("invoices", "C021")
    journal, open_before = desk.rows("Journal"), desk.figure("promises_open")
    amount, day = {"en": ("1,234.56", "30 Nov 2026"), "fr": ("1 234,56", "30/11/2026")}[desk.language]
    desk.press("record_promise", "FA-UNKNOWN", "fa2026-0210", "much", amount, "31/02/2026", "2020-01-01", day)
    invoice, again, promised, more, day_of, no_day, past = desk.excel.questions
    assert "FA-UNKNOWN" in again, "the reason stands before the question, which is asked again"
    assert again.endswith(invoice)
    assert more.endswith(promised)
    assert "31/02/2026" in no_day
    assert past.endswith(day_of)
    word = {"en": "promise", "fr": "promesse"}[desk.language]
    assert added(journal, desk.rows("Journal")) == [
        [AS_OF, "C021", word, "FA2026-0210", 1234.56, DUE_30, "Ana", None, *NOT_DECIDED]]
    assert desk.figure("promises_open") == open_before + 1
    assert desk.excel.day(desk.sheet("journal"), f"F{4 + len(journal) + 1}") == dt.date(2026, 11, 30)


def test_a_promise_cancelled_half_way_writes_nothing(desk: Ribbon) -> None:
    desk.go("invoices", "C021")
    before = desk.written()
    desk.press("record_promise", "", "500", None)
    assert desk.written() == before


def test_a_decision_is_confirmed_and_is_the_limit_in_force(desk: Ribbon) -> None:
    desk.go("clients", "C011")
    before, journal = desk.written(), desk.rows("Journal")
    handle = desk.named("Book")
    day = {"en": "30 Nov 2027", "fr": "30/11/2027"}[desk.language]
    desk.press("record_decision", "9000", day, "comité", "no")
    assert desk.written() == before
    desk.press("record_decision", "9000", day, "comité", "yes")
    word = {"en": "decision", "fr": "décision"}[desk.language]
    assert added(journal, desk.rows("Journal")) == [
        [AS_OF, "C011", word, None, 9000.0, 46721.0, "Ana", "comité", 17_000.0, None, handle.split()[1]]]
    # Exposure 20,000: 11,000 over the limit of 9,000.
    in_force, exposure, _, headroom = desk.credit("C011")[3:7]
    assert [in_force, exposure, headroom] == [9000.0, 20000.0, -11000.0]


# --- letters ---


def test_letters_are_written_once(desk: Ribbon) -> None:
    folder = desk.folder / {"en": "Letters", "fr": "Courriers"}[desk.language]
    register, before = desk.rows("Letters"), desk.written()
    assert desk.press("folder") == desk.say("no_folder", folder=str(folder))
    assert plain_blanks(desk.press("letters_due", "no")).startswith(
        {"en": "8 letters of 20 Nov 2026, for €28,124.00 in all: 3 × reminder 1, 3 × reminder 2, 1 × reminder 3, 1 ×",
         "fr": "8 courriers"}[desk.language])
    assert desk.written() == before
    desk.go("clients", "C001")
    assert desk.press("letters_selection").startswith(desk.say("no_letters", as_of=dt.date(2026, 11, 20)))
    desk.go("clients", "C033")
    assert desk.press("letters_selection", "yes").startswith(desk.say("letters_written", count=1, folder=str(folder)))
    assert [row[1:4] for row in added(register, desk.rows("Letters"))] == [
        ["C033", {"en": "formal notice", "fr": "mise en demeure"}[desk.language], 4.0]]
    assert desk.figure("letters_due") == 7.0
    assert desk.press("letters_due", "yes").startswith(desk.say("letters_written", count=7, folder=str(folder)))
    rows = added(register, desk.rows("Letters"))
    assert {row[1]: row[3] for row in rows} == LETTERS_DUE
    assert [(row[0], row[6]) for row in rows] == [(AS_OF, "Ana")] * 8
    files = sorted(file.name for file in folder.iterdir())
    assert files == sorted(row[7] for row in rows)
    assert all(name.endswith(".docx") for name in files)
    assert (len(files), desk.figure("letters_due")) == (8, 0.0)
    after = desk.written()
    assert desk.press("letters_due").startswith(desk.say("no_letters", as_of=dt.date(2026, 11, 20)))
    assert desk.written() == after
    assert desk.press("folder") == ""
    assert desk.excel.opened == [str(folder)]


# --- a new workbook ---


INVOICES = """Code client;N° facture;Date facture;Échéance;Montant TTC
411DUPONT;FA-1;15/09/2026;15/10/2026;1 200,00
411DUPONT;FA-2;02/11/2026;02/12/2026;350,50
411ÉTÉ;FA-3;02/11/2026;17/11/2026;600,00
"""


def test_start_makes_a_workbook_of_a_list_of_invoices(desk: Ribbon) -> None:
    source, target = desk.folder / "échéancier client.csv", desk.folder / "Mon suivi d'été.xlsm"
    source.write_text(INVOICES, encoding="cp1252", newline="\r\n")
    taken = desk.folder / DEMO[desk.language].name
    before = desk.rows("Journal"), desk.named("Book"), taken.read_bytes()
    told = desk.press("start", str(taken), str(target), str(desk.folder / "nowhere.csv"), f'"{source}"')
    assert len(desk.excel.questions) == 4
    assert taken.name in desk.excel.questions[1], "a workbook that is there is never overwritten"
    assert "nowhere.csv" in desk.excel.questions[3]
    assert str(target) in told
    made = Built(Package.read(target))
    assert made.answers[made.where("home", '"receivables"')] == [[2150.5]]
    credit = made.answers[made.where("credit", "CREDIT_TABLE(")]
    assert {row[0]: row[7] for row in credit[1:]} == {"411DUPONT": 1550.5, "411ÉTÉ": 600.0}
    assert (desk.rows("Journal"), desk.named("Book"), taken.read_bytes()) == before
    assert desk.excel.application.application.vba_get("ActiveWorkbook").vba_get("Name") == target.name


# --- Python that is gone ---


@pytest.mark.parametrize("desk", ["fr"], indirect=True)
def test_a_python_that_was_gone_before_the_press_is_started_and_writes_once(desk: Ribbon) -> None:
    desk.go("invoices", "C001")
    journal, starts = desk.rows("Journal"), desk.excel.server.starts
    desk.excel.server.dies()
    desk.press("record_call", "une fois")
    assert [row[7] for row in added(journal, desk.rows("Journal"))] == ["une fois"]
    assert desk.excel.server.starts == starts + 1
    # The answers of the new Python are those of the one before.
    assert desk.credit("C001")[3:5] == [28000.0, 16800.0]


@pytest.mark.parametrize("desk", ["en"], indirect=True)
def test_a_python_that_dies_between_writing_and_calculating_is_not_asked_again(
        desk: Ribbon, monkeypatch: pytest.MonkeyPatch) -> None:
    desk.go("invoices", "C001")
    journal, application = desk.rows("Journal"), desk.excel.application.application
    modes = []

    def dying(host: ExcelHost, fully: bool = False) -> list[str]:
        modes.append(application.calculation)
        desk.excel.server.dies(before_it_answers=True)
        return []

    monkeypatch.setattr(ExcelHost, "recalculate", dying)
    told = desk.press("record_call", "rien qu'une fois")
    assert [row[7] for row in added(journal, desk.rows("Journal"))] == ["rien qu'une fois"]
    assert told == say("ribbon.text_answer_lost", desk.language)
    assert (modes, application.calculation) == ([BY_HAND], BY_ITSELF), "Excel is left as it was found"
    assert desk.credit("C001")[3:5] == [28000.0, 16800.0]


# --- sharing and help ---


@pytest.fixture(scope="module")
def awake(desk: Ribbon) -> Ribbon:
    """The desk with all sheets calculating again, as a copy must hold their values."""
    for code in LEFT_ASLEEP:
        desk.excel.book.sheet_named(desk.sheet(code)).vba_set("EnableCalculation", True)
    desk.enter("CardClient", "C002")
    return desk


def test_recalculate_reads_all_again_and_changes_nothing(awake: Ribbon) -> None:
    before = awake.answers()
    awake.wipe()
    awake.excel.server.hops.clear()
    told = awake.press("recalculate")
    assert told == {"en": "As of 20 Nov 2026: clients 49, invoices 417, 9 points to check.",
                    "fr": "Au 20/11/2026 : clients 49, factures 417, 9 points à vérifier."}[awake.language]
    assert awake.answers() == before


def test_the_frozen_copy_holds_what_stands_there_and_no_macro(awake: Ribbon) -> None:
    target = awake.folder / f"{DEMO[awake.language].stem} 2026-11-20.xlsx"
    assert awake.press("frozen_copy") == awake.say("frozen", file=str(target))
    copy = Built(Package.read(target))
    assert copy.formulas == {}
    assert not [name for name in copy.package.parts if "vba" in name.lower() or "customui" in name.lower()]
    wanted = awake.answers()
    assert len(wanted) > 300
    assert {place: copy.shown(place, rows) for place, rows in wanted.items()} == wanted


def test_functions_and_about_show_what_there_is(awake: Ribbon) -> None:
    assert awake.press("functions") == ""
    assert awake.excel.selection().startswith(f"{awake.sheet('functions')}!")
    told = awake.press("about")
    assert "xlwings 0.37.8" in told
    assert str(log.path()) in told


def test_the_diagnostic_finds_all_in_place_and_names_no_client(awake: Ribbon) -> None:
    told = awake.press("diagnostic")
    assert told.startswith(awake.say("all_in_place", count=12))
    report = log.path().with_name("diagnostic.txt").read_text(encoding="utf-8-sig")
    assert len(report.splitlines()) == 12
    assert "Tournebise" not in report


def test_the_self_test_holds(awake: Ribbon) -> None:
    tests = [name for name in awake.built.names if name.startswith("test_")]
    assert awake.press("self_test") == awake.say("tests_hold", count=len(tests))
    assert awake.excel.selection().startswith(f"{awake.sheet('self_test')}!")


# --- no Python ---


@pytest.fixture(scope="module")
def no_python(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Ribbon:
    return Ribbon(DEMO[request.param], request.param, tmp_path_factory.mktemp("none"), no_python=True)


@pytest.mark.parametrize(("no_python", "button"), [
    *(("en", button) for button in BUTTONS), ("fr", "letters_due"), ("fr", "record_promise")], indirect=["no_python"])
def test_without_python_every_button_says_so_and_writes_nothing(no_python: Ribbon, button: str) -> None:
    desk = no_python
    before = desk.written()
    told = desk.press(button)
    assert told.startswith(say("ribbon.text_button_no_python", desk.language).partition("%1")[0])
    assert (desk.written(), desk.excel.questions, len(desk.excel.messages)) == (before, [], 1)
    assert desk.figure("receivables") == 426644.67
