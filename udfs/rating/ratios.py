"""The ratios that a credit manager reads in accounts, each a line of `reference/ratios.csv`.

ratio = sum of lines / one line    x 365 for days,    / (1 + VAT rate) where a debt incl. VAT meets a flow without

Lines are columns of the Accounts table, one row per client and year, in one currency; NaN is a missing line, never
0. Flows of a year of other than 12 months are brought to 12. A ratio is NaN where a line is missing or the line
below the bar is not positive, and `missing` and `not_positive` name it. Source: the last column of the table.

Worked example: 76 of EBITDA on 1,000 of sales is 7.6 %; 228 of receivables are 69 days of sales incl. 20 % VAT:

>>> lines = {name: np.array([value]) for name, value in dict(
...     ebitda=76.0, turnover=1000.0, receivables=228.0, financial_charges=0.0, net_income=np.nan).items()}
>>> ratio("ebitda_margin", lines).item(), round(ratio("dso", lines, vat_rate=0.20).item(), 2)
(0.076, 69.35)
>>> missing("net_margin", lines).item(), not_positive("interest_cover", lines).item()
('net_income', 'financial_charges')
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache

import numpy as np

from udfs import reference
from udfs.rating.net_worth import tangible_net_worth
from udfs.rating.sums import Term, terms

Lines = Mapping[str, np.ndarray]

# What runs over the financial year; the other lines are those of its last day.
FLOWS = frozenset({"turnover", "purchases", "value_added", "personnel", "ebitda", "depreciation", "ebit",
                   "financial_charges", "net_income"})
DAYS = 365


@cache
def ratios() -> dict[str, dict[str, str]]:
    """The rows of the table of ratios by code."""
    return {row["code"]: row for row in reference.rows("ratios")}


@cache
def ordinary_vat_rate() -> float:
    """The rate that the policy ships with; exporters and exempt trades have another, and the caller says so."""
    return next(float(row["value"]) for row in reference.rows("policy") if row["key"] == "vat_rate")


def ratio(code: str, lines: Lines, vat_rate: float | np.ndarray | None = None) -> np.ndarray:
    """A ratio of each row of accounts, or a line of them for 12 months; NaN where it cannot be computed.

    `vat_rate` is that of the firm's sales and purchases (a number or a column), for the ratios in days of debts
    incl. VAT; without it the ordinary rate is assumed.
    """
    row = ratios().get(code)
    if row is None:
        return line(code, lines)
    if code == "tangible_net_worth":
        return tangible_net_worth(*(line(term.name, lines) for term in terms(row["numerator"])))
    above = _sum(terms(row["numerator"]), lines)
    if not row["denominator"]:
        return above
    below = ratio(row["denominator"], lines)
    factor: float | np.ndarray = DAYS if row["unit"] == "days" else 1
    if row["with_vat"]:
        factor = factor / (1 + (ordinary_vat_rate() if vat_rate is None else vat_rate))
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(below > 0, above / below * factor, np.nan)


def line(name: str, lines: Lines) -> np.ndarray:
    """A line of each row of accounts, a flow brought to 12 months; a line that is not there is missing everywhere."""
    values = lines.get(name)
    if values is None:
        return np.full(_rows(lines), np.nan)
    return values * 12 / _months(lines) if name in FLOWS else values


def missing(code: str, lines: Lines) -> np.ndarray:
    """For each row the first line that is missing for the ratio, an empty text where it is computed or none is.

    `months` is named where the length of the financial year given is not positive.
    """
    names = np.where(np.isnan(_months(lines)), "months", "").astype(object)
    for name in reversed(list(needed(code))):
        names[np.isnan(lines.get(name, np.nan)) & np.ones(len(names), bool)] = name
    names[~np.isnan(ratio(code, lines))] = ""
    return names


def not_positive(code: str, lines: Lines) -> np.ndarray:
    """For each row the line below the bar where it is known and not positive, else an empty text."""
    below = ratios()[code]["denominator"] if code in ratios() else ""
    return np.where(ratio(below, lines) <= 0, below, "").astype(object)


def needed(code: str) -> Iterator[str]:
    """The lines of the Accounts table that a ratio cannot do without, in the order of its formula."""
    row = ratios().get(code)
    if row is None:
        yield code
        return
    for term in (*terms(row["numerator"]), *(terms(row["denominator"]) if row["denominator"] else ())):
        if not term.optional:
            yield from needed(term.name)


def _sum(parts: tuple[Term, ...], lines: Lines) -> np.ndarray:
    total = np.zeros(_rows(lines))
    for part in parts:
        values = ratio(part.name, lines)
        total = total + part.sign * (np.nan_to_num(values) if part.optional else values)
    return total


def _months(lines: Lines) -> np.ndarray:
    """Months of the financial year: 12 unless it says otherwise, NaN where what it says is no length."""
    months = lines.get("months", np.full(_rows(lines), np.nan))
    return np.where(np.isnan(months), 12, np.where(months > 0, months, np.nan))


def _rows(lines: Lines) -> int:
    return len(next(iter(lines.values())))
