"""Which payment settles which document, and when.

A payment that names a document settles it from its own date on; where one number covers several documents
(instalments), the earliest due is settled first; what exceeds them stays unallocated. Both the documents
and the payments of one number are laid end to end on a line, and each overlap is one piece of settlement.

Units: amounts absolute in one currency; dates datetime64[D].

>>> pieces = settle(
...     amounts=np.array([100.0, 50.0]), order=np.array([0, 1]), number=np.array([0, 0]),
...     payment_number=np.array([0]), payment_dates=np.array(["2026-03-01"], "datetime64[D]"),
...     payment_amounts=np.array([120.0]))
>>> pieces.document.tolist(), pieces.amount.tolist(), pieces.unallocated.tolist()
([0, 1], [100.0, 20.0], [0.0])
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from udfs.tables.columns import NOTHING, sum_by


@dataclass(frozen=True)
class Pieces:
    """Pieces of settlement (document, payment, amount) and, for each payment, what no document took."""

    document: np.ndarray
    payment: np.ndarray
    amount: np.ndarray
    unallocated: np.ndarray


def settle(amounts: np.ndarray, order: np.ndarray, number: np.ndarray, payment_number: np.ndarray,
           payment_dates: np.ndarray, payment_amounts: np.ndarray) -> Pieces:
    """Match payments to documents by number.

    `amounts` of documents still open, `order` their order of settlement (a due date or rank), `number` the
    group each belongs to; `payment_number` is -1 where a payment names no document. Negative payments take
    back the latest payments of the same number.
    """
    payments = _net_of_reversals(payment_number, payment_dates, payment_amounts)
    unallocated = np.where(payment_number < 0, payment_amounts, 0.0)
    named = np.flatnonzero((payment_number >= 0) & (payments > 0))
    left_over = (payment_number >= 0) & (payments < 0)
    unallocated[left_over] = payments[left_over]
    if not len(named):
        nothing = np.zeros(0, dtype=np.int64)
        return Pieces(nothing, nothing, np.zeros(0), unallocated)

    concerned = np.flatnonzero(np.isin(number, payment_number[named]) & (amounts > 0))
    documents = concerned[np.lexsort((order[concerned], number[concerned]))]
    paying = named[np.lexsort((payment_dates[named], payment_number[named]))]
    groups = int(number.max()) + 1
    owed = sum_by(number[documents], amounts[documents], groups)
    paid = sum_by(payment_number[paying], payments[paying], groups)
    base = np.concatenate(([0.0], np.cumsum(np.maximum(owed, paid))))

    document_ends = _ends(amounts[documents], number[documents], owed, base)
    payment_ends = _ends(payments[paying], payment_number[paying], paid, base)
    document_starts, payment_starts = document_ends - amounts[documents], payment_ends - payments[paying]
    # Every start and end cuts the line; between two cuts there is at most one document and one payment.
    cuts = np.unique(np.concatenate((document_starts, document_ends, payment_starts, payment_ends)))
    length, middle = np.diff(cuts), (cuts[:-1] + cuts[1:]) / 2
    at_document = np.searchsorted(document_ends, middle)
    at_payment = np.searchsorted(payment_ends, middle)
    inside_document = _inside(at_document, document_starts, middle)
    inside_payment = _inside(at_payment, payment_starts, middle)
    both = inside_document & inside_payment & (length > NOTHING / 10)
    excess = inside_payment & ~inside_document
    unallocated += np.bincount(paying[at_payment[excess]], weights=length[excess], minlength=len(unallocated))
    return Pieces(documents[at_document[both]], paying[at_payment[both]], length[both],
                  np.where(np.abs(unallocated) < NOTHING, 0.0, unallocated))


def _ends(amounts: np.ndarray, group: np.ndarray, totals: np.ndarray, base: np.ndarray) -> np.ndarray:
    """Where each amount ends on the line: the base of its group plus the running sum inside the group."""
    before = np.concatenate(([0.0], np.cumsum(totals)))
    return np.asarray(np.cumsum(amounts) - before[group] + base[group])


def _inside(place: np.ndarray, starts: np.ndarray, middle: np.ndarray) -> np.ndarray:
    found = place < len(starts)
    found[found] = starts[place[found]] <= middle[found]
    return found


def _net_of_reversals(number: np.ndarray, dates: np.ndarray, amounts: np.ndarray) -> np.ndarray:
    """Payments after each negative one has taken back the latest positive ones of its number."""
    left = amounts.astype(np.float64).copy()
    for group in np.unique(number[(amounts < 0) & (number >= 0)]):
        rows = np.flatnonzero(number == group)
        rows = rows[np.argsort(dates[rows], kind="stable")][::-1]
        back = -left[rows][left[rows] < 0].sum()
        left[rows] = np.maximum(left[rows], 0.0)
        for row in rows:
            taken = min(back, left[row])
            left[row] -= taken
            back -= taken
        if back > NOTHING:
            left[rows[0]] = -back
    return left
