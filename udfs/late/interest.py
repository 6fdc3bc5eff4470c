"""Interest on late payment, unrounded: money is rounded to the cent only when a total is shown.

interest = Σ over half-years   amount × (ECB rate of the half-year + margin) × days / day count
days     = payment date − due date: the due day is excluded, the payment day included; never below 0

With a contract rate, interest = amount × rate × days / day count. Amounts in the currency of the debt, rates
as fractions. Source: C.com L441-10 II; conventions of DOMAIN 4.2. Worked example (DOMAIN 4.4, I1): 12,000 due
on 31/05/2025 and paid on 15/09/2025 is 30 days at 13.15 % = 129.70, then 77 days at 12.15 % = 307.58:

>>> round(late_interest(12000, "2025-05-31", "2025-09-15", margin=0.10).item(), 2)
437.28
>>> [(s.days, round(s.rate, 4), round(s.interest, 2)) for s in
...  late_segments(12000, "2025-05-31", "2025-09-15", margin=0.10)]
[(30, 0.1315, 129.7), (77, 0.1215, 307.58)]
"""

from __future__ import annotations

from typing import Any, Literal, NamedTuple

import numpy as np

from udfs.errors import NotAvailable, OutOfRange
from udfs.late.rates import (
    Column,
    Day,
    RateTable,
    ecb_rate,
    half_year_starts,
    half_years,
    no_rate,
    reference_rates,
)


class Segment(NamedTuple):
    """A run of days at one rate, first and last day included."""

    first_day: np.datetime64
    last_day: np.datetime64
    days: int
    rate: float
    interest: float


def late_interest(amounts: Any, due_dates: Any, paid_dates: Any, margin: float, contract_rate: Any = None,
                  day_count: float = 365, rates: RateTable | None = None,
                  refused: Literal["raise", "nan"] = "raise") -> Column:
    """The interest of each row, nan where the amount or a date is empty.

    `contract_rate` (a number or a column) replaces the moving rate where it is not nan. A half-year without
    an ECB rate and a contract rate outside 0 to 1 raise; with `refused="nan"` only their rows become nan, so
    that one old invoice does not stop a portfolio.
    """
    amount, due, paid, contract = np.broadcast_arrays(
        np.asarray(amounts, float), np.asarray(due_dates, "datetime64[D]"),
        np.asarray(paid_dates, "datetime64[D]"),
        np.asarray(np.nan if contract_rate is None else contract_rate, float))
    dated = ~(np.isnat(due) | np.isnat(paid))
    days = np.where(dated, (paid - due).astype(np.int64), 0).clip(min=0)
    agreed = ~np.isnan(contract)
    if refused == "raise":
        _refuse_out_of_range(contract[agreed])

    rate_days = np.where(agreed, contract * days, 0.0)
    rate_days[~dated | (agreed & ((contract < 0) | (contract > 1)))] = np.nan
    moving = dated & ~agreed & (days > 0)
    if moving.any():
        rate_days[moving] = _moving_rate_days(due[moving], paid[moving], margin, rates or reference_rates(),
                                              refused)
    interest: Column = amount * rate_days / day_count
    return interest


def late_segments(amount: float, due_date: Day, paid_date: Day, margin: float,
                  contract_rate: float | None = None, day_count: float = 365,
                  rates: RateTable | None = None) -> list[Segment]:
    """The interest of one debt half-year by half-year, as a letter shows it; empty when paid in time."""
    due, paid = np.asarray([due_date, paid_date], "datetime64[D]")
    if not paid > due:
        return []
    day = np.timedelta64(1, "D")
    starts = [due + day]
    agreed = np.nan if contract_rate is None else float(contract_rate)
    if np.isnan(agreed):
        first, last = half_years([due + day, paid]).tolist()
        starts += list(half_year_starts(np.arange(first + 1, last + 1)))
    _refuse_out_of_range(np.array([agreed]))
    segments = []
    for start, next_start in zip(starts, [*starts[1:], paid + day], strict=True):
        days = int((next_start - start).astype(int))
        rate = ecb_rate(start, rates) + margin if np.isnan(agreed) else agreed
        segments.append(Segment(start, next_start - day, days, rate, amount * rate * days / day_count))
    return segments


def _refuse_out_of_range(contract_rates: Column) -> None:
    outside = contract_rates[(contract_rates < 0) | (contract_rates > 1)]
    if len(outside):
        raise OutOfRange("late.rate_out_of_range", rate=float(outside[0]))


def _moving_rate_days(due: Column, paid: Column, margin: float, rates: RateTable,
                      refused: Literal["raise", "nan"]) -> Column:
    """Σ rate × days of each row, from the running total of rate × days since the first half-year known."""
    known = ~np.isnan(rates.ecb)
    first, last = half_years(due + 1) - rates.first, half_years(paid) - rates.first
    unknown_before = np.concatenate(([0], np.cumsum(~known)))
    outside = (first < 0) | (last >= len(known))
    inside = np.clip(first, 0, len(known) - 1), np.clip(last, 0, len(known) - 1)
    missing = outside | (unknown_before[inside[1] + 1] > unknown_before[inside[0]])
    if refused == "raise" and missing.any():
        raise _first_missing(first[missing][0], last[missing][0], known, rates.first)

    starts = half_year_starts(rates.first + np.arange(len(known) + 1))
    rate = np.where(known, rates.ecb, 0.0)
    total_before = np.concatenate(([0.0], np.cumsum(rate * np.diff(starts).astype(float))))

    def total(day: Column, number: Column) -> Column:
        days_in = (day - starts[number]).astype(float) + 1
        running: Column = total_before[number] + rate[number] * days_in
        return running

    days = (paid - due).astype(float)
    # The due day may lie in the half-year before its first late day; its own half-year is not needed then.
    before = total(due + 1, inside[0]) - rate[inside[0]]
    found: Column = total(paid, inside[1]) - before + margin * days
    found[missing] = np.nan
    return found


def _first_missing(first: int, last: int, known: Column, table_start: int) -> NotAvailable:
    number = next(number for number in range(int(first), int(last) + 1)
                  if not (0 <= number < len(known) and known[number]))
    return no_rate(number + table_start, "late.no_ecb_rate")
