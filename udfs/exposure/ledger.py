"""The receivables ledger as of a date: what each document still owes, since when it is late, when it was settled.

open = amount - settled by the as-of date; a later payment, a bounced one and a document dated later do not
count. days_late = as_of - due_date for what is open, settled_on - due_date for what is settled.

Units: amounts in the reporting currency, absolute, `sign` -1 for credit notes; dates datetime64[D].
"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from udfs.exposure.settlement import settle
from udfs.tables.columns import NOTHING, days_between, last_date_by, sum_by

EMPTY = np.datetime64("NaT", "D")


@dataclass(frozen=True)
class Ledger:
    """One row a document known at the as-of date; `piece_*` are its settlements in order of payment.

    `late` is what of it is overdue; `lateness` tells how credits and retentions lower it.
    """

    as_of: np.datetime64
    client: np.ndarray
    sign: np.ndarray
    date: np.ndarray
    due_date: np.ndarray
    amount: np.ndarray
    open: np.ndarray
    settled_on: np.ndarray
    disputed: np.ndarray
    piece_document: np.ndarray
    piece_date: np.ndarray
    piece_paid_on: np.ndarray
    piece_amount: np.ndarray
    payment_unallocated: np.ndarray
    overpaid: np.ndarray
    late: np.ndarray

    @property
    def is_settled(self) -> np.ndarray:
        """Nothing is left of the document."""
        return np.asarray(self.open < NOTHING)

    @property
    def days_to_settle(self) -> np.ndarray:
        """Days from invoice date to full settlement, NaN while open."""
        return days_between(self.date, self.settled_on)

    @property
    def days_late(self) -> np.ndarray:
        """Days beyond the due date at settlement or, while open, at the as-of date; never negative."""
        end = np.where(self.is_settled, self.settled_on, self.as_of)
        return np.asarray(np.maximum(days_between(self.due_date, end), 0))

    @property
    def is_overdue(self) -> np.ndarray:
        """An open invoice past its due date; due today is not late, and a credit note never is."""
        return np.asarray((self.open >= NOTHING) & (self.sign > 0) & (self.due_date < self.as_of))


def ledger(as_of: np.datetime64, client: np.ndarray, sign: np.ndarray, date: np.ndarray, due_date: np.ndarray,
           amount: np.ndarray, number: np.ndarray, disputed: np.ndarray, opening_paid: np.ndarray,
           opening_date: np.ndarray, payment_number: np.ndarray, payment_date: np.ndarray,
           payment_amount: np.ndarray, payment_paid_on: np.ndarray) -> Ledger:
    """The ledger of documents already cut at the as-of date, with the payments known by then.

    `number` groups documents that share client and number; `payment_number` is that group or -1. Opening
    payments (`paid` of the invoice row) count from `opening_date`, always when it is empty. A bill settles the
    document on `payment_date`, but is paid on `payment_paid_on`, its maturity.
    """
    opening = np.where(np.isnat(opening_date) | (opening_date <= as_of), opening_paid, 0.0)
    overpaid = np.maximum(opening - amount, 0.0)
    opening = np.minimum(opening, amount)
    # A payment that names a credit note settles it when it is negative: money given back.
    group_sign = np.ones(int(number.max()) + 1 if len(number) else 1)
    group_sign[number] = sign
    direction = np.where(payment_number >= 0, group_sign[payment_number], 1.0)
    pieces = settle(amount - opening, due_date, number, payment_number, payment_date, payment_amount * direction)
    began = np.flatnonzero(opening > 0)
    piece_document = np.concatenate((began, pieces.document))
    piece_date = np.concatenate((opening_date[began], payment_date[pieces.payment]))
    piece_amount = np.concatenate((opening[began], pieces.amount))
    open_amount = amount - sum_by(piece_document, piece_amount, len(amount))
    open_amount = np.where(np.abs(open_amount) < NOTHING, 0.0, open_amount)
    piece_paid_on = np.concatenate((opening_date[began], payment_paid_on[pieces.payment]))
    last = last_date_by(piece_document, piece_paid_on, len(amount))
    settled_on = np.where((open_amount < NOTHING) & (last <= as_of), last, EMPTY)
    found = Ledger(as_of, client, sign, date, due_date, amount, open_amount, settled_on, disputed, piece_document,
                   piece_date, piece_paid_on, piece_amount, pieces.unallocated * direction, overpaid, open_amount)
    return replace(found, late=np.where(found.is_overdue, open_amount, 0.0))
