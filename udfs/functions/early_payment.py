"""Worksheet functions of early payment: what a cash discount costs and leaves to pay, what factoring costs."""

from __future__ import annotations

from typing import Any

import numpy as np

from udfs.errors import OutOfRange, WrongArgument
from udfs.functions.border import only, policy_of
from udfs.functions.columns import Column, Columns
from udfs.functions.registry import worksheet
from udfs.late.early_payment import break_even, discount_cost, discounted, factoring_cost
from udfs.tables.issues import shown
from udfs.tables.words import read_flags


@worksheet("calculators")
def DISCOUNT_COST(discount: Any, days_early: Any, compounded: Any = None) -> Any:
    """The yearly rate that a cash discount comes to, simple, or compounded where asked.

    >>> round(DISCOUNT_COST(0.02, 20), 4), round(DISCOUNT_COST(0.02, 20, "yes"), 4)
    (0.3724, 0.4459)
    """
    (yes,), problems = read_flags([only(compounded)])
    if problems:
        raise WrongArgument("errors.unknown_choice", value=shown(only(compounded)), known="yes, no")
    asked = Columns(discount=discount, days_early=days_early)
    share, days = asked.shares("discount"), asked.numbers("days_early")
    asked.refuse(share == 1, lambda row: OutOfRange("late.whole_discount"))
    _refuse_zero(asked, days, "days_early")
    # What an early day costs may be more than any number says; the rows refused are worked out too.
    with np.errstate(divide="ignore", over="ignore", invalid="ignore"):
        found = discount_cost(share, days, bool(yes))
    asked.refuse(np.isinf(found), lambda row: OutOfRange("late.too_dear"))
    return asked.answer(found)


@worksheet("calculators")
def DISCOUNT_BREAK_EVEN(annual_rate: Any, days_early: Any) -> Any:
    """The cash discount that costs as much as borrowing at a yearly rate for the days won.

    >>> round(DISCOUNT_BREAK_EVEN(0.08, 50), 5)
    0.01084
    """
    asked = Columns(annual_rate=annual_rate, days_early=days_early)
    rate = asked.shares("annual_rate", above="late.rate_out_of_range")
    return asked.answer(break_even(rate, asked.numbers("days_early")))


@worksheet("calculators")
def DISCOUNT_OFFER(amount: Any, discount: Any, vat: Any = None) -> Any:
    """What is left to pay after a cash discount: incl. VAT of an amount excl. VAT where its rate is given.

    Without `vat` the amount is taken as it is, and the answer with it.

    >>> DISCOUNT_OFFER(10_000, 0.02, 0.20), DISCOUNT_OFFER(12_000, 0.02)
    (11760.0, 11760.0)
    """
    asked = Columns(amount=amount, discount=discount, vat=vat)
    return asked.answer(discounted(asked.numbers("amount"), asked.shares("discount"),
                                   asked.shares("vat", needed=False, default=0.0)))


@worksheet("calculators")
def FACTORING_COST(amount: Any, days: Any, commission: Any, annual_rate: Any, reserve: Any = None, fees: Any = None,
                   book: Any = None) -> Any:
    """What selling invoices to a factor costs: a commission on all of them, and financing of what it advances.

    >>> FACTORING_COST(25_000, 60, 0.009, 0.04)
    375.0
    """
    policy = policy_of(book)
    asked = Columns(amount=amount, days=days, commission=commission, annual_rate=annual_rate, reserve=reserve,
                    fees=fees)
    found = factoring_cost(
        asked.numbers("amount"), asked.numbers("days"), asked.shares("commission"),
        asked.shares("annual_rate", above="late.rate_out_of_range"),
        asked.shares("reserve", needed=False, default=policy.number("factoring_reserve")),
        asked.numbers("fees", needed=False, default=0.0), policy.number("factoring_year_days"))
    return asked.answer(found)


def _refuse_zero(asked: Columns, values: Column, argument: str) -> None:
    asked.refuse(values == 0, lambda row: OutOfRange("errors.zero", argument=argument))
