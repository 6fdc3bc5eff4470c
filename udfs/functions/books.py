"""Worksheet functions of the Book itself: build it, list its faults, sum it up, show the portfolio and its figures."""

from __future__ import annotations

import datetime as dt
from typing import Any

import numpy as np

from udfs.book import cache
from udfs.book.book import Book
from udfs.book.figures import FIGURES
from udfs.book.figures import figure as figure_of
from udfs.book.issue_list import issue_rows
from udfs.book.portfolio import portfolio_rows
from udfs.book.summary import summary_rows
from udfs.functions.border import at_most, book_of, day, only, raw_table, word
from udfs.functions.registry import worksheet


@worksheet("book")
def CREDIT_BOOK(as_of: Any, *table: Any) -> str:
    """Read the tables, in any order, as of a date; the handle that the other functions take.

    `table` is a range with its heading row (list of rows, DataFrame or RawTable); only an invoice list must
    be among them. Raises WrongArgument when as_of is no date or no invoice list is found.
    """
    found = (raw_table(one, place) for place, one in enumerate(table, start=2))
    book = Book(only(as_of), [raw for raw in found if raw is not None])
    known = cache.book(book.id)
    if known is None:
        cache.keep(book)
    return (known or book).handle


@worksheet("book", spills=True)
def BOOK_ISSUES(book: Any) -> list[list[Any]]:
    """Every fault found in the tables, errors first, under a heading row."""
    return issue_rows(book_of(book))


@worksheet("book", spills=True)
def BOOK_SUMMARY(book: Any) -> list[list[Any]]:
    """Rows read, used and refused, totals, and the tie-out, as label and value."""
    return summary_rows(book_of(book))


@worksheet("book", spills=True)
def CREDIT_TABLE(book: Any, columns: Any = None, sort_by: Any = None, filter: Any = None, rows: Any = None
                 ) -> list[list[Any]]:
    """The portfolio, a row a client under a heading row.

    `columns` are names separated by commas or a range; `sort_by` one of them, with a minus for the largest
    first; `filter` conditions such as "decision=BLOCK, exposure>10000", all of which must hold; at most `rows` rows.
    """
    return portfolio_rows(book_of(book), columns, only(sort_by), only(filter), at_most(rows, "rows"))


@worksheet("book")
def BOOK_FIGURE(book: Any, figure: Any) -> float | dt.date:
    """One figure of the Book by its name, or by its words in either language.

    "Since the last working day" is from that day on. Raises WrongArgument with all names for one that is none of
    them, and NotAvailable for what the tables do not tell, such as the last payment of a ledger without any.
    """
    found = figure_of(book_of(book), figure_named(figure))
    return day(found) if isinstance(found, np.datetime64) else found


def figure_named(value: Any) -> str:
    """A figure by its name, or by its words in either language."""
    return word(value, "figure", tuple(FIGURES), texts="book.figure_")
