"""Sums written as an accountant writes them, for the tables of reference: `equity + provisions? - fixed_assets`.

A question mark stands after what most accounts do not show: it counts where it is given.

>>> terms("equity - intangibles - unpaid_capital?")
(Term(sign=1, name='equity', optional=False),
 Term(sign=-1, name='intangibles', optional=False),
 Term(sign=-1, name='unpaid_capital', optional=True))
"""

from __future__ import annotations

from functools import cache
from typing import NamedTuple


class Term(NamedTuple):
    """One term of a sum: its sign, the name of its line, and whether the line may be left out."""

    sign: int
    name: str
    optional: bool


@cache
def terms(text: str) -> tuple[Term, ...]:
    """The terms of a sum, in the order written."""
    words = ["+", *text.split()]
    return tuple(Term(1 if sign == "+" else -1, name.removesuffix("?"), name.endswith("?"))
                 for sign, name in zip(words[::2], words[1::2], strict=True))
