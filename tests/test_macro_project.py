"""A drawn workbook becomes one with macros: its parts, its VBA project, and what that does in Excel."""

import datetime as dt
import io
import re
import zipfile
from importlib.metadata import version

import pytest
from oletools.olevba import VBA_Parser
from openxml_audit import OpenXmlValidator
from pyopenvba import ExcelFile

import addin.macros
from addin import XLWINGS_VERSION
from addin.build.macro_project import MACRO_TYPE, PLAIN_TYPE, SOURCES, with_macros
from addin.build.workbook.draft import HIDDEN, SHEETS
from addin.codename import codename
from tests.drawn_workbook import NOTED_AT, drawn
from tests.excel.excel import NOT_AVAILABLE, WRONG_VALUE, Excel
from udfs.errors import WrongArgument

MODULES = {"xlwings", "Dictionary", "CreditFunctions", "CreditArguments", "CreditBooks", "CreditCells", "CreditConf",
           "CreditMemory", "CreditRibbon", "CreditServer", "CreditStart"}
MANUAL, AUTOMATIC = -4135, -4105
HANDLE = re.compile("Book [0-9a-f]{12} · 3 clients · 4 invoices · 0 issues")


@pytest.fixture(scope="module")
def content():
    return with_macros(drawn(), "en")


@pytest.fixture(scope="module")
def parts(content):
    return unpacked(content)


@pytest.fixture(scope="module")
def path(content, tmp_path_factory):
    path = tmp_path_factory.mktemp("macros") / "workbook.xlsm"
    path.write_bytes(content)
    return path


@pytest.fixture
def excel(path):
    excel = Excel(path)
    excel.open()
    excel.server.hops.clear()
    return excel


def unpacked(content):
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        return {name: package.read(name) for name in package.namelist()}


def shown(excel, formula, cell="D1"):
    excel.enter("Home", cell, formula)
    return excel.value("Home", cell)


# The file

def test_it_is_the_same_on_every_run(content):
    again = with_macros(drawn(), "en")
    assert unpacked(again) == unpacked(content)
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        assert {(one.date_time, one.create_system) for one in package.infolist()} == {((1980, 1, 1, 0, 0, 0), 0)}
        assert package.namelist()[0] == "[Content_Types].xml"


def test_it_is_a_workbook_with_macros_and_everything_drawn_is_still_there(parts):
    before = unpacked(drawn())
    assert parts["[Content_Types].xml"].count(MACRO_TYPE) == 1
    assert PLAIN_TYPE not in parts["[Content_Types].xml"]
    assert set(parts) - set(before) == {"xl/vbaProject.bin", "customUI/customUI.xml", "customUI/customUI14.xml"}
    assert set(before) <= set(parts)
    changed = {name for name in before if parts[name] != before[name]}
    assert changed == {"[Content_Types].xml", "_rels/.rels", "xl/workbook.xml", "xl/_rels/workbook.xml.rels"}


def test_excel_does_not_recalculate_it_on_opening(parts):
    workbook = parts["xl/workbook.xml"].decode()
    assert re.findall(r"<calcPr [^>]*>", workbook) == ['<calcPr calcId="191029"/>']
    assert "fullCalcOnLoad" not in workbook
    assert re.findall(r'(?:lastEdited|lowestEdited)="(\d)"', workbook) == ["7", "7"]
    # Drawn charts leave out what Excel took for granted in 2007: a later version would add names to their labels.
    assert b"<AppVersion>12.0000</AppVersion>" in parts["docProps/app.xml"]


def test_both_ribbons_are_related_to_the_workbook(parts):
    found = dict(re.findall(r'Type="([^"]*extensibility)" Target="([^"]*)"', parts["_rels/.rels"].decode()))
    assert found == {"http://schemas.microsoft.com/office/2006/relationships/ui/extensibility": "customUI/customUI.xml",
                     "http://schemas.microsoft.com/office/2007/relationships/ui/extensibility":
                         "customUI/customUI14.xml"}
    assert b"Journ\xc3\xa9e" in unpacked(with_macros(drawn("fr"), "fr"))["customUI/customUI14.xml"]


def test_validators_find_nothing(path):
    assert OpenXmlValidator().validate(path).errors == []
    with ExcelFile(path) as workbook:
        assert workbook.validate() == []


