"""A small workbook as XlsxWriter draws it, with the sheets and hidden sheets that the macros rely on."""

from __future__ import annotations

import datetime as dt

from addin import WORKBOOK_SCHEMA, XLWINGS_VERSION
from addin.build.vba_texts import CONF_TEXTS
from addin.build.workbook.draft import Draft
from udfs import __version__
from udfs.functions import REGISTRY
from udfs.texts import say

INVOICES = [
    ["client", "invoice", "date", "due date", "amount"],
    ["C001", "F1", 46200, 46230, 1200.0],
    ["C002", "F2", 46340, 46400, 600.5],
    ["C002", "F3", 46100, 46130, 99.5],
    [411003, "F4", 46340, 46400, 50.0],
]
NOTED_AT = "2026-11-20 08:31"
XLWINGS_CONF = {"INTERPRETER_WIN": r"%LOCALAPPDATA%\CreditManager\python\Scripts\pythonw.exe", "PYTHONPATH": "",
                "ADD_WORKBOOK_TO_PYTHONPATH": "false", "DEBUG UDFS": "false", "SHOW CONSOLE": "false"}


def drawn(language: str = "en", **conf: str) -> bytes:
    """The workbook without macros; `conf` replaces lines of credit.conf."""
    draft = Draft(language, {}, dt.date(2026, 11, 20))
    home, invoices = draft.sheets["home"], draft.sheets["invoices"]
    home.write_number("A1", 46346)
    home.write_string("A3", "")
    for row, cells in enumerate(INVOICES):
        invoices.write_row(row, 0, cells)
    draft.name("AsOf", "home", 0, 0)
    draft.name("PythonState", "home", 2, 0)
    draft.workbook.define_name("InvoicesInput", f"={draft.reference('invoices', '$A$1:$E$5')}")
    draft.formula("home", 1, 0, "=CREDIT_BOOK(AsOf,InvoicesInput)")
    draft.name("Book", "home", 1, 0)
    draft.sheets["credit"].write_formula("A1", "=1+1")
    known = {"language": language, "version": __version__, "schema": WORKBOOK_SCHEMA, "xlwings": XLWINGS_VERSION,
             "calculated_at": NOTED_AT, **{code: say(f"ribbon.{code}", language) for code in CONF_TEXTS}, **conf}
    for row, line in enumerate(known.items()):
        draft.sheets["credit_conf"].write_row(row, 0, line)
    for row, line in enumerate(XLWINGS_CONF.items()):
        draft.sheets["xlwings_conf"].write_row(row, 0, line)
    help_sheet = draft.sheets["intelli_sense"]
    help_sheet.write_row(0, 0, ["FunctionInfo", 1])
    for row, function in enumerate(REGISTRY.values(), start=1):
        arguments = [text for one in function.arguments
                     for text in (one.name, function.argument_help(one.name, language))]
        help_sheet.write_row(row, 0, [function.name, function.help(language), "", *arguments])
    return draft.content()
