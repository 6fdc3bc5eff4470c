"""The group of each client, by the column `group` of Clients.

Clients with the same group are one group, together with the client whose code it is, whichever way it is spelt; a
client without a group that no other names is alone in its own.

>>> from udfs.tables.raw import RawTable
>>> from udfs.book.assembly import assemble
>>> invoices = [["client", "invoice", "date", "amount"], ["C2", "F1", "2026-11-02", 100.0]]
>>> clients = [["client", "group"], ["C1", ""], ["C2", "c1"], ["C3", "Other"], ["C4", "C1"]]
>>> group_of(assemble(np.datetime64("2026-11-20"), [RawTable(invoices), RawTable(clients)]).clients).tolist()
[0, 0, 2, 0]
"""

from __future__ import annotations

import numpy as np

from udfs.book.clients import Clients
from udfs.tables.cells import distinct
from udfs.tables.words import same_code


def group_of(clients: Clients) -> np.ndarray:
    """The place of the first member of each client's group."""
    codes = clients.codes
    parents = [clients.find(group) if group else own for own, group in enumerate(clients.column("group").tolist())]
    keys = [same_code(group if parent is None else codes[parent])
            for parent, group in zip(parents, clients.column("group").tolist(), strict=True)]
    _, index = distinct(keys)
    return np.asarray(np.unique(index, return_index=True)[1][index])
