"""What collecting calls for today: promises, letters, what follows a formal notice, calls, disputes.

Nothing here about insolvent clients, who may be asked for nothing older than the judgment; disputes stay.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from udfs.book.book import Book
from udfs.book.client_history import letter_words
from udfs.book.groups import Rows
from udfs.book.reminders import steps
from udfs.book.tasks import Task
from udfs.book.tasks_deadlines import time_bars
from udfs.book.working_days import working_day_after
from udfs.dunning.reminders import Step
from udfs.tables.columns import NOTHING, last_date_by

CONTACTS = ("call", "promise")


def promises_broken(book: Book) -> Iterator[Task]:
    """A promise whose day is past and whose money has not come, until something is done about it.

    A letter, a call or another promise after that day; the entry that it was broken is none of these.
    """
    contact = last_contact(book)
    for promise in book.promises:
        if promise.due < book.as_of and not contact[promise.client] > promise.due:
            yield Task("promise_broken", promise.client, promise.amount, "promise_broken", promise.due,
                       promise.documents)


def promises_due(book: Book) -> Iterator[Task]:
    """A promise for today or one of the next working days: look for the money."""
    policy = book.policy
    last = working_day_after(book.as_of, policy.days("work_promise_bank_days"), policy.text("home_country"))
    for promise in book.promises:
        if book.as_of <= promise.due <= last:
            yield Task("promise_due", promise.client, promise.amount, "promise_due", promise.due, promise.documents)


def letters(book: Book) -> Iterator[Task]:
    """The letters due, by level."""
    for one in book.reminders:
        words = letter_words(one.step.kind, one.step.level, book.policy.language)
        yield Task("letter", one.client, one.amount, "letter", documents=one.documents, facts={
            "letter": words[:1].upper() + words[1:], "count": len(one.documents),
            "days": oldest_late(book, one.documents)})


def formal_notices(book: Book) -> Iterator[Task]:
    """Clients still late after the time that the last formal notice gave; what is soon barred is told there."""
    table, count = book.assembly.tables["Letters"], len(book.clients)
    sent = table["kind"] == "formal_notice"
    if not sent.any():
        return
    notice = last_date_by(book.assembly.client_of["Letters"][sent], table["date"][sent], count)
    given = max((step.deadline_days for step in steps(book.assembly) if step.kind == "formal_notice"),
                default=Step.deadline_days)
    elsewhere = {one.client for one in book.reminders} | {one.client for one in time_bars(book)}
    ledger, unheard = book.ledger, notice + given < book.as_of
    rows = np.flatnonzero(_asked_for(book) & unheard[ledger.client])
    by_client = Rows(ledger.client[rows])
    for client in np.unique(ledger.client[rows]).tolist():
        documents = rows[by_client.of(client)]
        if client not in elsewhere and (ledger.due_date[documents] < notice[client]).any():
            yield Task("formal_notice", client, float(ledger.late[documents].sum()), "formal_notice",
                       notice[client] + given, documents, {"notice": notice[client]})


def calls(book: Book) -> Iterator[Task]:
    """Clients late for some time, of whom nothing was heard for some days and to whom no letter goes today."""
    ledger, policy, contact = book.ledger, book.policy, last_contact(book)
    elsewhere = {task.client for kind in (promises_broken, letters, formal_notices, time_bars) for task in kind(book)}
    silent = ~(contact > book.as_of - policy.days("work_call_silence_days"))
    rows = np.flatnonzero(_asked_for(book) & silent[ledger.client])
    by_client = Rows(ledger.client[rows])
    for client in np.unique(ledger.client[rows]).tolist():
        documents = rows[by_client.of(client)]
        amount, days = float(ledger.late[documents].sum()), oldest_late(book, documents)
        if client in elsewhere or days < policy.days("work_call_days_late") or (
                amount < policy.number("dunning_minimum") - NOTHING):
            continue
        known = not np.isnat(contact[client])
        yield Task("call", client, amount, "call" if known else "call_first", documents=documents,
                   facts={"days": days, "contact": contact[client]})


def disputes(book: Book) -> Iterator[Task]:
    """Disputes that have lasted too long, by client; one without a day began with its invoice."""
    ledger = book.ledger
    noted = book.receivables.disputed_since
    since = np.where(np.isnat(noted), ledger.date, noted)
    rows = np.flatnonzero(ledger.disputed & (ledger.open >= NOTHING) & (ledger.sign > 0)
                          & (since < book.as_of - book.policy.days("work_dispute_days")))
    by_client = Rows(ledger.client[rows])
    for client in np.unique(ledger.client[rows]).tolist():
        documents = rows[by_client.of(client)]
        yield Task("dispute", client, float(ledger.open[documents].sum()), "dispute", documents=documents,
                   facts={"since": since[documents].min()})


def last_contact(book: Book) -> np.ndarray:
    """By client, the day of the last letter, call or promise; NaT where there was none."""
    sent, journal = book.assembly.tables["Letters"], book.assembly.tables["Journal"]
    spoken = np.isin(journal["event"], CONTACTS)
    return last_date_by(
        np.concatenate((book.assembly.client_of["Letters"], book.assembly.client_of["Journal"][spoken])),
        np.concatenate((sent["date"], journal["date"][spoken])), len(book.clients))


def oldest_late(book: Book, documents: np.ndarray) -> int:
    """Days late of the oldest of some documents; what the client's own money covers is not late."""
    due = book.ledger.due_date[documents[book.ledger.late[documents] > 0]]
    return int((book.as_of - due.min()).astype(int)) if len(due) else 0


def _asked_for(book: Book) -> np.ndarray:
    """Documents that are really late, undisputed, not held back, of a client who may pay them."""
    ledger = book.ledger
    return np.asarray((ledger.late > 0) & ~ledger.disputed & ~book.held_back
                      & ~book.rating.grading.facts["insolvency"][ledger.client])
