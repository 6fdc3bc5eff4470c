"""Further criteria of the capacity: any line of accounts, with the most that each grade allows of it.

The policy's `capacity_criteria` names them, each with a share by grade from the best to the worst:

    equity = 30 % / 20 % / 10 % / 0 %; purchases = 5 % / 4 % / 2 % / 0 %

Source: My DSO Manager and its twin tools, any criterion with one share by grade; leanpay, a share of the purchases by
the score (DOMAIN 1.1, 1.4 L2), whose percentages are not published.

>>> read_criteria("capitaux propres = 30 % / 20 % / 10 % / 0; working capital = 10/10/5/0", 4)
{'equity': (0.3, 0.2, 0.1, 0.0), 'working_capital': (0.1, 0.1, 0.05, 0.0)}
>>> read_criteria("equity = 30 %", 4) is None
True
"""

from __future__ import annotations

import re

from udfs.tables.amounts import read_amounts
from udfs.tables.schema import SCHEMA, find_column, plain

WORKING_CAPITAL = "working_capital"
WORDS_OF_WORKING_CAPITAL = frozenset(("workingcapital", "fondsderoulement", "fr"))


def read_criteria(text: str, grades: int) -> dict[str, tuple[float, ...]] | None:
    """Shares by line of accounts; None where the text names no line or has not one share for each grade."""
    criteria = {}
    for part in filter(None, map(str.strip, re.split(r"[;\n]", text))):
        name, _, shares = part.partition("=")
        line = _line(name)
        found = [_share(share) for share in shares.split("/")]
        if line is None or len(found) != grades or not all(0 <= share <= 1 for share in found):
            return None
        criteria[line] = tuple(found)
    return criteria


def _line(name: str) -> str | None:
    if plain(name) in WORDS_OF_WORKING_CAPITAL:
        return WORKING_CAPITAL
    line = find_column("Accounts", name.strip())
    return line if line and SCHEMA["Accounts"][line].type == "amount" else None


def _share(text: str) -> float:
    """30 %, 30 and 0.3 are all 30 %; NaN where it is no number."""
    number = float(read_amounts([text.replace("%", "").strip()])[0][0])
    return number / 100 if "%" in text or number > 1 else number
