"""Worksheet functions of the gap between need and capacity, of the AFDCC limit, and of what a loss costs."""

from __future__ import annotations

from typing import Any

import numpy as np

from udfs.errors import OutOfRange
from udfs.functions.columns import Column, Columns
from udfs.functions.registry import worksheet
from udfs.limits.levers import largest_term, least_deposit, least_guarantee
from udfs.limits.loss import sales_to_recover
from udfs.limits.need import need
from udfs.limits.published import afdcc
from udfs.tables.policy import default_policy


@worksheet("calculators")
def GAP_TERM(capacity: Any, forecast_ht: Any, vat: Any = None, months: Any = None) -> Any:
    """The longest term in days whose need the capacity bears, sales being as forecast.

    >>> GAP_TERM(28_000, 250_000)
    33.0
    """
    policy = default_policy()
    asked = Columns(capacity=capacity, forecast_ht=forecast_ht, vat=vat, months=months)
    sales, span = asked.numbers("forecast_ht"), asked.numbers("months", needed=False, default=12.0)
    _refuse_zero(asked, sales, "forecast_ht")
    _refuse_zero(asked, span, "months")
    # The rows refused are worked out too.
    with np.errstate(divide="ignore", invalid="ignore"):
        of_a_day = need(sales, asked.shares("vat", needed=False, default=policy.number("vat_rate")), span, 1.0,
                        month_days=policy.number("need_days_base"))
        return asked.answer(largest_term(asked.numbers("capacity"), of_a_day))


@worksheet("calculators")
def GAP_DEPOSIT(need: Any, capacity: Any) -> Any:
    """The share to be paid in advance so that the rest of the need is within the capacity; 0 where it is already.

    >>> GAP_DEPOSIT(50_000, 28_000)
    0.44
    """
    asked = Columns(need=need, capacity=capacity)
    # 1 - 28,000 / 50,000 is 0.43999999999999995 in binary.
    return asked.answer(np.round(least_deposit(asked.numbers("need"), asked.numbers("capacity")), 9))


@worksheet("calculators")
def GAP_GUARANTEE(need: Any, capacity: Any) -> Any:
    """The amount of a guarantee that covers what the need exceeds the capacity by; 0 where it does not.

    >>> GAP_GUARANTEE(50_000, 28_000)
    22000.0
    """
    asked = Columns(need=need, capacity=capacity)
    return asked.answer(least_guarantee(asked.numbers("need"), asked.numbers("capacity")))


@worksheet("calculators")
def LIMIT_AFDCC(ec: Any, fae: Any, ef: Any, cdp: Any, ccp: Any) -> Any:
    """The limit by the AFDCC method: (orders + to be invoiced + open invoices) x term x payment coefficient.

    >>> LIMIT_AFDCC(10_000, 6_000, 32_000, 1, 0.9)
    43200.0
    """
    asked = Columns(ec=ec, fae=fae, ef=ef, cdp=cdp, ccp=ccp)
    return asked.answer(np.asarray(afdcc(*(asked.numbers(name) for name in ("ec", "fae", "ef", "cdp", "ccp")))))


@worksheet("calculators")
def SALES_TO_RECOVER(loss: Any, margin: Any) -> Any:
    """The new sales whose net margin earns a loss back.

    >>> SALES_TO_RECOVER(1_000, 0.05)
    20000.0
    """
    asked = Columns(loss=loss, margin=margin)
    share = asked.shares("margin")
    _refuse_zero(asked, share, "margin")
    with np.errstate(divide="ignore", invalid="ignore"):
        return asked.answer(np.asarray(sales_to_recover(asked.numbers("loss"), share)))


def _refuse_zero(asked: Columns, values: Column, argument: str) -> None:
    asked.refuse(values == 0, lambda row: OutOfRange("errors.zero", argument=argument))
