"""The worksheet function that reads a French tax return into the lines of the Accounts table."""

from __future__ import annotations

from typing import Any

import numpy as np

from udfs.errors import OutOfRange
from udfs.functions.border import number, only, policy_of
from udfs.functions.pairs import pairs
from udfs.functions.registry import worksheet
from udfs.rating.liasse import Return, read_return
from udfs.tables.cells import is_blank
from udfs.tables.issues import shown
from udfs.tables.schema import SCHEMA
from udfs.texts import say

# The chart of accounts of these forms is that of 1982; no form is of a year after a hundred more.
FORM_YEARS = range(1983, 2100)


@worksheet("calculators", spills=True)
def LIASSE(boxes: Any, form_year: Any = None, book: Any = None) -> list[list[Any]]:
    """The lines of the Accounts table that the boxes of a return give, in its order; what is to be said stands below.

    `boxes` are rows of a box and its amount, a label between them or not. A line that is not known is empty.
    Raises WrongArgument where there is no box, or boxes of both sets of forms.

    >>> LIASSE([["FL", "1 000 000"], ["DL", 170_000]])[1]
    ['Turnover', 1000000.0]
    """
    language = policy_of(book).language
    found = _read(boxes, form_year)
    rows = [[SCHEMA["Accounts"][line].label(language), "" if np.isnan(amount) else amount]
            for line, amount in found.lines.items()]
    heading = [say(f"financial.column_{name}", language) for name in ("line", "amount")]
    return [heading, *rows, *([remark.sentence(language), ""] for remark in found.remarks)]


def _read(boxes: Any, form_year: Any) -> Return:
    rows = pairs(boxes, "boxes")
    year = None if is_blank(only(form_year)) else number(form_year, "form_year")
    if year is not None and year not in FORM_YEARS:
        raise OutOfRange("financial.form_year", value=shown(only(form_year)))
    return read_return([box for box, _ in rows], [amount for _, amount in rows], None if year is None else int(year))
