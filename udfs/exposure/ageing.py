"""Ageing: what is open, by days past the due date; the columns add up to the balance of account 411.

Columns: not due, one for each band of `ageing_edges` (30 belongs to 1-30, due today is not due), credits not
applied (credit notes and unallocated payments, negative). Disputed items are in their band and shown again.

>>> bands = bands_of(np.array([-3.0, 0.0, 1.0, 30.0, 31.0, 200.0]), (0, 30, 60, 90, 180))
>>> bands.tolist()
[0, 0, 1, 1, 2, 5]
>>> band_names((0, 30, 60, 90, 180))
('not_due', '1-30', '31-60', '61-90', '91-180', '>180')
"""

from __future__ import annotations

import re
from itertools import pairwise

import numpy as np

from udfs.exposure.ledger import Ledger
from udfs.tables.columns import days_between


def read_edges(text: str) -> tuple[int, ...]:
    """The upper edges of the bands from policy text such as 0;30;60."""
    return tuple(sorted({int(edge) for edge in re.findall(r"\d+", text)} | {0}))


def band_names(edges: tuple[int, ...]) -> tuple[str, ...]:
    """Stable names of the bands."""
    inner = tuple(f"{low + 1}-{high}" for low, high in pairwise(edges))
    return ("not_due", *inner, f">{edges[-1]}")


def bands_of(days_past_due: np.ndarray, edges: tuple[int, ...]) -> np.ndarray:
    """The band of each item from its days past due."""
    return np.searchsorted(np.array(edges), days_past_due, side="left")


def ageing(ledger: Ledger, clients: int, edges: tuple[int, ...], since: np.ndarray) -> np.ndarray:
    """Open invoices by client (rows) and band (columns); `since` is the due date, or the invoice date."""
    rows = np.flatnonzero((ledger.open > 0) & (ledger.sign > 0))
    days = np.nan_to_num(days_between(since[rows], ledger.as_of))
    width = len(edges) + 1
    place = ledger.client[rows] * width + bands_of(days, edges)
    return np.bincount(place, weights=ledger.open[rows], minlength=clients * width).reshape(clients, width)
