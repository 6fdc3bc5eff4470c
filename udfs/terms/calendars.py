"""Days when banks are open, and due dates moved off closed days (R9 of DOMAIN 3.2).

FR is closed on the eleven legal holidays and at weekends, FR-AM (Alsace-Moselle) on Good Friday and 26 December too,
TARGET (transfers in euros) on six holidays and at weekends. Any other country goes by its code, its region behind a
hyphen: DE, DE-BY, IT. Source: the `holidays` library, equal to the official French lists for 2008 to 2031. The law
does not move an ordinary due date; a bill of exchange falls on the next working day (C.com L511-79 and neighbours).

>>> ascension = np.array(["2026-05-14"], "datetime64[D]")
>>> roll(ascension, "FR", "following")[0].item(), roll(ascension, "TARGET", "following")[0].item()
(datetime.date(2026, 5, 15), datetime.date(2026, 5, 14))
>>> bank_days_between(np.datetime64("2026-04-02"), np.datetime64("2026-04-07"))
1
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import Literal

import numpy as np

from udfs.errors import WrongArgument
from udfs.tables.schema import plain
from udfs.tables.words import read_countries
from udfs.terms.months import Dates, Numbers
from udfs.terms.term import Terms

CALENDARS = ("FR", "FR-AM", "TARGET")
NAMES = {"alsacemoselle": "FR-AM", "alsace": "FR-AM", "moselle": "FR-AM"}
# The library names the two parts of Alsace-Moselle apart; their holidays are the same.
MOSELLE = "57"
ROLLS: dict[str, Literal["following", "modifiedfollowing", "preceding"]] = {
    "following": "following", "modified_following": "modifiedfollowing", "preceding": "preceding",
}
ROLL_WORDS = {"suivant": "following", "suivantmodifie": "modified_following", "precedent": "preceding"}
YEARS_AT_A_TIME = 10


def bank_days_between(start: np.datetime64, end: np.datetime64, calendar: str = "TARGET") -> int:
    """Open days after `start` up to and including `end`; negative when `end` comes first."""
    if end < start:
        return -bank_days_between(end, start, calendar)
    days = np.array([start, end], "datetime64[D]") + 1
    return int(np.busday_count(days[0], days[1], busdaycal=_calendar(calendar, days)))


def roll(dates: Dates, calendar: str, rule: str = "following") -> Dates:
    """Dates moved off closed days: `following`, `modified_following` (within the month) or `preceding`.

    Codes are understood in French too (suivant, suivant modifié, précédent); NaT stays NaT.
    """
    known = {plain(code): code for code in ROLLS} | ROLL_WORDS
    code = known.get(plain(rule))
    if code is None:
        raise WrongArgument("terms.unknown_roll", text=rule, known=", ".join(ROLLS))
    days = np.asarray(dates, "datetime64[D]")
    moved: Dates = np.busday_offset(days, 0, roll=ROLLS[code], busdaycal=_calendar(calendar, days))
    return moved


def roll_bills(dates: Dates, terms: Sequence[Terms], place: Numbers, calendar: str = "FR") -> Dates:
    """The dates of bills of exchange and promissory notes moved to the next open day; all others as they are."""
    bills = np.array([one.is_bill for one in terms], dtype=bool)
    if not bills.any():
        return dates
    rows = bills.take(place)
    moved = dates.copy()
    moved[rows] = roll(dates[rows], calendar)
    return moved


def known_calendar(name: str) -> str:
    """The code of a calendar; WrongArgument when there is none of that name."""
    code = NAMES.get(plain(name)) or str(read_countries([name])[0][0]).upper()
    _closed_days(code, 2000, 2000)
    return code


def _calendar(name: str, days: Dates) -> np.busdaycalendar:
    given = days[~np.isnat(days)]
    years = given.astype("datetime64[Y]").astype(int) + 1970 if given.size else np.array([2000])
    # A roll can leave the year of its date, never by more than some days.
    first = (int(years.min()) - 1) // YEARS_AT_A_TIME * YEARS_AT_A_TIME
    last = (int(years.max()) + 1) // YEARS_AT_A_TIME * YEARS_AT_A_TIME + YEARS_AT_A_TIME - 1
    return _closed_days(name.strip().upper(), first, last)


@lru_cache(maxsize=8)
def _closed_days(code: str, first_year: int, last_year: int) -> np.busdaycalendar:
    import holidays

    years = range(first_year, last_year + 1)
    try:
        if code == "TARGET":
            found = holidays.financial_holidays("XECB", years=years)
        else:
            country, hyphen, region = ("FR-" + MOSELLE if code == "FR-AM" else code).partition("-")
            if len(country) != 2 or bool(hyphen) != bool(region):
                raise NotImplementedError
            offered = holidays.country_holidays(country, region or None).supported_categories
            # Where days are known on which only the banks are closed, they count too.
            found = holidays.country_holidays(country, region or None, years=years,
                                              categories={"public", "bank"} & set(offered))
    except NotImplementedError:
        raise WrongArgument("schedule.unknown_calendar", text=code, known=", ".join(CALENDARS)) from None
    open_days = "".join("0" if day in found.weekend else "1" for day in range(7))
    return np.busdaycalendar(weekmask=open_days, holidays=np.array(sorted(found), "datetime64[D]"))
