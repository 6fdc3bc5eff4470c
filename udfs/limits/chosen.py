"""Which methods form the limit: the least of those that the policy names, for each kind of client.

With accounts: `limit_methods`; without accounts, for a client that has proven how it pays: `limit_methods_proven`; for
a new client: `limit_methods_new`. A method that is not assessed is skipped. `capacity` stands for each of its criteria,
so that the one that binds is named. Codes and their French and English words are understood.

A need up to the policy's `small_limit` is granted as it is to a client whose identity is known, that is not insolvent
and owes nothing late: insurers do not look at such amounts one by one either (DOMAIN 1.5).

>>> from udfs.limits.methods import METHODS
>>> chosen("besoin, actif net corporel; own_turnover", METHODS)
('need', 'net_worth', 'own_turnover')
>>> chosen("need; horoscope", METHODS) is None
True
>>> forming("capacity", METHODS)
('net_worth', 'turnover')
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

import numpy as np

from udfs.limits.methods import Method
from udfs.tables.schema import plain
from udfs.texts import LANGUAGES, has, say

# Policy key of each kind of client.
KEYS = {"accounts": "limit_methods", "proven": "limit_methods_proven", "new": "limit_methods_new"}


def chosen(text: str, methods: Mapping[str, Method]) -> tuple[str, ...] | None:
    """The methods that a text names, None where it names one that is none, or nothing."""
    known = spellings(methods)
    found = [known.get(plain(part)) for part in re.split(r"[;,|\n]", text) if part.strip()]
    names = tuple(dict.fromkeys(name for name in found if name))
    return names if names and None not in found else None


def spellings(methods: Mapping[str, Method]) -> dict[str, str]:
    """Each way to write a method, by its plain form."""
    words = {plain(say(f"limits.method_{name}", language)): name for language in LANGUAGES for name in methods
             if has(f"limits.method_{name}", language)}
    return {**words, **{plain(name): name for name in methods}}


def forming(names: Sequence[str] | str, methods: Mapping[str, Method]) -> tuple[str, ...]:
    """The methods with the criteria in place of the capacity."""
    names = (names,) if isinstance(names, str) else names
    criteria = methods["capacity"].inputs
    return tuple(dict.fromkeys(one for name in names for one in (criteria if name == "capacity" else (name,))))


def kinds(has_accounts: np.ndarray, proven: np.ndarray) -> dict[str, np.ndarray]:
    """Which clients each list of methods is for."""
    return {"accounts": has_accounts, "proven": ~has_accounts & proven, "new": ~has_accounts & ~proven}


def constraints(amounts: Mapping[str, np.ndarray], lists: Mapping[str, Sequence[str]],
                clients: Mapping[str, np.ndarray], small: np.ndarray) -> dict[str, np.ndarray]:
    """The amounts that form each client's limit, NaN where a method does not; of `small` ones the need alone."""
    found = {}
    for name, amount in amounts.items():
        of_kinds = [of_kind for kind, of_kind in clients.items() if name in lists[kind]]
        if of_kinds or (name == "need" and small.any()):
            forms = np.any([small & False, *of_kinds], axis=0)
            found[name] = np.where(np.where(small, name == "need", forms), amount, np.nan)
    return found
