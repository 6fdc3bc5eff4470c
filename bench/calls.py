"""Worksheet functions: a column call against a scalar one, and a column of due dates."""

from __future__ import annotations

import numpy as np

from bench.measure import Row, Task, best
from bench.portfolio import AS_OF, Sheet, client_table, invoices
from bench.size import INVOICES_OF_A_CLIENT, Size
from udfs import CREDIT_BOOK, CREDIT_LIMIT
from udfs.terms.due_dates import due_date_column

SCALAR_CALLS = 100
WORDINGS = ("{} jours", "{} days net", "{} jours fin de mois", "fin de mois {} jours", "{} j FDM le 10")


def column(size: Size) -> list[Row]:
    """The limits of all clients in one call; in Excel a spilled column."""
    clients = size.invoices // INVOICES_OF_A_CLIENT
    handle = CREDIT_BOOK(AS_OF, Sheet(invoices(size.invoices, clients)).value2(),
                         Sheet(client_table(clients)).value2())
    codes = Sheet([row[:1] for row in client_table(clients)[1:]])
    one = codes.value2()[-1][0]
    CREDIT_LIMIT(one, handle)
    ours, theirs = best(Task(lambda cells: CREDIT_LIMIT(cells, handle), lambda: (codes.value2(),)),
                        Task(lambda: CREDIT_LIMIT(one, handle), times=SCALAR_CALLS), turns=size.turns)
    return [Row(f"CREDIT_LIMIT of {clients:,} clients in one column call", ours, "one scalar call, same warm handle",
                theirs, 200)]


def due_dates(size: Size) -> list[Row]:
    """Due dates of a column whose rows name one of many terms, against adding 30 days to every date."""
    chance = np.random.default_rng(20261120)
    dates = np.datetime64("2024-01-01") + chance.integers(0, 1000, size.dates)
    wordings = [WORDINGS[number % len(WORDINGS)].format(number // len(WORDINGS) + 1) for number in range(size.terms)]
    terms = np.array(wordings, dtype=object)[chance.integers(0, size.terms, size.dates)]
    assert not due_date_column(dates, terms)[1].any(), "each wording must be one that is understood"
    ours, theirs = best(Task(lambda: due_date_column(dates, terms)),
                        Task(lambda: dates + np.timedelta64(30, "D")), turns=size.turns)
    return [Row(f"{size.dates:,} due dates under {size.terms} different terms", ours, "numpy: adding 30 days to each",
                theirs)]