# The VBA project

def test_every_sheet_has_its_module_and_every_source_is_in(path):
    with ExcelFile(path) as workbook:
        found = workbook.vba_modules()
        assert {one.name for one in workbook.references()} == {"stdole", "Office"}, "IRibbonControl is one of Office's"
    documents = {"ThisWorkbook", *map(codename, (*SHEETS, *HIDDEN))}
    assert set(found) == documents | MODULES
    assert {path.stem for path in SOURCES.glob("*.bas")} == MODULES - {"xlwings", "Dictionary", "CreditFunctions"}
    for source in SOURCES.glob("*.*s"):
        assert found[source.stem].endswith(source.read_bytes().decode("ascii").partition("Option Explicit")[2])
    for text in found.values():
        assert text.isascii()
        assert text.count("\n") == text.count("\r\n")


def test_olevba_reads_every_module(path):
    found = VBA_Parser(str(path))
    assert {name.rpartition(".")[0] for _, _, name, _ in found.extract_macros()} >= MODULES
    assert "CreditPress" in next(text for _, _, name, text in found.extract_macros() if name == "CreditRibbon.bas")
    found.close()


def test_one_version_of_xlwings_in_the_package_the_settings_and_the_declarations(path, excel):
    assert version("xlwings") == XLWINGS_VERSION
    conf = {excel.value("credit.conf", f"A{row}"): excel.value("credit.conf", f"B{row}") for row in range(1, 6)}
    assert conf["xlwings"] == XLWINGS_VERSION
    with ExcelFile(path) as workbook:
        declared = re.findall(r'Lib "xlwings\d\d-(.*?)\.dll"', workbook.get_module("xlwings"))
        text = workbook.get_module("xlwings")
    assert set(declared) == {XLWINGS_VERSION}
    assert len(declared) == 9
    assert "Redistribution and use in source and binary forms" in text
    assert XLWINGS_VERSION in (SOURCES / "NOTICE.txt").read_text(encoding="utf-8")


def test_a_workbook_that_is_not_as_xlsxwriter_writes_it_is_refused():
    with pytest.raises(ValueError, match="calcPr"):
        with_macros(_without(drawn(), "xl/workbook.xml", rb"<calcPr [^>]*/>"), "en")


def test_another_xlwings_than_the_pinned_one_is_refused(monkeypatch):
    monkeypatch.setattr("addin.build.macro_project.XLWINGS_VERSION", "0.30.0")
    with pytest.raises(ValueError, match=r"0\.30\.0"):
        with_macros(drawn(), "en")


def _without(content, part, pattern):
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as package:
        for name, text in unpacked(content).items():
            package.writestr(name, re.sub(pattern, b"", text) if name == part else text)
    return target.getvalue()


# In Excel: what a formula costs and answers

def test_opening_meets_python_and_leaves_the_workbook_saved(path):
    excel = Excel(path)
    excel.open()
    assert HANDLE.match(excel.value("Home", "A2"))
    assert not excel.value("Home", "A3")
    assert (excel.book.saved, excel.messages, excel.failures) == (True, [], [])
    assert excel.calls["hello"] == 1


def test_the_first_client_of_a_function_costs_a_column_and_the_others_nothing(excel):
    assert shown(excel, '=CREDIT_EXPOSURE("C001",Book)') == 1200.0
    assert excel.calls == {"clients": 1, "column": 1}
    assert shown(excel, '=CREDIT_EXPOSURE("C002",Book)') == 700.0
    assert shown(excel, '=CREDIT_EXPOSURE(" C002 ",Book)') == 700.0
    assert shown(excel, "=CREDIT_EXPOSURE(411003,Book)") == 50.0
    assert shown(excel, '=CREDIT_EXPOSURE("C002",Book,)') == 700.0
    excel.enter("Home", "D1", "=CREDIT_EXPOSURE(Invoices!A2:A5,Book)")
    assert excel.spill("Home", "D1") == [[1200.0], [700.0], [700.0], [50.0]]
    assert excel.calls == {"clients": 1, "column": 1}


