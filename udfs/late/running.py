"""One debt as it runs: its lines of interest between due date, payments, half-years and the day it is counted to.

interest of a line = balance × rate × days / day count; a payment counts from the day after it.

A payment lowers the principal (PRINCIPAL_FIRST: what is left ties to account 411), or first the interest run up to
its day (INTEREST_FIRST, C.civ 1343-1); a credit note, and what is paid up to the due date, the principal in both
cases. What is paid beyond the debt bears nothing. Lines are unrounded. Source: DOMAIN 4.2; worked example (DOMAIN 0,
I10): 10,000 due on 01/05/2026, 4,000 paid on 01/07/2026, counted to 03/09/2026:

>>> from udfs.late.modes import moving_rates
>>> from udfs.tables.policy import default_policy
>>> moving = moving_rates("HALF_YEAR", default_policy())
>>> debt = (10000, np.datetime64("2026-05-01"), np.datetime64("2026-09-03"))
>>> paid = [Payment(np.datetime64("2026-07-01"), 4000)]
>>> [(line.days, round(line.balance, 2), round(line.interest, 2)) for line in lines(*debt, moving, paid)]
[(60, 10000.0, 199.73), (1, 10000.0, 3.4), (64, 6000.0, 130.45)]
>>> [round(sum(line.interest for line in lines(*debt, moving, paid, one)), 2) for one in IMPUTATIONS]
[333.58, 337.99]
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import NamedTuple

import numpy as np

from udfs.late.interest import outside, refusal
from udfs.late.rates import Series, half_year_starts, half_years
from udfs.late.year_count import ACTUAL, USUAL, years_between
from udfs.tables.columns import NOTHING

IMPUTATIONS = ("PRINCIPAL_FIRST", "INTEREST_FIRST")
DAY = np.timedelta64(1, "D")
# A contract rate of exactly three times the legal rate is lawful.
TOLERANCE = 1e-9


class Payment(NamedTuple):
    """What lowers a debt and on which day."""

    day: np.datetime64
    amount: float
    credit_note: bool = False


class Line(NamedTuple):
    """A run of days on one balance at one rate, first and last day included.

    Beside a contract rate, `lawful` is the rate that would count where the contract's is below the floor: None where it
    is not below, nan where that is not known.
    """

    first_day: np.datetime64
    last_day: np.datetime64
    balance: float
    rate: float
    interest: float
    lawful: float | None = None

    @property
    def days(self) -> int:
        """How many days the line counts."""
        return int((self.last_day - self.first_day).astype(int)) + 1


def lines(amount: float, due: np.datetime64, until: np.datetime64, moving: Series, payments: Sequence[Payment] = (),
          imputation: str = IMPUTATIONS[0], fixed: float = np.nan, day_count: str = USUAL, floor: Series | None = None
          ) -> list[Line]:
    """The lines of one debt; none when nothing was owed after the due date.

    A fixed rate is a line whatever the half-years; with a `floor`, it is held against that of each of them.
    """
    payments = sorted(payments)
    balance, accrued, start, found = float(amount), 0.0, due, []
    for end in [due, *_ends(due, until, payments)]:
        if balance >= NOTHING and end > start:
            line = _line(balance, start, end, moving, fixed, day_count, floor)
            accrued += line.interest
            found.append(line)
        for payment in payments:
            if payment.day == end or (end == due and payment.day < due):
                to_interest = (min(payment.amount, accrued) if imputation == "INTEREST_FIRST"
                               and not payment.credit_note else 0.0)
                accrued -= to_interest
                balance = max(balance - (payment.amount - to_interest), 0.0)
        start = end
    return found if np.isnan(fixed) else _joined(found, day_count)


def _ends(due: np.datetime64, until: np.datetime64, payments: Sequence[Payment]) -> list[np.datetime64]:
    """The days at whose end the balance or the rate may change, and the last one."""
    if not until > due:
        return []
    numbers = np.arange(int(half_years(due + DAY)) + 1, int(half_years(until)) + 1)
    days = {*(half_year_starts(numbers) - 1).tolist(), until.astype(object),
            *(payment.day.astype(object) for payment in payments if due < payment.day < until)}
    return [np.datetime64(day, "D") for day in sorted(days)]


def _line(balance: float, start: np.datetime64, end: np.datetime64, moving: Series, fixed: float, day_count: str,
          floor: Series | None) -> Line:
    """One line after the end of a day, within one half-year."""
    rate = float(moving.at(end)) if np.isnan(fixed) else fixed
    if np.isnan(rate) or outside(rate):
        raise refusal(start, end, moving, fixed)
    lawful = None
    if floor is not None and not np.isnan(fixed) and not rate >= floor.at(end) - TOLERANCE:
        lawful = np.nan if np.isnan(floor.at(end)) else float(moving.at(end))
    return Line(start + DAY, end, balance, rate, balance * rate * float(years_between(start, end, day_count)), lawful)


def _joined(found: list[Line], day_count: str) -> list[Line]:
    """Lines that differ by their half-year only as one; years of 365 and 366 days stay apart where that counts."""
    def alike(line: Line) -> tuple[float, str, str]:
        return line.balance, str(line.lawful), str(line.last_day)[:4] if day_count == ACTUAL else ""

    runs = [list(run) for _, run in groupby(found, alike)]
    return [run[0]._replace(last_day=run[-1].last_day, interest=sum(line.interest for line in run)) for run in runs]
