"""What a cell of a table holds: the value of a text of the demonstration portfolio, and how it is written.

A text that is not what its column takes stays text, as a user's own paste would: dirty rows stay dirty.

>>> from udfs.tables.schema import SCHEMA
>>> typed(SCHEMA["Invoices"]["amount"], "16800.00", "fr"), typed(SCHEMA["Invoices"]["amount"], "voir avoir", "fr")
(16800.0, 'voir avoir')
>>> typed(SCHEMA["Invoices"]["date"], "2026-11-20", "fr"), typed(SCHEMA["Invoices"]["date"], "31/02/2026", "fr")
(datetime.date(2026, 11, 20), '31/02/2026')
>>> typed(SCHEMA["Invoices"]["disputed"], "yes", "fr"), typed(SCHEMA["Clients"]["siren"], "001000371", "fr")
('oui', '001000371')
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from addin.choice_words import flag, shown
from udfs.tables.schema import ColumnSpec

FLAGS = {"yes": True, "no": False}


def typed(spec: ColumnSpec, text: str, language: str) -> Any:
    """The value for the cell; None for an empty text."""
    if not text:
        return None
    kind = spec.type.partition(":")[0]
    try:
        match kind:
            case "date":
                return dt.date.fromisoformat(text)
            case "amount" | "number" | "share" | "count":
                return float(text)
            case "choice":
                return shown(spec.choices, text, language)
            case "flag":
                return flag(FLAGS[text], language)
    except (ValueError, KeyError):
        pass
    return text


def write(sheet: Worksheet, row: int, column: int, value: Any, style: Format) -> None:
    """Write a cell by the type of its value; a text is never taken for a formula, a link or a number."""
    if value is None:
        sheet.write_blank(row, column, None, style)
    elif isinstance(value, bool):
        sheet.write_boolean(row, column, value, style)
    elif isinstance(value, str):
        sheet.write_string(row, column, value, style)
    elif isinstance(value, dt.date):
        sheet.write_datetime(row, column, dt.datetime.combine(value, dt.time()), style)
    else:
        sheet.write_number(row, column, value, style)
