"""How old something is: in years for an answer of the scorecard, in whole months for the freshness of what is known.

years = (whole months + further days / 32) / 12

A whole number of years is reached on the anniversary and exceeded on the day after, whatever the lengths of months.
An age that is unknown or lies ahead is NaN.

Worked example: on 20 November 2026 a firm founded on 20 November 2016 is 10 years old, one of the day before more:

>>> founded = np.array(["2016-11-20", "2016-11-19", "2026-12-01", "NaT"], "datetime64[D]")
>>> years_since(founded, np.datetime64("2026-11-20")).round(3).tolist()
[10.0, 10.003, nan, nan]
>>> months_since(np.array(["2025-12-31", "2026-10-20"], "datetime64[D]"), np.datetime64("2026-11-20")).tolist()
[10.0, 1.0]
"""

from __future__ import annotations

import numpy as np

from udfs.tables.columns import days_between

# More days than any month has: the last of them is still not a whole month.
DAYS = 32


def years_since(since: np.ndarray, as_of: np.datetime64) -> np.ndarray:
    """The age in years."""
    months, days = _months_and_days(since, as_of)
    return (months + days / DAYS) / 12


def months_since(since: np.ndarray, as_of: np.datetime64) -> np.ndarray:
    """The age in whole months."""
    return _months_and_days(since, as_of)[0]


def _months_and_days(since: np.ndarray, as_of: np.datetime64) -> tuple[np.ndarray, np.ndarray]:
    month, today = since.astype("datetime64[M]"), as_of.astype("datetime64[M]")
    known = ~np.isnat(since) & (since <= as_of)
    months = np.where(known, (today - month).astype(np.float64), np.nan)
    days = days_between(today.astype("datetime64[D]"), as_of) - days_between(month.astype("datetime64[D]"), since)
    return months - (days < 0), np.where(days < 0, days + DAYS - 1, days)
