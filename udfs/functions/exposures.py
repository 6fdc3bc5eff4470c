"""Worksheet functions of exposure and ageing."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from udfs.book.ageing_list import ageing_rows
from udfs.book.book import Book
from udfs.exposure.components import COMPONENTS
from udfs.functions.border import book_of, rows_of, word
from udfs.functions.limits import amounts_or_error
from udfs.functions.registry import of_client, worksheet
from udfs.tables.cells import is_blank
from udfs.tables.columns import round_cents


@of_client("exposure")
def CREDIT_EXPOSURE(book: Book, component: Any = None) -> Sequence[float]:
    """The exposure in the reporting currency, or one of its signed components."""
    name = word(component, "component", ("total", *COMPONENTS), "total", "reasons.component_")
    values = book.exposure if name == "total" else book.receivables.components[name]
    found: list[float] = round_cents(values).tolist()
    return found


@of_client("exposure")
def CREDIT_HEADROOM(book: Book) -> Sequence[Any]:
    """The limit in force less the exposure; negative when the limit is exceeded."""
    return amounts_or_error(round_cents(book.limits.in_force - book.exposure), book)


@of_client("exposure")
def CREDIT_OVERDUE(book: Book) -> Sequence[float]:
    """Open invoices past their due date, disputed ones included; due today is not overdue."""
    found: list[float] = round_cents(book.overdue).tolist()
    return found


@worksheet("exposure", spills=True)
def AGEING(book: Any, client: Any = None, by: Any = None, total: Any = None) -> list[list[Any]]:
    """Open items by days past due (or since the invoice date), a row a client and a total row.

    `total` says where the total row stands: `last`, or `first` so that it never moves.
    """
    found = book_of(book)
    places: Iterable[int] = range(len(found.clients))
    if not is_blank(client):
        places = [found.clients.place(code) for code in rows_of(client) if code]
    return ageing_rows(found, places, word(by, "by", ("due_date", "invoice_date"), "due_date", "functions.by_"),
                       word(total, "total", ("last", "first"), "last", "functions.total_") == "first")
