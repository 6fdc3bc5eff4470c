"""What is read once is not read again, what changed always is, and neither cache grows without end."""

from __future__ import annotations

from typing import Any

import pytest

from udfs.book import cache
from udfs.book.book import Book
from udfs.book.summary import balance
from udfs.tables import reading
from udfs.tables.raw import RawTable

AS_OF = "2026-11-20"


@pytest.fixture
def counted(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The names of the tables that were truly read, in their order."""
    cache.forget()
    read: list[str] = []

    def count(raw: RawTable, *options: Any) -> Any:
        read.append(raw.name)
        return reading.read_table(raw, *options)

    monkeypatch.setattr(cache, "read_table", count)
    return read


def tables(amount: float = 1234.56) -> list[RawTable]:
    """Invoices, their payments and clients in new tuples of new cells, as each call from Excel brings them."""
    ledger = [["client", "invoice", "date", "amount"], ["C1", "F1", "2026-10-01", amount], ["C2", "F2", 46296.0, 100.0]]
    paid = [["client", "invoice", "date", "amount", "maturity"], ["C1", "F1", "2026-11-02", 34.56, None]]
    clients = [["client", "name"], ["C1", "Dupont SARL"], ["C2", "Martin SAS"]]
    return [RawTable(tuple(map(tuple, rows)), name) for rows, name in
            ((ledger, "Invoices"), (paid, "Payments"), (clients, "Clients"))]


def test_unchanged_tables_are_not_read_again(counted: list[str]) -> None:
    """Equal cells in new tuples are recognised, one changed cell is not, and the answers are right both times."""
    assert balance(Book(AS_OF, tables())) == 1300.0
    assert counted == ["Invoices", "Payments", "Clients"]
    assert balance(Book(AS_OF, tables())) == 1300.0
    assert len(counted) == 3
    assert balance(Book(AS_OF, tables(1234.57))) == 1300.01
    assert counted[3:] == ["Invoices"]
    assert balance(Book("2026-11-01", tables())) == 1334.56
    assert len(counted) == 4


def test_a_list_changed_in_place_is_read_again(counted: list[str]) -> None:
    """A list, alone or inside a tuple, is never taken for what it was."""
    rows = [["client", "invoice", "date", "amount"], ["C1", "F1", "2026-10-01", 100.0]]
    for table in (RawTable(rows), RawTable(tuple(rows))):
        rows[1][3] = 100.0
        assert balance(Book(AS_OF, [table])) == 100.0
        rows[1][3] = 250.0
        assert balance(Book(AS_OF, [table])) == 250.0
    assert len(counted) == 4


def test_the_caches_are_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    """The tables kept hold so many cells at most, the Books kept are so many; the oldest go first."""
    cache.forget()
    monkeypatch.setattr(cache, "KEPT_CELLS", 40)
    books = []
    for place in range(20):
        rows = (("client", "invoice", "date", "amount"), ("C1", "F1", "2026-10-01", float(place)))
        book = Book(AS_OF, [RawTable(rows)])
        cache.keep(book)
        books.append(book)
        assert sum(len(rows) * len(rows[0]) for _, rows, _ in cache._tables) <= 40
    assert len(cache._books) == cache.KEPT_BOOKS
    assert cache.book(books[0].id) is None
    assert cache.book(books[-1].id) is books[-1]
    cache.forget()
    assert cache.book(books[-1].id) is None
