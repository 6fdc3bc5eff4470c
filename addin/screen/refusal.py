"""A refusal on the command line: one sentence and exit code 1, in the language of the command."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import IO, Any

import click
from rich.console import Console
from rich.text import Text

from addin.hosts.user import system_language
from addin.screen.terminal import safe
from udfs.errors import CreditError
from udfs.texts import say

LANGUAGE = "credit-manager.language"


class Refused(click.ClickException):
    """An error of ours, as a command tells it."""

    def __init__(self, error: CreditError, language: str) -> None:
        super().__init__(error.sentence(language))
        self.language = language

    def show(self, file: IO[Any] | None = None) -> None:
        """On standard error, coloured where that is a terminal."""
        sentence = Text.assemble((say("cli.refused", self.language), "bold red"), " ", safe(self.message))
        Console(stderr=True, soft_wrap=True).print(sentence)


def speaks(language: str) -> None:
    """Have the running command refuse in this language, unless its option names another."""
    click.get_current_context().meta[LANGUAGE] = language


def refusing(command: Callable[..., Any]) -> Callable[..., Any]:
    """The command, with our errors told as refusals."""
    @functools.wraps(command)
    def run(*arguments: Any, **options: Any) -> Any:
        try:
            return command(*arguments, **options)
        except CreditError as error:
            told = options.get("language") or click.get_current_context().meta.get(LANGUAGE) or system_language()
            raise Refused(error, told or "en") from error
    return run
