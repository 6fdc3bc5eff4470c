"""The back-test of a Book: its grades of some months ago against what has been paid since, as rows of a sheet.

The grade is that of the Book as it could have been known on the earlier day (`udfs/book/past.py`), under today's
policy; exposure is that day's. Clients are those who had an invoice, an order or a payment by then. What was paid since
is today's ledger: payments after that day, bills at their maturity, and what is overdue today beyond credits not
applied, retentions and residues; a payment whose day is not known is left aside. What an item counts for, and who is
bad, stands in `udfs/portfolio/back_test.py`.

C1 paid its invoices of 2025 on the day, and those of 2026 forty days late or not at all:

>>> from udfs.book.book import Book
>>> from udfs.tables.raw import RawTable
>>> rows = [["client", "invoice", "date", "due date", "amount", "paid date"]]
>>> rows += [["C1", f"F{month}", f"2025-{month:02}-01", f"2025-{month:02}-28", 1000.0, f"2025-{month:02}-28"]
...          for month in range(1, 11)]
>>> rows += [["C1", "G1", "2026-02-01", "2026-03-01", 1500.0, "2026-04-10"],
...          ["C1", "G2", "2026-07-01", "2026-07-31", 500.0, None]]
>>> heading, *grades, total = back_test_rows(Book("2026-11-20", [RawTable(rows)]), 12)
>>> total[0], total[1:9]
('Total', [1, 0.0, 2000.0, 0.0, 0.0, 1500.0, 500.0, 500.0])
"""

from __future__ import annotations

from typing import Any

import numpy as np

from udfs.book.book import Book
from udfs.book.past import insolvent_on
from udfs.portfolio.back_test import BackTest, Items, back_test
from udfs.rating.grade import NOT_RATED
from udfs.tables.columns import count_by, months_before, round_cents
from udfs.tables.table import empty_column
from udfs.texts import say

# What one row tells, in order.
COLUMNS = ("grade", "clients", "exposure", "fallen_due", "on_time", "late_30", "late_90", "later", "unpaid",
           "late_share", "bad", "bad_share", "pd")
SHARES = ("late_share", "bad_share", "pd")
BANDS = ("on_time", "late_30", "late_90", "later")


def back_test_rows(book: Book, months: int) -> list[list[Any]]:
    """A heading row, a row a grade, one of the clients not rated, and the total; what is not known is empty."""
    language = book.policy.language
    return [headings(language, months_before(book.as_of, months)),
            *sheet_rows(language, records(book, compared(book, months)))]


def headings(language: str, then: np.datetime64) -> list[str]:
    """The heading of each column; the first names the earlier day."""
    return [say(f"portfolio.column_{name}", language, then=then) for name in COLUMNS]


def sheet_rows(language: str, found: list[dict[str, Any]]) -> list[list[Any]]:
    """Records as cells: the total by its word, what is not known empty."""
    total = {**found[-1], "grade": say("portfolio.total", language)}
    return [["" if value is None or value != value else value for value in row.values()]
            for row in (*found[:-1], total)]


def records(book: Book, found: BackTest) -> list[dict[str, Any]]:
    """The same by names that no language changes; the total has no grade, and the PD is that of twelve months."""
    grades = book.policy.grades
    names = [*(row["grade"] for row in grades), NOT_RATED, ""]
    columns = {
        "grade": names, "clients": found.clients.tolist(), "exposure": round_cents(found.exposure).tolist(),
        "fallen_due": round_cents(found.fallen_due).tolist(),
        **{name: round_cents(found.paid[:, band]).tolist() for band, name in enumerate(BANDS)},
        "unpaid": round_cents(found.unpaid).tolist(), "late_share": found.late_share.tolist(),
        "bad": found.bad.tolist(), "bad_share": found.bad_share.tolist(),
        "pd": [float(row["pd"]) if row["pd"] else None for row in grades] + [None, None],
    }
    return [dict(zip(columns, row, strict=True)) for row in zip(*columns.values(), strict=True)]


def compared(book: Book, months: int) -> BackTest:
    """The grades of so many months ago against the payments since."""
    then = months_before(book.as_of, months)
    before = book.as_known_on(then)
    place = np.array([-1 if (found := before.clients.find(code)) is None else found for code in book.clients.codes],
                     dtype=np.int64)
    rank = np.append(np.where(_was_client(before), before.rating.grading.rank, -1), -1)[place]
    clients = book.clients.table
    insolvent = np.concatenate((insolvent_on(clients), empty_column(
        "Clients", "judgment_date", len(book.clients) - len(clients))))
    return back_test(rank, np.append(before.exposure, 0.0)[place], _items(book, then), insolvent, then, book.as_of,
                     len(book.policy.grades), book.policy.number("overdue_minimum"))


def _was_client(before: Book) -> np.ndarray:
    """Those who had an invoice, an order or a payment by then."""
    rows = np.concatenate([before.assembly.client_of[name] for name in ("Invoices", "Orders", "Payments")])
    return np.asarray(count_by(rows, len(before.clients)) > 0)


def _items(book: Book, then: np.datetime64) -> Items:
    """The payments of invoices since, and what of them is late today."""
    ledger, today = book.ledger, book.as_of
    paid = np.flatnonzero((ledger.sign[ledger.piece_document] > 0) & (ledger.piece_paid_on > then))
    late = np.flatnonzero(ledger.late > 0)
    document = np.concatenate((ledger.piece_document[paid], late))
    # A bill that is not mature yet is not money yet.
    day = np.concatenate((ledger.piece_paid_on[paid], np.full(len(late), today + 1)))
    return Items(ledger.client[document], ledger.due_date[document], np.minimum(day, today),
                 np.concatenate((ledger.piece_amount[paid], ledger.late[late])), day > today,
                 ledger.disputed[document])
