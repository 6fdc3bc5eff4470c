"""The decision on every client of a Book, as it stands or with a new order."""

from __future__ import annotations

import numpy as np

from udfs.book.assembly import Assembly
from udfs.book.limits import Limits
from udfs.book.rating import Rating
from udfs.book.receivables import Receivables
from udfs.decision.decide import Decisions, decide, use_of_limit
from udfs.exposure.components import total
from udfs.exposure.ledger import Ledger
from udfs.rating.grade import WORST
from udfs.tables.columns import count_by, last_date_by, sum_by


def decisions(book: Assembly, found: Receivables, rating: Rating, limit: Limits, order: float | np.ndarray = 0.0
              ) -> Decisions:
    """The decision on each client, with an order incl. VAT in the reporting currency."""
    policy, ledger = book.policy, found.ledger
    late = (ledger.late > 0) & ~ledger.disputed & (ledger.days_late > policy.number("decision_review_overdue_days"))
    overdue = sum_by(ledger.client[late], ledger.late[late], len(book.clients))
    facts = use_of_limit(total(found.components), order, limit.in_force, limit.granted, limit.provisional,
                         policy.number("decision_warn_share"), policy.number("decision_tolerance"))
    facts |= {
        "blocked": book.clients.column("blocked"), "insolvency": rating.grading.facts["insolvency"],
        "grade_d": rating.grading.rank == WORST, "formal_notice": _formal_notice(book, ledger),
        "overdue_block": rating.oldest_overdue > policy.number("decision_block_overdue_days"),
        "overdue_review": overdue > policy.number("decision_review_overdue_amount"),
        "grant_expired": limit.expired,
        "long_term": found.stated_days > policy.number("standard_terms_days"),
    }
    return decide(facts)


def _formal_notice(book: Assembly, ledger: Ledger) -> np.ndarray:
    """Whether an invoice that was due when a formal notice was sent is still open and undisputed."""
    letters, count = book.tables["Letters"], len(book.clients)
    notices = letters["kind"] == "formal_notice"
    last = last_date_by(book.client_of["Letters"][notices], letters["date"][notices], count)
    meant = (ledger.late > 0) & ~ledger.disputed & (ledger.due_date < last[ledger.client])
    return count_by(ledger.client[meant], count) > 0
