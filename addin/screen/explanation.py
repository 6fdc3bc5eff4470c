"""One client with every reason, on the screen."""

from __future__ import annotations

from rich.table import Table
from rich.text import Text

from addin.macros.explain import explain
from addin.screen.terminal import cell, console, print_json, safe
from udfs.book.book import Book
from udfs.texts import say


def explanation(book: Book, client: str, as_json: bool) -> None:
    """One client with every reason."""
    found = explain(book, client)
    if as_json:
        print_json(found.as_json())
        return
    language, screen = book.policy.language, console()
    screen.print(Text(safe(f"{found.code} · {found.name}"), style="bold"))
    for section, sentences, columns, rows in found.sections:
        screen.print(Text("\n" + say(f"cli.section_{section}", language), style="bold underline"))
        for sentence in sentences:
            screen.print(Text(safe(sentence)))
        if rows:
            table = Table()
            for place, column in enumerate(columns):
                table.add_column(say(f"cli.{column}", language), justify="left" if place == 0 else "right")
            for row in rows:
                table.add_row(*(cell(value, language) for value in row))
            screen.print(table)
