"""How long a number of days is in years, as interest counts it.

365 or 360    years = days / 365 or / 360, in leap years too
actual        years = days in each calendar year / its own 365 or 366 days

365 is what published calculators use (DOMAIN 4.2); actual costs the debtor 0.81 less on 10,000 in 106 days.

>>> start, end = np.array(["2023-11-30", "2024-03-15"], "datetime64[D]")
>>> float(years_between(start, end, "365")) == 106 / 365
True
>>> round(float(years_between(start, end, "actual")) - (31 / 365 + 75 / 366), 12)
0.0
"""

from __future__ import annotations

from typing import Any

import numpy as np

Column = np.ndarray[Any, Any]

ACTUAL = "actual"
USUAL = "365"


def years_between(start: Any, end: Any, day_count: str) -> Column:
    """Years after the end of the day `start` to the end of the day `end`."""
    start, end = np.asarray(start, "datetime64[D]"), np.asarray(end, "datetime64[D]")
    if day_count == ACTUAL:
        found: Column = _years_to(end) - _years_to(start)
    else:
        found = (end - start).astype(np.int64) / float(day_count)
    return found


def _years_to(days: Column) -> Column:
    """Years from 1970 to the end of each day."""
    year = days.astype("datetime64[Y]")
    first = year.astype("datetime64[D]")
    length = ((year + 1).astype("datetime64[D]") - first).astype(np.int64)
    found: Column = year.astype(np.int64) + ((days - first).astype(np.int64) + 1) / length
    return found
