"""The issues of a Book as rows of a sheet."""

from __future__ import annotations

from typing import Any

from udfs.book.book import Book
from udfs.tables.schema import SCHEMA
from udfs.texts import say

COLUMNS = ("severity", "table", "row", "column", "value", "sentence")


def issue_rows(book: Book) -> list[list[Any]]:
    """A heading row, then one row an issue; one row says so when there is none."""
    language = book.policy.language
    rows: list[list[Any]] = [[say(f"book.issue_{name}", language) for name in COLUMNS]]
    for issue in book.issues:
        spec = SCHEMA.get(issue.table, {}).get(issue.column)
        rows.append([say(f"book.severity_{issue.severity}", language), issue.table, issue.row or "",
                     spec.label(language) if spec else issue.column, issue.value, issue.sentence(language)])
    if len(rows) == 1:
        rows.append([say("book.severity_info", language), "", "", "", "", say("book.no_issue", language)])
    return rows
