"""The latest lawful due date of an invoice: the maximum that the law sets for its kind of sale, on its date.

latest = end of the period of the base date (decade or month, where the rule says so) + days
Where the terms are end-of-month and count at most `end_of_month_days`, the date that their own convention gives with
so many days is lawful too, since the contract says so; with a payment day after the end of the month ("30 jours fin de
mois le 10") the days may also be counted from the end of the month. A rule without days is an end of month for all.
A bill whose last day is one on which banks are closed is lawful on the next (C.com L511-79).

Source: `udfs/reference/legal_terms.csv`, dated rows with their article (C.com L441-10 to L441-13, CCP R2192-10 and
R2192-11, Directive 2011/7/EU), which the table LegalTerms extends; DOMAIN 3.1. The invoice date decides on the row;
beyond the last row, and before the first, there is no answer. Worked examples (DOMAIN 3.3 and 3.6, no 36, 93):
an invoice of 15/01/2025 is due by 16/03/2025, by 31/03/2025 under "45 jours fin de mois"; perishables delivered on
04/03/2025 and invoiced periodically by 09/04/2025.

>>> from udfs.reference import rows
>>> law = legal_terms(rows("legal_terms"))
>>> def latest(regime, terms, **days):
...     dates = Moments(**{name: np.array([day], "datetime64[D]") for name, day in days.items()})
...     return legal_maxima(law, [regime], np.zeros(1, int), dates, [terms], np.zeros(1, int)).latest[0].item()
>>> latest("general", None, invoice="2025-01-15")
datetime.date(2025, 3, 16)
>>> latest("general", Terms.net(days=45, end_of_month="DAYS_THEN_EOM"), invoice="2025-01-15")
datetime.date(2025, 3, 31)
>>> latest("perishable_periodic", None, invoice="2025-03-31", delivery="2025-03-04")
datetime.date(2025, 4, 9)
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from udfs.errors import NotAvailable
from udfs.terms.calendars import roll_bills
from udfs.terms.due_dates import Moments, maturity_dates
from udfs.terms.grammar import Refusal
from udfs.terms.months import Dates, Numbers
from udfs.terms.term import DAYS_OF_MONTH, Maturity, Terms
from udfs.texts import say

EMPTY = np.datetime64("NaT", "D")
DAYS_FIRST, END_FIRST = "DAYS_THEN_EOM", "EOM_THEN_DAYS"
# Ten years: what is longer is no term but a slip of the pen.
MOST_DAYS = 3_660
Found = Sequence[Terms | Refusal | None]


@dataclass(frozen=True)
class LegalTerm:
    """One row of the law: the maximum of a regime for the invoices of a time."""

    rule: str
    regime: str
    from_date: np.datetime64
    to_date: np.datetime64
    days: int | None
    counted_from: str
    end_of: str
    end_of_month_days: int | None
    article: str
    fine: str

    @property
    def least_days(self) -> int:
        """No due date within so many days of its base date is beyond the maximum."""
        # An end of month alone has conventions with months of 30 days, which February makes shorter.
        return self.days or 0

    @property
    def net(self) -> Maturity:
        """The maximum whatever the terms say."""
        if self.days is None:
            return self.end_of_month(DAYS_FIRST)
        return Maturity(days=self.days, end_of_month=END_FIRST if self.end_of == "month" else "",
                        decade=self.end_of == "decade", base=self.counted_from)

    def end_of_month(self, convention: str) -> Maturity:
        """The maximum of end-of-month terms under one convention."""
        return Maturity(days=self.end_of_month_days or 0, end_of_month=convention, base=self.counted_from)

    def maxima(self, terms: Terms | Refusal | None) -> list[Maturity]:
        """Every maximum that counts under the terms; the latest of their dates is lawful."""
        maturity = terms.maturity if isinstance(terms, Terms) else Maturity()
        convention = maturity.end_of_month
        counted = maturity.days + DAYS_OF_MONTH * maturity.months
        if self.end_of_month_days is None or not convention:
            return [self.net]
        if self.days is not None and counted > self.end_of_month_days:
            return [self.net]
        allowed = [convention, END_FIRST] if maturity.on_days else [convention]
        return [*([self.net] if self.days is not None else []), *map(self.end_of_month, dict.fromkeys(allowed))]


class Maxima(NamedTuple):
    """By row: the latest lawful due date (NaT: none known) and the place of the rule that counts (-1: none)."""

    latest: Dates
    rule: Numbers


class NoMaximum(NotAvailable):
    """No rule counts; the sentence names the regime in the reader's words."""

    def sentence(self, language: str = "en") -> str:
        """Which regime and date, how far the rules reach, and where to add one."""
        return say(self.code, language, **{
            **self.values, "regime": say(f"legal.regime_{self.values['regime']}", language)})


