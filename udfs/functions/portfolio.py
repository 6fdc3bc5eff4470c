"""Worksheet functions of the day's work over all clients: what to do, which letters to send."""

from __future__ import annotations

from typing import Any

from udfs.book.client_history import letter_words
from udfs.book.tasks_collection import oldest_late
from udfs.book.work_list import work_list
from udfs.functions.border import at_most, book_of, spill
from udfs.functions.registry import worksheet
from udfs.tables.columns import round_cents
from udfs.texts import say


@worksheet("portfolio", spills=True)
def WORK_LIST(book: Any, rows: Any = None) -> list[list[Any]]:
    """What there is to do today, the most urgent euros first, at most `rows` lines under a heading row."""
    found, most = book_of(book), at_most(rows, "rows")
    names, codes = found.clients.names, found.clients.codes
    lines = ([say(f"book.work_{task.kind}", found.policy.language), codes[task.client], names[task.client],
              task.sentence(found), float(round_cents(task.amount)), task.on, task.days_left(found)]
             for task in work_list(found)[:most])
    return spill(found, ("what", "client", "name", "to_do", "amount", "on", "days_left"), lines, "book.no_work", 3)


@worksheet("portfolio", spills=True)
def REMINDERS_DUE(book: Any) -> list[list[Any]]:
    """The letters due at the date of the Book, the largest amount first, under a heading row."""
    found = book_of(book)
    names, codes = found.clients.names, found.clients.codes
    lines = ([codes[one.client], names[one.client], letter_words(one.step.kind, 0, found.policy.language),
              one.step.level, len(one.documents), oldest_late(found, one.documents), float(round_cents(one.amount))]
             for one in found.reminders)
    return spill(found, ("client", "name", "kind", "level", "invoices", "days_late", "amount"), lines,
                 "book.no_reminder", 1)
