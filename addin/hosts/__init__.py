"""Where a macro runs, behind one small protocol: a Book to read, a place for letters, a register to add to."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Protocol

from udfs.book.book import Book


class Host(Protocol):
    """What a macro may ask of the place where it runs."""

    @property
    def book(self) -> Book:
        """The Book of the host's tables."""

    @property
    def letters_folder(self) -> Path:
        """The folder that letters go to."""

    def record_letters(self, rows: Sequence[Mapping[str, Any]]) -> None:
        """Add rows to the register of letters, all or none."""
