"""The policy test on the screen: a line a client that changes, what was and what would be beside each other."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from rich.table import Table
from rich.text import Text

from addin.readers import load
from addin.screen.terminal import Unbroken, cell, console, print_json, safe, whole
from udfs.book.book import Book
from udfs.book.policy_test import headings, policy_among, records, total_sentence, totals, under
from udfs.texts import say

WIDE = 150
# The columns side by side, two in one on a small terminal.
PAIRS = (("client", "name"), ("grade_before", "grade_after"), ("limit_before", "limit_after"),
         ("decision_before", "decision_after"), ("exposure", "at_stake"))


def policy_test(book: Book, policy: Path, as_json: bool) -> None:
    """The Book under the Policy table of a file or folder against the Book as it is."""
    language = book.policy.language
    tested = under(book, policy_among(load(policy).tables))
    sums, found = totals(tested), records(tested)
    if as_json:
        print_json({"as_of": str(book.as_of), "book": book.id, "policy": policy, "total": sums, "clients": found,
                    "issues": [issue.sentence(language) for issue in tested.issues]})
        return
    screen = console()
    for issue in tested.issues:
        screen.print(Text(safe(issue.sentence(language)), "yellow"))
    title = say("policy_test.title", language, policy=safe(policy.name), as_of=book.as_of)
    if found:
        wide = screen.width >= WIDE
        screen.print((_wide if wide else _narrow)(title, found, language))
    else:
        screen.print(title)
    screen.print(Text(total_sentence(sums, language), style="bold"))
    screen.print(say("policy_test.limits", language, before=sums["limit_before"], after=sums["limit_after"],
                     stake=sums["at_stake"]))


def _wide(title: str, found: list[dict[str, Any]], language: str) -> Table:
    """A line a client."""
    table = Table(title=title, title_justify="left")
    for name, heading in zip(found[0], headings(language), strict=True):
        table.add_column(heading, justify="right" if isinstance(found[0][name], float) else "left",
                         overflow="ellipsis" if name == "name" else "fold", max_width=28 if name == "name" else None)
    for row in found:
        table.add_row(*(_cell(value, language, rounded=False) for value in row.values()))
    return table


def _narrow(title: str, found: list[dict[str, Any]], language: str) -> Table:
    """The same in cells of two lines and whole units."""
    table = Table(title=say("cli.whole_units", language, title=title), title_justify="left", padding=(0, 0),
                  show_lines=True)
    words = dict(zip(found[0], headings(language), strict=True))
    for first, second in PAIRS:
        table.add_column(f"{words[first]}\n{words[second]}", overflow="fold",
                         justify="right" if isinstance(found[0][first], float) else "left")
    for row in found:
        table.add_row(*(Unbroken("\n").join(_cell(row[name], language, rounded=True) for name in pair)
                        for pair in PAIRS))
    return table


def _cell(value: Any, language: str, rounded: bool) -> Text:
    """A cell; what is not known is a dash, as beside a limit that is known an empty one would look forgotten."""
    if value is None:
        return Text("–")
    return whole(value, language) if rounded else cell(value, language)
