"""The back-test on the screen: a line a grade, or on a small terminal a column a grade in whole units."""

from __future__ import annotations

from typing import Any

from rich.table import Table
from rich.text import Text

from addin.screen.terminal import Unbroken, cell, console, print_json, whole
from udfs.book.back_test import COLUMNS, SHARES, compared, headings, records, sheet_rows
from udfs.book.book import Book
from udfs.tables.columns import months_before
from udfs.texts import say
from udfs.texts.writing import percent

WIDE = 150
VERDICTS = {True: "rises", False: "does_not_rise", None: "too_few"}


def back_test(book: Book, months: int, as_json: bool) -> None:
    """The grades of so many months ago against what was paid since, and whether they told good payers from bad."""
    language, then, found = book.policy.language, months_before(book.as_of, months), compared(book, months)
    *grades, total = records(book, found)
    if as_json:
        print_json({"as_of": str(book.as_of), "then": str(then), "months": months, "late_share_rises": found.rises,
                    "grades": _plain(grades), "total": _plain([total])[0]})
        return
    screen = console()
    if not total["clients"]:
        screen.print(say("portfolio.back_test_no_client", language, then=then))
        return
    heads, rows = headings(language, then), sheet_rows(language, [*grades, total])
    title = say("portfolio.back_test_title", language, then=then, as_of=book.as_of)
    narrow = screen.width < WIDE
    lines = [[_cell(name, value, language, narrow) for name, value in zip(COLUMNS, row, strict=True)] for row in rows]
    if narrow:
        title = say("cli.whole_units", language, title=title)
        first, *others = zip(*lines, strict=True)
        heads, lines = [heads[0], *(text.plain for text in first)], [
            [Text(head), *line] for head, line in zip(heads[1:], others, strict=True)]
    screen.print(_table(title, heads, lines, last_is_total=not narrow))
    screen.print(say("portfolio.back_test_then", language))
    screen.print(Text(say(f"portfolio.back_test_{VERDICTS[found.rises]}", language), style="bold"))


def _table(title: str, heads: list[str], lines: list[list[Text]], last_is_total: bool) -> Table:
    table = Table(title=title, title_justify="left")
    for place, head in enumerate(heads):
        table.add_column(head, justify="right" if place else "left", overflow="fold")
    for line in lines[:-1] if last_is_total else lines:
        table.add_row(*line)
    if last_is_total:
        table.add_section()
        table.add_row(*lines[-1], style="bold")
    return table


def _cell(name: str, value: Any, language: str, rounded: bool) -> Text:
    if name in SHARES and value != "":
        return Unbroken(percent(value, language))
    return whole(value, language) if rounded else cell(value, language)


def _plain(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """What is not known is null: JSON has no NaN."""
    return [{name: None if value != value else value for name, value in row.items()} for row in rows]
