"""Sums, means and extremes of a column by client: the few array idioms that every rule uses.

>>> group = np.array([0, 1, 0])
>>> sum_by(group, np.array([1.0, 2.0, 3.0]), 3).tolist()
[4.0, 2.0, 0.0]
>>> mean_by(group, np.array([10.0, 5.0, 30.0]), np.array([1.0, 1.0, 3.0]), 3).tolist()
[25.0, 5.0, nan]
"""

from __future__ import annotations

import numpy as np

CENT = 0.01
# Float sums of cents are exact far below a tenth of a cent; anything smaller is no money.
NOTHING = 0.001
# Groups numbered further apart are numbered anew before a column is made that has a place for each.
MOST_GROUPS_A_ROW = 8


def sum_by(group: np.ndarray, values: np.ndarray, groups: int) -> np.ndarray:
    """Sum of the values of each group, 0 where a group has none."""
    return np.bincount(group, weights=values, minlength=groups).astype(np.float64)


def count_by(group: np.ndarray, groups: int) -> np.ndarray:
    """Rows of each group."""
    return np.bincount(group, minlength=groups)


def mean_by(group: np.ndarray, values: np.ndarray, weights: np.ndarray, groups: int) -> np.ndarray:
    """Weighted mean of each group, NaN where the weights total nothing."""
    total = sum_by(group, weights, groups)
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(total > NOTHING, sum_by(group, values * weights, groups) / total, np.nan)


def first_date_by(group: np.ndarray, days: np.ndarray, groups: int) -> np.ndarray:
    """Earliest day of each group, NaT where a group has none."""
    none = np.iinfo(np.int64).max
    found = np.full(groups, none)
    known = ~np.isnat(days)
    np.minimum.at(found, group[known], days[known].astype(np.int64))
    return _as_days(found, none)


def last_date_by(group: np.ndarray, days: np.ndarray, groups: int) -> np.ndarray:
    """Latest day of each group, NaT where a group has none."""
    none = np.iinfo(np.int64).min
    found = np.full(groups, none)
    known = ~np.isnat(days)
    np.maximum.at(found, group[known], days[known].astype(np.int64))
    return _as_days(found, none)


def _as_days(numbers: np.ndarray, none: int) -> np.ndarray:
    return np.where(numbers == none, np.datetime64("NaT", "D").astype(np.int64), numbers).astype("datetime64[D]")


def days_between(start: np.ndarray | np.datetime64, end: np.ndarray | np.datetime64) -> np.ndarray:
    """Calendar days from start to end as float64, NaN where either is empty."""
    days = np.asarray(end - start)
    return np.where(np.isnat(days), np.nan, days.astype(np.int64).astype(np.float64))


def largest_by(group: np.ndarray, values: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The place of the largest value of each group that occurs, the first of equal ones, and the size of the group.

    >>> largest_by(np.array([7, 2, 7, 7]), np.array([1.0, 5.0, 3.0, 3.0]))
    (array([1, 2]), array([1, 3]))
    >>> largest_by(np.array([10**12, 2, 10**12]), np.array([1.0, 5.0, 3.0]))
    (array([1, 2]), array([1, 2]))
    """
    if group.max(initial=0) > MOST_GROUPS_A_ROW * len(group):
        group = np.unique(group, return_inverse=True)[1]
    count = np.bincount(group)
    largest = np.full(len(count), -np.inf)
    np.maximum.at(largest, group, values)
    last_first = np.flatnonzero(values == largest[group])[::-1]
    place = np.zeros(len(count), np.intp)
    place[group[last_first]] = last_first
    present = np.flatnonzero(count)
    return place[present], count[present]


def months_before(day: np.datetime64, months: int) -> np.datetime64:
    """The same day of the month so many months earlier, else the last day of that month.

    >>> months_before(np.datetime64("2026-08-31"), 6)
    np.datetime64('2026-02-28')
    """
    month = day.astype("datetime64[M]") - months
    last = (month + 1).astype("datetime64[D]") - 1
    return min(month.astype("datetime64[D]") + (day - day.astype("datetime64[M]").astype("datetime64[D]")), last)


def first_known(first: np.ndarray, second: np.ndarray) -> np.ndarray:
    """The first value where it is known, else the second."""
    return np.where(np.isnan(first), second, first)


def round_cents(values: np.ndarray | float) -> np.ndarray:
    """Half-up to the cent, away from zero, as on paper: 1.005 becomes 1.01.

    >>> round_cents(np.array([1.005, -2.675, 0.1 + 0.2])).tolist()
    [1.01, -2.68, 0.3]
    """
    # A binary number falls short of a half cent by less, of a large amount by a part of it. + 0.0: never -0.
    cents = np.floor(np.abs(values) * (100 * (1 + 1e-15)) + 0.5 + 1e-7)
    return np.asarray(np.copysign(cents / 100, values)) + 0.0
