"""The limit of a group, which caps what its members owe together: each member has what the others leave of it.

room = limit of the group - exposure of the other members, never below 0        (NaN where nothing caps)

A member may so use its own limit while the group has room; the group over its limit puts each member over its own.
Source: DOMAIN 1.5, group limit: the parent's limit caps the sum of the exposures, child then parent is checked.

Worked example: parent 50,000; members owe 18,000, 20,000 and 15,000, so 53,000; a fourth client stands alone.

>>> group, exposure = np.array([0, 0, 0, -1]), np.array([18_000.0, 20_000.0, 15_000.0, 9_000.0])
>>> exposures(group, exposure, 1).tolist()
[53000.0]
>>> room(group, np.array([50_000.0]), exposure).tolist()
[15000.0, 17000.0, 12000.0, nan]
"""

from __future__ import annotations

import numpy as np

from udfs.tables.columns import sum_by


def exposures(group: np.ndarray, exposure: np.ndarray, groups: int) -> np.ndarray:
    """What the members of each group owe together; `group` is each client's, -1 for none."""
    members = group >= 0
    return sum_by(group[members], exposure[members], groups)


def room(group: np.ndarray, limit: np.ndarray, exposure: np.ndarray) -> np.ndarray:
    """What the group leaves each member; `limit` is by group, NaN where it has none."""
    total = np.append(exposures(group, exposure, len(limit)), np.nan)
    return np.asarray(np.maximum(np.append(limit, np.nan)[group] - (total[group] - exposure), 0.0))
