"""*Recalculate*: every answer anew from the tables as they stand."""

from __future__ import annotations

from collections.abc import Sequence

from addin.hosts import Host
from udfs.texts import say

SHOWN_CELLS = 5


def recalculate(host: Host) -> str:
    """Recalculate the workbook, and tell what it now stands on."""
    return recalculated_sentence(host, host.recalculate(fully=True))


def recalculated_sentence(host: Host, left: Sequence[str]) -> str:
    """What the answers stand on, and the cells that could not be computed."""
    book = host.book
    told = say("macros.recalculated", host.language, as_of=book.as_of, clients=len(book.clients),
               invoices=len(book.ledger.amount), count=len(book.faults))
    if left:
        told += " " + say("macros.not_evaluated", host.language, count=len(left),
                          cells=", ".join(left[:SHOWN_CELLS]) + (" …" if len(left) > SHOWN_CELLS else ""))
    return told
