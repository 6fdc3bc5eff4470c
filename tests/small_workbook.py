"""A workbook like ours, small: every table and name that macros rely on, a few formulas, no macros."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import xlsxwriter
from pyopenvba import ExcelFile, VBAModuleKind

from addin.table_names import in_excel
from udfs.tables.schema import SCHEMA

TABLES = tuple(SCHEMA)
BOOK = f"=CREDIT_BOOK(AsOf,{','.join(f'{name}Input' for name in TABLES)})"
AS_OF = dt.date(2026, 11, 20)

FIRM = {"company_name": "Vendeur", "company_form": "SAS", "company_address1": "1 rue A", "company_postcode": "69001",
        "company_city": "Lyon", "company_rcs": "RCS Lyon 732 829 320", "company_iban": "FR7630006000011234567890189",
        "company_phone": "04", "signatory_name": "Moi", "signatory_title": "Credit manager"}
ROWS: dict[str, list[dict[str, Any]]] = {
    "Invoices": [
        {"client": "C1", "invoice": "F1", "date": dt.date(2026, 9, 2), "due_date": dt.date(2026, 11, 1),
         "amount": 1000.0},
        {"client": "C2", "invoice": "F2", "date": dt.date(2026, 11, 2), "due_date": dt.date(2026, 12, 2),
         "amount": 500.0}],
    "Payments": [{"client": "C2", "date": dt.date(2026, 11, 19), "amount": 10.0, "means": "transfer"}],
    "Clients": [
        {"client": "C1", "name": "Dupont", "address1": "2 rue B", "postcode": "75001", "city": "Paris",
         "share_capital": 10000.0},
        {"client": "C2", "name": "Durand", "address1": "3 rue C", "postcode": "75002", "city": "Paris"}],
    "Policy": [{"key": "language", "value": "en"}, {"key": "starter_line", "value": 3000.0},
               *({"key": key, "value": value} for key, value in FIRM.items())],
}
EMPTY: dict[str, list[dict[str, Any]]] = {
    "Policy": [{"key": "language", "value": "en"}, {"key": "starter_line", "value": 3000.0}]}


Rows = Mapping[str, Sequence[Mapping[str, Any]]]
USUAL: dict[str, Rows] = {"rows": ROWS, "empty": EMPTY}


def build(path: Path, rows: Rows = ROWS, language: str = "en") -> Path:
    """Write the workbook; a table without rows has one blank row, as ours have."""
    usual = next((name for name, one in USUAL.items() if rows is one), "")
    path.write_bytes(_usual(usual, language) if usual else _content(rows, language))
    return path


@cache
def _usual(name: str, language: str) -> bytes:
    return _content(USUAL[name], language)


def _content(rows: Rows, language: str) -> bytes:
    target = io.BytesIO()
    book = xlsxwriter.Workbook(target, {"use_future_functions": True, "in_memory": True})
    book.set_vba_name("ThisWorkbook")
    day = book.add_format({"num_format": "dd/mm/yyyy"})
    home = _sheet(book, "Home")
    home.write_datetime("B2", dt.datetime.combine(AS_OF, dt.time()), day)
    home.write_dynamic_array_formula("B3:B3", BOOK)
    home.write_dynamic_array_formula("B4:B4", '=CREDIT_LIMIT("C1",Book)')
    home.write_dynamic_array_formula("A6:A6", "=CREDIT_TABLE(Book)")
    card = _sheet(book, "ClientCard")
    card.write_string("B2", "C1")
    tests = _sheet(book, "SelfTest")
    tests.write_dynamic_array_formula("B2:B2", '=CREDIT_LIMIT("C1",Book)=3000')
    tests.write_formula("B3", "=1=2")
    for name in TABLES:
        _table(book, name, rows.get(name) or [{}], language, day)
    conf = _sheet(book, "CreditConf", "credit.conf")
    for place, (key, value) in enumerate({"language": language, "version": "0.1.0", "schema": "1", "xlwings": "0.37.8",
                                          "calculated_at": ""}.items()):
        conf.write_row(place, 0, (key, value))
    for name, cell in {"AsOf": "Home!$B$2", "Book": "Home!$B$3", "CardClient": "ClientCard!$B$2",
                       "test_limit": "SelfTest!$B$2", "test_never": "SelfTest!$B$3"}.items():
        book.define_name(name, f"={cell}")
    book.close()
    return target.getvalue()


def _sheet(book: xlsxwriter.Workbook, codename: str, name: str = "") -> Any:
    sheet = book.add_worksheet(name or codename)
    sheet.set_vba_name(f"sh{codename}")
    return sheet


def _table(book: xlsxwriter.Workbook, name: str, rows: Sequence[Mapping[str, Any]], language: str, day: Any) -> None:
    """An Excel table two rows below a title; dates and texts have the format that ours have."""
    sheet, specs, text = _sheet(book, name), list(SCHEMA[name].values()), book.add_format({"num_format": "@"})
    sheet.write_string("A1", name)
    sheet.add_table(2, 0, 2 + len(rows), len(specs) - 1, {
        "name": in_excel(name), "columns": [{"header": spec.label(language)} for spec in specs]})
    for down, row in enumerate(rows, start=3):
        for right, spec in enumerate(specs):
            value = row.get(spec.name)
            look = day if spec.type == "date" else None if spec.type in ("amount", "count", "share", "number") else text
            if isinstance(value, dt.date):
                sheet.write_datetime(down, right, dt.datetime.combine(value, dt.time()), look)
            elif isinstance(value, str):
                sheet.write_string(down, right, value, look)
            elif value is None:
                sheet.write_blank(down, right, None, look)
            else:
                sheet.write_number(down, right, value, look)
    first, last = (specs[at].label(language).replace("'", "''") for at in (0, -1))
    book.define_name(f"{name}Input", f"={in_excel(name)}[[#Headers],[#Data],[{first}]:[{last}]]")


def build_open(folder: Path, rows: Rows = ROWS, language: str = "en") -> Path:
    """The same as a workbook with macros, which Excel opens; its own macros do nothing."""
    plain, made = build(folder / "plain.xlsx", rows, language), folder / "my credit.xlsm"
    with zipfile.ZipFile(plain) as old, zipfile.ZipFile(made, "w") as new:
        for name in old.namelist():
            new.writestr(name, old.read(name).replace(b"vnd.openxmlformats-officedocument.spreadsheetml.sheet.main",
                                                      b"vnd.ms-excel.sheet.macroEnabled.main"))
    with ExcelFile(made) as file:
        file.add_vba_project().add_module("Nothing", "Option Explicit\r\n", kind=VBAModuleKind.standard)
        file.save()
    return made
