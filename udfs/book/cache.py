"""What has been read once is not read again: tables by their cells, Books by their handle, both bounded.

A table is recognised before parsing by comparing its cells with those of the tables read last.
"""

from __future__ import annotations

from collections import OrderedDict
from typing import TYPE_CHECKING, Any

from udfs.tables.raw import RawTable
from udfs.tables.reading import read_table
from udfs.tables.table import Table

if TYPE_CHECKING:
    from udfs.book.book import Book

KEPT_BOOKS = 8
KEPT_CELLS = 20_000_000

_tables: list[tuple[tuple[Any, ...], tuple[tuple[Any, ...], ...], Table]] = []
_books: OrderedDict[str, Book] = OrderedDict()


def read(raw: RawTable, date_order: str = "", but: str = "") -> Table:
    """The table, from the cache when the same cells were read before.

    Only tuples, which is what Excel gives, are kept: a list could change behind our back.
    """
    if type(raw.rows) is not tuple:
        return read_table(raw, date_order, but)
    origin = (raw.name, raw.row_numbers, date_order, but)
    for place, (known_origin, rows, table) in enumerate(_tables):
        if len(rows) == len(raw.rows) and same((known_origin, rows), (origin, raw.rows)):
            _tables.append(_tables.pop(place))
            return table
    table = read_table(raw, date_order, but)
    if set(map(type, raw.rows)) != {tuple}:
        return table
    _tables.append((origin, raw.rows, table))
    while len(_tables) > 1 and sum(len(rows) * len(rows[0]) for _, rows, _ in _tables) > KEPT_CELLS:
        _tables.pop(0)
    return table


def same(known: Any, asked: Any) -> bool:
    """Whether all cells are equal; one that cannot be compared, such as an array, is not."""
    try:
        return bool(known == asked)
    except (TypeError, ValueError, ArithmeticError):
        return False


def keep(book: Book) -> None:
    """Remember a Book by its handle, forgetting the one used longest ago."""
    _books[book.id] = book
    _books.move_to_end(book.id)
    while len(_books) > KEPT_BOOKS:
        _books.popitem(last=False)


def book(identity: str) -> Book | None:
    """The Book of a handle, if this process still knows it."""
    found = _books.get(identity)
    if found is not None:
        _books.move_to_end(identity)
    return found


def forget() -> None:
    """Empty both caches."""
    _tables.clear()
    _books.clear()
