"""The built workbooks opened: every formula, through their own VBA and the Windows code of xlwings, on to Python.

The English one stands where it is built; the French one in a folder with blanks and accents, under French settings.
"""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from addin.build.workbook.example_checks import example_of
from tests.built_workbooks import DEMO, LANGUAGES, START, Place, Rows, kept
from tests.excel.opened import Desk, demo, plain
from udfs.errors import CreditError
from udfs.functions import REGISTRY
from udfs.texts import say

EPOCH = dt.date(1899, 12, 30)
FRENCH_FOLDER = Path("Utilisateurs", "Hélène d'Été", "Crédit clients & Cie")
FREE = "AZ1"


class Opening(NamedTuple):
    """What opening a workbook did."""

    answers: dict[Place, Rows]
    hops: list[tuple[str, tuple[Any, ...]]]
    saved: object
    selection: str


class Opened(Desk):
    """A desk that remembers what opening did."""

    def __init__(self, *given: Any, **options: Any) -> None:
        super().__init__(*given, **options)
        self.opening = Opening(self.answers(), list(self.excel.server.hops), self.excel.book.vba_get("Saved"),
                               self.excel.selection())

    def shown(self, formula: str) -> list[list[Any]]:
        """What a formula shows in a free cell; the cell is emptied again."""
        self.excel.enter(self.sheet("functions"), FREE, formula)
        rows = self.excel.spill(self.sheet("functions"), FREE)
        self.excel.enter(self.sheet("functions"), FREE, None)
        return [[plain(value) for value in row] for row in rows]


