"""Check data, Today, Recalculate, Functions: what the user sees."""

from __future__ import annotations

import datetime as dt

import pytest

from addin.macros import BUTTONS, run
from tests.plain_host import PlainHost, press
from tests.test_floors import ROOT, imports
from udfs.errors import WrongArgument

INVOICES = [["client", "invoice", "date", "due_date", "amount"], ["C1", "F1", "2026-11-01", "31/02/2026", 100.0],
            ["C1", "F2", "2026-11-01", "", "12,5O"], ["C1", "F3", "2026-11-01", "", 5.0],
            ["", "F4", "2026-11-01", "", 5.0]]


def test_each_fault_is_selected_in_its_cell_errors_first(tmp_path):
    workbook = PlainHost(tmp_path, {"Invoices": INVOICES})
    told = press("check_data", workbook, "yes", "yes")
    assert workbook.seen[-3:] == [("Invoices", 3, "amount"), ("Invoices", 5, "client"), ("Invoices", 2, "due_date")]
    first = workbook.questions[0].text
    assert first.startswith('Invoices, row 3, Amount incl. VAT: "12,5O" is not an amount.')
    assert first.endswith("1 of 3 (2 to correct, 1 to check). Go to the next one?")
    assert told.endswith("3 of 3 (2 to correct, 1 to check).")


def test_the_walk_ends_where_the_user_says_no(tmp_path):
    workbook = PlainHost(tmp_path, {"Invoices": INVOICES})
    assert press("check_data", workbook, "no") == ""
    assert workbook.seen[-1] == ("Invoices", 3, "amount")


def test_clean_tables_have_nothing_to_correct(tmp_path):
    workbook = PlainHost(tmp_path, {"Invoices": [INVOICES[0], INVOICES[3]]}, language="fr")
    assert press("check_data", workbook) == "Rien à corriger dans les tableaux."
    assert workbook.seen == []


def test_today_sets_the_date(tmp_path):
    workbook = PlainHost(tmp_path, {"Invoices": INVOICES}, as_of=dt.date(2020, 1, 1))
    told = press("today", workbook)
    assert workbook.as_of == dt.date.today()
    assert told.startswith("The answers are now as of ")


def test_recalculate_computes_every_formula(tmp_path):
    workbook = PlainHost(tmp_path, {"Invoices": INVOICES})
    assert press("recalculate", workbook) == "As of 20 Nov 2026: clients 1, invoices 2, 3 points to check."
    assert workbook.seen == [("recalculate", True)]


def test_functions_shows_the_catalogue_and_about_says_what_this_is(tmp_path):
    workbook = PlainHost(tmp_path, {"Invoices": INVOICES})
    assert press("functions", workbook) == ""
    assert workbook.seen == [("show", "functions")]
    told = press("about", workbook)
    assert told.startswith("Credit Manager 0.1.0 · xlwings ")
    assert "MIT licence" in told


def test_every_button_has_its_function(tmp_path):
    import importlib

    assert list(BUTTONS) == [
        "today", "recalculate", "check_data", "start", "client_card", "why", "record_call", "record_promise",
        "record_decision", "letters_selection", "letters_due", "folder", "frozen_copy", "self_test", "diagnostic",
        "functions", "about"]
    for place in BUTTONS.values():
        module, _, name = place.partition(":")
        assert callable(getattr(importlib.import_module(module), name))


def test_a_button_that_does_not_exist_is_refused(tmp_path):
    with pytest.raises(WrongArgument, match="nonsense"):
        run("nonsense", PlainHost(tmp_path, {"Invoices": INVOICES}))


@pytest.mark.parametrize("path", sorted((ROOT / "addin" / "macros").glob("*.py")), ids=lambda path: path.stem)
def test_macros_know_nothing_of_excel(path):
    """They are written once for both hosts; only hosts/excel.py knows xlwings, and only when it runs."""
    known = {name for name, _ in imports(path.read_text(encoding="utf-8"), "addin.macros")}
    assert not {name for name in known if name.split(".")[0] == "xlwings" or name.startswith("addin.hosts.excel")}


def test_xlwings_is_not_imported_with_the_hosts():
    for path in (ROOT / "addin" / "hosts").glob("*.py"):
        source = path.read_text(encoding="utf-8").replace("if TYPE_CHECKING:\n    import xlwings\n", "")
        at_top = {name.split(".")[0] for name, at_top in imports(source, "addin.hosts") if at_top}
        assert "xlwings" not in at_top
