"""Worksheet functions of the decision."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from udfs.book.book import Book
from udfs.book.each import Each
from udfs.book.reasons import decision_reason
from udfs.decision.decide import DECISIONS, Decisions
from udfs.functions.border import number
from udfs.functions.registry import of_client
from udfs.tables.cells import is_blank


@of_client("decision")
def CREDIT_DECISION(book: Book, order_ht: Any = None) -> Sequence[str]:
    """RELEASE, WARN, REVIEW or BLOCK, as the client stands or with a new order excl. VAT."""
    return [DECISIONS[code] for code in _with(book, order_ht)[0].code]


@of_client("decision")
def DECISION_CODE(book: Book, order_ht: Any = None) -> Sequence[float]:
    """The decision as a number, 0 RELEASE to 3 BLOCK."""
    found: list[float] = _with(book, order_ht)[0].code.astype(np.float64).tolist()
    return found


@of_client("decision")
def DECISION_REASON(book: Book, order_ht: Any = None) -> Sequence[str]:
    """The first reason for the decision, in words."""
    found, order = _with(book, order_ht)
    return Each(len(book.clients), lambda client: decision_reason(book, found, client, order))


def order_of(order_ht: Any) -> float:
    """The new order excl. VAT; an empty cell is none."""
    return 0.0 if is_blank(order_ht) else number(order_ht, "order_ht")


def _with(book: Book, order_ht: Any) -> tuple[Decisions, float]:
    order = order_of(order_ht)
    return (book.decisions_with(np.full(len(book.clients), order)) if order else book.decisions), order
