"""Worksheet functions of the dated rates of late payment and of time bars."""

from __future__ import annotations

from typing import Any

import numpy as np

from udfs.errors import WrongArgument
from udfs.functions.border import policy_of, word
from udfs.functions.columns import Columns
from udfs.functions.registry import worksheet
from udfs.late.modes import moving_rates
from udfs.late.rates import Series, penalty_floor, rates_of
from udfs.late.time_bar import last_days


@worksheet("late")
def ECB_RATE(date: Any, book: Any = None) -> Any:
    """The ECB refinancing rate that counts on a day, that of the first day of its half-year.

    >>> ECB_RATE("2026-08-15")
    0.024
    """
    return _on(date, rates_of(policy_of(book)).ecb)


@worksheet("late")
def LEGAL_RATE(date: Any, book: Any = None) -> Any:
    """The legal interest rate for professionals on a day.

    >>> LEGAL_RATE("2026-03-31")
    0.0262
    """
    return _on(date, rates_of(policy_of(book)).legal)


@worksheet("late")
def PENALTY_RATE(date: Any, mode: Any = None, book: Any = None) -> Any:
    """The yearly rate of late payment on a day where the contract is silent, by mode.

    >>> PENALTY_RATE("2026-08-15"), PENALTY_RATE("2026-08-15", "PUBLIC")
    (0.124, 0.104)
    """
    chosen = word(mode, "mode", "late_mode", "HALF_YEAR")
    if chosen == "CONTRACT":
        raise WrongArgument("late.contract_rate_unknown")
    return _on(date, moving_rates(chosen, policy_of(book)))


@worksheet("late")
def PENALTY_FLOOR(date: Any, book: Any = None) -> Any:
    """The lowest lawful contract rate on a day: three times the legal rate.

    >>> PENALTY_FLOOR("2026-03-31")
    0.0786
    """
    return _on(date, penalty_floor(policy_of(book)))


@worksheet("late")
def TIME_BAR(date: Any, kind: Any = None, book: Any = None) -> Any:
    """The last day to sue for payment: five years from the due date, or the time of the kind.

    >>> TIME_BAR("2026-03-31"), TIME_BAR("2026-03-31", "transport")
    (datetime.date(2031, 3, 31), datetime.date(2027, 3, 31))
    """
    chosen = word(kind, "kind", "time_bar_kind", "general")
    asked = Columns(date=date)
    return asked.answer(last_days(asked.dates("date"), chosen, policy_of(book)))


def _on(date: Any, series: Series) -> Any:
    """The rate of each day, refused by the name of its half-year where none is known."""
    asked = Columns(date=date)
    days = asked.dates("date")
    # Sums of rates of four decimals, without what their binary form adds.
    rates = series.at(days).round(6)
    asked.refuse(np.isnan(rates), lambda row: series.refusal(days[row]))
    return asked.answer(rates)
