"""The aged balance on the screen, in the first of four layouts that stands whole in the terminal.

To the cent with names, headings in one line or in several; in whole units without names; in whole units with
the names, two lines a client.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import zip_longest
from typing import Any

from rich.box import SIMPLE_HEAD
from rich.cells import cell_len
from rich.console import Console
from rich.measure import Measurement
from rich.table import Table
from rich.text import Text

from addin.screen.terminal import Unbroken, cell, console, print_json, whole
from addin.screen.tie_out import print_tie_out
from udfs.book.ageing_list import ageing_columns, ageing_rows
from udfs.book.book import Book
from udfs.texts import say

ENDLESS = 10_000


def ageing(book: Book, as_json: bool) -> None:
    """The aged balance."""
    rows = ageing_rows(book, range(len(book.clients)), "due_date")
    if as_json:
        *clients, total = (dict(zip(ageing_columns(book), row, strict=True)) for row in rows[1:])
        amounts = {name: value for name, value in total.items() if name not in ("client", "name")}
        print_json({"as_of": str(book.as_of), "rows": clients, "total": amounts})
        return
    language, screen = book.policy.language, console()
    layouts = list(_layouts(rows, say("cli.ageing_title", language, as_of=book.as_of), language))
    screen.print(next((table for table in layouts if _fits(table, screen)), layouts[-1]))
    print_tie_out(book, screen)


def _layouts(rows: Sequence[Sequence[Any]], title: str, language: str) -> Iterator[Table]:
    """The layouts, the widest first."""
    headings = [str(heading) for heading in rows[0]]
    exact = [[cell(value, language) for value in row] for row in rows[1:]]
    units = [[whole(value, language) for value in row] for row in rows[1:]]
    yield _filled(Table(title=title), headings, exact, ends="\n")
    yield _filled(Table(title=title), headings, exact)
    title = say("cli.whole_units", language, title=title)
    yield _filled(Table(title=title, box=SIMPLE_HEAD, padding=0), [headings[0], *headings[2:]],
                  [[row[0], *row[2:]] for row in units], names=None)
    yield _filled(Table(title=title, padding=0, show_lines=True), ["\n".join(pair) for pair in _pairs(headings)],
                  [[Unbroken("\n").join(pair) for pair in _pairs(row)] for row in units], names=0)


def _filled(table: Table, headings: Sequence[str], rows: Sequence[Sequence[Text]], names: int | None = 1,
            ends: str | None = None) -> Table:
    """The table with its rows; columns are as wide as their longest cell, only that of the names may fold.

    A heading is broken at `ends`, without it at every blank.
    """
    table.title_justify = "left"
    for place, heading in enumerate(headings):
        lines = [line for row in rows for line in row[place].plain.split("\n")]
        longest = max(map(cell_len, (*heading.split(ends), *lines)))
        table.add_column(heading, width=None if place == names else longest, overflow="fold",
                         justify="left" if place == 0 or place == names else "right")
    for row in rows[:-1]:
        table.add_row(*row)
    table.add_section()
    table.add_row(*rows[-1], style="bold")
    return table


def _pairs(row: Sequence[Any]) -> list[tuple[Any, Any]]:
    return list(zip_longest(row[::2], row[1::2], fillvalue=type(row[0])("")))


def _fits(table: Table, screen: Console) -> bool:
    return Measurement.get(screen, screen.options.update_width(ENDLESS), table).minimum <= screen.width
