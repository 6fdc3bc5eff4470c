"""The groups among the clients, what caps them, and what that leaves each member.

Clients with the same `group` are one group, the client whose code it is among them. Its limit is the one granted to
that client while it is valid, else the policy's `group_limit`; one company alone is no group.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from udfs.book.assembly import Assembly
from udfs.book.grants import Grants
from udfs.limits import group as rules
from udfs.limits import limit as in_force
from udfs.tables.words import same_code

ALONE = -1


@dataclass(frozen=True)
class Groups:
    """By client: its group, -1 for none, and the room that it leaves.

    By group: its code, its limit, whether that was granted to the parent, its exposure.
    """

    of: np.ndarray
    room: np.ndarray
    codes: list[str]
    limit: np.ndarray
    of_parent: np.ndarray
    exposure: np.ndarray


def groups(book: Assembly, grants: Grants, exposure: np.ndarray) -> Groups:
    """The groups as of the Book's date."""
    clients, named, codes = book.clients, book.clients.column("group").tolist(), book.clients.codes
    keys = [""] * len(codes)
    written: dict[str, str] = {}
    for client, code in enumerate(named):
        if not code:
            continue
        # A group is called after its parent, whichever way a member spells it, and the parent need not name itself.
        parent = clients.find(code)
        first = code if parent is None else codes[parent]
        keys[client] = same_code(first)
        written.setdefault(keys[client], first)
        if parent is not None and not named[parent]:
            keys[parent] = keys[client]
    found, of, members = np.unique(np.array([*keys, ""], dtype=str), return_inverse=True, return_counts=True)
    together = (members > 1) & (found != "")
    place = np.where(together, np.cumsum(together) - 1, ALONE)[of[:len(keys)]]
    names = [written[key] for key in found[together].tolist()]
    limit, of_parent = _limits(book, grants, names)
    return Groups(place, rules.room(place, limit, exposure), names, limit, of_parent,
                  rules.exposures(place, exposure, len(names)))


def _limits(book: Assembly, grants: Grants, codes: list[str]) -> tuple[np.ndarray, np.ndarray]:
    own = book.policy.optional("group_limit")
    granted, valid, _ = in_force.in_force(np.full(len(book.clients), np.nan), grants.amount, grants.granted_on,
                                          grants.valid_until, book.as_of)
    limits = np.full(len(codes), np.nan if own is None else own)
    of_parent = np.zeros(len(codes), dtype=bool)
    for place, code in enumerate(codes):
        parent = book.clients.find(code)
        if parent is not None and valid[parent]:
            limits[place], of_parent[place] = granted[parent], True
    return limits, of_parent
