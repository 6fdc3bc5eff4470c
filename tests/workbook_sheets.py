"""The sheets of the workbook drawn once a language, their formulas calculated on disk, read back by tests."""

import datetime as dt
import re
from functools import cache

from lxml import etree

from addin.build import demo_portfolio
from addin.build.workbook import (
    functions_sheet,
    hidden_sheets,
    input_sheets,
    legal_rates_sheet,
    policy_sheet,
    self_test,
)
from addin.build.workbook.draft import Draft
from addin.formulas import recalculate
from addin.ooxml.package import Package
from addin.table_names import in_excel

LANGUAGES = ("en", "fr")
MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
TABLES = ("Invoices", "Payments", "Clients", "Orders", "Plans", "Securities", "Accounts", "Rates", "Policy", "Grades",
          "Scorecard", "Answers", "Dunning", "LegalRates", "LegalTerms", "Letters", "Journal")
BOOK = "=CREDIT_BOOK(AsOf," + ",".join(f"{table}Input" for table in TABLES) + ")"
AS_OF = dt.date(2026, 11, 20)
DRAWN = (input_sheets, policy_sheet, legal_rates_sheet, functions_sheet, self_test, hidden_sheets)
DEMO = {name: rows for name, rows in demo_portfolio.tables().items() if name not in demo_portfolio.ANSWERS}


def drawn(language, tables, modules=DRAWN):
    """The workbook of these sheets, with the Book that the sheet Home will hold."""
    draft = Draft(language, tables, AS_OF)
    for module in modules:
        module.draw(draft)
    draft.sheets["home"].write_datetime(0, 0, dt.datetime.combine(AS_OF, dt.time()), draft.style("text", "date"))
    draft.formula("home", 1, 0, BOOK)
    draft.name("AsOf", "home", 0, 0)
    draft.name("Book", "home", 1, 0)
    return draft.content()


@cache
def calculated(language, filled):
    package = Package.of(drawn(language, DEMO if filled else {}))
    assert recalculate(package) == []
    return package


def sheet(package, code):
    return package.codenames["sh" + "".join(part.capitalize() for part in code.split("_"))]


def rows_of(package, code, width=40, height=500):
    rows = package.rows(sheet(package, code), 1, 1, height, width)
    while rows and not any(cell not in (None, "") for cell in rows[-1]):
        rows.pop()
    return rows


def table(package, name):
    """Headings and rows of an Excel table, each row by its headings."""
    place = package.tables[in_excel(name)]
    head, *rows = package.rows(place.sheet, place.first_row, place.first_column, place.last_row, place.last_column)
    return head, [dict(zip(head, row, strict=True)) for row in rows]


def xml_of(package, code):
    return etree.fromstring(package.parts[package.sheets[sheet(package, code)]])


def cell(package, name):
    where, reference_of = package.cell_of(name)
    row, column = int(re.sub(r"\D", "", reference_of)), ord(reference_of[0]) - 64
    return package.rows(where, row, column, row, column)[0][0]
