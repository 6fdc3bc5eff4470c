"""What was read from a file or a folder: tables, and what the caller should know of them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from udfs.tables.issues import Issue
from udfs.tables.raw import RawTable


@dataclass(frozen=True)
class Reading:
    """Tables as found, issues of lines that a reader had to judge, and the last day of a ledger.

    `last_date` is the last posting date of an accounting file (FEC or customers' ledger), None for other files:
    such a file is a picture of that day, so it is the natural as-of date. `as_of` is the date that one of our
    workbooks says it is seen at.
    """

    tables: tuple[RawTable, ...]
    issues: tuple[Issue, ...] = ()
    last_date: dt.date | None = None
    as_of: dt.date | None = None


def joined(readings: Iterable[Reading]) -> Reading:
    """Several readings as one; the latest last day counts, and the first as-of date."""
    found = list(readings)
    dates = [reading.last_date for reading in found if reading.last_date]
    return Reading(tuple(table for reading in found for table in reading.tables),
                   tuple(issue for reading in found for issue in reading.issues), max(dates, default=None),
                   next((reading.as_of for reading in found if reading.as_of), None))
