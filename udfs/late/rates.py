"""The dated rates of late payment: one ECB rate and one legal rate for each half-year, as fractions.

The ECB rate is that of the main refinancing operations on the first day of the half-year (C.com L441-10 II);
the legal rate is that for professionals (CMF L313-2). Source: `udfs/reference/legal_rates.csv`, DOMAIN 4.3.
A half-year without a rate is refused by name, never guessed from its neighbour.

>>> ecb_rate("2025-03-15"), legal_rate("2026-06-30")
(0.0315, 0.0262)
>>> ecb_rate("2031-01-01")
Traceback (most recent call last):
...
udfs.errors.NotAvailable: No ECB rate is known for H1 2031 (from 1 Jan 2031). ...
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np

from udfs.errors import NotAvailable, WrongArgument
from udfs.reference import rows

Column = np.ndarray[Any, Any]
Day = str | dt.date | np.datetime64

MONTHS = 6


@dataclass(frozen=True, eq=False)
class RateTable:
    """Rates of consecutive half-years from `first` on (half-years since 1970); nan where none is known."""

    first: int
    ecb: Column
    legal: Column


def half_years(days: Any) -> Column:
    """The half-year of each day, counted from the first of 1970; days are not NaT."""
    months: Column = np.asarray(days, "datetime64[D]").astype("datetime64[M]").astype(np.int64)
    return months // MONTHS


def half_year_starts(numbers: Any) -> Column:
    """The first day of each half-year: 1 January or 1 July."""
    starts: Column = (np.asarray(numbers) * MONTHS).astype("datetime64[M]").astype("datetime64[D]")
    return starts


def rate_table(from_dates: Any = (), ecb_rates: Any = (), legal_rates: Any = ()) -> RateTable:
    """The reference rates, with the rows of the workbook's LegalRates table in their place.

    A row counts cell by cell: an empty rate (nan) leaves the reference one. Dates must be the first day of a
    half-year, since the law knows no other.
    """
    known = {}
    for row in rows("legal_rates"):
        number = int(half_years(row["from_date"]))
        known[number] = (float(row["ecb_rate"] or "nan"), float(row["legal_rate"] or "nan"))
    starts = np.asarray(from_dates, "datetime64[D]")
    for start, ecb, legal in zip(starts, ecb_rates, legal_rates, strict=True):
        number = int(half_years(start))
        if half_year_starts(number) != start:
            raise WrongArgument("late.not_a_half_year", date=start)
        reference_ecb, reference_legal = known.get(number, (np.nan, np.nan))
        known[number] = (reference_ecb if np.isnan(ecb) else float(ecb),
                         reference_legal if np.isnan(legal) else float(legal))
    first, last = min(known), max(known)
    table = np.array([known.get(number, (np.nan, np.nan)) for number in range(first, last + 1)])
    return RateTable(first, table[:, 0], table[:, 1])


@cache
def reference_rates() -> RateTable:
    """The rates that come with the product."""
    return rate_table()


def ecb_rate(day: Day, rates: RateTable | None = None) -> float:
    """The ECB rate that counts on a day: that of the first day of its half-year."""
    rates = rates or reference_rates()
    return _rate(day, rates.first, rates.ecb, "late.no_ecb_rate")


def legal_rate(day: Day, rates: RateTable | None = None) -> float:
    """The legal interest rate for professionals on a day."""
    rates = rates or reference_rates()
    return _rate(day, rates.first, rates.legal, "late.no_legal_rate")


def penalty_rate(day: Day, margin: float, rates: RateTable | None = None) -> float:
    """The rate where the contract is silent: ECB rate + margin (0.10 under C.com L441-10 II)."""
    return ecb_rate(day, rates) + margin


def penalty_floor(day: Day, factor: float, rates: RateTable | None = None) -> float:
    """The lowest lawful contract rate: factor (3) x the legal rate; in 2024 it exceeded the ECB rate + 10."""
    return legal_rate(day, rates) * factor


def no_rate(number: int, code: str) -> NotAvailable:
    """The refusal that names a half-year without a rate."""
    start = half_year_starts(number)
    return NotAvailable(code, half=number % 2 + 1, year=1970 + number // 2, start=start)


def _rate(day: Day, first: int, rates: Column, code: str) -> float:
    number = int(half_years(day))
    rate = rates[number - first] if 0 <= number - first < len(rates) else np.nan
    if np.isnan(rate):
        raise no_rate(number, code)
    return float(rate)
