"""A table read: numpy columns under canonical names, the rows they came from, and the issues.

Dates are datetime64[D] (NaT empty), amounts float64 (NaN empty, which is not 0), codes and texts object
arrays ("" empty), flags bool. A column that the user does not have reads as all empty.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

import numpy as np

from udfs.tables.cells import distinct
from udfs.tables.issues import Issue
from udfs.tables.schema import SCHEMA

EMPTY_OF_TYPE: dict[str, Any] = {"amount": np.nan, "share": np.nan, "number": np.nan, "count": np.nan,
                 "date": np.datetime64("NaT", "D"), "flag": False}
DTYPES: dict[str, Any] = {"amount": np.float64, "share": np.float64, "number": np.float64, "count": np.float64,
          "date": "datetime64[D]", "flag": bool}


@dataclass(frozen=True, eq=False)
class Table:
    """One table of a Book. `rows_read` counts the rows that are not blank; those refused are in `issues`.

    `unique` names columns known to hold no text twice, `factors` has columns as distinct texts and places.
    """

    name: str
    columns: dict[str, np.ndarray] = field(default_factory=dict)
    row_numbers: np.ndarray = field(default_factory=lambda: np.zeros(0, dtype=np.int64))
    rows_read: int = 0
    issues: tuple[Issue, ...] = ()
    source: str = ""
    unique: frozenset[str] = frozenset()
    factors: dict[str, tuple[list[str], np.ndarray]] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.row_numbers)

    def __getitem__(self, column: str) -> np.ndarray:
        """The column; all empty if the user's table does not have it."""
        found = self.columns.get(column)
        return empty_column(self.name, column, len(self)) if found is None else found

    def has(self, column: str) -> bool:
        """Whether the user's table has the column."""
        return column in self.columns

    def where(self, mask: np.ndarray) -> Table:
        """The same table with the rows of the mask only."""
        if mask.all():
            return self
        return replace(self, columns={name: values[mask] for name, values in self.columns.items()},
                       row_numbers=self.row_numbers[mask],
                       factors={name: (texts, places[mask]) for name, (texts, places) in self.factors.items()})

    def at(self, rows: np.ndarray) -> Table:
        """The rows at those places in that order; one may come several times."""
        return replace(self, columns={name: values[rows] for name, values in self.columns.items()},
                       row_numbers=self.row_numbers[rows], unique=frozenset(),
                       factors={name: (texts, places[rows]) for name, (texts, places) in self.factors.items()})

    def with_columns(self, **columns: np.ndarray) -> Table:
        """The same table with columns replaced or added."""
        kept = {name: factor for name, factor in self.factors.items() if name not in columns}
        return replace(self, columns={**self.columns, **columns}, unique=self.unique - columns.keys(), factors=kept)

    def factor(self, column: str) -> tuple[list[str], np.ndarray]:
        """The distinct texts of a column and, for each row, the place of its text in them."""
        if column not in self.columns:
            return [""], np.zeros(len(self), np.int64)
        found = self.factors.get(column)
        return distinct(self[column].tolist()) if found is None else found

    def with_issues(self, issues: list[Issue]) -> Table:
        """The same table with more issues."""
        return replace(self, issues=(*self.issues, *issues)) if issues else self

    @cached_property
    def digest(self) -> bytes:
        """A hash of the parsed content: the same in every process, whatever the spelling of the cells."""
        content = hashlib.blake2b(self.name.encode(), digest_size=16)
        for name in sorted(self.columns):
            values = self.columns[name]
            if values.dtype == object:
                together = "\x1f".join(values.tolist())
                empty = not together.strip("\x1f")
                if together.count("\x1f") >= len(values):
                    together = repr(values.tolist())
                part = together.encode("utf-8", "surrogatepass")
            else:
                part = np.ascontiguousarray(values).tobytes()
                empty = not (values == values).any() if values.dtype != bool else not values.any()
            # A column with nothing in it says no more than none.
            if not empty:
                content.update(f"\x1e{name}\x1e".encode() + part)
        content.update(str(self.rows_read).encode())
        return content.digest()


def empty_column(table: str, column: str, length: int) -> np.ndarray:
    """A column with nothing in it, of the type that the schema declares."""
    kind = SCHEMA[table][column].type.partition(":")[0]
    if kind not in DTYPES:
        return np.full(length, "", dtype=object)
    column_of: np.ndarray = np.full(length, EMPTY_OF_TYPE[kind], dtype=DTYPES[kind])
    return column_of


def joined(tables: list[Table]) -> Table:
    """Several tables of one name as one, in their order: two invoice files make one ledger."""
    if len(tables) == 1:
        return tables[0]
    names = dict.fromkeys(name for table in tables for name in table.columns)
    return Table(tables[0].name,
                 {name: np.concatenate([table[name] for table in tables]) for name in names},
                 np.concatenate([table.row_numbers for table in tables]),
                 sum(table.rows_read for table in tables),
                 tuple(issue for table in tables for issue in table.issues),
                 " + ".join(dict.fromkeys(filter(None, (table.source for table in tables)))))
