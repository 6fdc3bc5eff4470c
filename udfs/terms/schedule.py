"""Schedules: what is due when, an instalment a line, for whole columns of invoices (DOMAIN 3.4).

amount of an instalment = amount of the invoice x share, half-up to the cent; the last one takes what is left, so that
the lines of an invoice total its amount. Counted in whole cents; a credit note has the same lines with the other sign.

>>> from fractions import Fraction
>>> from udfs.terms.term import Instalment, Maturity
>>> thirds = Terms(tuple(Instalment(Fraction(1, 3), Maturity(days=days)) for days in (30, 60, 90)))
>>> invoice = np.array(["2026-01-15"], "datetime64[D]")
>>> found = schedule(invoice, [thirds], np.zeros(1, np.intp), np.array([10_000.0]))
>>> found.amount.tolist(), found.due.astype(str).tolist()
([3333.33, 3333.33, 3333.34], ['2026-02-14', '2026-03-16', '2026-04-15'])
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import NamedTuple

import numpy as np

from udfs.tables.columns import round_cents
from udfs.terms.due_dates import Moments, maturity_dates
from udfs.terms.months import Dates, Numbers
from udfs.terms.term import Terms

# Shares are told apart to so many parts, so that cents times parts stay whole numbers of 64 bits.
MOST_PARTS = 10**9


class Schedule(NamedTuple):
    """Columns with a line for each instalment, invoice by invoice."""

    row: Numbers
    """The place of the invoice."""
    number: Numbers
    """Which of its instalments, from 1."""
    due: Dates
    share: np.ndarray
    amount: np.ndarray
    kind: np.ndarray


def schedule(moments: Moments | Dates, terms: Sequence[Terms], place: Numbers, amounts: np.ndarray) -> Schedule:
    """The instalments of each invoice under `terms[place]`; an amount that is not known (NaN) stays so."""
    given = moments if isinstance(moments, Moments) else Moments(moments)
    parts = [part for one in terms for part in one.instalments]
    counts = np.array([len(one.instalments) for one in terms], np.int64)
    firsts = np.cumsum(counts) - counts
    lines = counts.take(place)
    row = np.repeat(np.arange(len(place)), lines)
    # The parts of one invoice stand side by side, as its lines do.
    part = np.repeat(firsts.take(place) - np.cumsum(lines) + lines, lines)
    part += np.arange(len(part))
    number = part - np.repeat(firsts, counts).take(part)
    amount = round_cents(np.asarray(amounts, np.float64)).take(row)
    split = np.flatnonzero(np.repeat(counts > 1, counts).take(part))
    if len(split):
        amount[split] = _shared(amount[split], [one.share for one in parts], part[split], number[split] == 0)
    return Schedule(row, number + 1, maturity_dates(given.at(row), [one.maturity for one in parts], part),
                    np.array([float(one.share) for one in parts]).take(part), amount,
                    np.array([one.kind for one in parts], object).take(part))


def _shared(amounts: np.ndarray, shares: Sequence[Fraction], part: Numbers, begins: np.ndarray) -> np.ndarray:
    """What each line is of the amount of its invoice; a new one begins where `begins` says so."""
    cents = np.rint(np.nan_to_num(amounts) * 100).astype(np.int64)
    ratios = [share.limit_denominator(MOST_PARTS).as_integer_ratio() for share in shares]
    above, below = np.array(ratios, np.int64).T
    top, bottom = above.take(part), below.take(part)
    whole, rest = np.divmod(np.abs(cents), bottom)
    found = np.sign(cents) * (whole * top + (2 * rest * top + bottom) // (2 * bottom))
    starts = np.flatnonzero(begins)
    last = np.append(starts[1:], len(begins)) - 1
    found[last] = 0
    found[last] = cents[last] - np.add.reduceat(found, starts)
    return np.where(np.isnan(amounts), np.nan, found / 100)
