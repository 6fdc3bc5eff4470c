"""A small workbook with the real macros: a Home sheet with the Book, and a dozen clients of the demonstration.

Two clients and one invoice are added whose texts Excel or VBA might take for something else. The
example lists of the real workbook (figures of accounts, answers, weights) stand on its Functions sheet.
"""

from __future__ import annotations

import csv
import datetime as dt
from pathlib import Path
from typing import Any

from addin.build.macro_project import with_macros
from addin.build.workbook import example_lists, hidden_sheets
from addin.build.workbook.draft import Draft
from udfs import CREDIT_BOOK
from udfs.tables.raw import RawTable

DEMO = Path(__file__).parents[2] / "addin" / "build" / "demo"
CLIENTS = ("C001", "C002", "C003", "C004", "C005", "C006", "C007", "C008", "C017", "C031", "C036", "C040")
TABLES = ("Invoices", "Payments", "Clients", "Accounts", "Letters", "Journal", "Rates", "Policy")
SHEETS = {"Rates": "plans"}  # a table without a sheet of its own
HOSTILE: dict[str, list[dict[str, str]]] = {
    "Clients": [{"client": "2042", "name": "lost 0,0,2042", "contact": "#N/A"},
                {"client": "CMD", "name": "=cmd|' /C calc'!A0"}],
    "Invoices": [{"client": "2042", "invoice": "FA-1", "date": "2026-10-01", "amount": "100", "due_date": "2026-10-31"},
                 {"client": "CMD", "invoice": "FA-2", "date": "2026-10-01", "amount": "50", "due_date": "2026-11-30"},
                 {"client": "Z9", "invoice": "FA-3", "date": "2026-10-01", "amount": "7", "due_date": "2026-10-31"}],
}
AS_OF = dt.date(2026, 11, 20)
EPOCH = dt.date(1899, 12, 30)
LISTS = 40  # the column of the named lists on the Functions sheet, right of what the tests write
HEADING = 4  # the row of the headings, as the user counts
FORMULA = f"=CREDIT_BOOK(AsOf,{','.join(f'{table}Input' for table in TABLES)})"
CACHED_BOOK, CACHED_LIMIT = "Book 0123456789ab", 111.0


def rows(table: str) -> list[list[Any]]:
    """A table as its cells hold it, heading first: text, numbers, dates as serial numbers, None for nothing."""
    with (DEMO / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        records = [one for one in csv.DictReader(file) if one.get("client", "C001") in CLIENTS]
    names = list(records[0])
    records += [{**dict.fromkeys(names, ""), **one} for one in HOSTILE.get(table, [])]
    return [names, *([_cell(one[name], name) for name in names] for one in records)]


def book(language: str = "en") -> str:
    """The handle of the same Book, made by Python alone."""
    draft = Draft(language, {}, AS_OF)
    return str(CREDIT_BOOK(float((AS_OF - EPOCH).days), *(
        RawTable(found, draft.sheet_name(SHEETS.get(table, table.lower())), range(HEADING, HEADING + len(found)))
        for table, found in ((table, rows(table)) for table in TABLES))))


def build(path: Path, language: str = "en") -> Path:
    """Write the workbook."""
    draft = Draft(language, {}, AS_OF)
    home = draft.sheets["home"]
    home.write_datetime("B2", dt.datetime.combine(AS_OF, dt.time()), draft.style("input", "date"))
    home.write_dynamic_array_formula("B3:B3", FORMULA, None, CACHED_BOOK)
    draft.sheets["functions"].write_dynamic_array_formula("A1:A1", '=CREDIT_LIMIT("C001",Book)', None, CACHED_LIMIT)
    example_lists.draw(draft, "functions", 0, LISTS)
    for name, row in (("AsOf", 1), ("Book", 2), ("PythonState", 3)):
        draft.name(name, "home", row, 1)
    for table in TABLES:
        _draw(draft, table)
    hidden_sheets.draw(draft)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(with_macros(draft.content(), language))
    return path


def _draw(draft: Draft, table: str) -> None:
    sheet, found = draft.sheets[SHEETS.get(table, table.lower())], rows(table)
    names, body = found[0], found[1:]
    sheet.add_table(HEADING - 1, 0, HEADING + len(body) - 1, len(names) - 1,
                    {"name": table, "columns": [{"header": name} for name in names]})
    for row, cells in enumerate(body, start=HEADING):
        for column, value in enumerate(cells):
            if isinstance(value, str):
                sheet.write_string(row, column, value)
            elif value is not None:
                sheet.write_number(row, column, value)
    draft.workbook.define_name(f"{table}Input", f"={table}[[#Headers],[#Data],[{names[0]}]:[{names[-1]}]]")


def _cell(text: str, column: str) -> Any:
    """A text of the csv as a user would have typed it; codes and numbers that identify stay text."""
    if not text:
        return None
    try:
        return float((dt.date.fromisoformat(text) - EPOCH).days)
    except ValueError:
        pass
    if column in ("client", "invoice", "invoices", "order", "siren", "siret", "postcode", "phone", "name"):
        return text
    try:
        return float(text)
    except ValueError:
        return text
