"""A table of the workbook: headings, typed rows, its Excel table, its input name, its lists and warnings."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from xlsxwriter.utility import xl_range

from addin.build.workbook import columns
from addin.build.workbook.cells import typed, write
from addin.build.workbook.draft import Draft
from addin.build.workbook.validations import explain_heading, guard
from addin.table_names import in_excel

# The Excel table draws nothing of its own: cell formats do, which other programs show too.
TABLE_STYLE = "Table Style Light 1"
# A filter's button sits in the lower right corner of its heading.
BESIDE_BUTTON = {"align": "left", "indent": 1, "valign": "top"}


@dataclass(frozen=True)
class Look:
    """The styles of the headings and of the rows, and of the heading of a column that must be filled."""

    heading: str
    row: str
    needed: str = ""


INPUT, VALUE = Look("input_heading", "input", "needed_heading"), Look("input_heading", "input")
RESULT, REMARK = Look("table_heading", "result"), Look("table_heading", "text")


@dataclass(frozen=True)
class Place:
    """The upper left corner of a table (0-based)."""

    code: str
    row: int
    column: int = 0


def values(draft: Draft, table: str, row: Mapping[str, str]) -> dict[str, Any]:
    """The texts of a row as the values of its cells."""
    return {spec.name: typed(spec, row.get(spec.name, ""), draft.language) for spec in columns.columns_of(table)}


def rows_of(draft: Draft, table: str) -> list[dict[str, Any]]:
    """The rows of the demonstration portfolio; a workbook to start with has one blank row."""
    return [values(draft, table, row) for row in draft.tables.get(table, ())] or [{}]


def put(draft: Draft, table: str, place: Place, rows: Sequence[Mapping[str, Any]], looks: Mapping[str, Look], *,
        numbers: Sequence[Mapping[str, str]] = (), last_row: int = 0, filters: bool = True) -> None:
    """Write a table.

    `looks` by column, "" for the others; `numbers` are the number formats of a row's own; `last_row` is where lists
    and warnings end, the table's last row unless given.
    """
    sheet, specs = draft.sheets[place.code], columns.columns_of(table)
    first, last = place.row + 1, place.row + len(rows)
    right = place.column + len(specs) - 1
    heads = []
    for column, spec in enumerate(specs, start=place.column):
        look, usual = looks.get(spec.name, looks[""]), columns.number(spec)
        stand = columns.alignment(usual)
        heading = (look.needed if spec.required == "yes" else "") or look.heading
        heads.append({"header": spec.label(draft.language),
                      "header_format": draft.style(heading, **(BESIDE_BUTTON if filters else stand)),
                      "format": draft.style(look.row, usual, **stand)})
        for row, given in enumerate(rows):
            number = numbers[row].get(spec.name, usual) if numbers else usual
            style = draft.style(look.row, number, **columns.alignment(number))
            write(sheet, first + row, column, given.get(spec.name), style)
        explain_heading(draft, place.code, place.row, column, spec)
        guard(draft, place.code, first, last_row or last, column, spec)
    sheet.add_table(place.row, place.column, last, right, {
        "name": in_excel(table), "style": TABLE_STYLE, "banded_rows": False, "autofilter": filters, "columns": heads})
    sheet.ignore_errors({"number_stored_as_text": xl_range(first, place.column, last, right)})
    draft.workbook.define_name(f"{table}Input", f"={columns.input_range(table, draft.language)}")
