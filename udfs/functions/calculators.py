"""Worksheet functions that need no Book: need and capacity from their inputs."""

from __future__ import annotations

from typing import Any

import numpy as np

from udfs import reference
from udfs.errors import NotAvailable, OutOfRange
from udfs.functions.border import number, only, word
from udfs.functions.registry import worksheet
from udfs.limits.capacity import capacities
from udfs.limits.need import need
from udfs.tables.cells import is_blank
from udfs.tables.policy import default_policy


@worksheet("calculators")
def LIMIT_NEED(forecast_ht: Any, terms_days: Any, vat: Any = None, months: Any = None, peak_ht: Any = None) -> float:
    """The limit that expected sales call for: forecast x (1 + VAT) / months x days / 30.

    >>> LIMIT_NEED(250_000, 60)
    50000.0
    """
    policy = default_policy()
    span = number(months, "months", 12.0)
    if not span:
        raise OutOfRange("errors.zero", argument="months")
    found = need(number(forecast_ht, "forecast_ht"), number(vat, "vat", policy.number("vat_rate"), share=True),
                 span, number(terms_days, "terms_days"), number(peak_ht, "peak_ht", float("nan")),
                 policy.number("need_days_base"))
    return float(found)


@worksheet("calculators")
def LIMIT_CAPACITY(grade: Any, tangible_net_worth: Any, turnover: Any) -> float:
    """What a client's finances can bear by its grade: the least of the criteria that are given.

    >>> LIMIT_CAPACITY("B", 80_000, 700_000)
    28000.0
    """
    rows = {row["grade"]: row for row in reference.rows("grades")}
    row = rows[word(grade, "grade", tuple(rows))]
    bases = {"tangible_net_worth": tangible_net_worth, "turnover": turnover}
    shares = {"tangible_net_worth": "share_of_net_worth", "turnover": "share_of_turnover"}
    given = {name: np.array([number(value, name, negative=True)]) for name, value in bases.items()
             if not is_blank(only(value))}
    if not given:
        raise NotAvailable("errors.not_assessed")
    found = capacities(given, {name: np.array([float(row[shares[name]])]) for name in given})
    return float(min(amount[0] for amount in found.values()))
