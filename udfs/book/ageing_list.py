"""The aged balance of a Book as rows of a sheet; its total is the balance of account 411."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np

from udfs.book.book import Book
from udfs.exposure.ageing import band_names
from udfs.tables.columns import round_cents, sum_by
from udfs.texts import say

LABELS = {"client": "column_client", "name": "column_name", "not_due": "not_due", "credits": "credits",
          "balance": "balance", "disputed": "disputed"}


def ageing_columns(book: Book) -> list[str]:
    """The columns by names that no language changes; a band is named by its days."""
    return ["client", "name", *band_names(book.edges), "credits", "balance", "disputed"]


def ageing_rows(book: Book, clients: Iterable[int], by: str, total_first: bool = False) -> list[list[Any]]:
    """Heading row, a row for each client that has anything open, and the total row behind or before them."""
    language, ledger, count = book.policy.language, book.ledger, len(book.clients)
    bands = book.ageing if by == "due_date" else book.aged(ledger.date)
    parts = book.receivables.components
    credits = parts["credit_notes"] + parts["unallocated"]
    disputed_rows = ledger.disputed & (ledger.sign > 0)
    disputed = sum_by(ledger.client[disputed_rows], ledger.open[disputed_rows], count)
    amounts = round_cents(np.column_stack((bands, credits, bands.sum(axis=1) + credits, disputed)))
    headings = [say(f"book.{LABELS[column]}", language) if column in LABELS else column
                for column in ageing_columns(book)]
    chosen = [client for client in clients if np.abs(amounts[client]).sum() > 0]
    codes, names = book.clients.codes, book.clients.names
    rows = [[codes[client], names[client], *amounts[client].tolist()] for client in chosen]
    total = round_cents(amounts[chosen].sum(axis=0)) if chosen else np.zeros(amounts.shape[1])
    last = [say("book.total", language), "", *total.tolist()]
    return [headings, last, *rows] if total_first else [headings, *rows, last]
