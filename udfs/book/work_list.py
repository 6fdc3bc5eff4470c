"""What there is to do today, in one list: the most urgent euros first.

score = amount x weight x 0.5 ^ (days left / half_in_days)

A day that is past, or none, counts as today. Weight (the share of the amount that waiting may cost) and half_in_days
of each kind are rows of `reference/work_list.csv`. A client stands in one line for each thing. An entry `silence` of
the Journal takes a client's lines out until its day, for good where it has none; it may name an invoice, and in its
note the kind of line, which a deadline asks for. Letters are not silenced: they would be written all the same.
Source: DESIGN 7.

>>> from udfs.tables.raw import RawTable
>>> rows = [["client", "invoice", "date", "due date", "amount"],
...         ["C1", "F1", "2026-09-22", "2026-10-22", 2940.0], ["C2", "F2", "2026-10-01", "2026-10-31", 900.0]]
>>> book = Book("2026-11-20", [RawTable(rows)])
>>> [(task.kind, book.clients.codes[task.client], task.amount) for task in work_list(book)]
[('letter', 'C1', 2940.0), ('letter', 'C2', 900.0)]
>>> work_list(book)[0].sentence(book)
'Reminder 1: 1 invoice, 29 days late.'
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np

from udfs import reference
from udfs.book import tasks_collection as collection
from udfs.book import tasks_credit as credit
from udfs.book import tasks_deadlines as deadlines
from udfs.book.book import Book
from udfs.book.tasks import Task
from udfs.tables.schema import plain
from udfs.tables.words import same_code
from udfs.texts import LANGUAGES, say

KINDS: dict[str, Callable[[Book], Iterator[Task]]] = {
    "claim": deadlines.claims,
    "insurer": deadlines.insurer_declarations,
    "time_bar": deadlines.time_bars,
    "security_ends": credit.securities_ending,
    "promise_broken": collection.promises_broken,
    "formal_notice": collection.formal_notices,
    "letter": collection.letters,
    "order": credit.orders,
    "call": collection.calls,
    "over_limit": credit.limits_exceeded,
    "promise_due": collection.promises_due,
    "dispute": collection.disputes,
    "limit_ends": credit.limits_ending,
}
# What is lost when it is forgotten is silenced by its name only.
DEADLINES = ("claim", "insurer", "time_bar", "security_ends")


def work_list(book: Book) -> list[Task]:
    """Every line, the highest score first; equals by kind, then as in Clients."""
    found = [task for kind in KINDS.values() for task in kind(book)]
    hidden = _silenced(book, found)
    return sorted((task for task, hide in zip(found, hidden, strict=True) if not hide),
                  key=lambda task: -_score(book, task))


def _score(book: Book, task: Task) -> float:
    row = _WEIGHTS[task.kind]
    days = max(task.days_left(book) or 0, 0)
    urgency: float = 0.5 ** (days / float(row["half_in_days"]))
    return task.amount * float(row["weight"]) * urgency


_WEIGHTS = {row["kind"]: row for row in reference.rows("work_list")}


def _silenced(book: Book, tasks: list[Task]) -> list[bool]:
    """Which lines an entry of the Journal takes out."""
    journal, owner = book.assembly.tables["Journal"], book.assembly.client_of["Journal"]
    quiet = (journal["event"] == "silence") & ~(journal["due"] <= book.as_of)
    entries: dict[int, list[tuple[str, str]]] = {}
    for row in np.flatnonzero(quiet).tolist():
        entry = same_code(journal["invoice"][row]), _kind_of(journal["note"][row])
        entries.setdefault(int(owner[row]), []).append(entry)
    return [any(_means(book, task, *entry) for entry in entries.get(task.client, ())) for task in tasks]


def _means(book: Book, task: Task, invoice: str, kind: str) -> bool:
    if task.kind == "letter" or (kind != task.kind if kind else task.kind in DEADLINES):
        return False
    numbers = {same_code(number) for number in book.assembly.tables["Invoices"]["invoice"][task.documents]}
    return not invoice or numbers == {invoice}


def _kind_of(note: str) -> str:
    """The kind of line that a note names by its code or its words in either language, else none."""
    words = {plain(text): kind for kind in KINDS
             for text in (kind, *(say(f"book.work_{kind}", language) for language in LANGUAGES))}
    return words.get(plain(note), "")
