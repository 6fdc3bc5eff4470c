"""Worksheet functions of the limit."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from udfs.book import explain, limit_methods
from udfs.book.book import Book
from udfs.book.each import Each
from udfs.book.limit_words import method_name, missing_words, stands_on
from udfs.book.reasons import binding_words
from udfs.errors import CreditError, NotAvailable, WrongArgument
from udfs.functions.border import book_of, client_place, only, spill
from udfs.functions.registry import of_client, worksheet
from udfs.limits.chosen import spellings
from udfs.tables.cells import is_blank
from udfs.tables.columns import round_cents
from udfs.tables.issues import shown
from udfs.tables.schema import plain
from udfs.texts import say


def amounts_or_error(amounts: np.ndarray, book: Book) -> list[Any]:
    """Amounts as floats; a client without a limit shows the error that says why."""
    answers: list[Any] = amounts.tolist()
    codes = book.clients.codes
    for client in np.flatnonzero(np.isnan(amounts)).tolist():
        answers[client] = NotAvailable("errors.no_limit", value=codes[client])
    return answers


@of_client("limit")
def CREDIT_LIMIT(book: Book, method: Any = None) -> Sequence[Any]:
    """The computed limit, rounded down to its step, or the amount by one method, as it is.

    NotAvailable when no term of it is known, or the method lacks an input.
    """
    if is_blank(only(method)):
        return amounts_or_error(book.limits.computed, book)
    return _by_method(_method(method, book), book)


@of_client("limit")
def LIMIT_IN_FORCE(book: Book) -> Sequence[Any]:
    """The granted limit while it is valid, else the computed one."""
    return amounts_or_error(book.limits.in_force, book)


@of_client("limit")
def LIMIT_BINDING(book: Book) -> Sequence[str]:
    """What the computed limit comes from, in words."""
    return Each(len(book.clients), lambda client: binding_words(book.limits.binding[client], book.policy.language))


@worksheet("limit", spills=True)
def LIMIT_METHODS(client: Any, book: Any) -> list[list[Any]]:
    """Every way to a limit for one client side by side, under a heading row."""
    found = book_of(book)
    return spill(found, limit_methods.COLUMNS, limit_methods.method_rows(found, client_place(client, found)))


@worksheet("limit", spills=True)
def CREDIT_EXPLAIN(client: Any, book: Any) -> list[list[Any]]:
    """The way from the inputs of one client to its limit and the levers, under a heading row."""
    found = book_of(book)
    return spill(found, explain.COLUMNS, explain.explain_rows(found, client_place(client, found)))


def method_sentence(book: Book, client: int, method: Any) -> str:
    """The sum behind the amount by one method; empty where none was asked for."""
    if is_blank(only(method)):
        return ""
    name, language = _method(method, book), book.policy.language
    words = method_name(name, language)
    return say("limits.by_method", language, method=words[:1].upper() + words[1:],
               amount=float(book.limits.amounts[name][client]), sum=stands_on(book, client, name))


def _method(value: Any, book: Book) -> str:
    """The code of a method, from its code or its name in either language."""
    methods = book.limits.methods
    found = spellings(methods).get(plain(str(only(value))))
    if found is None:
        raise WrongArgument("errors.unknown_choice", value=shown(only(value)), known=", ".join(methods))
    return found


def _by_method(name: str, book: Book) -> list[Any]:
    """The amount of each client; a client that lacks an input shows the error that says which."""
    # A column asks for each of its cells: one method is worked out once a Book.
    columns: dict[str, list[Any]] = vars(book).setdefault("limits_by_method", {})
    if name not in columns:
        amounts: list[Any] = round_cents(book.limits.amounts[name]).tolist()
        for client in np.flatnonzero(np.isnan(book.limits.amounts[name])).tolist():
            amounts[client] = _not_assessed(name, book, client)
        columns[name] = amounts
    return columns[name]


def _not_assessed(name: str, book: Book, client: int) -> CreditError:
    return NotAvailable("limits.not_assessed_of", client=book.clients.codes[client],
                        method=lambda: method_name(name, book.policy.language),
                        missing=lambda: missing_words(book, client, name))
