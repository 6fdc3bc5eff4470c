"""The Excel of the tests itself: values, errors, dialogs and a server that dies, on a toy workbook."""

from __future__ import annotations

import datetime as dt
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
import xlwings
from pyopenvba.exceptions import VBARuntimeError

from tests.excel.com import NotCarried, to_vba
from tests.excel.excel import NOT_AVAILABLE, WRONG_VALUE, Error, Excel
from tests.excel.toy import PYTHON, build
from tests.excel.windows import install


@pytest.fixture(scope="module")
def workbook(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return build(tmp_path_factory.mktemp("toy"))


@pytest.fixture(autouse=True)
def toy_functions(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The Python module that the toy workbook calls."""
    (tmp_path / "toy_functions.py").write_text(PYTHON, encoding="utf-8")
    monkeypatch.syspath_prepend(str(tmp_path))
    yield
    sys.modules.pop("toy_functions", None)


@pytest.fixture
def excel(workbook: Path) -> Excel:
    return Excel(workbook)


def shown(excel: Excel, formula: str) -> object:
    excel.enter("Home", "H1", formula)
    return excel.value("Home", "H1")


def test_only_xlwings_believes_that_it_is_on_windows() -> None:
    before = sys.platform
    windows = install()
    assert [engine.name for engine in windows.engines][:1] == ["excel"]
    assert windows.udfs.call_udf
    assert windows.func is not xlwings.func
    assert (install(), sys.platform) == (windows, before)


def test_python_receives_what_pywin32_gives(excel: Excel) -> None:
    assert shown(excel, "=ECHO(Data!A1:C3)") == \
        "(('who', 'what', 'when'), ('Ana', 12.5, 46346.0), ('Bo', '#N/A', None))"
    assert shown(excel, "=ECHO(SalesInput)") == "(('who', 'what'), ('Ana', 12.5), ('Bo', '#N/A'))"
    assert shown(excel, "=ECHO(Data!E2:F2)") == "((-2146826281, None),)"
    assert [shown(excel, f"=ECHO({one})") for one in ("1", '"a"', "TRUE", "1/0", "Data!D9")] == \
        ["float", "str", "bool", "int", "NoneType"]


def test_cells_receive_what_python_answers(excel: Excel) -> None:
    assert [shown(excel, f'=TOLD("{one}")') for one in ("whole", "text", "none")] == [3.0, "Été", WRONG_VALUE]
    excel.enter("Home", "H1", '=TOLD("rows")')
    assert excel.spill("Home", "H1") == [[1.0, "a"], [True, ""]]


@pytest.mark.parametrize("answer", ["nested", "double", "truth", "nan", "nothing"])
@pytest.mark.parametrize("function", ["TOLD", "SAFE"])
def test_an_answer_that_pywin32_would_twist_fails_whatever_vba_catches(
        excel: Excel, function: str, answer: str) -> None:
    with pytest.raises((NotCarried, VBARuntimeError)) as caught:
        shown(excel, f'={function}("{answer}")')
    assert caught.type is NotCarried


def test_no_answer_is_ragged(excel: Excel) -> None:
    assert shown(excel, '=TOLD("ragged")') == WRONG_VALUE, "xlwings refuses it first"
    with pytest.raises(NotCarried, match="no rectangle"):
        to_vba([[1.0], [2.0, 3.0]])


def test_an_exception_in_python_reaches_vba(excel: Excel) -> None:
    assert shown(excel, '=SAFE("fails")') == "-2147467259: ValueError: no such thing\n    raise Valu"
    assert shown(excel, '=TOLD("fails")') == WRONG_VALUE
    assert "no such thing" in excel.failures[-1]


def test_true_errors_dates_and_truth_values_from_vba(excel: Excel) -> None:
    excel.enter("Home", "H1", "=MARKED()")
    assert excel.spill("Home", "H1") == [[NOT_AVAILABLE, 46346.0], [True, "#N/A"]]
    assert excel.day("Home", "I1") == dt.date(2026, 11, 20)
    assert shown(excel, "=ISNA(INDEX(MARKED(),1,1))") is True


@pytest.mark.parametrize(("formula", "value"), [
    ("=HOW_MANY()", 0.0), ("=HOW_MANY(1,,A1:B2)", 3.0), ("=TWICE(4)", 8.0), ("=TWICE(\"x\")", WRONG_VALUE),
    ("=GIVEN(1)", "one"), ("=GIVEN(1,2)", "two"), ("=GIVEN(1,)", "one"), ("=WHERE_AM_I()", "H1"),
    ("=NO_SUCH(1)", Error("#NAME?")), ("=IFERROR(TWICE(\"x\"),0)", 0.0), ("=XLOOKUP(\"Bo\",Sales[who],Sales[what])",
                                                                       "#N/A")])
def test_functions_in_formulas(excel: Excel, formula: str, value: object) -> None:
    assert shown(excel, formula) == value


def test_a_function_of_a_cell_changes_nothing_else(excel: Excel) -> None:
    assert shown(excel, "=CHANGES(Data!E1)") == WRONG_VALUE
    assert "Dirty" in excel.failures[-1]


def test_opening_shows_the_cached_values_and_runs_workbook_open(excel: Excel) -> None:
    assert excel.value("Data", "E1") == 99.0
    excel.open()
    assert excel.value("Home", "A1") == "open"
    excel.recalculate()
    assert excel.value("Data", "E1") == 99.0, "EnableCalculation is False"
    excel.range("Data", "A1").sheet.vba_set("EnableCalculation", True)
    excel.recalculate()
    assert excel.value("Data", "E1") == 2.0


def test_questions_are_answered_in_turn(excel: Excel) -> None:
    excel.reply("Bo")
    excel.press("name")
    assert (excel.value("Home", "A1"), excel.questions) == ("Bo", ["Your name?"])
    excel.reply(None)
    excel.press("name")
    assert excel.messages == ["Cancelled"]
    excel.reply("no", "yes")
    excel.press("sure")
    excel.press("sure")
    assert excel.messages == ["Cancelled", "Sure?", "Sure?", "Done"]
    with pytest.raises(AssertionError, match="nobody replied to: Your name"):
        excel.press("name")


@pytest.mark.parametrize("button", ["long", "strange"])
def test_a_message_that_vba_would_cut_or_garble_fails(excel: Excel, button: str) -> None:
    with pytest.raises(AssertionError):
        excel.press(button)


def test_a_macro_reaches_the_workbook_through_xlwings(excel: Excel) -> None:
    excel.other_workbook()
    excel.press("write")
    assert [excel.value("Home", cell) for cell in ("A1", "B1", "A2", "B2", "A4", "A5", "B5")] == \
        ["a", 1.5, None, "b", "toy.xlsm", "Ana", 12.5]


def test_later_is_when_excel_is_ready(excel: Excel) -> None:
    excel.press("later")
    assert (excel.value("Home", "A1"), excel.timers) == ("later", [])


def test_a_dead_server_answers_nothing_until_another_is_started(excel: Excel) -> None:
    assert (shown(excel, '=SAFE("whole")'), excel.calls["told"], excel.server.starts) == (3.0, 1, 1)
    assert r'"C:\Users\Ana\AppData\Local\CreditManager\pythonw.exe" -B -c ' in excel.server.commands[0]
    sys.modules["toy_functions"].KINDS["whole"] = 4
    excel.server.dies()
    assert str(shown(excel, '=SAFE("text")')).startswith("462: The remote server machine")
    assert str(shown(excel, '=SAFE("whole")')).startswith("462: The remote server machine")
    excel.press("restart")
    assert (shown(excel, '=SAFE("whole")'), excel.server.starts) == (3.0, 2), "a new process remembers nothing"


def test_a_server_dies_while_it_answers(excel: Excel) -> None:
    assert shown(excel, '=SAFE("whole")') == 3.0
    excel.server.dies(before_it_answers=True)
    assert shown(excel, '=SAFE("text")') == "-2147023170: Automation error"
    assert excel.calls["told"] == 2
    assert str(shown(excel, '=SAFE("whole")')).startswith("462: ")


def test_no_python(workbook: Path) -> None:
    excel = Excel(workbook, no_python=True)
    assert shown(excel, '=SAFE("whole")') == "1: Could not load xlwings64-0.37.8.dll from"
    assert excel.server.starts == 0


def test_french_settings(workbook: Path) -> None:
    english, french = Excel(workbook), Excel(workbook, language="fr")
    for excel in (english, french):
        excel.enter("Home", "A1", dt.date(2026, 11, 20))
        excel.enter("Home", "A2", 1.5)
        excel.enter("Home", "A3", True)
    as_text = [[shown(excel, f"=AS_TEXT({cell})") for cell in ("A1", "A2", "A3")] for excel in (english, french)]
    assert as_text == [["11/20/2026", "1.5", "True"], ["20/11/2026", "1,5", "Vrai"]]
    assert [shown(excel, '=TWICE("1,5")') for excel in (english, french)] == [WRONG_VALUE, 3.0]


def test_a_function_may_be_called_before_its_cells_are_calculated(excel: Excel) -> None:
    excel.enter("Home", "C1", "=TWICE(2)")
    excel.enter("Home", "C2", "=ECHO(C1)")
    excel.dependents_first = True
    excel.server.hops.clear()
    excel.recalculate()
    assert [arguments for _, (arguments,) in excel.server.hops] == [None, 4.0]


def test_text_stays_text_and_a_copy_is_saved_with_its_macros(excel: Excel, tmp_path: Path) -> None:
    for row, text in enumerate(("#N/A", "2042", "=cmd|' /C calc'!A0"), start=1):
        excel.enter("Home", f"A{row}", text, text=True)
    excel.save(tmp_path / "Crédit clients.xlsm")
    again = Excel(tmp_path / "Crédit clients.xlsm")
    assert [again.value("Home", f"A{row}") for row in (1, 2, 3)] == ["#N/A", "2042", "=cmd|' /C calc'!A0"]
    assert shown(again, "=TWICE(4)") == 8.0


def test_the_user_goes_to_cells(excel: Excel) -> None:
    excel.other_workbook()
    excel.select("Data", "A2:B3")
    assert excel.selection() == "Data!A2:B3"
