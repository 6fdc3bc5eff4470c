"""Read the instalments, the means and the discount of a payment term.

shares total 100 %: a rest ("solde", "balance") or the main term takes what the others leave
"30/60/90 jours"       equal shares at each of them
"3 mensualités"        equal shares one month apart, each counted from the first one's own date; the first after one
                       month unless the text says when
"Ech. 30/50/15/RG5 %"  these shares at 0, 30 and 60 days, then the retention at 90 (codes of French ERPs)

A deposit without a date is due on order; a retention without a date a year after delivery (law 71-584 of
16 July 1971, art. 2). Deposits come first, retentions last.

>>> [str(one.share) for one in read("30 % à la commande, solde 60 jours", "", "DAYS_THEN_EOM").instalments]
['3/10', '7/10']
>>> [(one.maturity.months, one.maturity.later) for one in read("3 mensualités", "", "DAYS_THEN_EOM").instalments]
[(1, 0), (1, 1), (1, 2)]
"""

from __future__ import annotations

import re
from dataclasses import replace
from fractions import Fraction

from udfs.terms.clauses import HEADS, Clause, cut, resolved
from udfs.terms.grammar import NOT_UNDERSTOOD, SILENT, UNFINISHED, Refusal, read_maturity
from udfs.terms.lexicon import letters, tokens
from udfs.terms.series import read_series
from udfs.terms.term import WHOLE, Discount, Instalment, Maturity, Terms

MOST_WORDS = 300
MOST_CLAUSES = 12
MOST_PAYMENT_DAYS = 6
RETENTION = Maturity(months=12, base="delivery")
SPLITTING = frozenset((*HEADS, "fraction", "times", "monthly", "parts"))
ORDER = {"deposit": 0, "": 1, "retention": 2}

# "0001" is payable at once there, not in one day.
SAP_CODE = re.compile(r"\s*00[0-9]+\s*")
_SCHEDULE = re.compile(r"\s*ech(?:eances?|eancier)?\s*[.:]?\s*([0-9]{1,2}(?:\s*/\s*[0-9]{1,2})+)"
                       r"(?:\s*/\s*rg\s*([0-9]{1,2}))?\s*(%?)\s*")


def read(text: str, method: str, default_method: str) -> Terms | Refusal:
    """The term that a text says, or why it is refused."""
    text = re.sub(r"^\s*([0-9]+)[.,]0+\s*$", r"\1", text)
    if re.match(r"\s*-", text) or SAP_CODE.fullmatch(text):
        return NOT_UNDERSTOOD
    if (found := _SCHEDULE.fullmatch(letters(text))) and (scheduled := _scheduled(*found.groups(""))):
        return scheduled
    words = tokens(text)
    if len(words) == 1 and words[0].kind == "code":
        words = tokens(words[0].value)
    if len(words) > MOST_WORDS:
        return NOT_UNDERSTOOD
    means = [word.value for word in words if word.kind == "means"]
    if means and all(word.kind in SILENT for word in words):
        return Refusal("terms.only_means")
    if SPLITTING.isdisjoint(word.kind for word in words) and sum(word.kind in ("number", "span") for word in words) < 2:
        maturity = read_maturity(words, method, default_method)
        return maturity if isinstance(maturity, Refusal) else Terms((Instalment(WHOLE, maturity),), "".join(means[:1]))
    clauses = cut(resolved(words))
    if clauses is None:
        return UNFINISHED
    # Of several means the last one pays the balance: "30 % par virement, solde LCR 60 jours".
    return _terms(clauses, means[-1] if means else "", method, default_method)


def _scheduled(shares: str, retention: str, percent: str) -> Terms | Refusal | None:
    """ "Ech. 30/50/15/RG5 %", unless the numbers are days: "Ech. 30/60/90"."""
    numbers = [int(number) for number in shares.split("/")]
    parts = [Fraction(number, 100) for number in (*numbers, int(retention or 0))]
    total = sum(parts, Fraction(0))
    if total != WHOLE or not all(numbers):
        ascends = numbers == sorted(set(numbers))
        return Refusal("terms.shares_total", total) if percent or retention or not ascends else None
    found = [Instalment(part, Maturity(days=30 * place)) for place, part in enumerate(parts) if part]
    return Terms((*found[:-1], replace(found[-1], kind="retention")) if retention else tuple(found))


