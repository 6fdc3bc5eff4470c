"""Which yearly rate counts for which day of a delay: what the law or the contract says of it.

HALF_YEAR   ECB rate + 10 points, moves with each half-year of the delay     C.com L441-10 II, no clause
INVOICE     the same, frozen at the half-year of the invoice's date          as many terms of sale print it
PUBLIC      ECB rate + 8 points, frozen at the half-year in which the delay began    CCP R2192-31
EU          ECB rate + 8 points, moves                                       Directive 2011/7/EU, art. 2 and 3
FLOOR       three times the legal rate, moves                                the least that a clause may say
CONTRACT    the rate of the contract                                         C.com L441-10 II

The margins and the factor are parameters of the policy; rates are fractions. Public buyer, delay of 2026 from
31 May to 15 August (DOMAIN 4.4, I9): 2.15 % + 8 = 10.15 % for all of it.

>>> from udfs.tables.policy import default_policy
>>> policy = default_policy()
>>> round(moving_rates("PUBLIC", policy).of("2026-05-31"), 4)
0.1015
"""

from __future__ import annotations

from udfs.late.rates import Series, penalty_floor, rates_of
from udfs.tables.policy import Policy

MODES = ("HALF_YEAR", "PUBLIC", "INVOICE", "EU", "FLOOR", "CONTRACT")
MARGINS = {"PUBLIC": "late_margin_public", "EU": "late_margin_eu"}


def moving_rates(mode: str, policy: Policy) -> Series:
    """The yearly rate of each half-year; under a contract rate, what would count without it."""
    if mode == "FLOOR":
        return penalty_floor(policy)
    return rates_of(policy).ecb + policy.number(MARGINS.get(mode, "late_margin"))
