"""The rating of every client of a Book: answers from its columns, score, evidence, grade."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from udfs.book.assembly import Assembly
from udfs.book.receivables import Receivables
from udfs.exposure.ledger import Ledger
from udfs.rating import financial
from udfs.rating.answers import answer_of, answer_of_age, answer_of_choice
from udfs.rating.behaviour import Behaviour, behaviour, oldest_overdue
from udfs.rating.grade import NOT_RATED, Grading, evidence, grading
from udfs.rating.scorecard import scorecard
from udfs.rating.trade import Trade, trade
from udfs.tables.columns import count_by, first_known, months_before

ACCOUNT_LINES = ("year_end", "current_assets", "current_debt", "retained_earnings", "ebit", "equity", "total_debt",
                 "total_assets", "intangibles", "unpaid_capital", "turnover")


@dataclass(frozen=True)
class Rating:
    """By client: answers 1-7 and the measures behind them, score, coverage, evidence and grade."""

    answers: Mapping[str, np.ndarray]
    behaviour: Behaviour
    trade: Trade
    z2: np.ndarray
    net_worth: np.ndarray
    turnover: np.ndarray
    score: np.ndarray
    coverage: np.ndarray
    evidence: np.ndarray
    grading: Grading
    oldest_overdue: np.ndarray

    def grade(self, client: int, names: list[str]) -> str:
        """The grade in letters, or n/r."""
        rank = int(self.grading.rank[client])
        return names[rank - 1] if rank else NOT_RATED


def rate(book: Assembly, found: Receivables) -> Rating:
    """The rating of each client as of the Book's date."""
    policy, clients, count = book.policy, book.clients, len(book.clients)
    ledger = found.ledger
    paying = behaviour(ledger, months_before(book.as_of, policy.days("behaviour_months")),
                       months_before(book.as_of, policy.days("evidence_recent_months")), count)
    trading = trade(ledger, found.term_days, count)
    lines = _accounts(book, count)
    z2 = financial.altman_z2(**{name: lines[name] for name in (
        "current_assets", "current_debt", "retained_earnings", "ebit", "equity", "total_debt", "total_assets")})
    net_worth = financial.tangible_net_worth(lines["equity"], lines["intangibles"], lines["unpaid_capital"])
    since = clients.column("customer_since")
    seen = _seen_since(ledger, trading, policy.days("relation_ledger_days"))
    relation = answer_of_age(np.where(np.isnat(since), seen, since), book.as_of)
    payment = np.where(paying.prepays, 7, answer_of("payment", "days_beyond_terms", paying.days_beyond_terms))
    # A new client's open credit that nothing has proven yet is the worst answer, never a missing one (DOMAIN 0).
    payment = np.where(paying.never_paid & (relation == 1), 1, payment)
    answers = {
        "legal_form": answer_of_choice("legal_form", clients.column("legal_form")),
        "company_age": answer_of_age(clients.column("founded"), book.as_of),
        "payment": payment,
        "sales_opinion": answer_of_choice("sales_opinion", clients.column("sales_opinion")),
        "term": answer_of("term", "days", trading.term_days),
        "trend": first_known(answer_of_choice("trend", clients.column("order_trend")),
                              answer_of("trend", "change", trading.trend)),
        "country": answer_of_choice("country", _country_risk(book)),
        "relation": relation,
        "financial": answer_of("financial", "z2", z2),
    }
    penalties = {row["criterion"]: float(row.get("penalty") or 0) for row in policy.reference("scorecard")}
    score, coverage = scorecard(answers, policy.weights, penalties)
    has_accounts = ~np.isnan(net_worth) | ~np.isnan(lines["turnover"])
    level = evidence(paying.settled_invoices,
                     trading.first_invoice <= months_before(book.as_of, policy.days("evidence_months")),
                     has_accounts, policy.days("evidence_settled_invoices"))
    oldest = oldest_overdue(ledger, count)
    facts = _facts(book, found, oldest, lines, has_accounts, z2)
    lowest = [float(row["lowest_score"]) for row in policy.grades]
    return Rating(answers, paying, trading, z2, net_worth, lines["turnover"], score, coverage, level,
                  grading(score, level, facts, lowest), oldest)


def _seen_since(ledger: Ledger, trading: Trade, well_before: int) -> np.ndarray:
    """First invoice of each client, where the ledger had begun well before it; else it tells the export's age."""
    if not len(ledger.date):
        return trading.first_invoice
    began = trading.first_invoice > ledger.date.min() + well_before
    return np.where(began, trading.first_invoice, np.datetime64("NaT", "D"))


def _country_risk(book: Assembly) -> np.ndarray:
    """The class given, else that of the home country for clients at home; a stub's country is not known."""
    given, country = book.clients.column("country_risk"), book.clients.column("country")
    home = ~book.clients.is_stub & np.isin(country, ["", book.policy.text("home_country")])
    return np.where((given == "") & home, book.policy.text("home_country_risk"), given)


def _accounts(book: Assembly, count: int) -> dict[str, np.ndarray]:
    """The lines of each client's latest accounts, NaN where there are none; `year_end` as a day."""
    table = book.tables["Accounts"]
    row = financial.latest_accounts(book.client_of["Accounts"], table["year_end"], book.as_of, count)
    lines = {}
    for name in ACCOUNT_LINES:
        values = np.append(table[name], np.array([np.datetime64("NaT", "D") if name == "year_end" else np.nan],
                                                 dtype=table[name].dtype))
        lines[name] = values[row]
    return lines


def _facts(book: Assembly, found: Receivables, oldest: np.ndarray, lines: dict[str, np.ndarray],
           has_accounts: np.ndarray, z2: np.ndarray) -> dict[str, np.ndarray]:
    """The hard facts of DESIGN 6 that cap a grade; each is true or false for each client."""
    policy, clients, count = book.policy, book.clients, len(book.clients)
    journal = book.tables["Journal"]
    broken = (journal["event"] == "promise_broken") & (
        journal["date"] > months_before(book.as_of, policy.days("override_promise_months")))
    judged, kind = clients.column("judgment_date"), clients.column("insolvency_kind")
    return {
        "insolvency": (kind != "") & ~(judged > book.as_of),
        "overdue_d": oldest > policy.number("override_overdue_d_days"),
        "overdue_c": oldest > policy.number("override_overdue_c_days"),
        "broken_promises": count_by(book.client_of["Journal"][broken], count) >= policy.days(
            "override_broken_promises"),
        "bounced": found.bounced,
        "negative_equity": lines["equity"] < 0,
        "old_accounts": has_accounts & (lines["year_end"] < months_before(
            book.as_of, policy.days("override_accounts_months"))),
        "no_accounts": ~has_accounts,
        "financial_unknown": has_accounts & np.isnan(z2),
        "liens": np.nan_to_num(clients.column("liens")) > 0,
    }
