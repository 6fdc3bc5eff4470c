"""A table as it was found: rows of cells, heading lines included, nothing understood yet."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class RawTable:
    """Rows as a reader or Excel gives them.

    `name` is the sheet or file it came from and only a hint; `row_numbers` are the rows as the user
    sees them in that file (1, 2, 3 … when absent).
    """

    rows: Sequence[Sequence[Any]]
    name: str = ""
    row_numbers: Sequence[int] | None = None
