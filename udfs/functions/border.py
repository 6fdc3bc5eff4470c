"""The border with the sheet: what a cell or range gives, read tolerantly; what a function gives back.

>>> number("1 234,56", "amount"), number(None, "vat", 0.2)
(1234.56, 0.2)
>>> like([["C1"], ["C2"]], [1.0, 2.0])
[[1.0], [2.0]]
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable, Sequence
from itertools import islice
from typing import Any

import numpy as np

from udfs.book import cache
from udfs.book.book import Book
from udfs.errors import NotAvailable, OutOfRange, WrongArgument
from udfs.tables.amounts import read_amounts
from udfs.tables.cells import error_name, is_blank
from udfs.tables.issues import shown
from udfs.tables.policy import Policy, default_policy
from udfs.tables.raw import RawTable
from udfs.tables.schema import choices, plain
from udfs.tables.words import read_codes
from udfs.texts import LANGUAGES, has, say

ROWS = (list, tuple)


def book_of(value: Any) -> Book:
    """The Book itself, or the one whose handle the cell holds."""
    if isinstance(value, Book):
        return value
    value = only(value)
    match = re.search(r"\b[0-9a-f]{12}\b", str(value or ""))
    found = cache.book(match[0]) if match else None
    if found is None:
        raise NotAvailable("errors.unknown_book", value=shown(value))
    return found


def policy_of(value: Any) -> Policy:
    """The Policy of a Book, with the user's legal rates and terms; of an empty argument the reference one."""
    return default_policy() if is_blank(only(value)) else book_of(value).policy


def only(value: Any) -> Any:
    """The cell of a range of one cell, or the value itself; an error cell is refused."""
    while isinstance(value, list | tuple) and len(value) == 1:
        value = value[0]
    if error_name(value):
        raise NotAvailable("errors.unreadable_cell", value=error_name(value))
    return value


def listed(value: Any) -> Any:
    """A numpy or pandas column or cell as plain Python; anything else as it is."""
    if isinstance(value, np.ndarray | np.datetime64) and value.dtype.kind == "M":
        value = value.astype("datetime64[D]")
    return value.tolist() if hasattr(value, "tolist") else value


def flat(value: Any) -> list[Any]:
    """The cells of a range, row by row; of one cell, a list of one."""
    cells = [listed(value)]
    while any(issubclass(kind, ROWS) for kind in set(map(type, cells))):
        cells = [inner for cell in cells for inner in (cell if isinstance(cell, ROWS) else [cell])]
    return cells


def rows_of(client: Any) -> list[str]:
    """Client codes as text, from one cell, a row, a column or a range."""
    codes: list[str] = read_codes(flat(client))[0].tolist()
    return codes


def like(asked: Any, answers: Sequence[Any]) -> Any:
    """The answers in the shape that was asked: a flat list or a list of rows."""
    remaining = iter(answers)
    return [list(islice(remaining, len(row))) if isinstance(row, ROWS) else next(remaining) for row in listed(asked)]


def number(value: Any, argument: str, default: float | None = None, *, negative: bool = False,
           share: bool = False) -> float:
    """One number; empty takes the default. A `share` above 1 is refused; 20 % is 0.20."""
    value = only(value)
    if is_blank(value):
        if default is None:
            raise WrongArgument("errors.missing_argument", argument=argument)
        return default
    percent = share and isinstance(value, str) and "%" in value
    numbers, problems = read_amounts([value.replace("%", "") if percent else value])
    if any(not problem.severity for _, problem in problems) or np.isnan(numbers[0]):
        raise WrongArgument("errors.unreadable_number", argument=argument, value=shown(value))
    found = float(numbers[0]) / (100 if percent else 1)
    if found < 0 and not negative:
        raise OutOfRange("errors.negative", argument=argument, value=shown(value))
    if share and found > 1:
        raise OutOfRange("errors.above_one", argument=argument, value=shown(value))
    return found


def word(value: Any, argument: str, known: Sequence[str] | str, default: str = "", texts: str = "") -> str:
    """One code, of a list or of a choice set; empty takes the default.

    With `texts` the words of each code in both languages (`texts` + code) are understood too.
    """
    value = only(value)
    if is_blank(value):
        if not default:
            raise WrongArgument("errors.missing_argument", argument=argument)
        return default
    spellings = choices(known) if isinstance(known, str) else {plain(code): code for code in known}
    for language in LANGUAGES if texts else ():
        for code in known:
            if has(f"{texts}{code}", language):
                spellings.setdefault(plain(say(f"{texts}{code}", language)), code)
    found = spellings.get(plain(str(value)))
    if found is None:
        raise WrongArgument("errors.unknown_choice", value=shown(value),
                            known=", ".join(dict.fromkeys(spellings.values())))
    return found


def at_most(value: Any, argument: str) -> int | None:
    """How many rows are wanted, at least one; empty is all of them."""
    if is_blank(only(value)):
        return None
    found = int(number(value, argument))
    if not found:
        raise OutOfRange("errors.zero", argument=argument)
    return found


def client_place(value: Any, book: Book) -> int:
    """The place of one client, of a range the first; NotAvailable when it is empty or unknown."""
    return book.clients.place(next(iter(rows_of(value)), ""))


def spill(book: Book, columns: Sequence[str], rows: Iterable[Sequence[Any]], nothing: str = "", place: int = 0
          ) -> list[list[Any]]:
    """A heading row and rows of cells; where there are none one row says so, in the column at `place`."""
    language = book.policy.language
    cells = [[_cell(value) for value in row] for row in rows]
    if not cells:
        cells = [[say(nothing, language) if column == place else "" for column in range(len(columns))]]
    return [[say(f"book.column_{name}", language) for name in columns], *cells]


def _cell(value: Any) -> Any:
    """A value as a cell shows it; what is not known is empty."""
    if value is None or value != value:
        return ""
    return day(value) if isinstance(value, np.datetime64) else value


def day(value: np.datetime64) -> dt.date:
    """A day as Python and Excel understand it."""
    return dt.date.fromisoformat(str(value))


def raw_table(value: Any, place: int) -> RawTable | None:
    """A range, list of rows, DataFrame or RawTable as a table; an empty argument is none."""
    if isinstance(value, RawTable):
        return value
    if value is None or (isinstance(value, str) and not value.strip()):
        return None
    if hasattr(value, "columns") and hasattr(value, "itertuples"):
        return RawTable([[str(name) for name in value.columns], *map(list, value.itertuples(index=False))])
    if isinstance(value, np.ndarray) and value.ndim == 2:
        value = value.tolist()
    if not isinstance(value, list | tuple) or not all(isinstance(row, list | tuple) for row in value):
        raise WrongArgument("errors.not_a_table", place=place)
    return RawTable(value)
