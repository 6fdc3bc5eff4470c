"""Worksheet function of the policy test: what another policy would change over the whole portfolio."""

from __future__ import annotations

from typing import Any

from udfs.book.policy_test import policy_test_rows
from udfs.errors import WrongArgument
from udfs.functions.border import book_of, raw_table
from udfs.functions.registry import worksheet


@worksheet("portfolio", spills=True)
def POLICY_TEST(book: Any, policy: Any) -> list[list[Any]]:
    """The clients whose limit or decision changes under another Policy table, below a heading row and the total.

    `policy` are rows of key and value, with or without their heading row (list of rows, DataFrame or RawTable).
    Raises WrongArgument when it is no such table; a row of it that cannot be used is told in a row of the answer.
    """
    table = raw_table(policy, 2)
    if table is None:
        raise WrongArgument("errors.missing_argument", argument="policy")
    return policy_test_rows(book_of(book), table)
