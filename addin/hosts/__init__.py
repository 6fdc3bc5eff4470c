"""Where a macro runs, behind small protocols: files, a workbook on disk, or the workbook open in Excel.

A macro asks all it must know before it writes anything: a question without a reply stops it (`Question`), and it
runs again from its top with one reply more.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

from udfs.book.book import Book

if TYPE_CHECKING:
    import datetime as dt

    from addin.ooxml.package import Package

# What a message box of Excel shows; the rest would be cut off without a word.
LONGEST_MESSAGE = 1000


class Question(Exception):
    """A question that waits for its reply: `ask` for a text, `confirm` for yes or no."""

    def __init__(self, kind: str, text: str, default: str = "") -> None:
        super().__init__(text)
        self.kind, self.text, self.default = kind, text, default


class Replies:
    """The replies of a user, in the order of the questions.

    >>> replies = Replies(["500", "yes"])
    >>> replies.ask("How much?"), replies.confirm("Sure?")
    ('500', True)
    >>> replies.ask("When?", "2026-11-28")
    Traceback (most recent call last):
    ...
    addin.hosts.Question: When?
    """

    def __init__(self, replies: Sequence[str] = ()) -> None:
        self._replies = deque(replies)

    def ask(self, text: str, default: str = "") -> str:
        """The user's answer in words."""
        return self._next("ask", text, default)

    def confirm(self, text: str) -> bool:
        """Whether the user says yes."""
        return self._next("confirm", text, "") == "yes"

    def _next(self, kind: str, text: str, default: str) -> str:
        if not self._replies:
            raise Question(kind, fitting(text), default)
        return self._replies.popleft()


class Formula(NamedTuple):
    """The formula of the selected cell, how to evaluate another one beside it, and the cell's place in its spill."""

    text: str
    evaluate: Callable[[str], Any]
    row: int = 0
    column: int = 0


class LetterHost(Protocol):
    """What writing letters needs: a Book, a folder, and a register of what was sent."""

    @property
    def book(self) -> Book:
        """The Book of the host's tables."""

    @property
    def language(self) -> str:
        """The language of sentences."""

    @property
    def letters_folder(self) -> Path:
        """The folder that letters go to."""

    def append(self, table: str, rows: Sequence[Mapping[str, Any]]) -> None:
        """Add rows to Letters or Journal, by the names of their columns, all or none; they are kept on return."""

    def recalculate(self, fully: bool = False) -> Sequence[str]:
        """Bring the answers up to date, or compute every one anew; gives the cells that could not be computed."""


class Host(LetterHost, Protocol):
    """A workbook of ours, on disk or open."""

    @property
    def workbook(self) -> str:
        """Its full name: a path, or an address in the cloud."""

    @property
    def program(self) -> str:
        """The program that holds it open, with its version and folder; empty for a file on disk."""

    @property
    def as_of(self) -> dt.date:
        """The date of its answers."""

    def set_as_of(self, day: dt.date) -> None:
        """Change the date of its answers, and the answers with it."""

    def selected_clients(self) -> list[str]:
        """The codes of the clients that the user means, as the Book writes them."""

    def selected_formula(self) -> Formula | None:
        """The formula in the selected cell, or whose answer spills into it."""

    def select(self, table: str, row: int, column: str) -> None:
        """Show one cell of a table: its row as the sheet numbers it (0: the heading), its column by name."""

    def show(self, sheet: str) -> None:
        """Bring a sheet to the front, by its code."""

    def show_client(self, code: str) -> None:
        """Show the card of a client."""

    def ask(self, text: str, default: str = "") -> str:
        """The user's answer in words."""

    def confirm(self, text: str) -> bool:
        """Whether the user says yes."""

    def open(self, path: Path) -> None:
        """Open a folder or a file before the user's eyes."""

    def copy(self) -> Package:
        """The workbook as it stands, apart from the original."""


def fitting(text: str) -> str:
    """The text, cut to what a message box shows."""
    return text if len(text) <= LONGEST_MESSAGE else text[:LONGEST_MESSAGE - 1].rstrip() + "…"
