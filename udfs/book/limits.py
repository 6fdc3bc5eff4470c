"""The limit of every client of a Book: need, every constraint, what binds, what is in force."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from udfs import reference
from udfs.book.assembly import Assembly
from udfs.book.grants import Grants
from udfs.book.rating import Rating
from udfs.book.receivables import Receivables
from udfs.exposure.history import highest_repaid
from udfs.limits import limit as rules
from udfs.limits.capacity import capacities
from udfs.limits.need import need
from udfs.rating.trade import annual_sales
from udfs.tables.columns import first_known, months_before


@dataclass(frozen=True)
class Limits:
    """By client: need, every constraint, the computed limit with what binds, and the limit in force."""

    need: np.ndarray
    constraints: Mapping[str, np.ndarray]
    before_rounding: np.ndarray
    computed: np.ndarray
    binding: np.ndarray
    in_force: np.ndarray
    granted: np.ndarray
    expired: np.ndarray
    provisional: np.ndarray


def limit(book: Assembly, found: Receivables, rating: Rating, rate_of_vat: np.ndarray, grants: Grants) -> Limits:
    """Need, constraints and limit of each client."""
    policy, clients, count = book.policy, book.clients, len(book.clients)
    forecast = clients.column("sales_forecast")
    months = first_known(clients.column("forecast_months"), np.full(count, 12.0))
    stated = need(forecast, rate_of_vat, np.maximum(months, 1), found.need_days, clients.column("peak_month_sales"),
                  policy.number("need_days_base"))
    yearly = annual_sales(rating.trade, book.as_of, policy.days("need_months_minimum"))
    invoiced = need(yearly, np.zeros(count), np.full(count, 12.0), found.need_days, np.full(count, np.nan),
                    policy.number("need_days_base"))
    needed = first_known(stated, invoiced)
    constraints = {**_knock_outs(book, rating), **_constraints(book, found, rating, needed)}
    binding = rules.least(constraints)
    computed = rules.floor_to_step(binding.amount, *(policy.number(f"rounding_{name}") for name in (
        "step_tiny", "step_small", "step_medium", "step_large", "medium_from", "large_from")))
    in_force, granted, expired = rules.in_force(
        computed, grants.amount, grants.granted_on, grants.valid_until, book.as_of)
    # Insolvency ends a grant: the 0 in force is then the computed one, not a granted 0.
    ended = rating.grading.facts["insolvency"] & (in_force > 0)
    return Limits(needed, constraints, binding.amount, computed, binding.constraint, np.where(ended, 0.0, in_force),
                  granted & ~ended, expired, _without_accounts(rating))


def _constraints(book: Assembly, found: Receivables, rating: Rating, needed: np.ndarray) -> dict[str, np.ndarray]:
    policy, ledger, clients, count = book.policy, found.ledger, book.clients, len(book.clients)
    accounts = ~_without_accounts(rating)
    tested = (rating.evidence == 1) & ~accounts
    new = ~accounts & ~tested
    bases = {"net_worth": rating.net_worth, "turnover": rating.turnover}
    shares = {"net_worth": _by_grade(book, rating, "share_of_net_worth"),
              "turnover": _by_grade(book, rating, "share_of_turnover")}
    paid = (ledger.sign[ledger.piece_document] > 0) & (ledger.piece_paid_on <= book.as_of)
    document = ledger.piece_document[paid]
    repaid = highest_repaid(ledger.client[document], ledger.date[document], ledger.piece_paid_on[paid],
                            ledger.piece_amount[paid], months_before(book.as_of, policy.days("new_client_months")),
                            count)
    own = policy.optional("own_turnover")
    unnamed = policy.optional("unnamed_cover")
    amounts = {name: np.where(accounts, amount, np.nan) for name, amount in capacities(bases, shares).items()}
    return {
        "need": np.where(new, np.nan, needed), **amounts,
        "highest_repaid": np.where(tested, repaid * _coefficient(rating.behaviour.days_beyond_terms), np.nan),
        "own_turnover": np.full(count, np.nan if own is None else own * policy.number("own_turnover_share")),
        "share_capital": np.where(new, clients.column("share_capital"), np.nan),
        "starter_line": np.where(new, policy.number("starter_line"), np.nan),
        "unnamed_cover": np.where(new, np.nan if unnamed is None else unnamed, np.nan),
    }


def _knock_outs(book: Assembly, rating: Rating) -> dict[str, np.ndarray]:
    """What makes the limit 0 or caps it whatever the amounts; told before them where both give 0."""
    return {
        "insolvency": np.where(rating.grading.facts["insolvency"], 0.0, np.nan),
        "grade": np.where(rating.grading.rank > 0, _by_grade(book, rating, "ceiling"), np.nan),
    }


def _without_accounts(rating: Rating) -> np.ndarray:
    return np.asarray((rating.evidence < 2) | (rating.grading.scored == 0))


def _by_grade(book: Assembly, rating: Rating, column: str) -> np.ndarray:
    """A parameter of the client's grade, NaN where it is empty or there is no grade."""
    # A Grades table of the user's may lack the columns that it does not need.
    values = np.array([float(row.get(column) or "nan") for row in book.policy.grades] + [np.nan])
    return np.asarray(values[rating.grading.rank - 1])


def _coefficient(days_late: np.ndarray) -> np.ndarray:
    # A weighted mean of delays that are all 15 days may come out a hair above 15.
    days_late = np.round(days_late, 6)
    coefficient = np.full(len(days_late), np.nan)
    low = -np.inf
    for row in reference.rows("payment_coefficients"):
        high = float(row["up_to_days_late"] or "inf")
        coefficient[(days_late > low) & (days_late <= high)] = float(row["coefficient"])
        low = high
    return coefficient
