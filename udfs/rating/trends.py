"""Trends from one year to the next: growth of turnover and equity, change of the EBIT margin.

growth = n / n-1 - 1    difference = n - n-1    both from lines brought to 12 months

The year before is the one that closed 9 to 15 months earlier; among several, the nearest to 12 months. Growth from
a line that was not positive says nothing and is NaN. Codes are those of `reference/trends.csv`.

Worked example: turnover 900 in 9 months (1,200 a year) after 1,000 has grown by 20 %:

>>> now = {"turnover": np.array([900.0]), "months": np.array([9.0])}
>>> trend("turnover_growth", now, {"turnover": np.array([1000.0])}).round(4).tolist()
[0.2]
>>> ends = np.array(["2024-12-31", "2025-09-30", "2023-12-31"], "datetime64[D]")
>>> previous_accounts(np.array([7, 7, 7]), ends).tolist()
[2, 0, -1]
"""

from __future__ import annotations

from functools import cache

import numpy as np

from udfs import reference
from udfs.rating.ratios import Lines, ratio

# Months back in the order in which they are tried.
BEFORE = (12, 11, 13, 10, 14, 9, 15)


@cache
def trends() -> dict[str, dict[str, str]]:
    """The rows of the table of trends by code."""
    return {row["code"]: row for row in reference.rows("trends")}


def trend(code: str, lines: Lines, lines_before: Lines) -> np.ndarray:
    """A trend of each row, NaN where either year lacks what it needs."""
    row = trends()[code]
    now, before = ratio(row["of"], lines), ratio(row["of"], lines_before)
    if row["compared"] == "difference":
        return np.asarray(now - before)
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(before > 0, now / before - 1, np.nan)


def previous_accounts(client: np.ndarray, year_end: np.ndarray) -> np.ndarray:
    """For each row of accounts the row of the same client's year before, -1 where there is none."""
    month = year_end.astype("datetime64[M]").astype(np.int64)
    known = np.flatnonzero(~np.isnat(year_end))
    order = known[np.lexsort((year_end[known], client[known]))]
    # A client's months are kept apart from the next client's by a gap wider than any look back.
    span = int(np.ptp(month[known])) + 2 * max(BEFORE) if len(known) else 0
    key = client.astype(np.int64) * span + month
    sorted_keys = key[order]
    found = np.full(len(client), -1)
    for months in BEFORE:
        rows = known[found[known] < 0]
        place = np.searchsorted(sorted_keys, key[rows] - months, side="right") - 1
        hit = (place >= 0) & (sorted_keys[place] == key[rows] - months)
        found[rows[hit]] = order[place[hit]]
    return found


def lines_of(lines: Lines, rows: np.ndarray) -> dict[str, np.ndarray]:
    """The lines of chosen rows; row -1 has none of them."""
    return {name: np.append(values, np.nan)[rows] for name, values in lines.items()}
