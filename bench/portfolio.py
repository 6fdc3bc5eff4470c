"""A portfolio of any size with a fixed seed: invoices as rows of cells, dates as serials, as Excel gives them."""

from __future__ import annotations

import marshal
import random
from collections.abc import Sequence
from typing import Any

HEADINGS = ["client", "invoice", "date", "due_date", "amount", "kind", "terms", "order", "paid_date", "currency",
            "disputed", "amount_excl_vat"]
AS_OF = 46346.0  # 2026-11-20
# Later versions of marshal write equal texts once; this one gives every cell back as an object of its own.
CELL_BY_CELL = 2


class Sheet:
    """A range as Excel hands it over: tuples of tuples, made anew at each call, no cell shared with another.

    >>> sheet = Sheet([["client"], ["C1"], ["C1"]])
    >>> first, second = sheet.value2()[1:]
    >>> first == second, first[0] is second[0]
    (True, False)
    """

    def __init__(self, rows: Sequence[Sequence[Any]]) -> None:
        self._packed = marshal.dumps(tuple(map(tuple, rows)), CELL_BY_CELL)

    def value2(self) -> tuple[tuple[Any, ...], ...]:
        """The cells, in memory that no earlier reading has warmed."""
        found: tuple[tuple[Any, ...], ...] = marshal.loads(self._packed)
        return found


def invoices(count: int, clients: int) -> list[list[Any]]:
    """A heading row and `count` invoices over 24 months; four in five are paid."""
    chance = random.Random(20261120)
    rows: list[list[Any]] = [list(HEADINGS)]
    for number in range(count):
        date = AS_OF - chance.randrange(730)
        due = date + chance.choice((30.0, 45.0, 60.0))
        paid = due + chance.randrange(-10, 40)
        settled = paid < AS_OF and chance.random() < 0.95
        amount = round(chance.uniform(50, 5000), 2)
        rows.append([f"C{chance.randrange(clients):05d}", f"F{number:07d}", date, due, amount,
                     "credit_note" if chance.random() < 0.02 else "invoice", None, None,
                     paid if settled else None, "EUR", "x" if chance.random() < 0.02 else None,
                     round(amount / 1.2, 2)])
    return rows


def client_table(clients: int) -> list[list[Any]]:
    """A heading row and the clients."""
    chance = random.Random(48)
    rows: list[list[Any]] = [["client", "name", "terms", "customer_since", "founded", "legal_form", "granted_limit"]]
    rows += [[f"C{number:05d}", f"Client {number}", chance.choice(("30 jours", "45 jours fin de mois", "60 jours")),
              AS_OF - chance.randrange(4000), AS_OF - chance.randrange(9000),
              chance.choice(("sarl", "sas", "sa")), chance.choice((None, 5000.0, 20000.0))]
             for number in range(clients)]
    return rows
