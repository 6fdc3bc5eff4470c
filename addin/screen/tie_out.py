"""One line under the tables: whether the balance ties out, with the ledger and with account 411."""

from __future__ import annotations

from rich.console import Console
from rich.text import Text

from udfs.book.book import Book
from udfs.book.summary import summary
from udfs.texts import say


def print_tie_out(book: Book, screen: Console) -> None:
    """Green when nothing is lost, red otherwise."""
    language, found = book.policy.language, summary(book)
    text = say("cli.does_not_tie" if found["tie_out"] else "cli.ties", language, balance=found["balance"],
               difference=found["tie_out"])
    gap = found["account_411_difference"]
    if gap is not None:
        text += " " + say("cli.differs_411" if gap else "cli.ties_411", language, difference=gap)
    screen.print(Text(text, style="bold red" if found["tie_out"] else "green"))