@pytest.fixture(scope="module", params=LANGUAGES)
def desk(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Opened:
    folder = tmp_path_factory.mktemp("fr") / FRENCH_FOLDER if request.param == "fr" else None
    return Opened(DEMO[request.param], request.param, folder)


# --- opening ---


def test_opening_asks_python_who_it_is_before_anything_is_calculated(desk: Opened) -> None:
    assert [name for name, _ in desk.opening.hops].index("hello") == 0
    assert [name for name, _ in desk.opening.hops].count("hello") == 1
    assert desk.excel.messages == []
    assert desk.named("PythonState") in (None, "")


def test_opening_leaves_the_workbook_as_it_was_saved_on_its_first_sheet(desk: Opened) -> None:
    assert desk.opening.answers == desk.built.answers
    assert desk.opening.saved is True
    assert desk.opening.selection.startswith(f"{desk.sheet('home')}!")


def test_the_function_wizard_tells_every_function_in_the_language_of_the_workbook(desk: Opened) -> None:
    assert set(desk.excel.macro_options) == set(REGISTRY)
    for name, options in desk.excel.macro_options.items():
        function = REGISTRY[name]
        assert options["description"] == function.help(desk.language)[:255]
        assert options["arguments"] == [function.argument_help(one.name, desk.language)[:255]
                                        for one in function.arguments]
        assert options["category"] == say("ribbon.text_title", desk.language)


# --- every formula ---


def test_every_formula_calculated_anew_twice_shows_what_the_file_says(desk: Opened) -> None:
    """The calculation of pyOpenVBA against that of formualizer, on disk; nothing of the first one is left."""
    assert len(desk.built.formulas) > 300
    for _ in range(2):
        desk.wipe()
        desk.excel.server.hops.clear()
        desk.excel.recalculate()
        assert desk.answers() == desk.built.answers
        books = [name for name, arguments in desk.excel.server.hops if arguments[0] == "CREDIT_BOOK"]
        assert len(books) == 2, "the Book and that of the examples, each read once"
    assert desk.excel.failures == []


@pytest.mark.parametrize("name", [name for name, function in REGISTRY.items() if function.of_client])
def test_a_function_of_a_client_answers_a_column_of_all_clients_in_one_call(desk: Opened, name: str) -> None:
    desk.excel.server.hops.clear()
    shown = desk.shown(f"={name}(Clients[Client],Book)")
    assert sum(desk.excel.calls.values()) <= 1
    codes = [desk.excel.value("Clients", f"A{row}") for row in range(5, 53)]
    handle = desk.named("Book")
    assert (codes[0], codes[-1]) == ("C001", "C048")
    assert [row[0] for row in shown] == [_in_python(name, code, handle) for code in codes]


def _in_python(name: str, code: str, handle: str) -> Any:
    try:
        answer = REGISTRY[name].call(code, handle)
    except CreditError as error:
        return "error", error.excel
    return kept(float((answer - EPOCH).days) if isinstance(answer, dt.date) else answer)


@pytest.mark.parametrize("name", REGISTRY)
def test_every_function_typed_into_a_free_cell_gives_its_answer(desk: Opened, name: str) -> None:
    check = example_of(name)
    expected: Any = check.answer(desk.language)
    if isinstance(expected, dt.date):
        expected = float((expected - EPOCH).days)
    elif type(expected) in (int, float):
        expected = pytest.approx(expected, abs=0.005)
    assert desk.shown(f"={check.formula}") == [[expected]]


# --- errors and arrays ---


@pytest.mark.parametrize(("formula", "error"), [
    ('=CREDIT_LIMIT("ZZZ",Book)', "#N/A"),
    ('=CREDIT_LIMIT("",Book)', "#N/A"),
    ('=CREDIT_LIMIT("C001",1/0)', "#N/A"),
    ('=CREDIT_EXPOSURE("C001",Book,"nonsense")', "#VALUE!"),
    ('=BOOK_FIGURE(Book,"nonsense")', "#VALUE!"),
    ('=CREDIT_TABLE(Book,"nonsense")', "#VALUE!"),
    ('=DUE_DATE("31/02/2026","30 jours")', "#VALUE!"),
    ("=LIMIT_NEED(-1,60)", "#NUM!"),
])
def test_what_cannot_be_answered_is_an_error_of_excel(desk: Opened, formula: str, error: str) -> None:
    assert desk.shown(formula) == [[("error", error)]]
    assert desk.shown(f"=ISERROR({formula[1:]})") == [[True]]


def test_a_column_answers_row_by_row_with_its_errors(desk: Opened) -> None:
    assert desk.shown('=CREDIT_LIMIT({"C001";"ZZZ";"c002 "},Book)') == [[28000.0], [("error", "#N/A")], [63000.0]]
    assert desk.shown('=SUM(IFERROR(CREDIT_LIMIT({"C001";"ZZZ";"C002"},Book),0))') == [[91000.0]]
    assert desk.shown('=IFERROR(CREDIT_LIMIT("ZZZ",Book),"none")') == [["none"]]


def test_an_answer_that_spills_grows_and_leaves_nothing_behind(desk: Opened) -> None:
    functions = desk.sheet("functions")
    desk.excel.enter(functions, FREE, '=CREDIT_TABLE(Book,"client","client")')
    assert len(desk.excel.spill(functions, FREE)) == 50
    desk.excel.enter(functions, FREE, '=CREDIT_TABLE(Book,"client","client","decision=BLOCK")')
    assert len(desk.excel.spill(functions, FREE)) == 8, "seven are blocked"
    assert desk.excel.value(functions, "AZ9") is None
    desk.excel.enter(functions, FREE, None)
    assert desk.excel.value(functions, "AZ2") is None


# --- the machine ---


@pytest.mark.parametrize("desk", ["en"], indirect=True)
def test_cells_calculated_before_those_they_read_come_right(desk: Opened) -> None:
    """Excel may call a function before the cells that it reads are calculated."""
    desk.excel.dependents_first = True
    desk.wipe()
    desk.excel.recalculate()
    desk.excel.dependents_first = False
    assert desk.answers() == desk.built.answers


@pytest.mark.parametrize("desk", ["fr"], indirect=True)
def test_a_new_python_learns_the_book_from_its_cell_with_another_workbook_in_front(desk: Opened) -> None:
    desk.excel.other_workbook()
    desk.excel.server.dies()
    desk.excel.server.hops.clear()
    assert desk.shown('=BOOK_FIGURE(Book,"receivables")') == [[426644.67]]
    assert desk.excel.server.starts == 2
    assert [arguments[0] for _, arguments in desk.excel.server.hops].count("CREDIT_BOOK") == 2, "each Book once"
    assert desk.answers() == desk.built.answers


@pytest.mark.parametrize(("language", "banner"), [
    ("en", "Python was not found: nothing is recalculated. The values are those of 2026-11-20 00:00."),
    ("fr", "Python est introuvable : rien n’est recalculé. Les valeurs datent du 2026-11-20 00:00.")])
def test_without_python_the_values_stay_and_the_banner_says_from_when(language: str, banner: str) -> None:
    desk = demo(language, no_python=True)
    assert desk.named("PythonState") == banner
    asleep = {sheet.name for sheet in desk.excel.book.sheets_ if not sheet.vba_get("EnableCalculation")}
    assert asleep == {desk.sheet(code) for code in (
        "home", "client_card", "credit", "ageing", "calculator", "back_test", "legal_rates", "functions", "self_test")}
    desk.enter("AsOf", dt.date(2027, 1, 15))
    desk.excel.recalculate()
    assert desk.answers() == desk.built.answers
    assert (desk.excel.messages, desk.excel.server.starts) == ([], 0)


def test_another_version_of_the_package_is_told_and_the_answers_come() -> None:
    desk = demo("en", settings=[("version", "0.0.9")])
    assert desk.named("PythonState").startswith("This workbook is of version 0.0.9, ")
    assert desk.excel.calls["answer"] > 0
    assert desk.answers() == desk.built.answers


def test_another_layout_keeps_the_values_and_says_so() -> None:
    desk = demo("fr", settings=[("schema", "0")])
    assert desk.named("PythonState").startswith("Ce classeur est de la version ")
    desk.excel.recalculate()
    assert desk.answers() == desk.built.answers
    assert desk.excel.calls["answer"] == 0


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_workbook_to_start_with_opens_and_calculates(language: str) -> None:
    desk = Desk(START[language], language)
    desk.wipe()
    desk.excel.recalculate()
    assert desk.answers() == desk.built.answers
    assert (desk.excel.messages, desk.excel.failures) == ([], [])
