"""The exposure item by item: what each securities contract can and cannot cover.

An item is an open invoice, a bill or cheque in transit, what is delivered and not invoiced of an order (net of its
deposit), or what is still to deliver of it, each as the exposure weighs it. The items of a client less its credits
(credit notes, unallocated payments) are its exposure.

Units: `amount` in the reporting currency incl. VAT; `excl_vat` the part of it that is not VAT. An empty `shipped` is
not known yet; `due` is empty where nothing is overdue; `order` is the row of Orders, or -1.
"""

from __future__ import annotations

from dataclasses import dataclass, fields

import numpy as np


@dataclass(frozen=True)
class Items:
    """One row an item, in columns."""

    client: np.ndarray
    amount: np.ndarray
    excl_vat: np.ndarray
    shipped: np.ndarray
    ordered: np.ndarray
    due: np.ndarray
    declared: np.ndarray
    disputed: np.ndarray
    order: np.ndarray
    delivered: np.ndarray

    def where(self, mask: np.ndarray) -> Items:
        """The items of the mask only."""
        return Items(**{one.name: getattr(self, one.name)[mask] for one in fields(self)})


def joined(parts: list[Items]) -> Items:
    """Several lists of items as one."""
    return Items(**{one.name: np.concatenate([getattr(part, one.name) for part in parts]) for one in fields(Items)})
