"""A legal maximum in one sentence: its day, how it is counted, the article; and what a due date is worth under it.

>>> from udfs.reference import rows
>>> from udfs.terms.legal import legal_terms
>>> law = {term.rule: term for term in legal_terms(rows("legal_terms"))}
>>> moments = Moments(np.array(["2025-01-15"], "datetime64[D]"))
>>> maximum_words(law["general_2019"], None, moments, np.datetime64("2025-03-16"), "en")
'Latest lawful due date: 16 Mar 2025, 60 days from the invoice of 15 Jan 2025 (C.com L441-10 I, regime "general").'
"""

from __future__ import annotations

import numpy as np

from udfs.terms.due_dates import Moments, maturity_dates
from udfs.terms.grammar import Refusal
from udfs.terms.legal import LegalTerm
from udfs.terms.term import Maturity, Terms
from udfs.texts import say


def maximum_words(rule: LegalTerm, terms: Terms | Refusal | None, moments: Moments, latest: np.datetime64,
                  language: str) -> str:
    """The latest lawful due date of one invoice under a rule, and how it is counted."""
    place = np.zeros(1, np.intp)
    maturity = max(rule.maxima(terms), key=lambda one: maturity_dates(moments, [one], place)[0])
    return say("legal.latest", language, latest=latest, how=_how(rule, maturity, moments, language),
               article=rule.article, regime=say(f"legal.regime_{rule.regime}", language))


def check_words(rule: LegalTerm, told: str, latest: np.datetime64, clause: np.datetime64, due: np.datetime64,
                language: str) -> str:
    """Whether a due date is lawful; where not, what would make it so, and whose fine it is.

    `told` is the sentence of the maximum, `clause` the latest day that an end-of-month clause would allow.
    """
    days = int((due - latest).astype(int))
    if days == 0:
        return say("legal.lawful_that_day", language, latest=told, due=due)
    if days < 0:
        return say("legal.lawful", language, latest=told, due=due, count=-days)
    parts = [say("legal.beyond", language, latest=told, due=due, count=days)]
    if due <= clause:
        parts.append(say("legal.lawful_if_contracted", language, days=rule.end_of_month_days))
    return " ".join([*parts, say(f"legal.fine_{rule.fine}", language)])


def _how(rule: LegalTerm, maturity: Maturity, moments: Moments, language: str) -> str:
    base = maturity.base
    given = getattr(moments, base)
    known = given is not None and not np.isnat(given[0])
    start = say(f"legal.from_{base}" if known else f"legal.not_given_{base}", language,
                date=given[0] if known else moments.invoice[0])
    by_clause = rule.days is None or maturity != rule.net
    code = "end_of_month" if by_clause else "days" + (f"_{rule.end_of}" if rule.end_of else "")
    return say(f"legal.{code}", language, days=maturity.days, base=start)
