"""Worksheet function of the back-test: what the grades of an earlier day have been worth."""

from __future__ import annotations

from typing import Any

from udfs.book.back_test import back_test_rows
from udfs.errors import OutOfRange
from udfs.functions.border import at_most, book_of
from udfs.functions.registry import worksheet

MONTHS, LONGEST = 12, 120


@worksheet("rating", spills=True)
def BACK_TEST(book: Any, months: Any = None) -> list[list[Any]]:
    """The grades of `months` (12) months ago against what was paid since, a row a grade under a heading row.

    Raises OutOfRange for months that are not 1 to 120.
    """
    back = at_most(months, "months") or MONTHS
    if back > LONGEST:
        raise OutOfRange("portfolio.months_too_many", value=back, most=LONGEST)
    return back_test_rows(book_of(book), back)
