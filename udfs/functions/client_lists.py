"""Worksheet functions that list what is known of one client: open items, events, delays by month."""

from __future__ import annotations

from typing import Any

from udfs.book.client_history import client_history
from udfs.book.delay_history import delay_history
from udfs.book.open_items import open_items
from udfs.functions.border import book_of, client_place, spill
from udfs.functions.registry import worksheet
from udfs.tables.columns import round_cents


@worksheet("exposure", spills=True)
def OPEN_ITEMS(client: Any, book: Any) -> list[list[Any]]:
    """The open items of one client, the earliest due first; the column `open` totals its balance."""
    found = book_of(book)
    lines = ((one.invoice, one.date, one.due, float(round_cents(one.open)), one.days_late, one.remark)
             for one in open_items(found, client_place(client, found)))
    return spill(found, ("invoice", "date", "due", "open", "days_late", "remark"), lines, "book.no_open_item", 5)


@worksheet("portfolio", spills=True)
def CLIENT_HISTORY(client: Any, book: Any) -> list[list[Any]]:
    """Letters and entries of the Journal about one client, the newest first."""
    found = book_of(book)
    return spill(found, ("date", "event", "invoice", "amount", "for_the_date", "author", "note"),
                 client_history(found, client_place(client, found)), "book.no_history", 6)


@worksheet("rating", spills=True)
def DELAY_HISTORY(client: Any, book: Any) -> list[list[Any]]:
    """What one client settled in each of twelve months, and its mean days late, empty where nothing was settled."""
    found = book_of(book)
    return spill(found, ("month", "paid", "days_late"), delay_history(found, client_place(client, found)))
