"""Worksheet functions of a prospect, who is in no table: its grade and its limit, by what is known and its accounts."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from typing import Any

import numpy as np

from udfs.book import explain
from udfs.book.book import Book, read_as_of
from udfs.book.prospect import last_year_end, prospect
from udfs.book.rating_reasons import COLUMNS, reason_rows
from udfs.errors import WrongArgument
from udfs.functions.accounts import GivenAccounts, read_accounts
from udfs.functions.border import book_of, flat, only, spill
from udfs.functions.pairs import pairs
from udfs.functions.registry import worksheet
from udfs.tables.cells import is_blank, seen, written
from udfs.tables.issues import shown
from udfs.tables.schema import find_column, plain
from udfs.texts import LANGUAGES, say

AS_OF = "as_of"


@worksheet("rating", spills=True)
def PROSPECT_RATING(facts: Any, accounts: Any = None, book: Any = None) -> list[list[Any]]:
    """The grade of a prospect, and under it its reasons line by line, as RATING_REASONS tells those of a client.

    `facts` are rows of a column of the Clients table and what is known of it, and of `as of` with a day where there is
    no book. `accounts` are rows of a line, or a box of a tax return, and its amount. What was not read stands below.
    """
    rated, unread, found = _rated(facts, accounts, book)
    *reasons, grade = reason_rows(rated, 0)
    language = rated.policy.language
    remarks = [[say("financial.remark", language), "", "", "", "", told] for told in _told(rated, unread, found)]
    return spill(rated, COLUMNS, [grade, *reasons, *remarks])


@worksheet("limit", spills=True)
def PROSPECT_LIMIT(facts: Any, accounts: Any = None, book: Any = None) -> list[list[Any]]:
    """The way to the limit of a prospect and the levers, line by line, as CREDIT_EXPLAIN tells those of a client.

    `facts` and `accounts` are those of PROSPECT_RATING; what is sold is the fact `sales forecast`.
    """
    rated, _, _ = _rated(facts, accounts, book)
    return spill(rated, explain.COLUMNS, explain.explain_rows(rated, 0))


def _rated(facts: Any, accounts: Any, book: Any) -> tuple[Book, list[str], GivenAccounts | None]:
    """The Book of the prospect, the names among its facts that are none, and its accounts as they were read."""
    policy = None if is_blank(only(book)) else book_of(book)
    known, unread = _known(facts)
    day = read_as_of(only(known.pop(AS_OF))) if AS_OF in known else policy.as_of if policy else None
    if day is None:
        raise WrongArgument("financial.no_as_of")
    found = None if all(map(is_blank, flat(accounts))) or not pairs(accounts, "accounts") else read_accounts(accounts)
    return prospect(day, known, _columns(found), policy), unread, found


def _known(facts: Any) -> tuple[dict[str, Any], list[str]]:
    """The columns of Clients that are known, and the names that are none."""
    known: dict[str, Any] = {}
    unread = []
    for name, cell in () if all(map(is_blank, flat(facts))) else pairs(facts, "facts", labels=False):
        text = seen(written(name)).strip()
        column = AS_OF if plain(text) in _names_of_day() else find_column("Clients", text)
        if column in known:
            raise WrongArgument("financial.fact_twice", name=shown(name))
        if column is None:
            unread.append(shown(name))
        elif column != "client":
            known[column] = cell
    return known, unread


@cache
def _names_of_day() -> frozenset[str]:
    return frozenset(plain(text) for text in (AS_OF, *(say(f"financial.{AS_OF}", one) for one in LANGUAGES)))


def _columns(accounts: GivenAccounts | None) -> dict[str, Any]:
    if accounts is None:
        return {}
    return {**({} if np.isnat(accounts.year_end) else {"year_end": accounts.year_end}), **accounts.amounts}


def _told(book: Book, unread: list[str], accounts: GivenAccounts | None) -> Iterator[str]:
    """What of the facts and accounts was not read, and what was assumed."""
    language = book.policy.language
    unread = [*unread, *(accounts.unread if accounts else ())]
    if unread:
        yield say("financial.unread", language, unread=", ".join(unread))
    if accounts:
        yield from (remark.sentence(language) for remark in accounts.remarks)
        if np.isnat(accounts.year_end):
            yield say("financial.year_end_assumed", language, date=last_year_end(book.as_of))
    # Of one row there is no use in telling which.
    yield from (replace(issue, row=0, source="").sentence(language) for issue in book.issues
                if issue.table in ("Clients", "Accounts") and issue.severity != "info")
