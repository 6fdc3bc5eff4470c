"""How late one client paid, month by month: the line that shows a payer drifting before its invoices are old.

Of each month: what was settled of the client's invoices, and the days beyond their due date, weighted by amount, early
payments as 0, as in the payment behaviour that is rated. A part payment counts in its month for its part, a bill at its
maturity.

>>> from udfs.tables.raw import RawTable
>>> rows = [["client", "invoice", "date", "due date", "amount", "paid on"],
...         ["C1", "F1", "2026-08-10", "2026-09-09", 3000.0, "2026-10-09"],
...         ["C1", "F2", "2026-09-10", "2026-10-10", 1000.0, "2026-10-08"]]
>>> delay_history(Book("2026-11-20", [RawTable(rows)]), 0)[-3:]
[('2026-09', 0.0, None), ('2026-10', 4000.0, 22.5), ('2026-11', 0.0, None)]
"""

from __future__ import annotations

import numpy as np

from udfs.book.book import Book
from udfs.tables.columns import days_between, mean_by, round_cents, sum_by

MONTHS = 12


def delay_history(book: Book, client: int) -> list[tuple[str, float, float | None]]:
    """Month, amount settled, mean days late (None where nothing was): the month of the date and the eleven before."""
    ledger = book.ledger
    first = book.as_of.astype("datetime64[M]") - (MONTHS - 1)
    own = np.flatnonzero((ledger.client == client) & (ledger.sign > 0))
    piece = np.flatnonzero(np.isin(ledger.piece_document, own) & (ledger.piece_paid_on >= first)
                           & (ledger.piece_paid_on <= book.as_of))
    document, paid_on, amount = ledger.piece_document[piece], ledger.piece_paid_on[piece], ledger.piece_amount[piece]
    month = (paid_on.astype("datetime64[M]") - first).astype(np.int64)
    days = np.maximum(days_between(ledger.due_date[document], paid_on), 0)
    means = mean_by(month, days, amount, MONTHS).tolist()
    return [(str(first + place), paid, None if np.isnan(mean) else mean)
            for place, (paid, mean) in enumerate(zip(round_cents(sum_by(month, amount, MONTHS)).tolist(), means,
                                                     strict=True))]
