"""What it costs to be paid early: a cash discount as a yearly rate, what it leaves to pay, and factoring.

yearly rate of a discount    d / (1 − d) × 365 / days;  compounded (1 / (1 − d)) ^ (365 / days) − 1
break-even discount          1 − 1 / (1 + annual rate × days / 365): dearer than a loan above it, cheaper below
discounted amount            amount × (1 − d); the base of VAT is lower too, so VAT is on what is left (CGI art. 267)
cost of factoring            amount × commission + amount × (1 − reserve) × annual rate × days / 360 + fees

Rates are fractions; the commission is on the whole of the invoices incl. VAT, financing on what is advanced for its
days. Source: DOMAIN 3.4 and 5.6. Worked examples: 2 % for payment 20 days earlier costs 37.24 % a year, 44.59 %
compounded; against a loan at 8 % a discount for 50 days is worth 1.084 %; 25,000 sold to a factor for 60 days at
0.9 % and 4 %, 10 % kept back, cost 225 + 22,500 × 4 % × 60 / 360 = 375.

>>> round(discount_cost(0.02, 20), 4), round(discount_cost(0.02, 20, compounded=True), 4)
(0.3724, 0.4459)
>>> round(break_even(0.08, 50), 5)
0.01084
>>> float(discounted(10_000.0, 0.02, 0.20))
11760.0
>>> float(factoring_cost(25_000, 60, commission=0.009, annual_rate=0.04, reserve=0.10, fees=0, year_days=360))
375.0
"""

from __future__ import annotations

from typing import Any

from udfs.tables.columns import round_cents

YEAR = 365


def discount_cost(discount: Any, days_early: Any, compounded: bool = False) -> Any:
    """The yearly rate that a discount comes to; discount below 1, days above 0."""
    if compounded:
        return (1 / (1 - discount)) ** (YEAR / days_early) - 1
    return discount / (1 - discount) * YEAR / days_early


def break_even(annual_rate: Any, days_early: Any) -> Any:
    """The discount that costs as much as borrowing at a yearly rate for the days."""
    return 1 - 1 / (1 + annual_rate * days_early / YEAR)


def discounted(amount: Any, discount: Any, vat: Any = 0.0) -> Any:
    """What is left to pay, incl. VAT where a rate of it is given; the parts are rounded to the cent, as invoiced."""
    left = round_cents(amount * (1 - discount))
    return round_cents(left + round_cents(left * vat))


def factoring_cost(amount: Any, days: Any, commission: Any, annual_rate: Any, reserve: Any, fees: Any,
                   year_days: float) -> Any:
    """The cost of selling invoices to a factor, excl. VAT on its commission."""
    financing = amount * (1 - reserve) * annual_rate * days / year_days
    return round_cents(round_cents(amount * commission) + round_cents(financing) + fees)
