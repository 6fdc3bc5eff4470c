"""Every way to a limit by its name: what it stands on, its rule, and who published it.

A method is not assessed (NaN) where one of its inputs is missing. Inputs are columns by client in the reporting
currency, days or fractions; an input with the name of an earlier method is that method's amount.
Source: DOMAIN 1.2 to 1.4, whose comparison is the worked example: one customer, grade B, 4,000 to 150,000.

>>> one = {name: np.array([value]) for name, value in dict(
...     sales=250_000, sales_vat=0.20, months=12, need_days=60, month_days=30, peak_month_sales=35_000, vat_rate=0.20,
...     tangible_net_worth=80_000, client_turnover=700_000, equity=95_000, working_capital=60_000,
...     trade_references=25_000, own_sales=3_000_000, pretax_profit=12_000, orders=10_000, to_invoice=6_000,
...     open_invoices=32_000, term_coefficient=1.0, payment_coefficient=0.9, share_of_net_worth=0.35,
...     share_of_turnover=0.05, own_turnover_share=0.05, equity_share=0.40, average_share=0.10, double_cap_share=0.10,
...     working_capital_share=0.10, new_customer_lowest=0.05, new_customer_highest=0.15, behaviour=1.0).items()}
>>> found = assess(METHODS, one)
>>> for name in ("need_average", "need_peak", "capacity", "afdcc", "own_turnover", "equity_cap", "double_cap",
...              "new_customer_low", "new_customer_high", "working_capital_cap"):
...     print(name, round(float(found[name][0]), 2))
need_average 50000.0
need_peak 84000.0
capacity 28000.0
afdcc 43200.0
own_turnover 150000.0
equity_cap 38000.0
double_cap 8000.0
new_customer_low 4000.0
new_customer_high 12000.0
working_capital_cap 6000.0
>>> average = assess(METHODS, one | {"peak_month_sales": np.array([np.nan])})["average_of_three"]
>>> round(float(average[0]), 2)
27666.67
>>> missing(METHODS["average_of_three"], one | found | {"trade_references": np.array([np.nan])}, 0)
['trade_references']
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from udfs.limits import published
from udfs.limits.capacity import share_of
from udfs.limits.need import need

HOUSE = ""
MY_DSO, AFDCC, LEGIFISCAL, CREDITSAFE = "My DSO Manager (etrepaye.fr)", "AFDCC", "legifiscal.fr", "Creditsafe"
HIGHAKO, BERNSTEIN, NEW = "Highako Academy", "Bernstein Law", "autoprestige-loisirs.fr"
Columns = Mapping[str, np.ndarray]


@dataclass(frozen=True)
class Method:
    """Inputs by name in the order of the rule's arguments; of a method of `any_of` one that is known is enough."""

    inputs: tuple[str, ...]
    rule: Callable[..., Any]
    source: str
    any_of: bool = False


def _average_need(sales: np.ndarray, vat: np.ndarray, months: np.ndarray, days: np.ndarray, month: np.ndarray
                  ) -> np.ndarray:
    return need(sales, vat, months, days, float("nan"), month)


def _peak_need(peak: np.ndarray, vat: np.ndarray, days: np.ndarray, month: np.ndarray) -> np.ndarray:
    return np.asarray(peak * (1 + vat) * days / month)


def _itself(amount: np.ndarray) -> np.ndarray:
    return amount


def _repaid(highest: np.ndarray, coefficient: np.ndarray) -> np.ndarray:
    return np.asarray(highest * coefficient)


def criterion(base: str, share: str) -> Method:
    """A criterion of the capacity: a share by grade of what the accounts show."""
    return Method((base, share, "behaviour"), share_of, MY_DSO)


