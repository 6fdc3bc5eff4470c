"""What a worksheet function raises: always a sentence that names the cause and the remedy.

>>> raise WrongArgument("errors.unreadable_date", value="31/02/2026")
Traceback (most recent call last):
...
udfs.errors.WrongArgument: "31/02/2026" is not a date. Write it as 2026-11-20 or 20/11/2026.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

from udfs.texts import say


class InWords(NamedTuple):
    """A value of a sentence that has other words in each language."""

    words: Callable[[str], str]


class CreditError(ValueError):
    """Parent of all our errors; `excel` is the true error that the cell shows.

    A value of the sentence may be a function, which is called when the sentence is asked for, or InWords.
    """

    excel = "#VALUE!"

    def __init__(self, code: str, **values: Any) -> None:
        super().__init__(code)
        self.code = code
        self.values = values

    def sentence(self, language: str = "en") -> str:
        """The cause and the remedy, in one language."""
        return say(self.code, language, **{name: _value(value, language) for name, value in self.values.items()})

    def __str__(self) -> str:
        return self.sentence()


def _value(value: Any, language: str) -> Any:
    if isinstance(value, InWords):
        return value.words(language)
    return value() if callable(value) else value


class WrongArgument(CreditError):
    """An argument that cannot be read or is out of its set."""


class OutOfRange(CreditError):
    """A number beyond what the rule allows, such as a rate above 1."""

    excel = "#NUM!"


class NotAvailable(CreditError):
    """The answer needs something that is not there: a book, a client, a rate."""

    excel = "#N/A"