def legal_terms(rows: Sequence[Mapping[str, str]]) -> list[LegalTerm]:
    """The rows of the law in the order of their dates.

    A row without a number of days that can be meant says nothing, nor does one that ends before it begins.
    """
    terms = [LegalTerm(row["rule"], row["regime"], np.datetime64(row["from_date"], "D"),
                       np.datetime64(row["to_date"] or "NaT", "D"), _days(row["days"]),
                       row["counted_from"] or "invoice", row["end_of"], _days(row["end_of_month_days"]),
                       row["article"] or row["rule"], row["fine"] or "not_said") for row in rows]
    told = [term for term in terms if term.days is not None or term.end_of_month_days is not None]
    told = [term for term in told if not term.to_date < term.from_date]
    return sorted(told, key=lambda term: term.from_date)


def rules_in_force(law: Sequence[LegalTerm], regimes: Sequence[str], regime_of: Numbers, dates: Dates) -> Numbers:
    """The place in the law of the rule of each row, -1 for none; of two that hold on a day the later one counts."""
    found = np.full(len(dates), -1, np.intp)
    for number, term in enumerate(law):
        wanted = np.array([regime == term.regime for regime in regimes], dtype=bool)
        if not wanted.any():
            continue
        holds = dates >= term.from_date
        if not np.isnat(term.to_date):
            holds &= dates <= term.to_date
        if not wanted.all():
            holds &= wanted[regime_of]
        found[holds] = number
    return found


def legal_maxima(law: Sequence[LegalTerm], regimes: Sequence[str], regime_of: Numbers, moments: Moments,
                 terms: Found = (None,), place: Numbers | None = None) -> Maxima:
    """The latest lawful due date of rows of regime `regimes[regime_of]` under `terms[place]`."""
    count = len(moments.invoice)
    place = np.zeros(count, np.intp) if place is None else place
    rule = rules_in_force(law, regimes, regime_of, moments.invoice)
    latest: Dates = np.full(count, EMPTY)
    rows = np.flatnonzero(rule >= 0)
    if not len(rows):
        return Maxima(latest, rule)
    pairs = rule[rows] * len(terms) + place[rows]
    present = np.flatnonzero(np.bincount(pairs))
    where = np.zeros(int(present[-1]) + 1, np.intp)
    where[present] = np.arange(len(present))
    maxima = [law[pair // len(terms)].maxima(terms[pair % len(terms)]) for pair in present.tolist()]
    index = where[pairs]
    for turn in range(max(map(len, maxima))):
        more = np.array([len(one) > turn for one in maxima])[index]
        own = rows[more]
        dates = maturity_dates(moments.at(own), [one[min(turn, len(one) - 1)] for one in maxima], index[more])
        latest[own] = np.fmax(latest[own], dates)
    latest = roll_bills(latest, [one if isinstance(one, Terms) else Terms() for one in terms], place)
    return Maxima(latest, rule)


def end_of_month_maxima(law: Sequence[LegalTerm], rule: Numbers, moments: Moments) -> Dates:
    """The latest date that an end-of-month clause would make lawful under either way of counting; NaT: none would."""
    latest: Dates = np.full(len(rule), EMPTY)
    clause = np.array([term.end_of_month_days is not None for term in law], dtype=bool)
    rows = np.flatnonzero(clause[rule] & (rule >= 0))
    for convention in (DAYS_FIRST, END_FIRST):
        allowed = [term.end_of_month(convention) for term in law]
        latest[rows] = np.fmax(latest[rows], maturity_dates(moments.at(rows), allowed, rule[rows]))
    return latest


def no_maximum(law: Sequence[LegalTerm], regime: str, date: np.datetime64) -> NoMaximum:
    """Why there is no maximum for an invoice of that date."""
    own = [term for term in law if term.regime == regime]
    if not own:
        return NoMaximum("legal.none", regime=regime)
    if date < own[0].from_date:
        return NoMaximum("legal.before_first", regime=regime, date=date, first=own[0].from_date)
    last = max(term.to_date for term in own if term.from_date <= date)
    return NoMaximum("legal.after_last", regime=regime, date=date, last=last)


def _days(text: str) -> int | None:
    days = int(float(text)) if text else -1
    return days if 0 <= days <= MOST_DAYS else None
