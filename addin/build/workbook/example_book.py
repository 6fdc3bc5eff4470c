"""The small book behind the examples and the self-test: six tables beside the tests, and one CREDIT_BOOK over them.

Five clients, each with one thing to see; what the functions must answer is worked out in `example_checks`.
ALPHA is the worked case of DOMAIN 1.2. All is as of 20 November 2026, whatever the date of the user's own Book.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from xlsxwriter.utility import xl_range_abs

from addin.build.workbook import example_lists
from addin.build.workbook.cells import typed, write
from addin.build.workbook.columns import alignment, number
from addin.build.workbook.draft import Draft
from udfs.tables.schema import SCHEMA

AS_OF = (2026, 11, 20)
Table = tuple[str, Sequence[str]]

# Columns, then a row a line, cells parted by |.
TABLES: Mapping[str, Table] = {
    "Invoices": ("client|invoice|date|kind|due_date|terms|amount", (
        # Worked case: one open invoice, not due.
        "ALPHA|A-1|2026-10-20|invoice|2026-12-19||16800",
        # 66 days late on 20 November; a credit note that nobody has set against it.
        "BRAVO|B-1|2026-08-16|invoice|2026-09-15||3600",
        "BRAVO|B-2|2026-09-20|credit_note|2026-09-20||600",
        "BRAVO|B-3|2026-11-02|invoice|2026-12-02||1200",
        # Three invoices settled on their due day, then one open: evidence without accounts.
        "CHARLIE|C-1|2026-03-02|invoice|2026-04-01||6000",
        "CHARLIE|C-2|2026-05-04|invoice|2026-06-03||9000",
        "CHARLIE|C-3|2026-07-01|invoice|2026-07-31||4800",
        "CHARLIE|C-4|2026-11-03|invoice|2026-12-03||2400",
        # No due date: 1 October and 45 days is 15 November, end of month 30 November.
        "DELTA|D-1|2026-10-01|invoice||45 jours fin de mois|1000",
    )),
    "Clients": ("client|name|country|customer_since|terms|sales_forecast|granted_limit|granted_on|limit_valid_until", (
        "ALPHA|Menuiserie Alpha|FR|2012-01-02|60 jours|250000|||",
        "BRAVO|Peintures Bravo|FR|2019-05-06|30 jours||||",
        "CHARLIE|Serrurerie Charlie|FR|2023-02-01|30 jours|120000|||",
        "DELTA|Vitrerie Delta|FR|2020-09-01|||0|2026-06-01|",
        "ECHO|Carrelages Echo|FR|2021-03-15|30 jours||5000|2026-06-01|2027-06-30",
    )),
    "Payments": ("client|date|amount|invoice|means", (
        "CHARLIE|2026-04-01|6000|C-1|transfer",
        "CHARLIE|2026-06-03|9000|C-2|transfer",
        "CHARLIE|2026-07-31|4800|C-3|transfer",
        # No invoice: unallocated.
        "CHARLIE|2026-11-18|300||transfer",
    )),
    "Accounts": ("client|year_end|turnover|equity|intangibles", ("ALPHA|2025-12-31|700000|95000|15000",)),
    # 90 % of 10,000 agreed, less than the 16,800 / 1.20 = 14,000 that ALPHA owes excl. VAT.
    "Securities": ("client|kind|issuer|amount|basis|quota|valid_from", (
        "ALPHA|insurance|Assurance des Confins|10000|excl_vat|0.9|2026-01-01",)),
    "Journal": ("date|client|event|invoice|amount|due|author", (
        "2026-11-10|BRAVO|promise|B-1|3600|2026-11-17|C. Montfaucon",)),
    # Answers in the language of the workbook.
    "Policy": ("key|value", ("language|{language}",)),
}
# Some columns of a table, the first and the last, for functions that take a range.
COLUMNS = {"ExampleDates": ("Invoices", "date", "date"), "ExampleCodes": ("Clients", "client", "client"),
           "ExamplePaid": ("Payments", "date", "amount")}
WIDTH = max(len(columns.split("|")) for columns, _ in TABLES.values())


def formula() -> str:
    """The formula of the cell ExampleBook, without its equals sign."""
    year, month, day = AS_OF
    return f"CREDIT_BOOK(DATE({year},{month},{day}),{','.join(f'Example{table}' for table in TABLES)})"


def draw(draft: Draft, code: str, row: int, column: int) -> None:
    """Write the tables one below the other and name them; the cell ExampleBook stands above them."""
    sheet = draft.sheets[code]
    sheet.write_string(row, column, draft.say("example_book"), draft.style("section"))
    for further in range(column + 1, column + WIDTH):
        sheet.write_blank(row, further, None, draft.style("section"))
    draft.formula(code, row + 1, column, f"={formula()}", draft.style("text"))
    draft.name("ExampleBook", code, row + 1, column)
    below = row + 3
    for table, (columns, rows) in TABLES.items():
        below = _table(draft, code, below, column, table, columns.split("|"),
                       [line.format(language=draft.language).split("|") for line in rows])
    example_lists.draw(draft, code, below, column)


def _table(draft: Draft, code: str, row: int, column: int, table: str, names: Sequence[str],
           rows: Sequence[Sequence[str]]) -> int:
    """One table under its name; the row of the next one."""
    sheet, specs = draft.sheets[code], [SCHEMA[table][name] for name in names]
    sheet.write_string(row, column, f"Example{table}", draft.style("text", bold=True))
    for place, spec in enumerate(specs, start=column):
        look = alignment(number(spec))
        sheet.write_string(row + 1, place, spec.label(draft.language), draft.style("table_heading", **look))
        for below, cells in enumerate(rows, start=row + 2):
            value = typed(spec, cells[place - column], draft.language)
            write(sheet, below, place, value, draft.style("result", number(spec), **look))
    last = row + 1 + len(rows)
    _name(draft, code, f"Example{table}", (row + 1, column, last, column + len(specs) - 1))
    for name, (of_table, *of_columns) in COLUMNS.items():
        if table == of_table:
            left, right = (column + names.index(one) for one in of_columns)
            _name(draft, code, name, (row + 2, left, last, right))
    return last + 2


def _name(draft: Draft, code: str, name: str, area: tuple[int, int, int, int]) -> None:
    draft.workbook.define_name(name, f"={draft.reference(code, xl_range_abs(*area))}")
