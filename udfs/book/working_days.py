"""Working days of the firm: on which its bank is open, by the French calendar at home in France, else by TARGET.

>>> day = np.datetime64("2026-11-12")  # a Thursday; 11 November is a holiday in France
>>> last_working_day(day, "FR"), last_working_day(day, "DE")
(np.datetime64('2026-11-10'), np.datetime64('2026-11-11'))
>>> working_day_after(np.datetime64("2026-11-20"), 3, "FR")
np.datetime64('2026-11-25')
"""

from __future__ import annotations

import numpy as np

from udfs.terms.calendars import CALENDARS, roll


def last_working_day(day: np.datetime64, country: str) -> np.datetime64:
    """The working day before a day."""
    return _open(day - 1, country, "preceding")


def working_day_after(day: np.datetime64, count: int, country: str) -> np.datetime64:
    """The day itself, or so many working days later."""
    for _ in range(count):
        day = _open(day + 1, country, "following")
    return day


def _open(day: np.datetime64, country: str, rule: str) -> np.datetime64:
    calendar = country if country in CALENDARS else "TARGET"
    return np.datetime64(roll(np.array([day]), calendar, rule)[0], "D")
