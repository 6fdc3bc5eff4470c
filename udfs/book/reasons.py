"""Answers in words: why this grade, this limit, this decision; the texts are in the room `reasons`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from udfs.book.book import Book
from udfs.decision.decide import DECISIONS, Decisions
from udfs.exposure.components import COMPONENTS
from udfs.limits.levers import levers
from udfs.rating.grade import CAPS, NOT_RATED, WORST
from udfs.texts import say

POLICY_FACTS = {
    "review_days": "decision_review_overdue_days", "block_days": "decision_block_overdue_days",
    "c_days": "override_overdue_c_days", "d_days": "override_overdue_d_days",
    "promises": "override_broken_promises", "accounts_months": "override_accounts_months",
    "bounce_months": "override_bounce_months", "standard": "standard_terms_days",
}


def binding_words(name: str, language: str) -> str:
    """The constraint of a limit in words."""
    return say(f"reasons.binding_{name}", language) if name else ""


def decision_reason(book: Book, decisions: Decisions, client: int, order_excl_vat: float = 0.0) -> str:
    """The deciding reason of one client."""
    return next(_decision_reasons(book, decisions, client, order_excl_vat))


def decision_reasons(book: Book, decisions: Decisions, client: int, order_excl_vat: float = 0.0) -> list[str]:
    """Every reason for the decision on one client, the deciding one first."""
    return list(_decision_reasons(book, decisions, client, order_excl_vat))


def _decision_reasons(book: Book, decisions: Decisions, client: int, order_excl_vat: float) -> Iterator[str]:
    facts = _facts(book, client, order_excl_vat)
    if decisions.reasons["grade_d"][client]:
        facts["cause"] = rating_reasons(book, client)[1]
    for name in decisions.of(client):
        yield say(f"reasons.decision_{name}", book.policy.language, **facts)


def rating_reasons(book: Book, client: int) -> list[str]:
    """What the grade stands on and what caps it."""
    language, rating = book.policy.language, book.rating
    grading, level = rating.grading, int(rating.evidence[client])
    told = [say(f"reasons.evidence_E{level}", language, settled=int(rating.behaviour.settled_invoices[client]))]
    score = []
    if grading.scored[client]:
        score.append(say("reasons.score", language, score=float(rating.score[client]),
                        coverage=float(rating.coverage[client]),
                        grade=book.policy.grades[int(grading.scored[client]) - 1]["grade"]))
    names = [name for name, _, adverse in CAPS if grading.facts[name][client] and (adverse or grading.rank[client])]
    names += ["liens"] if grading.facts["liens"][client] and grading.rank[client] else []
    # A D that comes from a fact is told by that fact first.
    fatal = [name for name, cap, _ in CAPS if name in names and cap == WORST]
    names = [name for name in names if name not in fatal]
    first, others = ([say(f"reasons.fact_{name}", language, **_facts(book, client)) for name in group]
                     for group in (fatal, names))
    return [*told, *first, *score, *others]


def limit_sentence(book: Book, client: int) -> str:
    """The limit in one line: amount, what binds, the need, and what would close the gap."""
    language, found = book.policy.language, book.limits
    amount, need = float(found.computed[client]), float(found.need[client])
    if np.isnan(amount):
        return say("errors.no_limit", language, value=book.clients.codes[client])
    text = say("reasons.limit", language, limit=amount, binding=binding_words(found.binding[client], language),
               constraint=float(found.before_rounding[client]))
    if found.provisional[client]:
        text += say("reasons.limit_provisional", language, months=book.policy.days("provisional_months"))
    gap = levers(need, amount, float(book.receivables.need_days[client]))
    if gap is None or found.binding[client] == "need":
        return text
    if amount == 0:
        return text + say("reasons.levers_of_zero", language, need=need)
    return text + say("reasons.levers", language, need=need, term=gap.term_days, deposit=gap.deposit_share,
                      guarantee=gap.guarantee)


def exposure_sentence(book: Book, client: int) -> str:
    """The exposure and the components that make it up."""
    language, parts = book.policy.language, book.receivables.components
    told = [say("reasons.component", language, name=say(f"reasons.component_{name}", language),
                amount=float(parts[name][client])) for name in COMPONENTS if parts[name][client]]
    return say("reasons.exposure", language, total=float(book.exposure[client]),
               components=", ".join(told) or say("reasons.nothing", language))


def sentence(function: str, book: Book, client: int, order: float = 0.0) -> str:
    """The sentence behind a function's answer for one client; empty where the answer says it all."""
    language = book.policy.language
    if function in ("CREDIT_RATING", "CREDIT_SCORE", "CREDIT_EVIDENCE"):
        grade = book.grades[client]
        name = say("reasons.not_rated", language) if grade == NOT_RATED else grade
        return say("reasons.rating", language, grade=name, reasons=" ".join(rating_reasons(book, client)))
    if function in ("CREDIT_LIMIT", "LIMIT_BINDING"):
        return limit_sentence(book, client)
    if function == "LIMIT_IN_FORCE":
        if book.limits.granted[client]:
            return say("reasons.granted", language, **_facts(book, client))
        return limit_sentence(book, client)
    if function == "CREDIT_EXPOSURE":
        return exposure_sentence(book, client)
    if function == "CREDIT_HEADROOM":
        return say("reasons.credit_headroom", language, **_facts(book, client))
    if function == "CREDIT_OVERDUE":
        facts = _facts(book, client)
        kind = "_none" if not facts["items"] else "" if facts["oldest"] else "_disputed"
        return say(f"reasons.credit_overdue{kind}", language, **facts, **({} if kind else {"count": facts["oldest"]}))
    if function in ("CREDIT_DECISION", "DECISION_REASON"):
        found = book.decisions_with(np.full(len(book.clients), order)) if order else book.decisions
        return say("reasons.decision", language, decision=DECISIONS[found.code[client]],
                   reasons=" ".join(decision_reasons(book, found, client, order)))
    return ""


def _facts(book: Book, client: int, order_excl_vat: float = 0.0) -> dict[str, Any]:
    """Every value that a reason may name, for one client."""
    columns = book.reason_facts
    facts: dict[str, Any] = {name: values[client] for name, values in columns.items()}
    used = float(facts["exposure"]) + order_excl_vat * (1 + float(facts["vat_rate"]))
    limit, kind, policy = float(facts["limit"]), facts["insolvency"], book.policy
    return {
        **facts, "used": used, "excess": used - limit, "headroom": limit - used,
        "share": max(used, 0.0) / limit if limit > 0 else 0.0, "grade": book.grades[client],
        "binding": binding_words(str(book.limits.binding[client]), policy.language),
        "insolvency": say(f"reasons.insolvency_{kind}", policy.language) if kind else "",
        **{name: policy.days(key) for name, key in POLICY_FACTS.items()},
    }
