"""Lines of accounts as a user gives them: names of the Accounts table in either language, or boxes of a tax return.

Where one row is a box and nothing else, a name that is both, such as CA, is a box. Rows that are no line are no
fault, a heading for one: what holds an amount and is not read is told with the score.

>>> found = read_accounts([["Capitaux propres", "142 000"], ["turnover", 1e6], ["Effectif", 15]])
>>> found.amounts, found.unread
({'equity': 142000.0, 'turnover': 1000000.0}, ('Effectif',))
>>> read_accounts([["CA", 4000.0], ["DL", 142000.0]]).amounts["equity"]
142000.0
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, partial
from typing import Any

import numpy as np

from udfs.errors import InWords, NotAvailable, WrongArgument
from udfs.functions.pairs import Pair, pairs
from udfs.rating.liasse import Remark, read_return
from udfs.rating.liasse_boxes import box_of
from udfs.tables.amounts import read_amounts
from udfs.tables.cells import error_name, seen, written
from udfs.tables.dates import read_dates
from udfs.tables.issues import shown
from udfs.tables.schema import SCHEMA, find_column, plain
from udfs.texts import LANGUAGES, say

# Of what shares are worth on the market no return tells, and only the score of listed firms needs it.
MARKET_VALUE = "market_value"
NUMBERS = frozenset(name for name, spec in SCHEMA["Accounts"].items() if spec.type in ("amount", "count"))


@dataclass(frozen=True)
class GivenAccounts:
    """One year of accounts: the amounts known by line, its last day, the activity, and what was not read."""

    amounts: Mapping[str, float]
    year_end: np.datetime64
    naf: str
    unread: tuple[str, ...]
    remarks: tuple[Remark, ...]

    @property
    def lines(self) -> dict[str, np.ndarray]:
        """A row of accounts, as the rules take it."""
        return {name: np.array([self.amounts.get(name, np.nan)]) for name in (*sorted(NUMBERS), MARKET_VALUE)}


def read_accounts(value: Any) -> GivenAccounts:
    """The accounts of a range of two columns, the line or box and its amount."""
    rows = pairs(value, "accounts")
    named = [_line_of(name) for name, _ in rows]
    boxes = any(box_of(name) and not line for (name, _), line in zip(rows, named, strict=True))
    if boxes:
        named = ["" if box_of(name) else line for (name, _), line in zip(rows, named, strict=True)]
    if not boxes and not any(line in NUMBERS for line in named):
        raise WrongArgument("financial.no_line")
    amounts, remarks = _amounts([(row, line) for row, line in zip(rows, named, strict=True) if line in NUMBERS
                                 or line == MARKET_VALUE])
    others = [row for row, line in zip(rows, named, strict=True) if not line]
    unread: tuple[str, ...] = ()
    if boxes:
        found = read_return([code for code, _ in others], [amount for _, amount in others])
        remarks = (*remarks, *found.remarks)
        for line, amount in found.lines.items():
            if not np.isnan(amount) and amounts.setdefault(line, amount) != amount:
                raise _twice(line, amounts[line], amount)
    else:
        holding = ~np.isnan(read_amounts([cell for _, cell in others])[0])
        unread = tuple(shown(name) for (name, _), amount in zip(others, holding, strict=True) if amount)
    by_line = {line: cell for (_, cell), line in zip(rows, named, strict=True)}
    return GivenAccounts(amounts, _day(by_line.get("year_end")), written(by_line.get("naf", "")).strip(), unread,
                         remarks)


def line_label(line: str, language: str) -> str:
    """The name of a line as the sheet heads it."""
    spec = SCHEMA["Accounts"].get(line)
    return spec.label(language) if spec else say(f"financial.{line}", language)


def _line_of(name: Any) -> str:
    """The column of Accounts that a name means, the market value or the activity; empty for anything else."""
    text = seen(written(name)).strip()
    if plain(text) in _market_names():
        return MARKET_VALUE
    return find_column("Accounts", text) or ("naf" if find_column("Clients", text) == "naf" else "")


@cache
def _market_names() -> frozenset[str]:
    return frozenset(plain(text) for text in (
        MARKET_VALUE, *(say(f"financial.{MARKET_VALUE}", language) for language in LANGUAGES)))


def _amounts(rows: list[tuple[Pair, str]]) -> tuple[dict[str, float], tuple[Remark, ...]]:
    """The amount of each line; a line given twice with two amounts, or that is none, is refused."""
    cells = [cell for (_, cell), _ in rows]
    numbers, problems = read_amounts(cells)
    remarks = []
    for row, problem in problems:
        if error_name(cells[row]):
            raise NotAvailable("errors.unreadable_cell", value=error_name(cells[row]))
        if problem.severity:
            remarks.append(Remark("liasse.decimal_sign_assumed", {"value": shown(cells[row])}))
        else:
            raise WrongArgument("errors.unreadable_number", argument=shown(rows[row][0][0]), value=shown(cells[row]))
    found: dict[str, float] = {}
    for (_, line), amount in zip(rows, numbers.tolist(), strict=True):
        if amount == amount and found.setdefault(line, amount) != amount:
            raise _twice(line, found[line], amount)
    return found, tuple(remarks)


def _twice(line: str, first: float, second: float) -> WrongArgument:
    return WrongArgument("financial.line_twice", line=InWords(partial(line_label, line)), first=first, second=second)


def _day(cell: Any) -> np.datetime64:
    days, problems = read_dates([cell], "day_first")
    if problems:
        raise WrongArgument("errors.unreadable_date", value=shown(cell))
    return np.datetime64(days[0], "D")