def test_codes_that_are_spelt_otherwise_or_unknown_are_asked_once_and_together(excel):
    shown(excel, '=CREDIT_EXPOSURE("C001",Book)')
    for row, code in enumerate(("c002", "C009", None, "C001", 411003.0, 1.5, True), start=1):
        excel.enter("Home", f"F{row}", code)
    excel.server.hops.clear()
    for _ in range(2):
        excel.enter("Home", "G1", "=CREDIT_EXPOSURE(F1:F7,Book)")
        assert excel.spill("Home", "G1") == [[700.0], [NOT_AVAILABLE], [NOT_AVAILABLE], [1200.0], [50.0],
                                             [NOT_AVAILABLE], [NOT_AVAILABLE]]
        assert shown(excel, '=CREDIT_EXPOSURE("C009",Book)') == NOT_AVAILABLE
    assert excel.calls == {"answer": 1}


def test_with_a_further_argument_python_is_asked(excel):
    assert shown(excel, '=CREDIT_EXPOSURE("C002",Book,"open_invoices")') == 700.0
    assert shown(excel, '=CREDIT_EXPOSURE("C002",Book,"nonsense")') == WRONG_VALUE
    assert excel.calls == {"answer": 2}


def test_a_row_of_clients_answers_a_row(excel):
    excel.enter("Home", "F1", '=CREDIT_EXPOSURE({"C001","C009","C002"},Book)')
    assert excel.spill("Home", "F1") == [[1200.0, NOT_AVAILABLE, 700.0]]


def test_only_so_many_books_are_remembered(excel):
    for day in range(46347, 46356):
        excel.enter("Home", "A1", day)
        assert shown(excel, '=CREDIT_EXPOSURE("C001",Book)') == 1200.0
    excel.server.hops.clear()
    excel.enter("Home", "A1", 46355)
    assert excel.value("Home", "D1") == 1200.0
    assert excel.calls == {"answer": 1}, "the last one is still there"
    excel.enter("Home", "A1", 46347)
    assert excel.value("Home", "D1") == 1200.0
    assert excel.calls == {"answer": 2, "clients": 1, "column": 1}, "the first one is not"


def test_the_book_is_told_where_its_tables_stand(excel):
    excel.enter("Home", "D1", "=CREDIT_BOOK(AsOf,Invoices!A1:E5)")
    excel.value("Home", "D1")
    name, (arguments) = excel.server.hops[-1]
    assert (name, arguments[0]) == ("answer", "CREDIT_BOOK")
    assert arguments[2] == (("Home", 1.0, 1.0), ("Invoices", 1.0, 1.0))
    assert arguments[1][1][1] == ("C001", "F1", 46200.0, 46230.0, 1200.0)
    shown(excel, '=CREDIT_EXPOSURE("C001",Book,"orders")')
    assert excel.server.hops[-1][1][2] is None


def test_whole_columns_are_read_as_far_as_the_sheet_goes(excel):
    assert HANDLE.match(shown(excel, "=CREDIT_BOOK(AsOf,Invoices!A:E)"))
    assert len(excel.server.hops[-1][1][1][1]) == 5


def test_errors_of_arguments_cost_no_call(excel):
    assert shown(excel, '=CREDIT_EXPOSURE("C001",1/0)') == NOT_AVAILABLE
    assert shown(excel, '=CREDIT_EXPOSURE("C001","no book")') == NOT_AVAILABLE
    assert excel.calls == {}


# A Book that is lost

def test_a_lost_book_is_asked_once_not_once_a_cell(excel):
    formulas = "+".join(f'IFERROR(CREDIT_LIMIT("C{number}","Book 0123456789ab"),1)' for number in range(5))
    assert shown(excel, f"={formulas}") == 5
    assert excel.calls["clients"] == 1


@pytest.mark.parametrize("mode", [AUTOMATIC, MANUAL])
def test_a_book_is_found_again_in_the_users_way_of_calculating(excel, mode):
    excel.application.application.vba_set("Calculation", mode)
    excel.server.dies()
    shown(excel, '=CREDIT_EXPOSURE("C001",Book)')
    excel.run("ThisWorkbook.Workbook_SheetCalculate", excel.range("Home", "A1").sheet)
    assert excel.application.application.vba_get("Calculation") == mode
    excel.recalculate()
    assert excel.value("Home", "D1") == 1200.0
    assert excel.server.starts == 2


