"""Who the clients are: the rows of Clients, then a stub for each code that only the ledger knows.

Codes are matched ignoring case, width and inner blanks; a row that gives a client's name in place of its code is that
client's if no other has the name. A stub keeps its amounts in every total.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from functools import cached_property
from typing import Any

import numpy as np

from udfs.errors import NotAvailable
from udfs.tables.issues import Issue, shown
from udfs.tables.schema import plain
from udfs.tables.table import Table, empty_column
from udfs.tables.words import same_code


def _complete(columns: dict[str, np.ndarray], first: int, place: int) -> bool:
    """Take what the first row of a client lacks from a later one; whether the two agree.

    An accounting file knows the clients' names, the Clients table all the rest: both rows are one client.
    """
    agrees = True
    for name, values in columns.items():
        nothing = empty_column("Clients", name, 1)[0]
        own, other = values[first], values[place]
        if name == "client" or other == nothing or other != other:
            continue
        if own == nothing or own != own:
            values[first] = other
        elif own != other and not (name == "name" and plain(own) == plain(other)):
            agrees = False
    return agrees


class Clients:
    """Clients in a fixed order; every rule speaks of them by their place in it."""

    def __init__(self, table: Table | None) -> None:
        self.issues: list[Issue] = []
        self._given = table is not None
        table = Table("Clients") if table is None else table
        self._places: dict[str, int] = {}
        keep = np.ones(len(table), dtype=bool)
        rows: dict[str, int] = {}
        for place, code in enumerate(table["client"]):
            key = same_code(code)
            first = rows.setdefault(key, place)
            if first == place:
                self._places[key] = len(self._places)
                continue
            if keep.all():
                table = table.with_columns(**{name: values.copy() for name, values in table.columns.items()})
            keep[place] = False
            if not _complete(table.columns, first, place):
                self.issues.append(Issue("warning", "Clients", int(table.row_numbers[place]), "client", shown(code),
                                         "issues.duplicate_client", {"first": int(table.row_numbers[first])},
                                         table.source))
        self.table = table.where(keep)
        # Most codes are spelt as in Clients: those need no second look.
        self._exact = {code: place for place, code in enumerate(self.table["client"].tolist())}
        self._stubs: list[str] = []
        self._stub_names: list[str] = []

    def __len__(self) -> int:
        return len(self.table) + len(self._stubs)

    def places(self, table: Table) -> np.ndarray:
        """The place of each row's client; a code seen for the first time becomes a stub with one warning."""
        found, index = table.factor("client")
        present = np.bincount(index, minlength=len(found)) > 0
        places = np.zeros(len(found), dtype=np.int64)
        for at, code in enumerate(found):
            if not present[at]:
                continue
            if code in self._exact:
                places[at] = self._exact[code]
                continue
            key = same_code(code)
            if key not in self._places and key in self._by_name:
                self._places[key] = self._by_name[key]
            if key not in self._places:
                self._places[key] = len(self)
                self._stubs.append(code)
                row = int(np.argmax(index == at))
                name = str(table["client_name"][row]) if table.has("client_name") else ""
                self._stub_names.append(name)
                if self._given:
                    self.issues.append(Issue("warning", table.name, int(table.row_numbers[row]), "client", shown(code),
                                             "issues.unknown_client", {}, table.source))
            places[at] = self._exact[code] = self._places[key]
        return np.asarray(places[index])

    @cached_property
    def _by_name(self) -> dict[str, int]:
        """The place of each client whose name no other has: a ledger may know names where Clients has codes."""
        names = [same_code(name) for name in self.table["name"]]
        shared = Counter(names)
        return {name: place for place, name in enumerate(names) if name and shared[name] == 1}

    def find(self, code: str) -> int | None:
        """The place of one code, or None."""
        place = self._exact.get(code)
        return self._places.get(same_code(code)) if place is None else place

    def exact(self, codes: list[Any]) -> list[int]:
        """The places of cells that are all spelt as in Clients, as nearly every column is; else none of them."""
        try:
            places = list(map(self._exact.get, codes))
        except TypeError:  # a cell that is no code at all
            return []
        return [] if None in places else places  # type: ignore[return-value]

    def place(self, code: str) -> int:
        """The place of one code; an empty or unknown one is not available."""
        place = self.find(code) if code else None
        if place is None:
            raise self.missing(code)
        return place

    def missing(self, code: str) -> NotAvailable:
        """Why a code has no answer; the nearest one is looked for when the sentence is asked for."""
        if not code:
            return NotAvailable("errors.empty_client")
        return NotAvailable("errors.unknown_client", value=code,
                            nearest=lambda: next(iter(self.codes_like(code)), "–"))

    @property
    def codes(self) -> list[str]:
        """Codes as first written."""
        return [*self.table["client"].tolist(), *self._stubs]

    @property
    def names(self) -> list[str]:
        """Names, or the code where there is none."""
        names = [*self.table["name"].tolist(), *self._stub_names]
        return [name or code for name, code in zip(names, self.codes, strict=True)]

    @property
    def is_stub(self) -> np.ndarray:
        """Which clients stand in no Clients table."""
        return np.asarray(np.arange(len(self)) >= len(self.table))

    def column(self, name: str) -> np.ndarray:
        """A column of Clients for every client, empty for stubs."""
        column: np.ndarray = np.concatenate((self.table[name], empty_column("Clients", name, len(self._stubs))))
        return column

    def codes_like(self, code: str, count: int = 1) -> Iterable[str]:
        """The nearest codes, for a message."""
        import difflib

        return difflib.get_close_matches(code, self.codes, count, 0.0)
