"""The yardstick of a call from a cell: a function that does nothing, declared as a user of xlwings would."""

from __future__ import annotations

import xlwings


@xlwings.func
def nothing(client, book):  # type: ignore[no-untyped-def]
    return 0.0
