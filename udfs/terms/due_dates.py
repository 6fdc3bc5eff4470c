"""Due dates of whole columns from payment terms.

due = base date + what the term counts (see `counting`). A base date that is not known is the invoice date. Nothing
      is moved for bank holidays (see `calendars`).

Invoices are many, the days they fall on and the terms they have are few. Where that is so, each term is counted once
for each day, and an invoice looks its due date up.

>>> from udfs.terms.term import Terms
>>> invoices = np.array(["2025-01-15", "2025-01-31", "NaT"], "datetime64[D]")
>>> due_dates(invoices, Terms.net(days=45, end_of_month="DAYS_THEN_EOM")).tolist()
[datetime.date(2025, 3, 31), datetime.date(2025, 3, 31), None]
>>> due_dates(invoices, [Terms.net(months=1), Terms.net(days=30)], np.array([0, 1, 1])).tolist()
[datetime.date(2025, 2, 15), datetime.date(2025, 3, 2), None]
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np

from udfs.terms.counting import counted
from udfs.terms.months import Dates, Numbers
from udfs.terms.term import Maturity, Terms

NOT_KNOWN = np.datetime64("NaT", "D").astype(np.int64)
BLOCK = 65_536


@dataclass(frozen=True)
class Moments:
    """The dates that terms may count from, row by row; NaT or a column left out where one is not known."""

    invoice: Dates
    delivery: Dates | None = None
    order: Dates | None = None
    receipt: Dates | None = None

    def at(self, rows: Numbers) -> Moments:
        """The dates of some rows, in their order."""
        known = {base: dates for base, dates in vars(self).items() if dates is not None}
        return Moments(**{base: np.asarray(dates).take(rows) for base, dates in known.items()})


def due_dates(moments: Moments | Dates, terms: Terms | Sequence[Terms], place: Numbers | None = None) -> Dates:
    """The due date of each row under `terms[place]`, or under the one term; NaT stays NaT.

    Of terms with instalments it is the last one, a retention left aside.
    """
    known = [terms] if isinstance(terms, Terms) else terms
    given = moments if isinstance(moments, Moments) else Moments(moments)
    if place is None:
        place = np.zeros(len(given.invoice), np.intp)
    return maturity_dates(given, [one.maturity for one in known], place)


def maturity_dates(moments: Moments, maturities: Sequence[Maturity], place: Numbers) -> Dates:
    """The date that `maturities[place]` gives each row; NaT where the row has no base date."""
    dates = _base_dates(moments, maturities, place)
    if not len(dates) or (last := dates.view(np.int64).max()) == NOT_KNOWN:
        return dates.copy()
    first = dates.view(np.int64).min()
    if first == NOT_KNOWN:
        unknown = np.isnat(dates)
        due = maturity_dates(Moments(np.where(unknown, last.view("datetime64[D]"), dates)), maturities, place)
        due[unknown] = np.datetime64("NaT")
        return due
    span, count = int(last - first) + 1, len(maturities)
    if span * count > len(dates):
        return counted(dates[:, None], maturities, place).ravel()
    every_day = np.arange(first, last + 1).view("datetime64[D]")
    table = counted(np.broadcast_to(every_day, (count, span)), maturities, np.arange(count)).ravel()
    starts = np.arange(count) * span - first
    due = np.empty(len(dates), "datetime64[D]")
    for rows in _blocks(len(dates)):
        index = starts.take(place[rows])
        index += dates.view(np.int64)[rows]
        # Every index is inside: "clip" spares numpy the copy with which it would take back a wrong one.
        table.take(index, out=due[rows], mode="clip")
    return due


def _base_dates(moments: Moments, maturities: Sequence[Maturity], place: Numbers) -> Dates:
    """The date from which each row counts."""
    dates = np.asarray(moments.invoice, "datetime64[D]")
    for base in ("delivery", "order", "receipt"):
        given, asked = getattr(moments, base), np.array([one.base == base for one in maturities], np.int64)
        if given is None or not asked.any():
            continue
        found, other = np.empty(len(dates), "datetime64[D]"), np.asarray(given, "datetime64[D]")
        for rows in _blocks(len(dates)):
            # Without a choice row by row, which a processor cannot foresee: the gap to the other date, or none.
            gap = other[rows].view(np.int64) - dates[rows].view(np.int64)
            gap *= asked.take(place[rows])
            gap *= ~np.isnat(other[rows])
            np.add(dates[rows].view(np.int64), gap, out=found[rows].view(np.int64))
        dates = found
    return dates


def _blocks(count: int) -> Iterator[slice]:
    """Rows in blocks that stay in the processor's memory: the way to the main one takes longer than the work."""
    return (slice(start, start + BLOCK) for start in range(0, count, BLOCK))
