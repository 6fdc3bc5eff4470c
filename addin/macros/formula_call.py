"""Our function in a formula, and the text of its arguments, found without evaluating anything.

Texts in quotes, sheet names in apostrophes and names of columns in brackets are stepped over: a bracket or a comma
in them is none.

>>> first_call('=IFERROR(CREDIT_LIMIT(A2,Book)*2,"none, (yet)")')
Call(name='CREDIT_LIMIT', arguments=('A2', 'Book'))
>>> first_call("=SUM('CREDIT_LIMIT(2026)'!A1)") is None
True
>>> first_call('=AGEING(Book,Clients[[#Data],[a,b)]],"x""y")').arguments
('Book', 'Clients[[#Data],[a,b)]]', '"x""y"')
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from udfs.functions import REGISTRY

_QUOTED = re.compile(r'"(?:[^"]|"")*"|\'(?:[^\']|\'\')*\'')
_NAME = re.compile(r"[A-Za-z_\\][A-Za-z0-9_.\\]*")


class Call(NamedTuple):
    """A function and its arguments as they are written."""

    name: str
    arguments: tuple[str, ...]


def first_call(formula: str) -> Call | None:
    """The first of our functions in a formula, from its left; None when there is none."""
    tokens = list(_tokens(formula))
    for place, (name, _) in enumerate(tokens[:-1]):
        if name.upper() in REGISTRY and tokens[place + 1][0] == "(":
            return Call(name.upper(), _arguments(formula, tokens[place + 1:]))
    return None


def _arguments(formula: str, tokens: list[tuple[str, int]]) -> tuple[str, ...]:
    """What stands between the bracket that opens the tokens and its fellow, cut at the commas of that level."""
    found, depth, start = [], 0, tokens[0][1] + 1
    for token, at in tokens:
        depth += (token in "({") - (token in ")}")
        if (token == "," and depth == 1) or depth == 0:
            found.append(formula[start:at].strip())
            start = at + 1
        if depth == 0:
            break
    return () if found == [""] else tuple(found)


def _tokens(formula: str) -> Iterator[tuple[str, int]]:
    """Names, and single signs, each with its place; what is quoted or in square brackets is one token."""
    at = 0
    while at < len(formula):
        found = _QUOTED.match(formula, at) or _NAME.match(formula, at)
        end = found.end() if found else _bracketed(formula, at) if formula[at] == "[" else at + 1
        yield formula[at:end], at
        at = end


def _bracketed(formula: str, start: int) -> int:
    """The end of [a column], brackets in brackets included; an apostrophe there hides the sign behind it."""
    depth, at = 0, start
    while at < len(formula):
        if formula[at] == "'":
            at += 1
        else:
            depth += (formula[at] == "[") - (formula[at] == "]")
        at += 1
        if depth == 0:
            break
    return at
