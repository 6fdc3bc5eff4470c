"""The file host: tables from files or folders, letters and their register in an output folder.

The register `Letters.csv` of the output folder counts with the Letters table of the input, so that what was
written once is not written again.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from functools import cached_property
from pathlib import Path
from typing import Any

from addin.letters import register
from addin.readers import load
from addin.readers.reading import Reading, joined
from udfs.book.book import Book
from udfs.errors import NotAvailable


class FileHost:
    """Files on disk; nothing of them is ever written to.

    Without a `letters_folder` no register is read. With `dated_today` the date, unless asked for, is today even
    for an accounting file: a letter is dated today, and today tells whether its payments are recent.
    """

    def __init__(self, sources: Sequence[Path], letters_folder: Path | None = None, as_of: str | None = None,
                 language: str = "", account: str = "411", dated_today: bool = False) -> None:
        self.sources, self.account, self.language = sources, account, language
        self._letters_folder, self._as_of, self._dated_today = letters_folder, as_of, dated_today

    @cached_property
    def reading(self) -> Reading:
        """The tables of the sources, and the register if it is not among them."""
        found = joined(load(source, self.account) for source in self.sources)
        if self._letters_folder is None:
            return found
        place = self.register.resolve()
        if not place.is_file():
            return found
        # Read in any case: a damaged register is refused, since without it every letter would go out again.
        sent = Reading((register.read(place),))
        among_sources = any(one.resolve() in (place, place.parent) for one in self.sources)
        return found if among_sources else joined((found, sent))

    @property
    def as_of(self) -> Any:
        """The date asked for, else that of a workbook of ours or the last day of an accounting file, else today."""
        if self._as_of or self._dated_today:
            return self._as_of or dt.date.today()
        return self.reading.as_of or self.reading.last_date or dt.date.today()

    @cached_property
    def book(self) -> Book:
        """The Book of the tables found, as of the date."""
        return Book(self.as_of, self.reading.tables, self.language, self.reading.issues)

    @property
    def letters_folder(self) -> Path:
        """The output folder."""
        if self._letters_folder is None:
            raise ValueError("a host without a letters folder writes no letters")
        return self._letters_folder

    @property
    def register(self) -> Path:
        """The register of letters in the output folder."""
        return self.letters_folder / register.FILE

    def append(self, table: str, rows: Sequence[Mapping[str, Any]]) -> None:
        """Add rows to the register; there is no place for another table beside files."""
        if table != "Letters":
            raise NotAvailable("macros.needs_workbook")
        register.append(self.register, rows)

    def recalculate(self, fully: bool = False) -> Sequence[str]:
        """Read the files again when next asked."""
        for known in ("reading", "book"):
            self.__dict__.pop(known, None)
        return ()
