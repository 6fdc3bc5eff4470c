"""Which client gets which letter today: the ladder, the last letter, and what holds a letter back.

An item counts when it is overdue, undisputed, not promised for a later day and in no payment plan. A client
gets the step after the last one sent (levels are never skipped) once its oldest item is as late as that step
asks, the last letter is an interval old, and what is due after its credits reaches the minimum. Insolvency
stops every letter. Source: DOMAIN 0 and 7.1, DESIGN 6.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from udfs.exposure.ledger import Ledger
from udfs.tables.columns import CENT, NOTHING, sum_by
from udfs.tables.words import same_code

NEVER: np.datetime64 = np.datetime64("NaT", "D")


@dataclass(frozen=True)
class Step:
    """One step of the ladder."""

    level: int
    kind: str
    days_late: int
    deadline_days: int = 8


@dataclass(frozen=True)
class Reminder:
    """One letter that is due: the client, the step, the documents it lists, and what is netted.

    `last_level` and `last_date` are of the letter before it on the ladder.
    """

    client: int
    step: Step
    documents: np.ndarray
    amount: float
    credits: float
    last_level: int
    last_date: np.datetime64


@dataclass(frozen=True)
class LettersSent:
    """The register as columns: client, date, level, and the invoice numbers named in each letter."""

    client: np.ndarray
    date: np.ndarray
    level: np.ndarray
    invoices: Sequence[frozenset[str]]


def reminders_due(ledger: Ledger, numbers: np.ndarray, claims: np.ndarray, held: np.ndarray, credits: np.ndarray,
                  stopped: np.ndarray, sent: LettersSent, steps: Sequence[Step], interval_days: int,
                  minimum: float) -> list[Reminder]:
    """The letters due at the ledger's as-of date, the largest amount first.

    `numbers` are the documents' invoice numbers, `claims` what each may be asked to pay, `held` the documents
    promised, in a plan or sold to a factor; `credits` by client are credit notes and unallocated payments
    (positive), `stopped` clients who get no letter.
    """
    counts = ledger.is_overdue & ~ledger.disputed & ~held & (claims >= CENT)
    owed = sum_by(ledger.client[counts], claims[counts], len(stopped)) - credits
    candidates = (owed > minimum - NOTHING) & ~stopped
    documents = np.flatnonzero(counts & candidates[ledger.client])
    documents = documents[np.lexsort((ledger.due_date[documents], ledger.client[documents]))]
    # What the client's own credits cover, and residues, make no letter: the oldest of the rest gives the age.
    late = documents[ledger.late[documents] > 0]
    owners, first = np.unique(ledger.client[late], return_index=True)
    starts, ends = (np.searchsorted(ledger.client[documents], owners, side).tolist() for side in ("left", "right"))
    letters, days_late, found = _letters_by_client(sent), ledger.days_late, []
    for client, oldest, start, end in zip(owners.tolist(), late[first].tolist(), starts, ends, strict=True):
        own, rows = documents[start:end], letters.get(client, [])
        last_level, level_date, last_date = 0, NEVER, NEVER
        if rows:
            behind = own[ledger.late[own] > 0]
            last_level, level_date = _last_level(sent, rows, numbers[behind], ledger.due_date[behind])
            last_date = sent.date[rows].max()
        step = next((step for step in steps if step.level > last_level), None)
        waited = np.isnat(last_date) or last_date + interval_days <= ledger.as_of
        if step is not None and days_late[oldest] >= step.days_late and waited:
            found.append(Reminder(client, step, own, float(owed[client]), float(credits[client]), last_level,
                                  level_date))
    return sorted(found, key=lambda reminder: (-reminder.amount, reminder.client))


def _letters_by_client(sent: LettersSent) -> dict[int, list[int]]:
    rows: dict[int, list[int]] = {}
    for row, client in enumerate(sent.client.tolist()):
        rows.setdefault(client, []).append(row)
    return rows


def _last_level(sent: LettersSent, rows: list[int], numbers: np.ndarray, due_dates: np.ndarray
                ) -> tuple[int, np.datetime64]:
    """Highest level sent for an item still open, and the day on which it was last sent.

    A letter that names no invoice meant what was overdue on its day; one that names an invoice cannot have meant an
    instalment of it that was not due yet.
    """
    late_since: dict[str, np.datetime64] = {}
    for number, due in sorted(zip(map(same_code, numbers), due_dates, strict=True), key=lambda pair: pair[1]):
        late_since.setdefault(number, due)
    earliest = min(late_since.values())
    meant = [row for row in rows if sent.date[row] > min(
        (late_since[number] for number in sent.invoices[row] & late_since.keys()),
        default=NEVER if sent.invoices[row] else earliest)]
    level = max((int(sent.level[row]) for row in meant), default=0)
    dates = [sent.date[row] for row in meant if level and int(sent.level[row]) == level]
    return level, max(dates, default=NEVER)
