"""What the tests of addin/ooxml share: workbooks by XlsxWriter, judged by strangers, and seen as XML."""

from __future__ import annotations

import datetime as dt
import re
import zipfile
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

import xlsxwriter
from lxml import etree
from openxml_audit import OpenXmlValidator
from python_calamine import CalamineWorkbook

from tests.structure import faults

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
LETTERS = ("Date", "Client", "Kind", "Level", "Amount", "Note")


def made(path: Path, fill: Callable[[xlsxwriter.Workbook], Any], **options: Any) -> Path:
    """A workbook that `fill` draws."""
    with xlsxwriter.Workbook(path, {"use_future_functions": True, **options}) as book:
        fill(book)
    return path


def letters(book: xlsxwriter.Workbook, rows: int = 2, below: str = "", totals: bool = False) -> None:
    """A sheet with the table Letters at B3 and some rows, a validated list, rules and a chart on another sheet."""
    sheet = book.add_worksheet("Courriers")
    day, money = book.add_format({"num_format": "dd/mm/yyyy"}), book.add_format({"num_format": "#,##0.00"})
    last = 2 + max(rows, 1)
    styles = [day, None, None, None, money, None]
    columns = [{"header": header, "format": style} for header, style in zip(LETTERS, styles, strict=True)]
    if totals:
        columns[0]["total_string"], columns[4]["total_function"] = "Total", "sum"
    sheet.add_table(2, 1, last + totals, 6, {"name": "Letters", "columns": columns, "total_row": totals})
    for row in range(3, last + 1):
        if rows:
            sheet.write_datetime(row, 1, dt.datetime(2026, 11, row), day)
            sheet.write_row(row, 2, [f"C00{row}", "reminder", 1])
            sheet.write_number(row, 5, 100.5 * row, money)
        else:
            sheet.write_blank(row, 1, None, day)
            sheet.write_blank(row, 5, None, money)
        sheet.set_row(row, 24)
    sheet.data_validation(3, 3, last, 3, {"validate": "list", "source": ["reminder", "notice"]})
    sheet.data_validation(3, 12, last, 12, {"validate": "integer", "criteria": ">", "value": 0})
    sheet.conditional_format(3, 5, last, 5, {"type": "data_bar", "data_bar_2010": True})
    if below:
        sheet.write(below, "do not lose me")
    other = book.add_worksheet("Home")
    other.write_row(0, 0, ["a", 1])
    other.write_comment("A2", "seen")
    chart = book.add_chart({"type": "bar"})
    chart.add_series({"values": "=Home!$B$1:$B$1"})
    other.insert_chart("D2", chart)


def errors(path: Path) -> list[str]:
    """What a validator, and our own check of what no validator sees, find wrong."""
    return [*(str(error) for error in _validator().validate(path).errors), *faults(path.read_bytes())]


@cache
def _validator() -> OpenXmlValidator:
    return OpenXmlValidator()


def seen(path: Path, sheet: str) -> list[list[Any]]:
    """The cells as another program reads them."""
    return CalamineWorkbook.from_path(str(path)).get_sheet_by_name(sheet).to_python(skip_empty_area=False)


def cell_xml(content: bytes, cell: str) -> str:
    """One cell of a sheet as it is written, "" if it is not there."""
    found = re.search(rb'<c r="%s"[^>]*?(?:/>|>.*?</c>)' % cell.encode(), content, re.S)
    return found[0].decode() if found else ""


def attributes(content: bytes, tag: str, name: str) -> list[str]:
    """One attribute of every such element of a part."""
    return [element.get(name) for element in etree.fromstring(content).iter(f"{MAIN}{tag}")]


def unzipped(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as package:
        return {name: package.read(name) for name in package.namelist()}
