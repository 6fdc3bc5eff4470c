"""The portfolio on the screen."""

from __future__ import annotations

import time
from collections.abc import Sequence
from typing import Any

from rich.table import Table

from addin.screen.checks import issue_records, print_issues
from addin.screen.terminal import Unbroken, cell, console, money, print_json
from addin.screen.tie_out import print_tie_out
from udfs.book.book import Book
from udfs.book.portfolio import portfolio_rows
from udfs.book.summary import summary
from udfs.texts import say

SHOWN = ("client", "name", "grade", "evidence", "in_force", "binding", "exposure", "headroom", "decision", "reason")
WIDE = 150
AMOUNTS = ("in_force", "exposure", "headroom")
DATA = ("client", "name", "grade", "score", "evidence", "need", "limit", "binding", "in_force", "exposure", "headroom",
        "overdue", "days_late", "decision", "reason")


def portfolio(book: Book, as_json: bool, sort: str | None = None, condition: str | None = None,
              started: float | None = None) -> None:
    """The portfolio, its totals, what is wrong in the tables, and the tie-out."""
    rows = portfolio_rows(book, SHOWN, sort, condition)
    if as_json:
        print_json(portfolio_json(book, sort, condition))
        return
    language, screen = book.policy.language, console()
    granted = {code: bool(valid) for code, valid in zip(book.clients.codes, book.limits.granted, strict=True)}
    for row in rows[1:]:
        if granted[row[0]]:
            row[SHOWN.index("binding")] = say("cli.granted", language)
    title = say("cli.title", language, as_of=book.as_of)
    screen.print(_wide(rows, title, language) if screen.width >= WIDE else _narrow(rows, title, language))
    summary = " · ".join(f"{decision} {sum(row[-2] == decision for row in rows[1:])}"
                         for decision in ("RELEASE", "WARN", "REVIEW", "BLOCK"))
    screen.print(say("cli.decisions", language, summary=summary))
    print_tie_out(book, screen)
    print_issues(book, screen)
    if started is not None:
        screen.print(say("cli.computed_in", language, seconds=round(time.perf_counter() - started, 2)))


def portfolio_json(book: Book, sort: str | None = None, condition: str | None = None) -> dict[str, Any]:
    """The same as plain data, keys never translated."""
    rows = portfolio_rows(book, DATA, sort, condition)[1:]
    binding = dict(zip(book.clients.codes, book.limits.binding.tolist(), strict=True))
    clients = [{name: None if value == "" else value for name, value in zip(DATA, row, strict=True)} for row in rows]
    for client in clients:
        client["binding"] = binding[client["client"]] or None
    totals = summary(book)
    return {"book": book.id, "as_of": str(book.as_of), "clients": clients, "balance": totals["balance"],
            "tie_out": totals["tie_out"], "summary": totals, "issues": issue_records(book)}


def _wide(rows: Sequence[Sequence[Any]], title: str, language: str) -> Table:
    """A line a client."""
    table = Table(title=title, title_justify="left", show_footer=True)
    footers = _totals(rows, language)
    for name, heading in zip(SHOWN, rows[0], strict=True):
        table.add_column(say("cli.column_limit", language) if name == "in_force" else str(heading),
                         footers.get(name, ""), justify="right" if name in AMOUNTS else "left",
                         no_wrap=name != "reason", overflow="ellipsis" if name == "name" else "fold",
                         max_width=28 if name == "name" else None)
    for row in rows[1:]:
        table.add_row(*(cell(value, language) for value in row))
    return table


def _narrow(rows: Sequence[Sequence[Any]], title: str, language: str) -> Table:
    """The same on a small terminal: cells of two lines, so that no amount is cut."""
    table = Table(title=title, title_justify="left", show_footer=True, padding=(0, 0), show_lines=True)
    footers = _totals(rows, language)
    pairs = (("client", "name"), ("grade", "evidence"), ("in_force", "binding"), ("exposure", "headroom"),
             ("decision", "reason"))
    for first, second in pairs:
        texts = [str(rows[0][SHOWN.index(name)]) for name in (first, second)]
        table.add_column("\n".join(texts), "\n".join(filter(None, (footers.get(first), footers.get(second)))),
                         justify="right" if first == "exposure" else "left", overflow="fold")
    for row in rows[1:]:
        table.add_row(*(Unbroken("\n").join(cell(row[SHOWN.index(name)], language) for name in pair) for pair in pairs))
    return table


def _totals(rows: Sequence[Sequence[Any]], language: str) -> dict[str, str]:
    """Count of clients and totals of limit, exposure and headroom."""
    totals = {"client": say("cli.total", language, count=len(rows) - 1)}
    for name in AMOUNTS:
        place = SHOWN.index(name)
        totals[name] = money(sum(row[place] for row in rows[1:] if row[place] != ""), language)
    return totals
