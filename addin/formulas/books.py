"""Where the arguments of CREDIT_BOOK stand, so that an issue names the sheet and the row, as in Excel.

The engine gives a function values and not where they come from. So each call of CREDIT_BOOK gets one more
argument in front, its number; under that number stand the sheet, first row and first column of every
argument that is a range, and "" for one that is a value.
"""

from __future__ import annotations

from addin.formulas.tokens import Call

Places = tuple[tuple[str, int, int] | str, ...]


def places_of(call: Call) -> Places:
    """The places of a call's arguments."""
    return tuple((found.sheet, *found.first_cell) if found else "" for found in call.references) if call.texts else ()
