"""The workbook while it is drawn: its language, its sheets in their order, its styles, its texts.

Sheets are known by a code: their name is a text of the language, their VBA name is fixed and ASCII.
"""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Mapping, Sequence
from typing import Any

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.utility import xl_rowcol_to_cell
from xlsxwriter.worksheet import Worksheet

from addin.build.workbook.styles import properties
from addin.codename import codename
from udfs.functions import REGISTRY
from udfs.texts import say

# Input sheets are yellow-tabbed, results teal, the rest grey; hidden ones bear their own name in every language.
SHEETS = ("home", "client_card", "credit", "ageing", "invoices", "payments", "clients", "orders", "plans",
          "securities", "accounts", "calculator", "back_test", "policy", "legal_rates", "letters", "journal",
          "functions", "self_test")
HIDDEN = {"xlwings_conf": "xlwings.conf", "credit_conf": "credit.conf", "intelli_sense": "_IntelliSense_"}
CREATED = dt.datetime(2026, 11, 20)

Rows = Sequence[Mapping[str, str]]


class Draft:
    """One workbook being drawn; `tables` are the rows of the demonstration, empty for a workbook to start with."""

    def __init__(self, language: str, tables: Mapping[str, Rows], as_of: dt.date) -> None:
        self.language, self.tables, self.as_of = language, tables, as_of
        self._target = io.BytesIO()
        self.workbook = xlsxwriter.Workbook(self._target, {"in_memory": True, "use_future_functions": True})
        self.workbook.set_properties({"title": self.say("title"), "created": CREATED})
        self.workbook.set_vba_name("ThisWorkbook")
        self._formats: dict[tuple[Any, ...], Format] = {}
        self.sheets: dict[str, Worksheet] = {}
        for code in (*SHEETS, *HIDDEN):
            sheet = self.workbook.add_worksheet(self.sheet_name(code))
            sheet.set_vba_name(codename(code))
            sheet.hide_gridlines(2)
            self.sheets[code] = sheet

    @property
    def demo(self) -> bool:
        """Whether the demonstration portfolio fills the tables."""
        return bool(self.tables)

    def say(self, code: str, **values: Any) -> str:
        """A text of the room `workbook`, or of another that the code names."""
        return say(code if "." in code else f"workbook.{code}", self.language, **values)

    def sheet_name(self, code: str) -> str:
        """The name on the tab."""
        return HIDDEN.get(code) or self.say(f"sheet_{code}")

    def reference(self, code: str, cell: str) -> str:
        """A cell or range of a sheet, for a formula or a name.

        `reference("client_card", "$B$2")` is `'Client card'!$B$2`.
        """
        return "'{}'!{}".format(self.sheet_name(code).replace("'", "''"), cell)

    def style(self, style: str = "text", number: str = "", **changes: Any) -> Format:
        """A cell format, made once."""
        key = (style, number, *sorted(changes.items()))
        if key not in self._formats:
            self._formats[key] = self.workbook.add_format(properties(style, number, self.language, **changes))
        return self._formats[key]

    def formula(self, code: str, row: int, column: int, formula: str, style: Format | None = None) -> None:
        """A formula in a cell (0-based); one that calls our functions is a dynamic array, so that no @ is shown."""
        sheet = self.sheets[code]
        if any(f"{name}(" in formula for name in REGISTRY):
            cell = xl_rowcol_to_cell(row, column)
            sheet.write_dynamic_array_formula(f"{cell}:{cell}", formula, style)
        else:
            sheet.write_formula(row, column, formula, style)

    def name(self, name: str, code: str, row: int, column: int) -> None:
        """A defined name for one cell (0-based)."""
        cell = xl_rowcol_to_cell(row, column, row_abs=True, col_abs=True)
        self.workbook.define_name(name, f"={self.reference(code, cell)}")

    def content(self) -> bytes:
        """The finished .xlsx, without macros, ribbon and cached values."""
        self.workbook.close()
        return self._target.getvalue()