METHODS: dict[str, Method] = {
    "need_average": Method(("sales", "sales_vat", "months", "need_days", "month_days"), _average_need, MY_DSO),
    "need_peak": Method(("peak_month_sales", "vat_rate", "need_days", "month_days"), _peak_need, MY_DSO),
    "need": Method(("need_average", "need_peak"), np.fmax, MY_DSO, any_of=True),
    "net_worth": criterion("tangible_net_worth", "share_of_net_worth"),
    "turnover": criterion("client_turnover", "share_of_turnover"),
    "capacity": Method(("net_worth", "turnover"), np.fmin, MY_DSO, any_of=True),
    "afdcc": Method(("orders", "to_invoice", "open_invoices", "term_coefficient", "payment_coefficient"),
                    published.afdcc, AFDCC),
    "purchases_twelfths": Method(("yearly_purchases", "need_days"), published.purchases_twelfths, AFDCC),
    "own_turnover": Method(("own_sales", "own_turnover_share"), share_of, LEGIFISCAL),
    "own_margin": Method(("own_gross_margin", "own_margin_share"), share_of, LEGIFISCAL),
    "supplier_debt": Method(("trade_payables", "supplier_debt_share"), share_of, LEGIFISCAL),
    "equity_cap": Method(("equity", "equity_share"), share_of, CREDITSAFE),
    "share_capital": Method(("nominal_capital",), _itself, CREDITSAFE),
    "average_of_three": Method(("tangible_net_worth", "average_share", "trade_references", "need"),
                               published.average_of_three, HIGHAKO),
    "working_capital_cap": Method(("working_capital", "working_capital_share"), share_of, HIGHAKO),
    "double_cap": Method(("tangible_net_worth", "double_cap_share", "own_sales"), published.double_cap, BERNSTEIN),
    "new_customer_low": Method(("tangible_net_worth", "pretax_profit", "new_customer_lowest"),
                               published.new_customer, NEW),
    "new_customer_high": Method(("tangible_net_worth", "pretax_profit", "new_customer_highest"),
                                published.new_customer, NEW),
    "starter_line": Method(("first_line",), _itself, BERNSTEIN),
    "unnamed_cover": Method(("cover_of_unnamed",), _itself, HOUSE),
    "insurer": Method(("insurer_agreed", "own_risk_layer"), published.insurer, HOUSE),
    "highest_repaid": Method(("repaid", "payment_coefficient"), _repaid, HOUSE),
}
# The criteria that the word `capacity` stands for; the policy may add lines of accounts to them.
CRITERIA = ("net_worth", "turnover")
# A limit that one of these binds leaves no gap to close.
NEEDS = frozenset(("need", "need_average", "need_peak"))


def with_criteria(lines: Sequence[str]) -> dict[str, Method]:
    """The methods with further criteria of the capacity, each a line of accounts."""
    if not lines:
        return METHODS
    added = {f"criterion_{line}": criterion(f"line_{line}", f"share_of_line_{line}") for line in lines}
    names = (*CRITERIA, *added)
    capacity = Method(names, lambda *amounts: np.fmin.reduce(amounts), MY_DSO, any_of=True)
    found: dict[str, Method] = {}
    for name, method in METHODS.items():
        found |= {**added, name: capacity} if name == "capacity" else {name: method}
    return found


def assess(methods: Mapping[str, Method], inputs: Columns) -> dict[str, np.ndarray]:
    """The amount of each method by client; an input that is not given at all is missing for everybody."""
    known = dict(inputs)
    nobody = np.full(len(next(iter(inputs.values()))), np.nan)
    amounts: dict[str, np.ndarray] = {}
    for name, method in methods.items():
        columns = [amounts.get(one, known.get(one, nobody)) for one in method.inputs]
        # Each rule spreads NaN by itself, but a comparison would hide it.
        unknown = np.zeros(len(nobody), bool) if method.any_of else np.isnan(columns).any(axis=0)
        amounts[name] = np.where(unknown, np.nan, method.rule(*columns))
    return amounts


def missing(method: Method, columns: Columns, client: int) -> list[str]:
    """The inputs that one client lacks, in the order of the rule."""
    return [name for name in method.inputs if name not in columns or np.isnan(columns[name][client])]
