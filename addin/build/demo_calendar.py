"""Dates of the demo portfolio: when an invoice falls due, when a bank is open.

Kept apart from `udfs.terms` on purpose: the portfolio is what that code is tried on.

>>> due_date(date(2026, 9, 21), "45 jours fin de mois")      # 45 days, then end of month
datetime.date(2026, 11, 30)
>>> due_date(date(2026, 9, 21), "fin de mois 45 jours")      # end of month, then 45 days
datetime.date(2026, 11, 14)
>>> bank_day(date(2026, 11, 11))                             # Armistice day
datetime.date(2026, 11, 10)
"""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, timedelta
from functools import cache

_TERMS = re.compile(r"(?P<before>fin de mois )?(?P<days>\d+) jours(?P<after> fin de mois)?")


def due_date(issued: date, terms: str) -> date:
    """The due date under the three wordings that the portfolio uses."""
    found = _parsed(terms)
    start = _end_of_month(issued) if found["before"] else issued
    due = start + timedelta(days=int(found["days"]))
    return _end_of_month(due) if found["after"] else due


def longest(terms: str) -> int:
    """No invoice under these terms is due later than so many days after its date."""
    found = _parsed(terms)
    return int(found["days"]) + (30 if found["before"] or found["after"] else 0)


def is_end_of_month(terms: str) -> bool:
    """Whether the due date has to be worked out from the words of the terms."""
    return "fin de mois" in terms


def bank_day(day: date, step: int = -1) -> date:
    """The day itself if banks are open, else the nearest open day before (after with step=1)."""
    while day.weekday() >= 5 or day in _holidays(day.year):
        day += timedelta(days=step)
    return day


def _parsed(terms: str) -> re.Match[str]:
    found = _TERMS.fullmatch(terms)
    if found is None:
        raise ValueError(f"terms unknown to the demo portfolio: {terms}")
    return found


def _end_of_month(day: date) -> date:
    return day.replace(day=monthrange(day.year, day.month)[1])


@cache
def _holidays(year: int) -> frozenset[date]:
    import holidays

    return frozenset(holidays.country_holidays("FR", years=year))
