"""Interest on late payment, unrounded: money is rounded to the cent only when a total is shown.

interest = Σ over half-years   amount × (ECB rate of the half-year + margin) × days / day count
days     = payment date − due date: the due day is excluded, the payment day included; never below 0

At a fixed rate, of a contract or frozen by law, interest = amount × rate × days / day count. Amounts in the
currency of the debt, rates as fractions. Source: C.com L441-10 II; conventions of DOMAIN 4.2. Worked example
(DOMAIN 4.4, I1): 12,000 due on 31/05/2025 and paid on 15/09/2025 is 30 days at 13.15 % = 129.70, then 77 days
at 12.15 % = 307.58:

>>> from udfs.late.modes import moving_rates
>>> from udfs.tables.policy import default_policy
>>> moving = moving_rates("HALF_YEAR", default_policy())
>>> round(late_interest(12000, "2025-05-31", "2025-09-15", moving).item(), 2)
437.28
"""

from __future__ import annotations

from typing import Any, Literal

import numpy as np

from udfs.errors import CreditError, OutOfRange
from udfs.late.rates import Column, Series, half_year_starts, half_years
from udfs.late.year_count import USUAL, years_between


def late_interest(amounts: Any, due_dates: Any, paid_dates: Any, moving: Series, fixed: Any = None,
                  day_count: str = USUAL, refused: Literal["raise", "nan"] = "raise") -> Column:
    """The interest of each row, nan where the amount or a date is empty.

    `fixed` (a number or a column) replaces the moving rate where it is not nan. A half-year without a rate and a
    fixed rate outside 0 to 1 raise; with `refused="nan"` only their rows become nan, so that one old invoice does
    not stop a portfolio.
    """
    amount, due, paid, rate = np.broadcast_arrays(
        np.asarray(amounts, float), np.asarray(due_dates, "datetime64[D]"), np.asarray(paid_dates, "datetime64[D]"),
        np.asarray(np.nan if fixed is None else fixed, float))
    dated = ~(np.isnat(due) | np.isnat(paid))
    late, agreed = dated & (paid > due), ~np.isnan(rate)
    rate_years = np.where(dated, 0.0, np.nan)
    at_one = late & agreed
    rate_years[at_one] = rate[at_one] * years_between(due[at_one], paid[at_one], day_count)
    moves = late & ~agreed
    rate_years[moves] = _moving_rate_years(due[moves], paid[moves], moving, day_count)
    rate_years[outside(rate)] = np.nan
    if refused == "raise" and (np.isnan(rate_years) & dated).any():
        row = int(np.flatnonzero(np.isnan(rate_years) & dated)[0])
        raise refusal(due.flat[row], paid.flat[row], moving, float(rate.flat[row]))
    interest: Column = amount * rate_years
    return interest


def outside(rates: Any) -> Column:
    """Whether a yearly rate cannot be one: below 0 or above 1."""
    found: Column = (np.asarray(rates) < 0) | (np.asarray(rates) > 1)
    return found


def refusal(due: Any, paid: Any, moving: Series, fixed: float = np.nan) -> CreditError:
    """Why the interest of a row is not known: its fixed rate, or the first half-year without a rate."""
    if not np.isnan(fixed):
        return OutOfRange("late.rate_out_of_range", rate=fixed)
    starts = half_year_starts(np.arange(int(half_years(due + 1)), int(half_years(paid)) + 1))
    return moving.refusal(starts[np.isnan(moving.at(starts))][0])


def _moving_rate_years(due: Column, paid: Column, moving: Series, day_count: str) -> Column:
    """Σ rate × years of each row, from the running total since the first half-year known; nan where one is not."""
    known = ~np.isnan(moving.values)
    rate, last_place = np.where(known, moving.values, 0.0), len(known) - 1
    # The day before each half-year begins: interest runs from the end of a day to the end of another.
    ends = half_year_starts(moving.first + np.arange(len(known) + 1)) - 1
    total_before = np.concatenate(([0.0], np.cumsum(rate * years_between(ends[:-1], ends[1:], day_count))))
    # The due day may lie in the half-year before that of the first late day, which alone counts.
    first, last = half_years(due + 1) - moving.first, half_years(paid) - moving.first
    inside = np.clip(first, 0, last_place), np.clip(last, 0, last_place)
    unknown_before = np.concatenate(([0], np.cumsum(~known)))
    missing = (first < 0) | (last > last_place) | (unknown_before[inside[1] + 1] > unknown_before[inside[0]])

    def total(day: Column, place: Column) -> Column:
        found: Column = total_before[place] + rate[place] * years_between(ends[place], day, day_count)
        return found

    return np.where(missing, np.nan, total(paid, inside[1]) - total(due, inside[0]))
