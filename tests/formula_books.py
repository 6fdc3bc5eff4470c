"""Workbooks for the tests of formulas: drawn by XlsxWriter, calculated by us, read back."""

from __future__ import annotations

import csv
import datetime as dt
from pathlib import Path

import xlsxwriter

from addin.build import demo_portfolio
from addin.formulas import recalculate
from addin.ooxml.package import Package
from addin.ooxml.reference import place_of

DEMO = Path(demo_portfolio.__file__).parent / "demo"


class Drawn:
    """A workbook being drawn: `cells` of a sheet by their names, a text that starts with = being a formula."""

    def __init__(self, path):
        self.path = path
        self.book = xlsxwriter.Workbook(path)
        self.sheets = {}

    def sheet(self, name, cells=None, arrays=None):
        sheet = self.sheets.setdefault(name, self.book.get_worksheet_by_name(name) or self.book.add_worksheet(name))
        for cell, value in (cells or {}).items():
            if isinstance(value, dt.date):
                sheet.write_datetime(cell, dt.datetime(value.year, value.month, value.day))
            elif isinstance(value, str) and not value.startswith("="):
                sheet.write_string(cell, value)
            else:
                sheet.write(cell, value)
        for cell, formula in (arrays or {}).items():
            sheet.write_dynamic_array_formula(f"{cell}:{cell}", formula)
        return sheet

    def table(self, sheet, cell, name, rows):
        row, column = (number - 1 for number in place_of(cell))
        columns = [{"header": heading} for heading in rows[0]]
        self.sheet(sheet).add_table(row, column, row + len(rows) - 1, column + len(rows[0]) - 1,
                                    {"name": name, "columns": columns})
        for down, values in enumerate(rows[1:], row + 1):
            for right, value in enumerate(values, column):
                if isinstance(value, dt.date):
                    self.sheet(sheet).write_datetime(down, right, dt.datetime(value.year, value.month, value.day))
                elif value is not None:
                    self.sheet(sheet).write(down, right, value)

    def name(self, name, text):
        self.book.define_name(name, text)

    def package(self):
        self.book.close()
        return Package.read(self.path)


def cell(package, sheet, name):
    row, column = place_of(name)
    return package.rows(sheet, row, column, row, column)[0][0]


def calculated(drawn):
    """The workbook with its formulas calculated; every one must be."""
    package = drawn.package()
    assert recalculate(package) == []
    return package


def demo_rows(table, client=""):
    """A table of the demonstration, of one client if asked, numbers and dates as a worksheet holds them."""
    with (DEMO / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        headings, *rows = csv.reader(file)
    return [headings, *([_typed(text) for text in row] for row in rows if not client or row[0] == client)]


def _typed(text):
    for read in (float, dt.date.fromisoformat):
        try:
            return read(text)
        except ValueError:
            continue
    return text or None
