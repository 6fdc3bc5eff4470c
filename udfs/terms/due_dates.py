"""Due dates of whole columns from payment terms (rules R1 to R8 of DOMAIN 3.2).

due = base date, moved to the end of its decade or month where the term says so, + months (clipped), + days,
      then moved to the end of that month, then to the payment day strictly after it.

The base day itself is not counted, the last day is. Nothing is moved for bank holidays (see `calendars`).

>>> from udfs.terms.language import read_terms
>>> due_dates(np.array(["2025-01-15", "NaT"], "datetime64[D]"), read_terms("45 jours fin de mois"))
array(['2025-03-31', 'NaT'], dtype='datetime64[D]')
>>> cells = np.array(["30 j FDM le 10", 45.0, "bientôt"], dtype=object)
>>> due, unreadable = due_date_column(np.full(3, np.datetime64("2025-01-31")), cells)
>>> due.tolist(), unreadable.tolist()
([datetime.date(2025, 4, 10), datetime.date(2025, 3, 17), None], [False, False, True])
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from udfs.terms.columns import read_terms_column
from udfs.terms.grammar import Refusal
from udfs.terms.months import Dates, Numbers, decade_end, later, month_end, next_day_of_month
from udfs.terms.term import Terms


def due_dates(base_dates: Dates, terms: Terms) -> Dates:
    """The due date of each base date under one term; NaT stays NaT."""
    dates = np.asarray(base_dates, "datetime64[D]")
    return _counted(dates.ravel(), [terms], np.zeros(dates.size, np.intp)).reshape(dates.shape)


def due_date_column(invoice_dates: Dates, terms_cells: np.ndarray, delivery_dates: Dates | None = None,
                    methods: np.ndarray | None = None, default_method: str = "DAYS_THEN_EOM",
                    default_terms: str = "") -> tuple[Dates, np.ndarray]:
    """Due dates of rows that each have their own term, and the rows whose term cannot be read.

    An empty cell takes `default_terms`; without them its due date is NaT and the cell is not unreadable.
    A term that counts from delivery takes the delivery date where there is one, else the invoice date.
    """
    found, place = read_terms_column(terms_cells, methods, default_method, default_terms)
    known = [terms if isinstance(terms, Terms) else Terms() for terms in found]
    dates = np.array(invoice_dates, "datetime64[D]")
    if delivery_dates is not None:
        from_delivery = np.array([terms.base == "delivery" for terms in known], dtype=bool)[place]
        if from_delivery.any():
            dates = np.where(from_delivery & ~np.isnat(delivery_dates), delivery_dates, dates)
    read = np.array([isinstance(terms, Terms) for terms in found], dtype=bool)
    unreadable = np.array([isinstance(terms, Refusal) and terms.code != "terms.empty" for terms in found],
                          dtype=bool)
    if not read.all():
        dates[~read[place]] = np.datetime64("NaT")
    return _counted(dates, known, place), unreadable[place]


def _counted(dates: Dates, terms: Sequence[Terms], place: Numbers) -> Dates:
    """Every row counted under `terms[place]`; each step touches only the rows that need it."""
    if not len(dates):
        return dates
    empty = np.isnat(dates)
    if empty.any():
        due = dates.copy()
        due[~empty] = _counted(dates[~empty], terms, place[~empty])
        return due

    def rows(needed: Sequence[bool | int]) -> Numbers:
        wanted = np.array(needed, dtype=bool)
        return np.flatnonzero(wanted[place]) if wanted.any() else np.empty(0, np.intp)

    def parameter(values: Sequence[int], at: Numbers) -> Numbers:
        return np.array(values, np.int64)[place[at]]

    from_end = [one.end_of_month in ("EOM_THEN_DAYS", "EOM_THEN_15TH") for one in terms]
    to_end = [bool(one.end_of_month) and not first for one, first in zip(terms, from_end, strict=True)]
    months, days = [one.counted[0] for one in terms], [one.counted[1] for one in terms]
    due = dates.copy()
    if len(at := rows([one.decade for one in terms])):
        due[at] = decade_end(due[at])
    if len(at := rows(from_end)):
        due[at] = month_end(due[at], parameter(months, at))
    if len(at := rows([month and not first for month, first in zip(months, from_end, strict=True)])):
        due[at] = later(due[at], parameter(months, at))
    due += np.array(days, "timedelta64[D]")[place]
    if len(at := rows(to_end)):
        due[at] = month_end(due[at], np.int64(0))
    if len(at := rows([one.on_day for one in terms])):
        due[at] = next_day_of_month(due[at], parameter([one.on_day for one in terms], at))
    return due
