"""The dated rates of late payment: one ECB rate and one legal rate for each half-year, as fractions.

The ECB rate is that of the main refinancing operations on the first day of the half-year (C.com L441-10 II);
the legal rate is that for professionals (CMF L313-2). Source: `udfs/reference/legal_rates.csv`, DOMAIN 4.3.
A half-year without a rate is refused by name, never guessed from its neighbour.

>>> from udfs.tables.policy import default_policy
>>> rates = rates_of(default_policy())
>>> rates.ecb.of("2025-03-15"), rates.legal.of("2026-06-30")
(0.0315, 0.0262)
>>> rates.ecb.of("2031-01-01")
Traceback (most recent call last):
...
udfs.errors.NotAvailable: No ECB rate is known for H1 2031 (from 1 Jan 2031). ...
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Any, NamedTuple

import numpy as np

from udfs.errors import NotAvailable
from udfs.tables.policy import Policy

Column = np.ndarray[Any, Any]
Day = str | dt.date | np.datetime64

MONTHS = 6


@dataclass(frozen=True, eq=False)
class Series:
    """Rates of consecutive half-years from `first` on (half-years since 1970), nan where none is known.

    `missing` is the text that says so.
    """

    first: int
    values: Column
    missing: str

    def at(self, days: Any) -> Column:
        """The rate that counts on each day, that of its half-year; nan where none is known or the day is NaT."""
        days = np.asarray(days, "datetime64[D]")
        places = np.where(np.isnat(days), -1, half_years(days) - self.first)
        inside = (places >= 0) & (places < len(self.values))
        found: Column = np.where(inside, self.values[np.where(inside, places, 0)], np.nan)
        return found

    def of(self, day: Day) -> float:
        """The rate that counts on a day; a half-year without one is refused by name."""
        found = float(self.at(day))
        if np.isnan(found):
            raise self.refusal(day)
        return found

    def refusal(self, day: Any) -> NotAvailable:
        """What says that the half-year of a day has no rate."""
        number = int(half_years(day))
        return NotAvailable(self.missing, half=number % 2 + 1, year=1970 + number // 2, start=half_year_starts(number))

    def __mul__(self, factor: float) -> Series:
        return replace(self, values=self.values * factor)

    def __add__(self, margin: float) -> Series:
        return replace(self, values=self.values + margin)


class RateTable(NamedTuple):
    """The two rates of the law."""

    ecb: Series
    legal: Series


def half_years(days: Any) -> Column:
    """The half-year of each day, counted from the first of 1970; that of NaT means nothing."""
    months: Column = np.asarray(days, "datetime64[D]").astype("datetime64[M]").astype(np.int64)
    return months // MONTHS


def half_year_starts(numbers: Any) -> Column:
    """The first day of each half-year: 1 January or 1 July."""
    starts: Column = (np.asarray(numbers) * MONTHS).astype("datetime64[M]").astype("datetime64[D]")
    return starts


def rate_table(rows: Iterable[Mapping[str, str]]) -> RateTable:
    """The rates of rows such as those of the reference table; an empty rate is not known."""
    known = {int(half_years(row["from_date"])): row for row in rows}
    first, last = min(known), max(known)
    ecb, legal = (np.array([float(known.get(number, {}).get(column) or "nan") for number in range(first, last + 1)])
                  for column in ("ecb_rate", "legal_rate"))
    return RateTable(Series(first, ecb, "late.no_ecb_rate"), Series(first, legal, "late.no_legal_rate"))


@lru_cache(maxsize=4)
def rates_of(policy: Policy) -> RateTable:
    """The reference rates, with the rows of the user's LegalRates table over them."""
    return rate_table(policy.reference("legal_rates"))


def penalty_floor(policy: Policy) -> Series:
    """The lowest lawful contract rates: three times the legal rate; in 2024 they exceeded the ECB rate + 10 points."""
    return rates_of(policy).legal * policy.number("late_floor_factor")
