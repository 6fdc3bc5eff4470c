"""What is really late: overdue items once the client's own money and what is not due yet are set apart.

Credit notes and payments that name no invoice are applied to the oldest open invoices (C.civ 1342-10): a client
who owes nothing on balance is not late. A retention is not due before its release. A residue below the minimum is
no delay. The aged balance and the exposure stay as the ledger has them; grades, decisions and letters go by this.

>>> day = lambda *texts: np.array(texts, "datetime64[D]")
>>> late_amounts(client=np.zeros(3, int), open_amount=np.array([100.0, 50.0, 70.0]),
...     overdue=np.array([True, True, False]), due_date=day("2026-01-31", "2026-02-28", "2026-12-31"),
...     credits=np.array([120.0]), retention=np.zeros(3), minimum=10).tolist()
[0.0, 30.0, 0.0]
"""

from __future__ import annotations

import numpy as np

from udfs.tables.columns import NOTHING, sum_by


def late_amounts(client: np.ndarray, open_amount: np.ndarray, overdue: np.ndarray, due_date: np.ndarray,
                 credits: np.ndarray, retention: np.ndarray, minimum: float) -> np.ndarray:
    """What each document owes that is late, 0 for credit notes (give them no open amount) and what is not due."""
    order = np.flatnonzero(open_amount)
    order = order[np.lexsort((due_date[order], client[order]))]
    owner, amounts = client[order], open_amount[order]
    before = np.concatenate(([0.0], np.cumsum(sum_by(client, open_amount, len(credits)))))
    running = np.cumsum(amounts) - before[owner]
    net = np.zeros(len(open_amount))
    net[order] = np.clip(running - np.maximum(credits, 0)[owner], 0, amounts)
    late = np.where(overdue, np.maximum(net - np.nan_to_num(retention), 0), 0.0)
    return np.where(late < minimum - NOTHING, 0.0, late)
