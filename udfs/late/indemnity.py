"""The fixed compensation for the cost of recovery: 40 EUR for each invoice paid late, once, by right.

compensation = late invoices × 40

None from a consumer, and none where an insolvency forbids payment at the due date. It is owed whatever the amount,
in one piece for an invoice paid in several; more may be asked for on proof. Source: C.com L441-10 II and D441-5;
`late_indemnity` of the policy, in EUR. Three invoices late, then with the judgment opened:

>>> from udfs.tables.policy import default_policy
>>> policy = default_policy()
>>> indemnity(np.array([3.0, 0.0]), policy).tolist(), indemnity(np.array([3.0]), policy, insolvent=True).tolist()
([120.0, 0.0], [0.0])
"""

from __future__ import annotations

from typing import Any

import numpy as np

from udfs.tables.policy import Policy

Column = np.ndarray[Any, Any]


def indemnity(late_invoices: Column, policy: Policy, insolvent: Any = False, buyer: Any = "company") -> Column:
    """The compensation of each row, from how many of its invoices are late."""
    owed = np.logical_not(insolvent) & (np.asarray(buyer) != "consumer")
    found: Column = np.where(owed, late_invoices * policy.number("late_indemnity"), 0.0)
    return found
