"""Bands of a measure: rows whose edges say where each begins and ends, and whether the edge itself belongs to it.

    above x: from x on, without x      at_least x: with x      below x: up to x, without x      up_to x: with x

An edge that is left empty is open. Bands that answer for a measure follow each other without gap or overlap, from the
least value there is to the greatest, so that each value has one answer.

>>> short = {"above": "", "at_least": "", "up_to": "30", "below": ""}
>>> long = {"above": "30", "at_least": "", "up_to": "", "below": ""}
>>> within(short, np.array([12.0, 30.0, 31.0, np.nan])).tolist()
[True, True, False, False]
>>> fault([long, short]), fault([{**long, "above": "40"}, short]), fault([short])
('', '30', '30')
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import numpy as np

FIRST, LAST = (float("-inf"), 0), (float("inf"), 1)


def within(band: Mapping[str, str], values: np.ndarray) -> np.ndarray:
    """Which values lie in a band; what is not known lies in none."""
    low = (values > float(band["above"])) if band["above"] else (values >= float(band["at_least"] or "-inf"))
    high = (values < float(band["below"])) if band["below"] else (values <= float(band["up_to"] or "inf"))
    return np.asarray(low & high)


def fault(bands: Iterable[Mapping[str, str]]) -> str:
    """The edge at which bands leave a gap or overlap, an empty text where they do not."""
    bands, reached = list(bands), FIRST
    for band in bands:
        for either, other in (("above", "at_least"), ("below", "up_to")):
            if band[either] and band[other]:
                return band[either]
    for low, high in sorted(map(_edges, bands)):
        if low != reached or high <= low:
            return f"{(low if reached == FIRST else reached)[0]:g}"
        reached = high
    return "" if reached == LAST else f"{reached[0]:g}"


def _edges(band: Mapping[str, str]) -> tuple[tuple[float, int], tuple[float, int]]:
    """Where a band begins and ends; an edge that belongs to what lies below it comes after one that does not."""
    low = (float(band["above"]), 1) if band["above"] else (float(band["at_least"] or "-inf"), 0)
    high = (float(band["below"]), 0) if band["below"] else (float(band["up_to"] or "inf"), 1)
    return low, high
