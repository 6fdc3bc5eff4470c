"""The terminal: tables with colours, or plain lines into a file.

Everything that came from a cell is printed as text: no markup, no control character reaches the terminal.
"""

from __future__ import annotations

import datetime as dt
import json
import math
import sys
from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path
from typing import Any, TypeVar

import numpy as np
from rich.console import Console
from rich.containers import Lines
from rich.text import Text

from addin.letters import safe_text
from udfs.texts import say
from udfs.texts.writing import date, number

Answer = TypeVar("Answer")
COLOURS = {"BLOCK": "bold red", "REVIEW": "yellow", "WARN": "cyan", "RELEASE": "green",
           "D": "bold red", "C": "yellow", "error": "red", "erreur": "red", "warning": "yellow", "alerte": "yellow"}
PIPE_WIDTH = 200
safe = partial(safe_text.safe, longest=1000)
# Private characters of one column, which rich takes for letters.
HIDDEN = str.maketrans("\u00a0\u202f", "\ue000\ue001")
SHOWN = str.maketrans("\ue000\ue001", "\u00a0\u202f")


class Unbroken(Text):
    """Text whose lines never end at a no-break space, where rich would end them: 28 000,00 € stays whole."""

    def wrap(self, *arguments: Any, **options: Any) -> Lines:
        """Lines of at most the width."""
        hidden = self.copy()
        hidden.plain = self.plain.translate(HIDDEN)
        lines = hidden.wrap(*arguments, **options)
        for line in lines:
            line.plain = line.plain.translate(SHOWN)
        return lines

    def join(self, lines: Iterable[Text]) -> Text:
        """The lines with this text between them."""
        first, *others = lines
        return Unbroken.assemble(first, *(part for line in others for part in (self, line)))


def console() -> Console:
    """Standard output; a file or pipe gets wide lines instead of a narrow terminal's."""
    found = Console(highlight=False, emoji=False, markup=False)
    return found if found.is_terminal else Console(highlight=False, emoji=False, markup=False, width=PIPE_WIDTH)


def busy(code: str, language: str, work: Callable[[], Answer]) -> Answer:
    """Do something long under a spinner on standard error."""
    with Console(stderr=True).status(say(code, language or "en")):
        return work()


def money(amount: float, language: str) -> str:
    """An amount without its currency."""
    return number(amount, language, decimals=2)


def whole(value: Any, language: str) -> Text:
    """A cell whose amount is rounded half-up to whole units, for a small terminal."""
    if not isinstance(value, float):
        return cell(value, language)
    rounded = math.copysign(math.floor(abs(value) + 0.5), value) + 0.0
    return Unbroken(number(rounded, language), style="red" if rounded < 0 else "")


def cell(value: Any, language: str) -> Text:
    """A cell as the terminal shows it."""
    if isinstance(value, float):
        return Unbroken(money(value, language), style="red" if value < 0 else "")
    text = date(value, language) if isinstance(value, np.datetime64) else safe(value)
    return Unbroken(text, style=COLOURS.get(text, ""))


def print_json(found: dict[str, Any]) -> None:
    """Plain data on standard output."""
    json.dump(found, sys.stdout, ensure_ascii=False, indent=2, default=_plain)
    sys.stdout.write("\n")


def _plain(value: Any) -> Any:
    return str(value) if isinstance(value, Path | np.datetime64 | dt.date) else value.item()
