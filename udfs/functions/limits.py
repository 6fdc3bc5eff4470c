"""Worksheet functions of the limit."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from udfs.book.book import Book
from udfs.book.each import Each
from udfs.book.reasons import binding_words
from udfs.errors import NotAvailable
from udfs.functions.registry import of_client


def amounts_or_error(amounts: np.ndarray, book: Book) -> list[Any]:
    """Amounts as floats; a client without a limit shows the error that says why."""
    answers: list[Any] = amounts.tolist()
    codes = book.clients.codes
    for client in np.flatnonzero(np.isnan(amounts)).tolist():
        answers[client] = NotAvailable("errors.no_limit", value=codes[client])
    return answers


@of_client("limit")
def CREDIT_LIMIT(book: Book) -> Sequence[Any]:
    """The computed limit, rounded down to its step; NotAvailable when no term of it is known."""
    return amounts_or_error(book.limits.computed, book)


@of_client("limit")
def LIMIT_IN_FORCE(book: Book) -> Sequence[Any]:
    """The granted limit while it is valid, else the computed one."""
    return amounts_or_error(book.limits.in_force, book)


@of_client("limit")
def LIMIT_BINDING(book: Book) -> Sequence[str]:
    """What the computed limit comes from, in words."""
    return Each(len(book.clients), lambda client: binding_words(book.limits.binding[client], book.policy.language))
