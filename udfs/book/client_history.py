"""What was done about one client: the letters and the entries of the Journal in one list, the newest first."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from udfs.book.book import Book
from udfs.texts import say


class Event(NamedTuple):
    """One letter, call, promise, decision, dispute …; amounts and days may be empty."""

    date: np.datetime64
    event: str
    invoice: str
    amount: float
    due: np.datetime64
    author: str
    note: str


def client_history(book: Book, client: int) -> list[Event]:
    """Every event of one client; of one day, the one written down last comes first."""
    events = [*_letters(book, client), *_journal(book, client)]
    return sorted(events, key=lambda event: event.date)[::-1]


def letter_words(kind: str, level: float, language: str) -> str:
    """A letter in words: reminder 2, formal notice."""
    name = say(f"book.letter_{kind}", language)
    return f"{name} {level:g}" if kind == "reminder" and level > 0 else name


def _letters(book: Book, client: int) -> list[Event]:
    """A letter for no day, its file as its note."""
    table, nothing = book.assembly.tables["Letters"], np.datetime64("NaT", "D")
    return [Event(table["date"][row], letter_words(table["kind"][row], table["level"][row], book.policy.language),
                  table["invoices"][row], float(table["amount"][row]), nothing, table["author"][row],
                  table["file"][row])
            for row in np.flatnonzero(book.assembly.client_of["Letters"] == client).tolist()]


def _journal(book: Book, client: int) -> list[Event]:
    table = book.assembly.tables["Journal"]
    return [Event(table["date"][row], say(f"book.event_{table['event'][row]}", book.policy.language),
                  table["invoice"][row], float(table["amount"][row]), table["due"][row], table["author"][row],
                  table["note"][row])
            for row in np.flatnonzero(book.assembly.client_of["Journal"] == client).tolist()]
