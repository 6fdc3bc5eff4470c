"""The rating of one client in sentences: what the grade stands on, each fact that caps it with its day, its figures."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from udfs.book.book import Book
from udfs.book.criterion_words import in_days
from udfs.rating.grade import CAPS, NOT_RATED, NOTCHES, WORST
from udfs.tables.columns import months_before
from udfs.texts import has, say

# What the sentences of the facts name of the policy.
POLICY_FACTS = {
    "c_days": "override_overdue_c_days", "d_days": "override_overdue_d_days", "promises": "override_broken_promises",
    "promise_months": "override_promise_months", "accounts_months": "override_accounts_months",
    "bounce_months": "override_bounce_months",
}


def told_facts(book: Book, client: int) -> list[str]:
    """The facts that cap the grade of a client or take a notch, those that alone make a D first."""
    graded = book.rating.grading
    rated = bool(graded.rank[client])
    caps = [(name, cap) for name, cap, adverse in CAPS if graded.facts[name][client] and (adverse or rated)]
    caps.sort(key=lambda fact: fact[1] != WORST)
    return [name for name, _ in caps] + [name for name in NOTCHES if graded.facts[name][client] and rated]


def fact_sentence(book: Book, client: int, name: str) -> str:
    """One hard fact with its day, its figures and what it does to the grade."""
    language, on = book.policy.language, book.rating.fact_on[name][client]
    code = f"reasons.fact_{name}"
    # Some facts are known without the day on which they became true.
    if has(f"{code}_dated", language) and not np.isnat(on):
        code += "_dated"
    return say(code, language, **_values(book, client, on))


def evidence_sentence(book: Book, client: int) -> str:
    """What the rating stands on."""
    rating, level = book.rating, int(book.rating.evidence[client])
    only_note = level > 1 and not rating.strength.has_accounts[client]
    return say(f"reasons.evidence_E{level}{'_note' * only_note}", book.policy.language,
               settled=int(rating.behaviour.settled_invoices[client]))


def rating_reasons(book: Book, client: int) -> list[str]:
    """What the grade stands on and what caps it; a D that comes from a fact is told by that fact first."""
    language, rating = book.policy.language, book.rating
    graded, score = rating.grading, []
    if graded.scored[client]:
        score.append(say("reasons.score", language, score=float(rating.score[client]),
                         coverage=float(rating.coverage[client]),
                         grade=book.policy.grades[int(graded.scored[client]) - 1]["grade"]))
    fatal = {name for name, cap, _ in CAPS if cap == WORST}
    names = told_facts(book, client)
    first, others = ([fact_sentence(book, client, name) for name in names if (name in fatal) == which]
                     for which in (True, False))
    return [evidence_sentence(book, client), *first, *score, *others]


def rating_sentence(function: str, book: Book, client: int) -> str:
    """The sentence behind an answer of the rating for one client, empty for another function."""
    language, rating = book.policy.language, book.rating
    grade = book.grades[client]
    if function in ("CREDIT_RATING", "CREDIT_SCORE", "CREDIT_EVIDENCE"):
        name = say("reasons.not_rated", language) if grade == NOT_RATED else grade
        return say("reasons.rating", language, grade=name, reasons=" ".join(rating_reasons(book, client)))
    if function == "CREDIT_CONFIDENCE":
        aged = list(_aged(book, client))
        return say("reasons.confidence_aged" if aged else "reasons.confidence", language,
                   confidence=float(rating.confidence[client]), coverage=float(rating.coverage[client]),
                   aged=", ".join(aged))
    if function == "CREDIT_PD":
        insolvent = rating.grading.facts["insolvency"][client]
        return say("reasons.pd_insolvency" if insolvent else "reasons.pd", language, pd=float(rating.pd[client]),
                   grade=grade)
    if function == "DAYS_BEYOND_TERMS":
        paying, policy = rating.behaviour, book.policy
        return " ".join(_delay(language, policy.days(key), float(values[client])) for key, values in (
            ("behaviour_months", paying.days_beyond_terms),
            ("behaviour_recent_months", paying.recent_days_beyond_terms)))
    return ""


def _delay(language: str, months: int, days: float) -> str:
    if np.isnan(days):
        return say("reasons.delay_unknown", language, months=months)
    return say("reasons.delay", language, months=months, **in_days(days))


def _aged(book: Book, client: int) -> Iterator[str]:
    """The known criteria that do not count in full in the confidence, with their factor."""
    rating, language = book.rating, book.policy.language
    for criterion, factors in rating.freshness.items():
        known = not np.isnan(rating.answers[criterion][client])
        if known and factors[client] < 1 and book.policy.weights.get(criterion):
            yield say("reasons.aged", language, criterion=say(f"reasons.criterion_{criterion}", language),
                      factor=float(factors[client]))


def _values(book: Book, client: int, on: np.datetime64) -> dict[str, Any]:
    """Every value that the sentence of a fact may name."""
    policy, lines = book.policy, book.rating.strength.lines
    kind = str(book.clients.column("insolvency_kind")[client])
    capital = lines["share_capital"][client]
    filing = months_before(on, -12 - policy.days("override_filing_months"))
    return {
        "on": on, "filing": on if np.isnat(on) else filing,
        "oldest": book.rating.oldest_overdue[client],
        "insolvency": say(f"reasons.insolvency_{kind}", policy.language) if kind else "",
        "equity": lines["equity"][client], "liens": book.clients.column("liens")[client],
        "capital": book.clients.column("share_capital")[client] if np.isnan(capital) else capital,
        **{name: policy.days(key) for name, key in POLICY_FACTS.items()},
    }
