"""Lettering of a ledger: which credit settles which debit, to the cent.

Within one client, account and letter, a refund first cancels the latest payment of exactly its amount (a
payment that bounced must not look as if it had settled an invoice); then credits settle debits, oldest first.
What a group lacks or has too much stays open: groups need not net to zero, and codes may be used again.

Worked example: invoices of 100 and 50, a payment of 120 under the same letter.

>>> items = [Item("invoice", "C1", "411", "A", dt.date(2026, 1, 5), 10_000, "F1", 1),
...          Item("invoice", "C1", "411", "A", dt.date(2026, 2, 5), 5_000, "F2", 2),
...          Item("payment", "C1", "411", "A", dt.date(2026, 3, 1), -12_000, "BQ", 3)]
>>> [(match.debit.reference, match.credit.reference, match.cents) for match in settle(items)]
[('F1', 'BQ', 10000), ('F2', 'BQ', 2000)]
>>> [item.left for item in items]
[0, 3000, 0]
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator
from dataclasses import dataclass


@dataclass(slots=True, eq=False)
class Item:
    """A document or a movement of money; `cents` is what it adds to what the client owes.

    `kind` is invoice or refund (cents > 0), credit_note or payment (cents < 0); `settled` is never negative;
    `line` is its first line in the file.
    """

    kind: str
    client: str
    account: str
    letter: str
    day: dt.date
    cents: int
    reference: str
    line: int
    settled: int = 0

    @property
    def left(self) -> int:
        """What is not settled yet, without sign."""
        return abs(self.cents) - self.settled


@dataclass(frozen=True, slots=True)
class Match:
    """Part of a credit that settles part of a debit."""

    debit: Item
    credit: Item
    cents: int


def settle(items: Iterable[Item]) -> list[Match]:
    """Every match of every lettered group; the items know then what is settled."""
    groups: dict[tuple[str, str, str], list[Item]] = {}
    for item in items:
        if item.letter:
            groups.setdefault((item.client, item.account, item.letter), []).append(item)
    matches: list[Match] = []
    for group in groups.values():
        if len(group) > 1:
            group.sort(key=lambda item: (item.day, item.line))
            matches += _cancelled(group)
            matches += _oldest_first(group)
    return matches


def _cancelled(group: list[Item]) -> Iterator[Match]:
    """Refunds with the payment that they give back whole."""
    paid: dict[int, list[Item]] = {}
    for item in group:
        if item.kind == "payment":
            paid.setdefault(item.left, []).append(item)
        elif item.kind == "refund" and paid.get(item.left):
            yield _match(item, paid[item.left].pop())


def _oldest_first(group: list[Item]) -> Iterator[Match]:
    debits = iter([item for item in group if item.cents > 0 and item.left])
    debit = next(debits, None)
    for credit in group:
        while debit and credit.cents < 0 and credit.left:
            yield _match(debit, credit)
            if not debit.left:
                debit = next(debits, None)


def _match(debit: Item, credit: Item) -> Match:
    cents = min(debit.left, credit.left)
    debit.settled += cents
    credit.settled += cents
    return Match(debit, credit, cents)
