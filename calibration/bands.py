"""Bands of one ratio, the better the higher, and their weight of evidence.

weight of evidence of a band = ln( share of the sound firms in it / share of the bankrupt ones )

Above 0 the band is safer than the file as a whole, 0 says nothing: that is what a missing ratio gets. The bands
start from 20 of equal size, with edges rounded to what a reader can remember. Neighbours are joined while a better
ratio would show a higher rate of bankruptcy, then while a band is too small, then, the least different first, down
to the number of bands wanted. A band that few bankrupt firms reached says less than it seems: 200 firms with the
file's own rate of bankruptcy are added to each, which draws its evidence towards 0.

>>> values = np.repeat([1.0, 2.0], 200)
>>> failed = np.concatenate([np.arange(200) < 150, np.arange(200) < 50])
>>> found = bands(values, failed, step=1.0, smallest=0.1, at_most=6)
>>> found.edges.tolist(), np.round(found.evidence, 2).tolist()  # ln((50 + 100) / (150 + 100)) = -0.51
([2.0], [-0.51, 0.51])
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

STARTING_BANDS = 20
AVERAGE_FIRMS = 200


@dataclass(frozen=True)
class Bands:
    """Inner edges, each the lower end of the next band, and the weight of evidence of each band."""

    edges: np.ndarray
    evidence: np.ndarray

    def of(self, values: np.ndarray) -> np.ndarray:
        """The weight of evidence of each value; 0 where the ratio is not known."""
        return np.where(np.isnan(values), 0.0, self.evidence[np.searchsorted(self.edges, values, side="right")])


def bands(values: np.ndarray, failed: np.ndarray, step: float, smallest: float, at_most: int) -> Bands:
    """Bands of a ratio by what happened to the firms; `smallest` is the least share of the firms in a band."""
    known = ~np.isnan(values)
    values, failed = values[known], failed[known]
    levels = np.quantile(values, np.linspace(0, 1, STARTING_BANDS + 1)[1:-1])
    edges = np.unique(np.round(np.round(levels / step) * step, 6)) + 0.0
    # Rounding may put an edge beyond the last firm on either side.
    edges = edges[(edges > values.min()) & (edges <= values.max())]
    place = np.searchsorted(edges, values, side="right")
    counts = np.column_stack([np.bincount(place[chosen], minlength=len(edges) + 1) for chosen in (~failed, failed)])
    while (pair := _next_to_join(counts, smallest * len(values), at_most)) is not None:
        counts[pair] += counts[pair + 1]
        counts, edges = np.delete(counts, pair + 1, axis=0), np.delete(edges, pair)
    return Bands(edges, _evidence(counts))


def _next_to_join(counts: np.ndarray, smallest: float, at_most: int) -> int | None:
    """The first of the two neighbours to join next, or None when the bands are as wanted."""
    if len(counts) == 1:
        return None
    rise, size = np.diff(_evidence(counts)), counts.sum(axis=1)
    if (rise <= 0).any():
        return int(np.argmin(rise))
    # What two neighbours lose together: the distance of their evidence, weighted by both sizes.
    loss = size[:-1] * size[1:] / (size[:-1] + size[1:]) * rise ** 2
    small = size < smallest
    if small.any():
        return int(np.argmin(np.where(small[:-1] | small[1:], loss, np.inf)))
    return int(np.argmin(loss)) if len(counts) > at_most else None


def _evidence(counts: np.ndarray) -> np.ndarray:
    counts = counts + AVERAGE_FIRMS * counts.sum(axis=0) / counts.sum()
    shares = counts / counts.sum(axis=0)
    return np.asarray(np.log(shares[:, 0] / shares[:, 1]))
