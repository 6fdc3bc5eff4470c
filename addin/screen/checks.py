"""What is wrong in the tables, on the screen."""

from __future__ import annotations

from typing import Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

from addin.screen.terminal import COLOURS, cell, console, print_json, safe
from udfs.book.book import Book
from udfs.book.summary import summary, summary_rows
from udfs.texts import say

SHOWN_ISSUES = 12


def issues(book: Book, as_json: bool) -> None:
    """Everything that is wrong in the tables, and the rows read, used and refused."""
    if as_json:
        print_json({"as_of": str(book.as_of), "issues": issue_records(book), "summary": summary(book)})
        return
    language, screen = book.policy.language, console()
    print_issues(book, screen, limit=None)
    table = Table(show_header=False)
    table.add_column()
    table.add_column(justify="right")
    for label, value in summary_rows(book):
        table.add_row(str(label), cell(value, language))
    screen.print(table)


def print_issues(book: Book, screen: Console, limit: int | None = SHOWN_ISSUES) -> None:
    """The first faults, errors before warnings; all of them, notes included, without a limit."""
    language = book.policy.language
    found = book.issues if limit is None else book.faults
    if not found:
        screen.print(Text(say("cli.no_issues", language), style="green"))
        return
    screen.print(Text(say("cli.issues_title", language, count=len(found)), style="bold"))
    for issue in found[:limit]:
        word = say(f"book.severity_{issue.severity}", language)
        screen.print(Text.assemble("  ", (f"{word:8}", COLOURS.get(word, "dim")), safe(issue.sentence(language))))
    if limit is not None and len(found) > limit:
        screen.print(say("cli.issues_more", language, more=len(found) - limit))


def issue_records(book: Book) -> list[dict[str, Any]]:
    """The issues as plain data."""
    language = book.policy.language
    return [{"severity": issue.severity, "table": issue.table, "row": issue.row, "column": issue.column,
             "value": issue.value, "code": issue.code, "source": issue.source,
             "sentence": issue.sentence(language)} for issue in book.issues]
