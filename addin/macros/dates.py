"""The date of the answers: *Today* sets it."""

from __future__ import annotations

import datetime as dt

from addin.hosts import Host
from udfs.texts import say


def today(host: Host) -> str:
    """Set the date of the answers to today."""
    return date_of_answers(host, this_day())


def this_day() -> dt.date:
    """What the clock says."""
    return dt.date.today()


def date_of_answers(host: Host, day: dt.date) -> str:
    """Set the date of the answers, and tell it."""
    host.set_as_of(day)
    return say("macros.as_of", host.language, as_of=day)


def not_today(host: Host) -> str:
    """The warning that goes with everything recorded or written as of another day; empty as of today."""
    if host.as_of == this_day():
        return ""
    return say("macros.not_today" if host.program else "macros.not_today_on_disk", host.language, as_of=host.as_of)
