"""The overdue documents that a decision goes by: undisputed ones, and those of a formal notice or a late reminder."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from udfs.book.groups import Rows
from udfs.book.reminders import letters_sent
from udfs.exposure.ledger import Ledger
from udfs.tables.columns import last_date_by
from udfs.tables.words import same_code

if TYPE_CHECKING:
    from udfs.book.book import Book


def undisputed_late(ledger: Ledger) -> np.ndarray:
    """Documents that owe something late and undisputed."""
    return np.asarray((ledger.late > 0) & ~ledger.disputed)


def noticed(book: Book) -> np.ndarray:
    """Those that were due when a formal notice was sent."""
    letters, ledger = book.assembly.tables["Letters"], book.ledger
    notices = letters["kind"] == "formal_notice"
    last = last_date_by(book.assembly.client_of["Letters"][notices], letters["date"][notices], len(book.clients))
    return np.asarray(undisputed_late(ledger) & (ledger.due_date < last[ledger.client]))


def reminded(book: Book) -> np.ndarray:
    """Those of a reminder of the level that calls for a review; one that names no invoice meant all then due."""
    ledger, level = book.ledger, book.policy.number("decision_review_reminder_level")
    found = np.zeros(len(ledger.client), dtype=bool)
    if not level or not len(book.assembly.tables["Letters"]):
        return found
    sent = letters_sent(book.assembly)
    numbers, late = book.assembly.tables["Invoices"]["invoice"], np.flatnonzero(undisputed_late(ledger))
    of_client = Rows(ledger.client[late])
    for row in np.flatnonzero((book.assembly.tables["Letters"]["kind"] == "reminder") & (sent.level >= level)).tolist():
        own, named = late[of_client.of(int(sent.client[row]))], sent.invoices[row]
        own = own[ledger.due_date[own] < sent.date[row]]
        found[[one for one in own.tolist() if not named or same_code(numbers[one]) in named]] = True
    return found