def _terms(clauses: list[Clause], means: str, method: str, default_method: str) -> Terms | Refusal:
    discount: Discount | None = None
    clauses = [one for one in clauses if one.role != "discount" or one.share != 0 or not one.is_idle]
    payments = [clause for clause in clauses if clause.role != "discount"]
    if len(clauses) > len(payments):
        read_discount = _discount(clauses, method, default_method)
        if isinstance(read_discount, Refusal):
            return read_discount
        discount = read_discount
    if len(payments) > MOST_CLAUSES:
        return Refusal("terms.too_many")
    unfinished = _shares_of(payments)
    if unfinished:
        return unfinished
    found: list[Instalment] = []
    for clause in payments:
        instalments = _instalments(clause, method, default_method)
        if isinstance(instalments, Refusal):
            return instalments
        found += instalments
    if len(found) == 1:
        found = [replace(found[0], kind="")]
    if any(len(one.maturity.on_days) > MOST_PAYMENT_DAYS for one in found):
        return Refusal("terms.too_many")
    terms = Terms(tuple(sorted(found, key=lambda one: ORDER[one.kind])), means, discount)
    last = terms.maturity
    if discount and discount.maturity.base == last.base and discount.maturity.effective_days >= last.effective_days:
        return Refusal("terms.discount")  # no reason to pay early: the dates may be the wrong way round
    return terms


def _discount(clauses: list[Clause], method: str, default_method: str) -> Discount | Refusal:
    """The one discount of a term: its rate, and a day to pay by."""
    refused = Refusal("terms.discount")
    (first, *others) = (clause for clause in clauses if clause.role == "discount")
    if others or len(clauses) == 1 or first.share is None or not 0 < first.share < 1:
        return refused
    maturity = read_maturity(first.words, method, default_method)
    if isinstance(maturity, Refusal) or len(maturity.on_days) > 1 or maturity.later:
        return refused
    return Discount(first.share, maturity)


def _shares_of(payments: list[Clause]) -> Refusal | None:
    """Give the rest its share; why the shares of the others do not do."""
    if not payments:
        return NOT_UNDERSTOOD
    said = sum((clause.share for clause in payments if clause.share is not None), Fraction(0))
    unsaid = [clause for clause in payments if clause.share is None]
    if len(unsaid) > 1 or any(clause.role in ("deposit", "retention") for clause in unsaid):
        return UNFINISHED
    if any(clause.share == 0 for clause in payments):
        return NOT_UNDERSTOOD
    if said >= 1 if unsaid else said != 1:
        return Refusal("terms.shares_total", said)
    for clause in unsaid:
        clause.share = 1 - said
    return None


def _instalments(clause: Clause, method: str, default_method: str) -> list[Instalment] | Refusal:
    """The payments of one clause, in equal shares."""
    assert clause.share is not None
    kind = clause.role if clause.role in ("deposit", "retention") else ""
    if clause.is_idle and kind:
        return [Instalment(clause.share, RETENTION if kind == "retention" else Maturity(base="order"), kind)]
    if clause.is_idle and clause.role != "main":
        return UNFINISHED
    dates = read_series(clause.words, method, default_method)
    if isinstance(dates, Refusal):
        return dates
    # "50 % à 30 et 60 jours": half each time or half of it all?
    if len(dates) > 1 and (kind or (clause.role == "share" and not any(date.later for date in dates))):
        return UNFINISHED
    if dates == [Maturity(base="order")]:
        kind = kind or "deposit"  # what is paid on order is paid before anything is owed
    return [Instalment(clause.share / len(dates), date, kind) for date in dates]
