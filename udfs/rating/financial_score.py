"""A financial score of our own, 0 (weak) to 100 (strong): points for six ratios of the accounts.

score = sum of the points of the band in which each ratio falls (reference/financial_score.csv)

    equity_to_assets              equity / total assets
    retained_earnings_to_assets   retained earnings / total assets
    working_capital_to_assets     (current assets - current debt) / total assets
    quick_ratio                   (current assets - stocks) / current debt
    cash_flow_to_turnover         (net income + depreciation) / turnover
    cash_flow_to_debt             (net income + depreciation) / total debt

A band goes from its lower edge, included, to its upper edge, excluded. A ratio that cannot be computed gets the
points of its `missing` row, those of a firm about which it says nothing: it neither punishes nor rewards. With
fewer known ratios than the table's `least_known` there is no score (NaN). Without debt a ratio over debt is
infinite, hence in its best or worst band; assets or turnover of 0 or less give none. The cash flow of a year that
is not of 12 months is brought to 12 before it meets a debt. Ratios are fractions; lines are in any one currency.
Source: docs/financial-score.md (bankrupt and sound Polish firms: not French, no probability of default).

Equity 40 % of assets: 3 points. Retained earnings 16.7 %: 11. Working capital 13.3 %: 6. Quick ratio 0.88: 17.
Cash flow 140, 5.8 % of turnover: 15, and 15.6 % of debt: 10. Together 62. Without the stocks the quick ratio is not
known: 14 points in place of 17.

>>> lines = dict(total_assets=1500, equity=600, retained_earnings=250, current_assets=700, stocks=260,
...              current_debt=500, total_debt=900, turnover=2400, net_income=90, depreciation=50)
>>> accounts = {name: np.array([value, value], float) for name, value in lines.items()}
>>> accounts["stocks"][1] = np.nan
>>> found = financial_score(accounts)
>>> found.score.tolist(), found.known.tolist(), found.points["quick_ratio"].tolist()
([62.0, 59.0], [6, 5], [17.0, 14.0])
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

import numpy as np

from udfs import reference

# The lines of accounts that each ratio needs, so that a missing one can be named.
RATIOS: Mapping[str, tuple[str, ...]] = {
    "equity_to_assets": ("equity", "total_assets"),
    "retained_earnings_to_assets": ("retained_earnings", "total_assets"),
    "working_capital_to_assets": ("current_assets", "current_debt", "total_assets"),
    "quick_ratio": ("current_assets", "stocks", "current_debt"),
    "cash_flow_to_turnover": ("net_income", "depreciation", "turnover"),
    "cash_flow_to_debt": ("net_income", "depreciation", "total_debt"),
}

HAIR = 1e-9


@dataclass(frozen=True)
class RatioPoints:
    """The points of one ratio: inner edges, rising; points of each band, from the lowest ratio; those of no ratio."""

    edges: np.ndarray
    points: np.ndarray
    missing: float

    def of(self, values: np.ndarray) -> np.ndarray:
        """The points of each value; cents that do not add up exactly move no ratio off an edge."""
        place = np.searchsorted(self.edges - HAIR, values)
        return np.where(np.isnan(values), self.missing, self.points[place])


@dataclass(frozen=True)
class FinancialScore:
    """By row of accounts: the score (NaN: too little is known), how many ratios are known, the points of each ratio."""

    score: np.ndarray
    known: np.ndarray
    points: Mapping[str, np.ndarray]


def financial_score(lines: Mapping[str, np.ndarray]) -> FinancialScore:
    """The score of each row of accounts; a column that is not given counts as not known."""
    return scored(financial_ratios(lines), points_table(), least_known())


def financial_ratios(lines: Mapping[str, np.ndarray]) -> dict[str, np.ndarray]:
    """The six ratios, NaN where a line is missing or the ratio has no meaning."""
    unknown = np.full(len(next(iter(lines.values()))), np.nan)
    line = {name: lines.get(name, unknown) for needed in RATIOS.values() for name in needed}
    months = lines.get("months", unknown)
    with np.errstate(divide="ignore", invalid="ignore"):
        yearly = np.where(np.isnan(months), 1.0, 12 / np.where(months > 0, months, np.nan))
        cash_flow = line["net_income"] + line["depreciation"]
        assets = np.where(line["total_assets"] > 0, line["total_assets"], np.nan)
        turnover = np.where(line["turnover"] > 0, line["turnover"], np.nan)
        # Adding 0 makes a -0 a 0, which would turn the sign of an infinite ratio.
        debt = np.where(line["total_debt"] >= 0, line["total_debt"] + 0.0, np.nan)
        current_debt = np.where(line["current_debt"] >= 0, line["current_debt"] + 0.0, np.nan)
        return {
            "equity_to_assets": line["equity"] / assets,
            "retained_earnings_to_assets": line["retained_earnings"] / assets,
            "working_capital_to_assets": (line["current_assets"] - line["current_debt"]) / assets,
            "quick_ratio": (line["current_assets"] - line["stocks"]) / current_debt,
            "cash_flow_to_turnover": cash_flow / turnover,
            "cash_flow_to_debt": cash_flow * yearly / debt,
        }


def scored(ratios: Mapping[str, np.ndarray], table: Mapping[str, RatioPoints], least: int) -> FinancialScore:
    """The score of ratios by a table of points."""
    points = {name: one.of(ratios[name]) for name, one in table.items()}
    known = np.sum([~np.isnan(ratios[name]) for name in table], axis=0)
    return FinancialScore(np.where(known >= least, np.sum(list(points.values()), axis=0), np.nan), known, points)


@cache
def points_table() -> Mapping[str, RatioPoints]:
    """The shipped points of each ratio, in the order of the file."""
    rows = reference.rows("financial_score")
    missing = {row["ratio"]: float(row["points"]) for row in rows if row["part"] == "missing"}
    bands = {name: [row for row in rows if row["part"] == "band" and row["ratio"] == name] for name in missing}
    return {name: RatioPoints(np.array([float(row["from"]) for row in found[1:]]),
                              np.array([float(row["points"]) for row in found]), missing[name])
            for name, found in bands.items()}


@cache
def least_known() -> int:
    """How many ratios must be known for a score."""
    return next(int(row["points"]) for row in reference.rows("financial_score") if row["part"] == "least_known")


def provenance() -> dict[str, str]:
    """What the shipped points come from: data, date, licence, citation.

    >>> provenance()["licence"]
    'CC BY 4.0'
    """
    return {row["ratio"]: row["note"] for row in reference.rows("financial_score") if row["part"] == "source"}
