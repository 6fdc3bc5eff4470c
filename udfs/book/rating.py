"""The rating of every client of a Book: answers from its columns, score, evidence, grade, confidence."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from udfs.book.assembly import Assembly
from udfs.book.financial_strength import FinancialStrength, financial_strength
from udfs.book.rating_facts import facts
from udfs.book.receivables import Receivables
from udfs.exposure.ledger import Ledger
from udfs.rating.ages import months_since, years_since
from udfs.rating.answers import answer_of, answer_of_choice
from udfs.rating.behaviour import Behaviour, behaviour, oldest_overdue
from udfs.rating.confidence import confidence, freshness
from udfs.rating.grade import NOT_RATED, Grading, evidence, grading
from udfs.rating.scorecard import scorecard
from udfs.rating.trade import Trade, trade
from udfs.tables.columns import first_known, last_date_by, months_before
from udfs.tables.policy import Policy

# An insolvent client has failed.
PD_OF_INSOLVENCY = 1.0


@dataclass(frozen=True)
class Rating:
    """By client: the answers 1-7 and the measures behind them, by criterion; score, evidence, grade and what of it.

    `penalties` are those of an answer 1, `freshness` is the factor of each criterion that ages; `tested` says whose
    ledger alone makes evidence E1; `fact_on` is the day of each hard fact.
    """

    answers: Mapping[str, np.ndarray]
    measures: Mapping[str, np.ndarray]
    behaviour: Behaviour
    trade: Trade
    strength: FinancialStrength
    penalties: Mapping[str, float]
    score: np.ndarray
    coverage: np.ndarray
    confidence: np.ndarray
    freshness: Mapping[str, np.ndarray]
    tested: np.ndarray
    evidence: np.ndarray
    grading: Grading
    fact_on: Mapping[str, np.ndarray]
    pd: np.ndarray
    oldest_overdue: np.ndarray

    @property
    def z2(self) -> np.ndarray:
        """Altman's Z'' on the latest accounts."""
        return self.strength.z2

    @property
    def net_worth(self) -> np.ndarray:
        """Tangible net worth."""
        return self.strength.net_worth

    @property
    def turnover(self) -> np.ndarray:
        """Turnover of the latest accounts."""
        return self.strength.lines["turnover"]

    @property
    def own_score(self) -> np.ndarray:
        """The statistical score of our own, 0 to 100."""
        return self.strength.score.score

    @property
    def outside(self) -> np.ndarray:
        """The answer of an outside note that may be used."""
        return self.strength.note

    def grade(self, client: int, names: list[str]) -> str:
        """The grade in letters, or n/r."""
        rank = int(self.grading.rank[client])
        return names[rank - 1] if rank else NOT_RATED


def rate(book: Assembly, found: Receivables) -> Rating:
    """The rating of each client as of the Book's date."""
    policy, count = book.policy, len(book.clients)

    def since(key: str) -> np.datetime64:
        return months_before(book.as_of, policy.days(key))

    paying = behaviour(found.ledger, since("behaviour_months"), since("behaviour_recent_months"),
                       since("evidence_recent_months"), count, book.dated.parts)
    trading = trade(found.ledger, found.term_days, count)
    bands = policy.reference("answers")
    strength = financial_strength(book, bands)
    measures = _measures(book, found, paying, trading, strength)
    answers = _answers(measures, paying, strength, bands)
    # A penalty lowers the score, whichever way its sign is written.
    penalties = {row["criterion"]: -abs(float(row.get("penalty") or 0)) for row in policy.reference("scorecard")}
    score, coverage = scorecard(answers, policy.weights, penalties)
    tested = (paying.settled_invoices >= policy.days("evidence_settled_invoices")) & (
        trading.first_invoice <= since("evidence_months"))
    level = evidence(tested, strength.is_known)
    oldest = oldest_overdue(found.ledger, count)
    hard = facts(book, found, oldest, strength)
    graded = grading(score, level, hard.holds, [float(row["lowest_score"]) for row in policy.grades])
    factors = _freshness(book, found.ledger, oldest, strength, trading)
    return Rating(answers, measures, paying, trading, strength, penalties, score, coverage,
                  confidence(answers, policy.weights, factors), factors, tested, level, graded, hard.on,
                  _pd(policy, graded), oldest)


