"""The decision on every client of a Book, as it stands or with a new order."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from udfs.book.overdue import noticed, reminded, undisputed_late
from udfs.decision.approval import Level, approver, read_ladder
from udfs.decision.decide import Decisions, decide, exceeds, use_of_limit
from udfs.rating.grade import WORST
from udfs.tables.columns import CENT, count_by, last_date_by, sum_by

if TYPE_CHECKING:
    from udfs.book.book import Book


def decisions(book: Book) -> Decisions:
    """The decision on each client as it stands."""
    return decide(_standing(book) | _of_amounts(book, np.zeros(len(book.clients))))


def decisions_with(book: Book, order_excl_vat: np.ndarray) -> Decisions:
    """The decision on each client with a new order excl. VAT in the reporting currency."""
    return decide({**book.decisions.reasons, **_of_amounts(book, order_excl_vat)})


def _standing(book: Book) -> dict[str, np.ndarray]:
    """The reasons that no amount of an order changes."""
    policy, ledger, count, facts = book.policy, book.ledger, len(book.clients), book.rating.grading.facts
    late = undisputed_late(ledger)
    old = late & (ledger.days_late > policy.number("decision_review_overdue_days"))
    return {
        "blocked": book.clients.column("blocked"), "insolvency": facts["insolvency"],
        "grade_d": book.rating.grading.rank == WORST,
        "formal_notice": count_by(ledger.client[noticed(book)], count) > 0,
        "overdue_block": book.rating.oldest_overdue > policy.number("decision_block_overdue_days"),
        "overdue_review": exceeds(sum_by(ledger.client[old], ledger.late[old], count),
                                  policy.number("decision_review_overdue_amount")),
        "reminder_level": count_by(ledger.client[reminded(book)], count) > 0,
        "grant_expired": book.limits.expired,
        "long_term": book.receivables.stated_days > policy.number("standard_terms_days"),
    }


def _of_amounts(book: Book, order_excl_vat: np.ndarray) -> dict[str, np.ndarray]:
    """The reasons that exposure and order call for."""
    policy, limits, order = book.policy, book.limits, order_excl_vat * (1 + book.vat_rate)
    found = use_of_limit(
        book.exposure, order, limits.in_force, limits.granted, limits.provisional,
        limits.capped & ~book.rating.grading.facts["insolvency"], policy.number("decision_warn_share"),
        policy.number("decision_tolerance"))
    ceiling, risk = policy.optional("decision_order_ceiling"), approved_risk(book)
    if ceiling is not None:
        found["order_ceiling"] = exceeds(order_excl_vat, ceiling)
    if risk is not None:
        found["approval"] = ~limits.granted & exceeds(book.secured.net + order, risk)
    if _has_notices(book):
        found["insurer_withdrew"] = withdrawn(book) & ((book.secured.net >= CENT) | (order > 0))
    return found


def approved_risk(book: Book) -> float | None:
    """The own risk that needs nobody's approval above the lowest level, where the policy has a ladder."""
    ladder = _ladder(book)
    return ladder[0].ceiling if ladder else None


def approver_of(book: Book, own_risk: float) -> str:
    """Who approves so much own risk; above the highest level still that one."""
    ladder = _ladder(book)
    return (approver(ladder, own_risk) or ladder[-1]).name if ladder else ""


def _ladder(book: Book) -> tuple[Level, ...]:
    return read_ladder(book.policy.text("approval_ladder")) or ()


def withdrawn(book: Book) -> np.ndarray:
    """Clients whose insurer reduced or cancelled its cover, and to whom no limit was granted since."""
    if not _has_notices(book):
        return np.zeros(len(book.clients), dtype=bool)
    granted = ~np.isnan(book.grants.amount) & ~book.limits.expired
    answered = granted & (book.grants.granted_on >= last_notice(book))
    return np.asarray(book.secured.withdrawn & ~answered)


def last_notice(book: Book) -> np.ndarray:
    """The day of the last notice of each client's insurers."""
    cover = book.secured.cover
    return last_date_by(cover.client, cover.notice, len(book.clients))


def _has_notices(book: Book) -> bool:
    """What is secured is worked out for a decision only where an insurer gave notice."""
    return bool((book.assembly.tables["Securities"]["notified_on"] <= book.as_of).any())
