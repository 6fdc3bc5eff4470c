"""Capacity: what the client's finances can bear, by its grade.

capacity = least over criteria of share(grade) x base; criteria: tangible net worth, turnover, and any line of accounts
that the policy adds.

A missing base is "not assessed" (NaN), never 0 or infinite; a negative base gives 0. Nothing assessed gives NaN.
Source: My DSO Manager, DOMAIN 1.2: grade B, 80,000 x 35 % = 28,000 and 700,000 x 5 % = 35,000.

>>> capacities({"net_worth": np.array([80_000.0]), "turnover": np.array([700_000.0])},
...            {"net_worth": np.array([0.35]), "turnover": np.array([0.05])})
{'net_worth': array([28000.]), 'turnover': array([35000.])}
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np


def share_of(base: np.ndarray, share: np.ndarray, behaviour: np.ndarray | float = 1.0) -> np.ndarray:
    """A share of a base that is worth nothing when negative; `behaviour` multiplies it where the policy says so."""
    return np.asarray(np.maximum(base, 0) * share * behaviour)


def capacities(bases: Mapping[str, np.ndarray], shares: Mapping[str, np.ndarray]) -> dict[str, np.ndarray]:
    """The amount that each criterion allows, NaN where its base is not assessed."""
    return {name: share_of(base, shares[name]) for name, base in bases.items()}