def _measures(book: Assembly, found: Receivables, paying: Behaviour, trading: Trade, strength: FinancialStrength
              ) -> dict[str, np.ndarray]:
    """What each criterion is judged by: days, years, a change, a score, or the code of a choice."""
    clients = book.clients
    since = clients.column("customer_since")
    seen = _seen_since(found.ledger, trading, book.policy.days("relation_ledger_days"))
    return {
        "legal_form": clients.column("legal_form"),
        "company_age": years_since(clients.column("founded"), book.as_of),
        "payment": paying.days_beyond_terms,
        "sales_opinion": clients.column("sales_opinion"),
        # Without invoices those of the client's terms: a prospect has no others.
        "term": first_known(trading.term_days, found.stated_days),
        "trend": trading.trend,
        "order_trend": clients.column("order_trend"),
        "country": _country_risk(book),
        "relation": years_since(np.where(np.isnat(since), seen, since), book.as_of),
        "financial": strength.z2,
        "financial_score": strength.score.score,
    }


def _answers(measures: Mapping[str, np.ndarray], paying: Behaviour, strength: FinancialStrength,
             bands: list[dict[str, str]]) -> dict[str, np.ndarray]:
    """The answer 1-7 to each criterion."""
    relation = answer_of("relation", "years", measures["relation"], bands)
    payment = np.where(paying.prepays, 7, answer_of("payment", "days_beyond_terms", measures["payment"], bands))
    # A new client's open credit that nothing has proven yet is the worst answer, never a missing one (DOMAIN 0).
    payment = np.where(paying.never_paid & (measures["relation"] < 1), 1, payment)
    return {
        "legal_form": answer_of_choice("legal_form", measures["legal_form"], bands),
        "company_age": answer_of("company_age", "years", measures["company_age"], bands),
        "payment": payment,
        "sales_opinion": answer_of_choice("sales_opinion", measures["sales_opinion"], bands),
        "term": answer_of("term", "days", measures["term"], bands),
        "trend": first_known(answer_of_choice("trend", measures["order_trend"], bands),
                             answer_of("trend", "change", measures["trend"], bands)),
        "country": answer_of_choice("country", measures["country"], bands),
        "relation": relation,
        "financial": strength.answer,
        "financial_score": answer_of("financial_score", "score", measures["financial_score"], bands),
    }


def _freshness(book: Assembly, ledger: Ledger, oldest: np.ndarray, strength: FinancialStrength, trading: Trade
               ) -> dict[str, np.ndarray]:
    """How fresh what each criterion stands on is, by the age of its date; an open delay is today's news."""
    clients, count = book.clients, len(book.clients)
    paid = ledger.piece_paid_on <= book.as_of
    last = np.fmax(last_date_by(ledger.client, ledger.date, count),
                   last_date_by(ledger.client[ledger.piece_document[paid]], ledger.piece_paid_on[paid], count))
    payments = freshness("payments", months_since(np.where(oldest > 0, book.as_of, last), book.as_of))
    opinion = freshness("opinion", months_since(clients.column("checked_on"), book.as_of))
    accounts = freshness("accounts", months_since(strength.year_end, book.as_of))
    note = freshness("note", months_since(clients.column("external_date"), book.as_of))
    return {
        "payment": payments, "term": np.where(np.isnan(trading.term_days), 1.0, payments),
        "trend": np.where(clients.column("order_trend") != "", opinion, payments), "sales_opinion": opinion,
        "financial": np.where(strength.by_note, note, accounts), "financial_score": accounts,
    }


def _pd(policy: Policy, graded: Grading) -> np.ndarray:
    """The probability of default within a year by grade; not known where there is no grade."""
    by_rank = np.array([*(float(row.get("pd") or "nan") for row in policy.grades), np.nan])
    return np.where(graded.facts["insolvency"], PD_OF_INSOLVENCY, by_rank[graded.rank - 1])


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
