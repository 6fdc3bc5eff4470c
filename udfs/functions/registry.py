"""One declaration per worksheet function: from it come wrappers, wizard texts, the catalogue and the docs.

A function is declared by `@worksheet(family)` on a Python function in capitals; its arguments are read from
the signature and its help from the texts room `functions`. Functions of (client, book) are declared by
`@of_client(family)` on a function of a Book that returns one value a client, and take a code or a range.

>>> from udfs.functions import REGISTRY
>>> function = REGISTRY["CREDIT_LIMIT"]
>>> function.family, [argument.name for argument in function.arguments], function.of_client
('limit', ['client', 'book', 'method'], True)
>>> function.help("fr")[:29]
'Limite de crédit calculée pou'
"""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from udfs.book.book import Book
from udfs.errors import CreditError
from udfs.functions.border import book_of, like, listed, rows_of
from udfs.texts import has, say

FAMILIES = ("book", "portfolio", "rating", "limit", "exposure", "decision", "terms", "late", "calculators")
# Answers that are yearly rates or shares, told in per cent.
RATES = frozenset((
    "ECB_RATE", "LEGAL_RATE", "PENALTY_RATE", "PENALTY_FLOOR", "DISCOUNT_COST", "DISCOUNT_BREAK_EVEN",
    "CREDIT_UTILISATION", "GAP_DEPOSIT"))


@dataclass(frozen=True)
class Argument:
    """One argument; `repeated` stands for any number of them."""

    name: str
    optional: bool
    repeated: bool = False


@dataclass(frozen=True)
class Function:
    """One worksheet function."""

    name: str
    family: str
    arguments: tuple[Argument, ...]
    call: Callable[..., Any]
    of_client: bool
    spills: bool

    def help(self, language: str) -> str:
        """What the function answers, in one sentence."""
        return say(f"functions.{self.name}", language)

    def argument_help(self, name: str, language: str) -> str:
        """What an argument is; a text of its own wins over the one that functions share."""
        own = f"functions.{self.name}.{name}"
        return say(own if has(own, language) else f"functions.argument.{name}", language)

    def syntax(self, language: str = "en") -> str:
        """The formula as a user writes it; optional arguments in brackets."""
        names = [f"[{one.name}]" if one.optional else one.name + ("…" if one.repeated else "")
                 for one in self.arguments]
        return f"={self.name}({('; ' if language == 'fr' else ', ').join(names)})"


REGISTRY: dict[str, Function] = {}


def worksheet(family: str, spills: bool = False) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """Declare a worksheet function; `spills` when its answer is a list of rows."""
    assert family in FAMILIES

    def declare(call: Callable[..., Any]) -> Callable[..., Any]:
        _declare(call, family, False, spills)
        return call

    return declare


def of_client(family: str) -> Callable[[Callable[..., Sequence[Any]]], Callable[..., Any]]:
    """Declare a function of (client, book): the decorated function answers for all clients of a Book."""
    assert family in FAMILIES

    def declare(column: Callable[..., Sequence[Any]]) -> Callable[..., Any]:
        @functools.wraps(column)
        def call(client: Any, book: Any, *options: Any, **named: Any) -> Any:
            client, found = listed(client), book_of(book)
            plain = all(option is None for option in (*options, *named.values()))
            values = _kept(column, found) if plain else column(found, *options, **named)
            if isinstance(client, list | tuple):
                # A column of cells, as nearly every range is, has its shape by itself.
                if set(map(type, client)) == {tuple} and set(map(len, client)) == {1}:
                    codes = [code for code, in client]
                    known = found.clients.exact(codes)
                    answers = list(map(values.__getitem__, known)) if known else _answers(values, rows_of(codes), found)
                    return [[answer] for answer in answers]
                return like(client, _answers(values, rows_of(client), found))
            # A cell asks for one client, nearly always spelt as in the Book: that needs no reader of columns.
            place = found.clients.find(client) if type(client) is str and client.isascii() else None
            answer = _answers(values, rows_of(client), found)[0] if place is None else values[place]
            if isinstance(answer, CreditError):
                # One error may be raised for many cells: what one raise leaves behind must not pile up.
                raise answer.with_traceback(None)
            return answer

        _, *options = inspect.signature(column).parameters.values()
        either = inspect.Parameter.POSITIONAL_OR_KEYWORD
        call.__signature__ = inspect.Signature([  # type: ignore[attr-defined]
            *(inspect.Parameter(name, either) for name in ("client", "book")), *options])
        _declare(call, family, True, False)
        return call

    return declare


def _answers(values: Sequence[Any], codes: Sequence[str], book: Book) -> list[Any]:
    """The answer for each code; one that is no client's is an error."""
    places = list(map(book.clients.find, codes))
    if None not in places and "" not in codes:
        return [values[place] for place in places]  # type: ignore[index]
    return [values[place] if code and place is not None else book.clients.missing(code)
            for code, place in zip(codes, places, strict=True)]


def _kept(column: Callable[[Book], Sequence[Any]], book: Book) -> Sequence[Any]:
    """The column of a function without options, computed once a Book: a cell asks for one client, a sheet for all."""
    # On the Book itself, so that it goes when the Book goes.
    columns: dict[str, Sequence[Any]] = vars(book).setdefault("columns", {})
    if column.__name__ not in columns:
        columns[column.__name__] = column(book)
    return columns[column.__name__]


def _declare(call: Callable[..., Any], family: str, by_client: bool, spills: bool) -> None:
    arguments = tuple(Argument(one.name, one.default is not one.empty, one.kind is one.VAR_POSITIONAL)
                      for one in inspect.signature(call).parameters.values())
    REGISTRY[call.__name__] = Function(call.__name__, family, arguments, call, by_client, spills)
