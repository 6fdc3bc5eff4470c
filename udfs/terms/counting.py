"""What one maturity counts from its base date (rules R1 to R8 of DOMAIN 3.2), for rows of a column.

date = base date, moved to the end of its ten-day period or month where the term says so, + months (clipped, C.com
       L511-24), + days, then moved to the end of that month, then to the payment day strictly after it.

The base day itself is not counted, the last day is. An instalment that follows the first by months is counted from
the day that the term names: the base day, the end of the month, the payment day. A short month hides that day, the
next one shows it again: 31 January, 28 February, 31 March.

>>> invoice, each = np.array([["2026-01-31"]], "datetime64[D]"), np.arange(3)
>>> monthly = [Maturity(later=0), Maturity(later=1), Maturity(later=2)]
>>> counted(invoice.repeat(3, axis=0), monthly, each).ravel().astype(str).tolist()
['2026-01-31', '2026-02-28', '2026-03-31']
>>> counted(invoice, [Maturity(days=30, on_days=(10, 25))], each[:1]).astype(str).tolist()
[['2026-03-10']]
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import NamedTuple

import numpy as np

from udfs.terms.months import Dates, Numbers, decade_end, later, month_end, next_day_of_month
from udfs.terms.term import Maturity

FROM_END_OF_MONTH = ("EOM_THEN_DAYS", "EOM_THEN_15TH")


class Steps(NamedTuple):
    """The steps of a maturity in their order; one that is False, 0 or empty is left out."""

    decade: bool
    from_end_of_month: bool
    months: int
    days: int
    to_end_of_month: bool
    months_to_end: int
    on_days: tuple[int, ...]
    months_after: int


def steps(maturity: Maturity) -> Steps:
    """The steps that a maturity asks for; the months of a later instalment go where its day is still known."""
    months, days = maturity.counted
    from_end = maturity.end_of_month in FROM_END_OF_MONTH
    to_end = bool(maturity.end_of_month) and not from_end
    with_end = to_end and not maturity.on_days
    with_months = not with_end and not days and not maturity.on_days
    return Steps(maturity.decade, from_end, months + (maturity.later if with_months else 0), days, to_end,
                 maturity.later if with_end else 0, maturity.on_days,
                 0 if with_end or with_months else maturity.later)


def counted(dates: Dates, maturities: Sequence[Maturity], place: Numbers) -> Dates:
    """Rows of dates, each row counted by `maturities[place]`; no date may be NaT.

    A step touches only the rows that ask for it.
    """
    asked = list(map(steps, maturities))

    def rows(needed: Iterable[object]) -> Numbers:
        return np.flatnonzero(np.array(list(map(bool, needed))).take(place))

    def of(values: Iterable[int], at: Numbers) -> Numbers:
        return np.array(list(values), np.int64).take(place[at])[:, None]

    due = dates.copy()
    if len(at := rows(one.decade for one in asked)):
        due[at] = decade_end(due[at])
    if len(at := rows(one.from_end_of_month for one in asked)):
        due[at] = month_end(due[at], of((one.months for one in asked), at))
    if len(at := rows(one.months and not one.from_end_of_month for one in asked)):
        due[at] = later(due[at], of((one.months for one in asked), at))
    due += np.array([one.days for one in asked], "timedelta64[D]").take(place)[:, None]
    if len(at := rows(one.to_end_of_month for one in asked)):
        due[at] = month_end(due[at], of((one.months_to_end for one in asked), at))
    if len(at := rows(one.on_days for one in asked)):
        # A maturity with fewer days than another has its last one again.
        most = max(len(one.on_days) for one in asked)
        wanted = [of((one.on_days[min(number, len(one.on_days) - 1)] if one.on_days else 0 for one in asked), at)
                  for number in range(most)]
        due[at] = next_day_of_month(due[at], wanted, of((one.months_after for one in asked), at))
    if len(at := rows(one.months_after and not one.on_days for one in asked)):
        due[at] = later(due[at], of((one.months_after for one in asked), at))
    return due
