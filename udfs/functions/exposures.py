"""Worksheet functions of exposure and ageing."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np

from udfs.book.ageing_list import ageing_rows
from udfs.book.book import Book
from udfs.book.exposure_parts import PARTS, utilisation
from udfs.book.securities import securities_of
from udfs.errors import NotAvailable
from udfs.functions.border import book_of, client_place, rows_of, spill, word
from udfs.functions.limits import amounts_or_error
from udfs.functions.registry import of_client, worksheet
from udfs.tables.cells import is_blank
from udfs.tables.columns import round_cents


@of_client("exposure")
def CREDIT_EXPOSURE(book: Book, component: Any = None) -> Sequence[float]:
    """The exposure in the reporting currency, one of its signed components, or what of it is secured."""
    found: list[float] = round_cents(PARTS[exposure_part(component)](book)).tolist()
    return found


def exposure_part(component: Any) -> str:
    """The part of the exposure that a cell names, by its code or its words."""
    return word(component, "component", tuple(PARTS), "total", "reasons.component_")


@of_client("exposure")
def CREDIT_UTILISATION(book: Book) -> Sequence[Any]:
    """The exposure as a part of the limit in force, 0 for a credit balance; NotAvailable for a limit of 0."""
    answers, codes = amounts_or_error(utilisation(book), book), book.clients.codes
    for client in np.flatnonzero(round_cents(book.limits.in_force) == 0).tolist():
        answers[client] = NotAvailable("securities.limit_is_zero", value=codes[client])
    return answers


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
def CLIENT_SECURITIES(client: Any, book: Any) -> list[list[Any]]:
    """The securities of one client and its group: what each counts for, and why that is less than its amount."""
    found = book_of(book)
    lines = ((line.kind, line.issuer, line.amount, line.valid_to, float(round_cents(line.counted)), line.remark)
             for line in securities_of(found, client_place(client, found)))
    return spill(found, ("security", "issuer", "agreed", "valid_to", "counted", "remark"), lines, "securities.none")


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
