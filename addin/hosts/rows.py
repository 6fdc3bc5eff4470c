"""Rows as the workbook shows them: choices in its own words, whatever code a macro writes.

>>> shown_rows("Journal", [{"event": "promise", "client": "C001", "amount": 500.0, "due": None}], "fr")
[{'event': 'promesse', 'client': 'C001', 'amount': 500.0}]
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from addin.choice_words import shown
from udfs.tables.schema import SCHEMA


def shown_rows(table: str, rows: Sequence[Mapping[str, Any]], language: str) -> list[dict[str, Any]]:
    """The rows without what is empty."""
    return [{column: _shown(table, column, value, language) for column, value in row.items()
             if value not in (None, "")} for row in rows]


def _shown(table: str, column: str, value: Any, language: str) -> Any:
    spec = SCHEMA[table].get(column)
    return shown(spec.choices, value, language) if spec and spec.choices and isinstance(value, str) else value
