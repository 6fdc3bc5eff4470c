"""Who must approve a limit: the first level of a ladder whose ceiling reaches the unsecured part of it.

    unsecured = limit - quota x min(limit, amount agreed by the insurer) - other securities, never below 0

Where the agreement is excl. VAT, the limit is compared excl. VAT. The policy's `approval_ladder` names the levels from
the lowest to the highest, each with its ceiling; the last may have none. Above the highest ceiling nobody may grant.
Source: DOMAIN 5.3 (approval ladder by unsecured amount) and 1.1 (a ceiling per validation level, an error above the
highest; unsecured part = limit - insurance - other guarantees).

>>> ladder = read_ladder("credit manager = 10 000; finance director = 50 000; board")
>>> approver(ladder, 10_000.0).name, approver(ladder, 10_000.01).name, approver(ladder, 1e9).name
('credit manager', 'finance director', 'board')
>>> read_ladder("board; credit manager = 10 000") is None
True
>>> unsecured(60_000.0, 0.2, [Insurance(40_000.0, 0.9, excl_vat=True)], 10_000.0)
14000.0
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable
from typing import NamedTuple

from udfs.tables.amounts import read_amounts


class Level(NamedTuple):
    """Who approves, and up to which unsecured amount."""

    name: str
    ceiling: float


class Insurance(NamedTuple):
    """What an insurer agreed, and the part of a loss that it bears."""

    agreed: float
    quota: float
    excl_vat: bool


def read_ladder(text: str) -> tuple[Level, ...] | None:
    """The levels, the lowest first; None where a name or a ceiling is missing, or the ceilings do not rise."""
    levels: list[Level] = []
    for part in filter(None, map(str.strip, re.split(r"[;\n]", text))):
        name, sign, ceiling = map(str.strip, part.partition("="))
        amount = float(read_amounts([ceiling])[0][0]) if sign else math.inf
        if not any(map(str.isalpha, name)) or not amount > (levels[-1].ceiling if levels else 0):
            return None
        levels.append(Level(name, amount))
    return tuple(levels)


def approver(ladder: Iterable[Level], amount: float) -> Level | None:
    """The lowest level that may grant so much without security, None above the highest."""
    return next((level for level in ladder if round(amount, 2) <= level.ceiling), None)


def unsecured(limit: float, rate_of_vat: float, insurances: Iterable[Insurance], others: float) -> float:
    """What a limit leaves at our own risk once it is fully used."""
    insured = sum(one.quota * min(limit / (1 + rate_of_vat) if one.excl_vat else limit, one.agreed)
                  for one in insurances)
    return max(limit - insured - others, 0.0)
