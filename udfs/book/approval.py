"""Who must approve the limit that is about to be granted to a client of a Book, by its unsecured part.

Only what is in force today and covers all of the client's debts counts: no security of a single order or of a whole
group, no insurance that its insurer has reduced or cancelled or that a default has ended.
Rule: `udfs.decision.approval`.

>>> from udfs.tables.raw import RawTable
>>> invoices = [["client", "invoice", "date", "amount"], ["C1", "F1", "2026-11-02", 900.0]]
>>> policy = [["key", "value"], ["approval_ladder", "sales = 5000; finance = 50000"]]
>>> securities = [["client", "kind", "amount"], ["C1", "surety", 3000.0]]
>>> book = Book("2026-11-20", [RawTable(invoices), RawTable(policy), RawTable(securities)])
>>> [approval(book, 0, limit).level for limit in (8000.0, 8000.01)]
['sales', 'finance']
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from udfs.book.book import Book
from udfs.book.secured import CLIENT
from udfs.decision.approval import Insurance, approver, read_ladder, unsecured
from udfs.errors import OutOfRange


class Approval(NamedTuple):
    """Who must approve, whether that is the lowest level, and for how much at our own risk."""

    level: str
    lowest: bool
    unsecured: float


def approval(book: Book, client: int, granted: float) -> Approval | None:
    """The approval that a limit needs, None where the policy has no ladder."""
    ladder = read_ladder(book.policy.text("approval_ladder"))
    if not ladder:
        return None
    amount = unsecured_part(book, client, granted)
    found = approver(ladder, amount)
    if found is None:
        raise OutOfRange("macros.above_ladder", unsecured=amount, ceiling=ladder[-1].ceiling, level=ladder[-1].name)
    return Approval(found.name, found is ladder[0], amount)


def unsecured_part(book: Book, client: int, granted: float) -> float:
    """What a limit would leave at our own risk once it is fully used."""
    found, table = book.secured, book.assembly.tables["Securities"]
    own = (book.assembly.client_of["Securities"] == client) & (found.state == "") & (found.scope == CLIENT)
    insured, others = own & (found.contract >= 0), own & (found.contract < 0)
    cover = found.cover
    running = [row for row in found.contract[insured].tolist()
               if np.isnat(cover.notice[row]) and np.isnat(cover.default[row])]
    insurances = [Insurance(float(cover.amount[row]), float(cover.quota[row]), bool(cover.excl_vat[row]))
                  for row in running if not np.isnan(cover.amount[row])]
    secured = float((np.maximum(np.nan_to_num(table["amount"][others]), 0.0) * found.share[others]).sum())
    return round(unsecured(granted, float(book.vat_rate[client]), insurances, secured), 2)
