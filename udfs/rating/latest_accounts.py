"""The accounts of each client that a rating stands on: the latest that had closed by the day it looks from.

Worked example: the client has accounts of 2024 and 2025; in November 2025 those of 2024 are the latest.

>>> ends = np.array(["2024-12-31", "2025-12-31"], "datetime64[D]")
>>> latest_accounts(np.array([0, 0]), ends, np.datetime64("2025-11-20"), 2).tolist()
[0, -1]
"""

from __future__ import annotations

import numpy as np


def latest_accounts(client: np.ndarray, year_end: np.ndarray, as_of: np.datetime64, clients: int) -> np.ndarray:
    """For each client the row of its latest accounts closed by the as-of date, -1 where none."""
    known = np.flatnonzero(year_end <= as_of)
    order = known[np.argsort(year_end[known], kind="stable")]
    row = np.full(clients, -1)
    row[client[order]] = order
    return row
