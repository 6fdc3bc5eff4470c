"""What each column takes: told at its heading, offered as a list where there is one, and warned about in its cells.

A warning never stops a paste and can always be overruled: reading is more tolerant than Excel.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from addin.build.workbook.draft import Draft
from addin.choice_words import words
from udfs.tables.schema import ColumnSpec
from udfs.texts import has

LAST_ROW = 1_048_575
CURRENCIES = ("EUR", "USD", "GBP", "CHF")
FIRST_DATE, LAST_DATE = dt.date(1900, 3, 1), dt.date(2199, 12, 31)
LARGEST = 1e12
# Excel shows no more.
LONGEST_TITLE, LONGEST_MESSAGE = 32, 255


def explain_heading(draft: Draft, code: str, row: int, column: int, spec: ColumnSpec) -> None:
    """Say what a column takes when its heading is selected."""
    draft.sheets[code].data_validation(row, column, row, column, {
        "validate": "any", "input_title": _title(spec.label(draft.language)), "input_message": message(draft, spec)})


def guard(draft: Draft, code: str, first_row: int, last_row: int, column: int, spec: ColumnSpec) -> None:
    """The list of a column, or the warning for a cell that it does not take."""
    rule = _rule(draft, spec)
    if rule:
        draft.sheets[code].data_validation(first_row, column, last_row, column, {
            "ignore_blank": True, "show_input": False, "error_type": "warning",
            "error_title": draft.say("warn_title"), **rule})


def message(draft: Draft, spec: ColumnSpec) -> str:
    """What a column takes, in a few words."""
    kind = spec.type.partition(":")[0]
    parts = [draft.say("takes_needed")] if spec.required == "yes" else []
    if kind == "choice":
        parts.append(draft.say("takes_choice", words=", ".join(words(spec.choices, draft.language))))
    else:
        parts.append(draft.say(f"takes_{kind}"))
    about = f"workbook.about_{spec.table}_{spec.name}"
    if has(about, draft.language):
        parts.append(draft.say(about))
    return " ".join(parts)[:LONGEST_MESSAGE]


def _title(label: str) -> str:
    return label if len(label) <= LONGEST_TITLE else label[:LONGEST_TITLE - 1] + "…"


def _rule(draft: Draft, spec: ColumnSpec) -> dict[str, Any]:
    kind = spec.type.partition(":")[0]
    if spec.name == "client" and spec.table != "Clients":
        return {"validate": "list", "source": "=ClientCodes", "error_message": draft.say("warn_client")}
    match kind:
        case "choice":
            return _list(draft, words(spec.choices, draft.language))
        case "flag":
            return _list(draft, (draft.say("yes"), draft.say("no")))
        case "currency":
            return _list(draft, CURRENCIES)
        case "date":
            return {"validate": "date", "criteria": "between", "minimum": FIRST_DATE, "maximum": LAST_DATE,
                    "error_message": draft.say("warn_date")}
        case "amount" | "number" | "count":
            return {"validate": "decimal", "criteria": "between", "minimum": -LARGEST, "maximum": LARGEST,
                    "error_message": draft.say("warn_number")}
        case "share":
            return {"validate": "decimal", "criteria": "between", "minimum": 0, "maximum": 1,
                    "error_message": draft.say("warn_share")}
    return {}


def _list(draft: Draft, choice: tuple[str, ...]) -> dict[str, Any]:
    return {"validate": "list", "source": list(choice), "error_message": draft.say("warn_list")}