@pytest.mark.parametrize("sheet", ["Home", "Invoices"])
def test_a_lost_book_is_found_whatever_sheet_the_user_looks_at(excel, sheet):
    shown(excel, '=CREDIT_EXPOSURE("C001",Book)')
    excel.select(sheet, "A1")
    excel.server.dies()
    assert shown(excel, '=CREDIT_OVERDUE("C001",Book)', "D2") == 1200.0
    assert excel.selection() == f"{sheet}!A1"


def test_a_lost_book_in_a_cell_of_texts_stays_a_formula(excel):
    excel.range("Home", "A2").vba_set("NumberFormat", "@")
    excel.server.dies()
    shown(excel, '=CREDIT_OVERDUE("C001",Book)', "D2")
    assert excel.range("Home", "A2").vba_get("HasFormula")
    assert HANDLE.match(excel.value("Home", "A2"))


def test_an_error_in_python_is_an_error_of_the_cell_and_of_no_other(excel, monkeypatch):
    shown(excel, '=CREDIT_EXPOSURE("C001",Book)')
    monkeypatch.setattr("addin.cells.answer_rows", lambda *arguments: 1 / 0)
    excel.server.hops.clear()
    assert shown(excel, "=LIMIT_NEED(1,2)", "D2") == WRONG_VALUE
    assert excel.calls == {"answer": 1}, "it would fail a second time too"
    assert shown(excel, '=CREDIT_EXPOSURE("C002",Book)', "D3") == 700.0
    assert excel.calls == {"answer": 1}, "what Python answered before is remembered still"


def test_a_book_that_its_cell_has_made_is_lost_no_more(excel):
    shown(excel, '=CREDIT_EXPOSURE("C001",Book)')
    excel.application.application.vba_set("EnableEvents", False)  # nobody looks for it after the calculation
    excel.server.dies()
    assert shown(excel, '=CREDIT_OVERDUE("C001",Book)', "D2") == NOT_AVAILABLE
    excel.recalculate()
    assert (excel.value("Home", "D1"), excel.value("Home", "D2")) == (1200.0, 1200.0)


def test_what_another_server_answered_is_forgotten(excel):
    shown(excel, '=CREDIT_EXPOSURE("C001",Book)')
    excel.server.dies()
    shown(excel, '=CREDIT_OVERDUE("C001",Book)', "D2")
    excel.server.hops.clear()
    excel.enter("Home", "D1", '=CREDIT_EXPOSURE("C002",Book)')
    assert excel.value("Home", "D1") == 700.0
    assert shown(excel, '=CREDIT_EXPOSURE("C001",Book)', "D3") == 1200.0
    assert excel.calls["column"] <= 1
    assert excel.server.starts == 2


def test_a_cell_that_is_not_calculated_yet_costs_no_call(excel):
    excel.enter("Home", "C2", 1)
    excel.enter("Home", "F1", "=C2")
    excel.enter("Home", "G1", "=LIMIT_NEED(F1,60)")
    excel.enter("Home", "G2", "=DUE_DATE(F1:F2,30)")
    excel.dependents_first = True
    excel.server.hops.clear()
    excel.enter("Home", "C2", 46000)
    assert (excel.value("Home", "G1"), excel.value("Home", "G2")) == (9200.0, 46030.0)
    assert sorted(arguments[:2] for _, arguments in excel.server.hops) == [
        ("DUE_DATE", (((46000.0,), (None,)), 30.0, *[None] * 7)),
        ("LIMIT_NEED", (46000.0, 60.0, None, None, None))]


# Buttons

@pytest.fixture
def button(excel, monkeypatch):
    """Press a button whose macro is given."""
    def press(macro, *replies):
        monkeypatch.setattr(addin.macros, "run", lambda name, host: macro(host))
        excel.reply(*replies)
        excel.press("record_call")
        return excel.messages

    return press


def test_a_button_asks_and_tells_and_runs_again_with_each_reply(excel, button):
    seen = []

    def macro(host):
        seen.append(len(seen))
        return f"{host.ask('How much?', '10')}|{host.ask('A note?')}|{host.confirm('Sure?')}"

    assert button(macro, "500", "", "yes") == ["Sure?", "500||True"]
    assert (excel.questions, seen, excel.calls) == (["How much?", "A note?"], [0, 1, 2, 3], {"press": 4})


