"""The sheets that hold one table each: what the user fills in, and the two registers that macros write."""

from __future__ import annotations

from addin.build.workbook import columns, data_table, page
from addin.build.workbook.data_table import INPUT, RESULT, Place
from addin.build.workbook.draft import Draft
from addin.build.workbook.validations import LAST_ROW

FILLED_IN = ("invoices", "payments", "clients", "orders", "plans", "securities", "accounts")
REGISTERS = ("letters", "journal")
HEADING_ROW = 3
# Two lines of text, and below them the button of the filter; the headings of the registers take one line.
HEADING_HEIGHT, REGISTER_HEADING_HEIGHT = 38, 30
# Columns that stay in sight on the left.
KEPT = {"Invoices": 2, "Clients": 2}


def draw(draft: Draft) -> None:
    """Draw every one of them, and name the clients' codes for the lists of the others."""
    for code in FILLED_IN:
        _draw(draft, code, "input")
    for code in REGISTERS:
        _draw(draft, code, "other")
    label = next(spec for spec in columns.columns_of("Clients") if spec.name == "client").label(draft.language)
    draft.workbook.define_name("ClientCodes", f"=Clients[{label}]")


def _draw(draft: Draft, code: str, tab: str) -> None:
    table, sheet, filled_in = code.capitalize(), draft.sheets[code], tab == "input"
    hint = draft.say(f"hint_{code}") + (f" {draft.say('click_heading')}" if filled_in else "")
    specs, printed = columns.columns_of(table), columns.printed(table)
    page.begin(draft, code, tab, hint=hint, widths=[columns.width(spec) for spec in specs])
    for column, spec in enumerate(specs):
        number = columns.number(spec)
        sheet.set_column(column, column, columns.width(spec),
                         draft.style("text", number, **columns.alignment(number)),
                         {"level": 1} if column >= printed else {})
    sheet.set_row(HEADING_ROW, HEADING_HEIGHT if filled_in else REGISTER_HEADING_HEIGHT)
    data_table.put(draft, table, Place(code, HEADING_ROW), data_table.rows_of(draft, table),
                   {"": INPUT if filled_in else RESULT}, last_row=LAST_ROW if filled_in else 0)
    sheet.freeze_panes(HEADING_ROW + 1, KEPT.get(table, 1))
    sheet.repeat_rows(HEADING_ROW)
    if printed < len(specs):
        sheet.print_area(0, 0, LAST_ROW, printed - 1)
