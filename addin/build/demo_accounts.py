"""Yearly accounts of the demo clients, from a few figures and the shape of a balance sheet.

Each shape is a set of shares of total assets, so that Altman's Z'' (DOMAIN 2.4: 6.56 X1 + 3.26 X2
+ 6.72 X3 + 1.05 X4) depends on the shape alone; shares and Z'' are worked out in the table below.

>>> rows("C1", "2025-12-31", "sound", {"turnover": "700000", "equity": "96000", "intangibles": "16000"})[1][
...     "total_assets"]
'300000'
"""

from __future__ import annotations

from datetime import date
from typing import NamedTuple


class Shape(NamedTuple):
    """Shares of total assets; total debt is what equity leaves."""

    equity: float
    current_assets: float
    current_debt: float
    retained_earnings: float
    ebit: float
    cash: float


SHAPES = {
    #                 equity  c.assets c.debt  retained  ebit   cash     Z''
    "excellent": Shape(0.60, 0.80, 0.30, 0.40, 0.12, 0.25),     # 3.280 + 1.304 + 0.806 + 1.575 =  6.97
    "strong": Shape(0.50, 0.70, 0.35, 0.30, 0.10, 0.15),        # 2.296 + 0.978 + 0.672 + 1.050 =  5.00
    "sound": Shape(0.32, 0.70, 0.50, 0.15, 0.08, 0.10),         # 1.312 + 0.489 + 0.538 + 0.494 =  2.83
    "average": Shape(0.25, 0.65, 0.52, 0.12, 0.05, 0.06),       # 0.853 + 0.391 + 0.336 + 0.350 =  1.93
    "fragile": Shape(0.15, 0.60, 0.58, 0.06, 0.02, 0.03),       # 0.131 + 0.196 + 0.134 + 0.185 =  0.65
    "negative": Shape(-0.08, 0.55, 0.85, -0.15, -0.03, 0.02),   # -1.968 - 0.489 - 0.202 - 0.078 = -2.74
}


def rows(client: str, year_end: str, shape: str, values: dict[str, str]) -> list[dict[str, str]]:
    """The year named and the one before it, which was smaller by `growth` (6 % unless told)."""
    end = date.fromisoformat(year_end)
    growth = 1 + float(values.get("growth", "0.06"))
    turnover, equity = float(values["turnover"]), float(values["equity"])
    intangibles = float(values.get("intangibles", "0"))
    before = end.replace(year=end.year - 1)
    years = {
        before: _year(SHAPES[shape], turnover / growth, equity * 0.93, intangibles),
        end: _year(SHAPES[shape], turnover, equity, intangibles),
    }
    return [
        {"client": client, "year_end": day.isoformat(), "months": "12"}
        | {name: f"{figure:.0f}" for name, figure in figures.items()}
        for day, figures in years.items()
    ]


def _year(shape: Shape, turnover: float, equity: float, intangibles: float) -> dict[str, float]:
    total = equity / shape.equity
    current, debt, due_soon = shape.current_assets * total, total - equity, shape.current_debt * total
    ebit, depreciation, charges = shape.ebit * total, 0.03 * total, 0.02 * debt
    stocks, cash = 0.35 * current, shape.cash * total
    value_added = 0.30 * turnover
    profit = ebit - charges
    return {
        "turnover": turnover,
        "purchases": 0.58 * turnover,
        "value_added": value_added,
        "personnel": value_added - ebit - depreciation - 0.01 * turnover,
        "ebitda": ebit + depreciation,
        "depreciation": depreciation,
        "ebit": ebit,
        "financial_charges": charges,
        "net_income": profit * 0.75 if profit > 0 else profit,
        "total_assets": total,
        "intangibles": intangibles,
        "fixed_assets": total - current,
        "stocks": stocks,
        "receivables": current - stocks - cash,
        "cash": cash,
        "current_assets": current,
        "equity": equity,
        "retained_earnings": shape.retained_earnings * total,
        "long_term_debt": debt - due_soon,
        "total_debt": debt,
        "current_debt": due_soon,
        "trade_payables": 0.55 * due_soon,
        "tax_social_debt": 0.25 * due_soon,
    }
