"""What has changed since the last working day: clients newly over their limit, clients with a worse grade.

The same tables are looked at as of the day before it, when this is first asked: what was booked late on the last
working day was not in the list of its morning, and is news today. Only the two columns are kept.

>>> from udfs.book.book import Book
>>> from udfs.tables.raw import RawTable
>>> invoices = [["client", "invoice", "date", "due date", "amount"], ["C1", "F1", "2026-10-20", "2026-11-19", 900.0],
...             ["C1", "F2", "2026-11-19", "2026-12-19", 900.0]]
>>> clients = [["client", "name", "granted limit"], ["C1", "Dupont", 1000.0]]
>>> book = Book("2026-11-20", [RawTable(invoices), RawTable(clients)])
>>> str(book.last_working_day), changes(book).newly_over_limit.tolist()
('2026-11-19', [True])
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np

from udfs.tables.columns import CENT

if TYPE_CHECKING:
    from udfs.book.book import Book


class Changes(NamedTuple):
    """By client, whether it is newly over its limit, and whether its grade is worse than it was."""

    newly_over_limit: np.ndarray
    grade_down: np.ndarray


def changes(book: Book) -> Changes:
    """The two columns, against the Book as it stood before the last working day."""
    before = book.on(book.last_working_day - 1)
    # A client that the tables did not know yet was over no limit and had no grade.
    then = np.array([-1 if (place := before.clients.find(code)) is None else place for code in book.clients.codes],
                    dtype=np.int64)
    rank, earlier = book.rating.grading.rank, np.append(before.rating.grading.rank, 0)[then]
    was_over = np.append(over_limit(before), False)[then]
    return Changes(over_limit(book) & ~was_over, (earlier > 0) & (rank > earlier))


def over_limit(book: Book) -> np.ndarray:
    """Clients whose exposure is over the limit in force, provisional or 0 as it may be; exactly at it is not over."""
    reasons = book.decisions.reasons
    nothing = (reasons["granted_zero"] | reasons["computed_zero"] | reasons["group_over_limit"]) & (
        book.exposure >= CENT)
    return np.asarray(reasons["over_limit"] | reasons["provisional_exceeded"] | nothing)