def test_a_question_that_is_cancelled_ends_it(excel, button):
    assert button(lambda host: host.ask("How much?") + host.ask("When?"), "500", None) == []
    assert excel.calls == {"press": 2}


def test_a_button_refuses_in_words_and_leaves_the_status_bar(excel, button):
    def macro(host):
        raise WrongArgument("errors.negative", argument="amount", value="-1")

    assert button(macro) == ["amount is -1; it cannot be negative."]
    assert excel.application.application.vba_get("StatusBar") is False


def test_a_button_that_python_cannot_press_says_why(excel, button, monkeypatch):
    monkeypatch.setattr("addin.server.press.__xlfunc__", {})
    assert "KeyError" in button(lambda host: "Done.")[0]
    assert excel.server.starts == 1


def test_a_button_whose_server_dies_starts_it_again(excel, button):
    excel.server.dies()
    assert button(lambda host: "Done.") == ["Done."]
    assert excel.server.starts == 2


# Without Python, and with another version

def test_without_python_only_sheets_with_our_functions_stand_still(path):
    excel = Excel(path, no_python=True)
    excel.open()
    still = [sheet.name for sheet in excel.book.sheets_ if not getattr(sheet, "enable_calculation", True)]
    assert still == ["Home"], "the formula of Credit is one of Excel's own"
    assert NOTED_AT in excel.value("Home", "A3")
    assert excel.book.saved


def test_a_button_says_why_python_does_not_start_and_starts_it_when_it_can(path, monkeypatch):
    monkeypatch.setattr(addin.macros, "run", lambda name, host: "Done.")
    excel = Excel(path, no_python=True)
    excel.open()
    excel.press("about")
    assert "Could not load xlwings64-0.37.8.dll" in excel.messages[0]
    excel.server.missing = False
    excel.press("about")
    assert excel.messages[1:] == ["Done."]
    assert HANDLE.match(excel.value("Home", "A2"))
    assert not excel.value("Home", "A3")
    assert all(getattr(sheet, "enable_calculation", True) for sheet in excel.book.sheets_)


def test_an_old_excel_is_refused_by_the_buttons_too(path):
    excel = Excel(path, version="15.0")
    excel.open()
    excel.press("about")
    assert excel.messages == ["This workbook needs Excel 2021 or Microsoft 365. "
                              "In this older Excel nothing is recalculated."]
    assert excel.calls == {}


def test_another_layout_is_not_calculated(tmp_path):
    path = tmp_path / "old.xlsm"
    path.write_bytes(with_macros(drawn("fr", version="0.0.9", schema="0"), "fr"))
    excel = Excel(path)
    excel.open()
    assert excel.value("Accueil", "A3").startswith("Ce classeur est de la version 0.0.9, xlwings 0.37.8 ;")
    assert shown_in(excel, "Factures", "=LIMIT_NEED(1,1)") == NOT_AVAILABLE
    assert excel.calls == {"hello": 1}


def shown_in(excel, sheet, formula):
    excel.enter(sheet, "H1", formula)
    return excel.value(sheet, "H1")


def test_saving_notes_the_time_as_text_when_python_has_calculated(excel, path):
    excel.run("ThisWorkbook.Workbook_BeforeSave", False, False)
    noted = excel.value("credit.conf", "B5")
    assert re.fullmatch(r"\d{4}-\d\d-\d\d \d\d:\d\d", noted)
    assert noted != NOTED_AT
    without = Excel(path, no_python=True)
    without.open()
    without.run("ThisWorkbook.Workbook_BeforeSave", False, False)
    assert without.value("credit.conf", "B5") == NOTED_AT


def test_saving_again_in_the_same_minute_changes_nothing(excel):
    """Or AutoSave would never come to rest."""
    excel.application.freeze_clock(dt.datetime(2026, 11, 23, 8, 31))
    excel.run("ThisWorkbook.Workbook_BeforeSave", False, False)
    assert not excel.book.saved
    excel.book.saved = True
    excel.run("ThisWorkbook.Workbook_BeforeSave", False, False)
    assert excel.book.saved


def test_who_calculates_by_hand_may_save_older_values(excel):
    excel.application.application.vba_set("Calculation", MANUAL)
    excel.run("ThisWorkbook.Workbook_BeforeSave", False, False)
    assert excel.value("credit.conf", "B5") == NOTED_AT
