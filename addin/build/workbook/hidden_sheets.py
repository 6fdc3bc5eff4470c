"""The hidden sheets: settings of xlwings, settings of ours, and the help that Excel-DNA IntelliSense shows.

Every value is text: a Boolean cell would be read as "Vrai" by a French Excel, which xlwings does not know. What
xlwings would otherwise take from a file of the user's own is given here too, empty where we need nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import udfs
from addin import WORKBOOK_SCHEMA, XLWINGS_VERSION
from addin.build.vba_texts import CONF_TEXTS
from addin.build.workbook.draft import CREATED, Draft
from udfs.functions import REGISTRY

PYTHON = r"%LOCALAPPDATA%\CreditManager\python"
XLWINGS: dict[str, str] = {
    "INTERPRETER_WIN": rf"{PYTHON}\Scripts\pythonw.exe",
    "UDF MODULES": "addin.server",
    "USE UDF SERVER": "true",
    # A stray udfs.py beside the workbook must never be imported in the place of ours: that folder is often the one that
    # Excel works in, and Python searches this one before it.
    "PYTHONPATH": rf"{PYTHON}\Lib\site-packages",
    "ADD_WORKBOOK_TO_PYTHONPATH": "false",
    "DEBUG UDFS": "false",
    "SHOW CONSOLE": "false",
    "SHOW_ERROR_POPUPS": "True",
    "CONDA PATH": "",
    "CONDA ENV": "",
    "LICENSE_KEY": "",
    "ONEDRIVE_CONSUMER_WIN": "",
    "ONEDRIVE_COMMERCIAL_WIN": "",
    "SHAREPOINT_WIN": "",
}
# The first row of the sheet, as Excel-DNA asks for it: what follows, and the version of the layout.
INTELLISENSE = ("FunctionInfo", "1")


def draw(draft: Draft) -> None:
    """Write and hide the three sheets."""
    _write(draft, "xlwings_conf", XLWINGS.items())
    _write(draft, "credit_conf", credit_settings(draft).items())
    _write(draft, "intelli_sense", (INTELLISENSE, *_functions(draft.language)))


def credit_settings(draft: Draft) -> dict[str, str]:
    """Language, versions, when the values were calculated, and the sentences that VBA needs without Python."""
    return {
        "language": draft.language, "version": udfs.__version__, "schema": WORKBOOK_SCHEMA, "xlwings": XLWINGS_VERSION,
        "calculated_at": f"{CREATED:%Y-%m-%d %H:%M}",
        **{code: draft.say(f"ribbon.{code}") for code in CONF_TEXTS},
    }


def _functions(language: str) -> Iterable[Sequence[str]]:
    """Function, what it answers, no help page, then each argument with its help."""
    for function in REGISTRY.values():
        arguments = [text for one in function.arguments
                     for text in (f"[{one.name}]" if one.optional else one.name,
                                  function.argument_help(one.name, language))]
        yield function.name, function.help(language), "", *arguments


def _write(draft: Draft, code: str, rows: Iterable[Sequence[str]]) -> None:
    sheet, text = draft.sheets[code], draft.style("text", "text")
    for row, cells in enumerate(rows):
        for column, cell in enumerate(cells):
            sheet.write_string(row, column, cell, text)
    sheet.set_column(0, 1, 32)
    sheet.hide()
