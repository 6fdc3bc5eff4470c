"""Worksheet functions of the legal maxima of payment terms, and the sentence that CREDIT_WHY tells of them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from udfs.functions.border import policy_of, word
from udfs.functions.columns import Columns
from udfs.functions.registry import worksheet
from udfs.terms.due_dates import Moments
from udfs.terms.language import read_terms
from udfs.terms.legal import end_of_month_maxima, legal_maxima, legal_terms, no_maximum
from udfs.terms.legal_words import check_words, maximum_words
from udfs.terms.term import Terms


@worksheet("terms")
def DUE_LEGAL_MAX(invoice_date: Any, regime: Any = None, delivery_date: Any = None, terms: Any = None,
                  receipt_date: Any = None, book: Any = None) -> Any:
    """The latest lawful due date of an invoice, or of a column of them.

    `regime` is the kind of sale or of buyer (general where empty); end-of-month `terms` may allow more.

    >>> DUE_LEGAL_MAX("2025-01-15"), DUE_LEGAL_MAX("2025-01-15", terms="45 jours fin de mois")
    (datetime.date(2025, 3, 16), datetime.date(2025, 3, 31))
    """
    asked = _Asked(book, regime, terms, invoice_date=invoice_date, delivery_date=delivery_date,
                   receipt_date=receipt_date)
    return asked.columns.answer(asked.latest)


@worksheet("terms")
def DUE_CHECK(invoice_date: Any, due_date: Any, terms: Any = None, regime: Any = None, delivery_date: Any = None,
              receipt_date: Any = None, book: Any = None) -> Any:
    """By how many days a due date lies beyond the latest lawful one; 0 and below is lawful.

    >>> DUE_CHECK("2025-01-15", "2025-03-31"), DUE_CHECK("2025-01-15", "2025-03-31", "45 jours fin de mois")
    (15, 0)
    """
    asked = _Asked(book, regime, terms, invoice_date=invoice_date, due_date=due_date, delivery_date=delivery_date,
                   receipt_date=receipt_date)
    due = asked.columns.dates("due_date")
    return asked.columns.answer((due - asked.latest).astype(np.int64))


def legal_sentence(given: Mapping[str, Any], language: str) -> str:
    """The rule behind an answer of either function, of ranges the one of the first row; "" where there is none."""
    asked = _Asked(given.get("book"), given.get("regime"), given.get("terms"), **{
        name: given.get(name) for name in ("invoice_date", "due_date", "delivery_date", "receipt_date")})
    due = asked.columns.dates("due_date") if asked.columns.given("due_date") else None
    if not asked.columns.count:
        return ""
    if 0 in asked.columns.errors:
        raise asked.columns.errors[0]
    latest, rule = asked.latest[0], asked.law[asked.rule[0]]
    told = maximum_words(rule, asked.terms[asked.place[0]], asked.moments.at(np.array([0])), latest, language)
    if due is None:
        return told
    clause = end_of_month_maxima(asked.law, asked.rule, asked.moments)[0]
    return check_words(rule, told, latest, clause, due[0], language)


class _Asked:
    """The arguments of one call, read side by side."""

    def __init__(self, book: Any, regime: Any, terms: Any, **dates: Any) -> None:
        policy = policy_of(book)
        method = policy.text("end_of_month_method")
        self.law = legal_terms(policy.reference("legal_terms"))
        self.columns = Columns(**dates, regime=regime, terms=terms)
        self.moments = Moments(self.columns.dates("invoice_date"), self.columns.dates("delivery_date", False), None,
                               self.columns.dates("receipt_date", False))
        self.regimes, self.regime_of = self.columns.each("regime", lambda cell: word(cell, "regime", "regime"),
                                                         "general")
        none: Terms | None = None
        self.terms, self.place = self.columns.each("terms", lambda cell: read_terms(cell, None, method), none)
        self.latest, self.rule = legal_maxima(self.law, self.regimes, self.regime_of, self.moments, self.terms,
                                              self.place)
        self.columns.refuse(np.isnat(self.latest), lambda row: no_maximum(
            self.law, self.regimes[self.regime_of[row]], self.moments.invoice[row]))
