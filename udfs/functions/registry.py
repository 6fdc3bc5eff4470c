"""One declaration per worksheet function: from it come wrappers, wizard texts, the catalogue and the docs.

A function is declared by `@worksheet(family)` on a Python function in capitals; its arguments are read from
the signature and its help from the texts room `functions`. Functions of (client, book) are declared by
`@of_client(family)` on a function of a Book that returns one value a client, and take a code or a range.

>>> function = REGISTRY["CREDIT_LIMIT"]
>>> function.family, [argument.name for argument in function.arguments], function.of_client
('limit', ['client', 'book'], True)
>>> function.help("fr")[:29]
'Limite de crédit calculée pou'
"""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from udfs.errors import CreditError, NotAvailable
from udfs.functions.border import book_of, like, rows_of
from udfs.texts import has, say

FAMILIES = ("book", "rating", "limit", "exposure", "decision", "terms", "calculators")


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
        _declare(call, call, family, False, spills)
        return call

    return declare


def of_client(family: str) -> Callable[[Callable[..., Sequence[Any]]], Callable[..., Any]]:
    """Declare a function of (client, book): the decorated function answers for all clients of a Book."""
    assert family in FAMILIES

    def declare(column: Callable[..., Sequence[Any]]) -> Callable[..., Any]:
        @functools.wraps(column)
        def call(client: Any, book: Any, *options: Any) -> Any:
            found = book_of(book)
            values = column(found, *options)
            answers = [_of_one(code, found, values) for code in rows_of(client)]
            if isinstance(client, list | tuple) or hasattr(client, "tolist"):
                return like(client, answers)
            if isinstance(answers[0], CreditError):
                raise answers[0]
            return answers[0]

        _declare(column, call, family, True, False)
        return call

    return declare


def _of_one(code: Any, book: Any, values: Sequence[Any]) -> Any:
    """One client's answer, or the error that its cell shows."""
    place = book.clients.find(code) if code else None
    if place is not None:
        return values[place]
    if not code:
        return NotAvailable("errors.empty_client")
    return NotAvailable("errors.unknown_client", value=code, nearest=next(iter(book.clients.codes_like(code)), "–"))


def _declare(declared: Callable[..., Any], call: Callable[..., Any], family: str, by_client: bool, spills: bool
             ) -> None:
    parameters = list(inspect.signature(declared).parameters.values())
    arguments = [Argument(one.name, one.default is not one.empty, one.kind is one.VAR_POSITIONAL)
                 for one in parameters]
    if by_client:
        arguments = [Argument("client", False), Argument("book", False), *arguments[1:]]
    name = declared.__name__
    REGISTRY[name] = Function(name, family, tuple(arguments), call, by_client, spills)
