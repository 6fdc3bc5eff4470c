"""What the client has already owed and paid back: the only proof of capacity when there are no accounts.

The highest exposure since repaid is the largest balance, on any day of the window, of invoices that have
since been settled, as it stands at the end of the day.
Source: DESIGN 6 (E1), DOMAIN 0.

>>> highest_repaid(client=np.array([0, 0]), invoiced_on=np.array(["2026-01-10", "2026-02-01"], "datetime64[D]"),
...     repaid_on=np.array(["2026-02-15", "2026-03-01"], "datetime64[D]"), amount=np.array([14000.0, 10000.0]),
...     since=np.datetime64("2026-01-01"), clients=1).tolist()
[24000.0]
"""

from __future__ import annotations

import numpy as np

from udfs.tables.columns import NOTHING


def highest_repaid(client: np.ndarray, invoiced_on: np.ndarray, repaid_on: np.ndarray, amount: np.ndarray,
                   since: np.datetime64, clients: int) -> np.ndarray:
    """Largest balance of settled amounts on any day from `since` on, by client (0 where none)."""
    known = ~np.isnat(repaid_on) & ~np.isnat(invoiced_on) & (repaid_on >= invoiced_on) & (repaid_on >= since)
    highest = np.zeros(clients)
    if not known.any():
        return highest
    owner = np.concatenate((client[known], client[known]))
    # What was invoiced before the window stands in it from its first day.
    day = np.concatenate((np.maximum(invoiced_on[known], since), repaid_on[known])).astype(np.int64)
    change = np.concatenate((amount[known], -amount[known]))
    order = np.argsort(owner * (int(day.max()) + 1) + day, kind="stable")
    owner, day, change = owner[order], day[order], change[order]
    balance = np.cumsum(change)
    first = np.flatnonzero(np.diff(owner, prepend=-1))
    start = np.concatenate(([0.0], balance))[first]
    balance = balance - np.repeat(start, np.diff(np.append(first, len(owner))))
    # Only the end of a day is a balance: within it the order of bookings is ours.
    last_of_day = np.append((np.diff(day) != 0) | (np.diff(owner) != 0), True)
    np.maximum.at(highest, owner[last_of_day], balance[last_of_day])
    return np.where(highest < NOTHING, 0.0, highest)
