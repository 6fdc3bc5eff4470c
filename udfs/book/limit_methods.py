"""Every way to a limit for one client side by side, and which of them form it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from udfs.book.book import Book
from udfs.book.limit_words import method_name, source_of, stands_on
from udfs.tables.columns import round_cents
from udfs.texts import say

COLUMNS = ("method", "amount", "stands_on", "forms", "source")


def method_rows(book: Book, client: int) -> Iterator[list[Any]]:
    """Method, amount, what it stands on or lacks, whether it forms the limit, who published it."""
    found, language = book.limits, book.policy.language
    for name in found.methods:
        amount = float(round_cents(found.amounts[name][client]))
        words = method_name(name, language)
        yield [words[:1].upper() + words[1:], None if np.isnan(amount) else amount, stands_on(book, client, name),
               say(f"limits.{forms(book, client, name)}", language), source_of(name, language)]


def forms(book: Book, client: int, name: str) -> str:
    """`binds`, `forms` or `beside`; the capacity binds with its criteria, the need with its larger month."""
    found = book.limits
    if name == found.binding[client]:
        return "binds"
    constraint = found.constraints.get(name)
    return "beside" if constraint is None or np.isnan(constraint[client]) else "forms"
