"""Due dates beyond the legal maximum, every invoice of every client: whose fine it is, and what would make it lawful.

The regime of a client is the one that Clients says, else that of its buyer type (public, hospital, public company at
home), else the general one for buyers at home and the directive's for those in other member states, which is only an
information since an express agreement may go further. Consumers and buyers outside the Union are not checked, nor is
anyone where our law is not French. A stated due date counts as agreed; a retention is lawful (law 71-584). One issue
for each client and rule, at its worst invoice.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from udfs.book.assembly import Assembly
from udfs.book.buyers import PUBLIC_BUYERS, member_states
from udfs.tables.cells import distinct
from udfs.tables.columns import largest_by
from udfs.tables.issues import Issue, shown
from udfs.terms.due_dates import Moments
from udfs.terms.grammar import Refusal
from udfs.terms.legal import (
    EMPTY,
    LegalTerm,
    end_of_month_maxima,
    legal_maxima,
    legal_terms,
    no_maximum,
    rules_in_force,
)
from udfs.terms.term import Terms

HOME = "FR"
NOT_CHECKED = "none"


def legal_issues(book: Assembly, due_dates: np.ndarray, terms: Sequence[Terms | Refusal], place: np.ndarray
                 ) -> list[Issue]:
    """Every issue of the legal maxima; `terms[place]` are the terms of each row of Invoices."""
    law = legal_terms(book.policy.reference("legal_terms"))
    issues = list(_say_nothing(book, law))
    if book.policy.text("home_country") != HOME:
        return issues
    invoices = book.tables["Invoices"]
    regimes, of_client = distinct(_regimes(book))
    regime_of = of_client[book.client_of["Invoices"]]
    moments = Moments(invoices["date"], invoices["delivery_date"], None, invoices["received_on"])
    rule = rules_in_force(law, regimes, regime_of, moments.invoice)
    checked = np.array([regime != NOT_CHECKED for regime in regimes], dtype=bool)
    unknown = np.flatnonzero((rule < 0) & checked[regime_of])
    issues += _unknown(book, law, regimes, regime_of, unknown[invoices["kind"][unknown] != "credit_note"])
    # Most invoices fall due so early that nothing needs to be counted.
    least = np.array([term.least_days for term in law] + [0])
    late = np.flatnonzero(((due_dates - _earliest(moments)).astype(np.int64) > least[rule]) & (rule >= 0))
    late = late[(invoices["kind"][late] != "credit_note") & ~book.dated.retained[late]]
    latest = legal_maxima(law, regimes, regime_of[late], moments.at(late), terms, place[late]).latest
    over = due_dates[late] > latest
    rows = late[over]
    issues += _beyond(book, law, rule[rows], moments.at(rows), due_dates[rows], latest[over], rows)
    return issues


def _regimes(book: Assembly) -> list[str]:
    """The regime of each client."""
    def regime(given: str, buyer: str, country: str) -> str:
        if given or buyer == "consumer":
            return given or NOT_CHECKED
        if country in ("", HOME):
            return buyer if buyer in PUBLIC_BUYERS else "general"
        return "eu" if country in member_states() else NOT_CHECKED

    return list(map(regime, *(book.clients.column(name).tolist() for name in ("regime", "buyer_type", "country"))))


def _earliest(moments: Moments) -> np.ndarray:
    """The first of the dates from which a maximum may count."""
    earliest = moments.invoice
    for dates in (moments.delivery, moments.receipt):
        if dates is not None and not np.isnat(dates).all():
            earliest = np.fmin(earliest, dates)
    return earliest


def _beyond(book: Assembly, law: Sequence[LegalTerm], rule: np.ndarray, moments: Moments, due: np.ndarray,
            latest: np.ndarray, rows: np.ndarray) -> Iterator[Issue]:
    """One issue for each client and rule, at the invoice that goes furthest; all columns but the rows are theirs."""
    if not len(rows):
        return
    invoices, client, codes = book.tables["Invoices"], book.client_of["Invoices"][rows], book.clients.codes
    days, clause = (due - latest).astype(np.int64), end_of_month_maxima(law, rule, moments)
    group = client * len(law) + rule
    # An invoice with several instalments is one.
    documents = np.unique(group * len(rows) + distinct(invoices["invoice"][rows].tolist())[1])
    count = np.unique(documents // len(rows), return_counts=True)[1]
    for number, one in enumerate(largest_by(group, days)[0].tolist()):
        row, term = int(rows[one]), law[rule[one]]
        code = "issues.beyond_legal_maximum_unless_end_of_month" if due[one] <= clause[one] else \
            "issues.beyond_legal_maximum"
        computed = bool(book.dated.computed[row])
        yield Issue("info" if term.regime == "eu" else "warning", "Invoices", int(invoices.row_numbers[row]),
                    "terms" if computed else "due_date",
                    shown(invoices["terms"][row]) if computed else str(due[one]), code, {
                        "due": due[one], "latest": latest[one], "days": int(days[one]),
                        "by": ("terms.days", int(days[one])), "count": int(count[number]),
                        "client": codes[client[one]], "article": term.article,
                        "regime": f"legal.regime_{term.regime}", "clause": term.end_of_month_days,
                        "fine": f"legal.fine_{term.fine}"}, invoices.source)


def _unknown(book: Assembly, law: Sequence[LegalTerm], regimes: Sequence[str], regime_of: np.ndarray, rows: np.ndarray
             ) -> Iterator[Issue]:
    """One issue for each regime whose rules do not reach some invoices, at the first of them."""
    invoices = book.tables["Invoices"]
    for number, regime in enumerate(regimes):
        own = rows[regime_of[rows] == number]
        early = invoices["date"][own] < min((term.from_date for term in law if term.regime == regime), default=EMPTY)
        for severity, some in (("info", own[early]), ("warning", own[~early])):
            if not len(some):
                continue
            reason = no_maximum(law, regime, invoices["date"][some[0]])
            yield Issue(severity, "Invoices", int(invoices.row_numbers[some[0]]), "date",
                        str(invoices["date"][some[0]]),
                        reason.code.replace("legal.", "issues.legal_maximum_"), {
                            **reason.values, "regime": f"legal.regime_{regime}",
                            "count": len(set(invoices["invoice"][some]))}, invoices.source)


def _say_nothing(book: Assembly, law: Sequence[LegalTerm]) -> Iterator[Issue]:
    """Rows of the user's table that end before they begin, or say no number of days."""
    table, known = book.tables["LegalTerms"], {term.rule for term in law}
    for rule, start, end, row in zip(table["rule"].tolist(), table["from_date"], table["to_date"],
                                     table.row_numbers.tolist(), strict=True):
        if end < start:
            yield Issue("warning", "LegalTerms", row, "to_date", str(end), "issues.legal_term_never", {"start": start},
                        table.source)
        elif rule not in known:
            yield Issue("warning", "LegalTerms", row, "days", "", "issues.legal_term_without_days", {}, table.source)
