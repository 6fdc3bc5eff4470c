"""What the ways to a limit stand on, by client: sales and terms, accounts, the ledger, the insurer, our own policy."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from udfs.book.assembly import Assembly
from udfs.book.limit_policy import own_criteria
from udfs.book.rating import Rating
from udfs.book.receivables import Receivables
from udfs.exposure.history import highest_repaid
from udfs.limits.coefficients import multipliers, payment_coefficients, term_coefficients
from udfs.limits.criteria import WORKING_CAPITAL
from udfs.rating.trade import annual_sales
from udfs.tables.columns import first_known, months_before, sum_by

# Inputs that are the same for every client: the policy key of each.
OF_POLICY = {
    "month_days": "need_days_base", "own_sales": "own_turnover", "own_turnover_share": "own_turnover_share",
    "own_gross_margin": "own_margin", "own_margin_share": "own_margin_share",
    "supplier_debt_share": "supplier_debt_share", "equity_share": "equity_share",
    "average_share": "average_of_three_share", "double_cap_share": "double_cap_share",
    "working_capital_share": "working_capital_share", "new_customer_lowest": "new_customer_lowest",
    "new_customer_highest": "new_customer_highest", "first_line": "starter_line",
    "cover_of_unnamed": "unnamed_cover", "own_risk_layer": "own_risk_layer",
}
NAMED_INSURANCE = "insurance"
Columns = dict[str, np.ndarray]


def limit_inputs(book: Assembly, found: Receivables, rating: Rating, rate_of_vat: np.ndarray) -> Columns:
    """Every input by client, NaN where it is not known."""
    count = len(book.clients)
    own = {name: np.full(count, np.nan if (value := book.policy.optional(key)) is None else value)
           for name, key in OF_POLICY.items()}
    return {**own, **_sales(book, found, rating, rate_of_vat), **_accounts(book, rating),
            **_ledger(book, found, rating), "insurer_agreed": _insured(book, rate_of_vat)}


def by_grade(book: Assembly, rating: Rating, column: str) -> np.ndarray:
    """A parameter of the client's grade, NaN where it is empty or there is no grade."""
    # A Grades table of the user's may lack the columns that it does not need.
    return _of_grade(rating, [float(row.get(column) or "nan") for row in book.policy.grades])


def _of_grade(rating: Rating, shares: Sequence[float]) -> np.ndarray:
    return np.asarray(np.array([*shares, np.nan])[rating.grading.rank - 1])


def _sales(book: Assembly, found: Receivables, rating: Rating, rate_of_vat: np.ndarray) -> Columns:
    """The forecast, else what was invoiced incl. VAT over a year; the peak month; the term."""
    clients, count = book.clients, len(book.clients)
    forecast = clients.column("sales_forecast")
    invoiced = annual_sales(rating.trade, book.as_of, book.policy.days("need_months_minimum"))
    stated = ~np.isnan(forecast)
    months = np.maximum(first_known(clients.column("forecast_months"), np.full(count, 12.0)), 1)
    return {"sales": first_known(forecast, invoiced), "sales_vat": np.where(stated, rate_of_vat, 0.0),
            "months": np.where(stated, months, 12.0), "yearly_purchases": invoiced, "vat_rate": rate_of_vat,
            "peak_month_sales": clients.column("peak_month_sales"), "need_days": found.need_days,
            "term_coefficient": term_coefficients(found.need_days, book.policy.number("afdcc_reference_days"))}


def _accounts(book: Assembly, rating: Rating) -> Columns:
    lines, clients = rating.strength.lines, book.clients
    profit = first_known(lines["ebit"] - np.nan_to_num(lines["financial_charges"]), lines["net_income"])
    inputs = {**{name: lines[name] for name in ("equity", "trade_payables")}, "client_turnover": rating.turnover,
              "tangible_net_worth": rating.net_worth, "pretax_profit": profit,
              WORKING_CAPITAL: lines["current_assets"] - lines["current_debt"],
              "nominal_capital": clients.column("share_capital"),
              "trade_references": clients.column("trade_references"),
              "share_of_net_worth": by_grade(book, rating, "share_of_net_worth"),
              "share_of_turnover": by_grade(book, rating, "share_of_turnover")}
    for line, shares in own_criteria(book.policy).items():
        inputs[f"line_{line}"] = lines[line] if line in lines else inputs[line]
        inputs[f"share_of_line_{line}"] = _of_grade(rating, shares)
    return inputs


def _ledger(book: Assembly, found: Receivables, rating: Rating) -> Columns:
    policy, ledger, count = book.policy, found.ledger, len(book.clients)
    paid = (ledger.sign[ledger.piece_document] > 0) & (ledger.piece_paid_on <= book.as_of)
    document = ledger.piece_document[paid]
    repaid = highest_repaid(ledger.client[document], ledger.date[document], ledger.piece_paid_on[paid],
                            ledger.piece_amount[paid], months_before(book.as_of, policy.days("new_client_months")),
                            count)
    late = rating.behaviour.days_beyond_terms
    counts = policy.text("behaviour_multiplier") == "yes"
    return {"orders": found.components["orders"], "to_invoice": found.components["delivered_not_invoiced"],
            "open_invoices": found.components["open_invoices"], "repaid": repaid,
            "payment_coefficient": payment_coefficients(late),
            "behaviour": multipliers(late, policy.number("behaviour_lowest"), policy.number("behaviour_highest"))
            if counts else np.ones(count)}


def _insured(book: Assembly, rate_of_vat: np.ndarray) -> np.ndarray:
    """What the insurer agreed for new deliveries, incl. VAT; NaN for clients that it was not asked for."""
    table, client, count = book.tables["Securities"], book.client_of["Securities"], len(book.clients)
    asked = table["kind"] == NAMED_INSURANCE
    # What was cut by a notice covers earlier deliveries alone.
    in_force = asked & ~(table["valid_from"] > book.as_of) & ~(table["valid_to"] < book.as_of) & ~(
        table["notified_on"] <= book.as_of)
    amount = table["amount"] * np.where(table["basis"] == "excl_vat", 1 + rate_of_vat[client], 1.0)
    agreed = sum_by(client[in_force], amount[in_force], count)
    return np.where(np.bincount(client[asked], minlength=count) > 0, agreed, np.nan)
