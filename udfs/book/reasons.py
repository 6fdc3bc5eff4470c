"""Answers in words: why this grade, this limit, this decision; the texts are in the room `reasons`."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from udfs.book.book import Book
from udfs.book.decision_facts import facts_of
from udfs.book.limit_words import capped_sentence, method_name
from udfs.book.rating_sentences import rating_reasons, rating_sentence
from udfs.decision.decide import DECISIONS, Decisions
from udfs.exposure.components import COMPONENTS
from udfs.limits.levers import levers
from udfs.limits.methods import NEEDS
from udfs.texts import say

POLICY_FACTS = {
    "review_days": "decision_review_overdue_days", "block_days": "decision_block_overdue_days",
    "standard": "standard_terms_days",
}


def binding_words(name: str, language: str) -> str:
    """The constraint of a limit in words."""
    return method_name(name, language) if name else ""


def decision_reason(book: Book, decisions: Decisions, client: int, order_excl_vat: float = 0.0) -> str:
    """The deciding reason of one client."""
    return next(_decision_reasons(book, decisions, client, order_excl_vat))


def decision_reasons(book: Book, decisions: Decisions, client: int, order_excl_vat: float = 0.0) -> list[str]:
    """Every reason for the decision on one client, the deciding one first."""
    return list(_decision_reasons(book, decisions, client, order_excl_vat))


def _decision_reasons(book: Book, decisions: Decisions, client: int, order_excl_vat: float) -> Iterator[str]:
    for name in decisions.of(client):
        yield reason_words(book, name, client, order_excl_vat)


def reason_words(book: Book, name: str, client: int, order_excl_vat: float = 0.0) -> str:
    """One reason for a decision on one client."""
    facts = _facts(book, client, order_excl_vat) | facts_of(name, book, client, order_excl_vat)
    if name == "grade_d":
        facts["cause"] = rating_reasons(book, client)[1]
    return say(f"decision.{name}", book.policy.language, **facts)


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
    if gap is None or found.binding[client] in NEEDS:
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
    told = rating_sentence(function, book, client)
    if told:
        return told
    if function in ("CREDIT_LIMIT", "LIMIT_BINDING"):
        return limit_sentence(book, client)
    if function == "LIMIT_IN_FORCE":
        if book.limits.capped[client]:
            return capped_sentence(book, client)
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
    if function in ("CREDIT_DECISION", "DECISION_CODE", "DECISION_REASON"):
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
