"""The rows of one client, document or other group, found without looking at all rows each time.

>>> rows = Rows(np.array([1, 0, 1]))
>>> rows.of(1).tolist(), rows.of(7).tolist()
([0, 2], [])
"""

from __future__ import annotations

import numpy as np


class Rows:
    """The rows of each group, in their order; `group` is the group of each row."""

    def __init__(self, group: np.ndarray) -> None:
        self._order = np.argsort(group, kind="stable")
        self._sorted = group[self._order]

    def of(self, group: int) -> np.ndarray:
        """The rows of one group."""
        start, end = np.searchsorted(self._sorted, (group, group + 1))
        return np.asarray(self._order[start:end])
