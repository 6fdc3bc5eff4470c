"""What credit itself calls for: orders that wait for a release, limits exceeded, limits and securities that end."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from udfs.book.book import Book
from udfs.book.changes import over_limit
from udfs.book.groups import Rows
from udfs.book.reasons import decision_reason
from udfs.book.tasks import Task, named
from udfs.book.tasks_deadlines import security_words
from udfs.decision.decide import BLOCK, DECISIONS, REVIEW
from udfs.tables.columns import CENT, NOTHING


def orders(book: Book) -> Iterator[Task]:
    """Orders not yet delivered of clients whose decision is REVIEW or BLOCK, by client, with the reason."""
    table, owner, waiting = book.assembly.tables["Orders"], book.assembly.client_of["Orders"], _waiting(book)
    by_client = Rows(owner[waiting])
    for client in np.unique(owner[waiting]).tolist():
        own = waiting[by_client.of(client)]
        own = own[np.lexsort((table["order"][own].astype(str), table["date"][own]))]
        yield Task("order", client, float(book.receivables.undelivered[own].sum()), "order",
                   np.fmin.reduce(table["expected_on"][own]), facts={
                       "orders": named(table["order"][own].tolist()), "count": len(own),
                       "decision": DECISIONS[book.decisions.code[client]],
                       "reason": lambda client=client: decision_reason(book, book.decisions, client)})


def limits_exceeded(book: Book) -> Iterator[Task]:
    """Clients over the limit in force; those blocked get nothing any more, and an order that waits says it itself."""
    owner = book.assembly.client_of["Orders"]
    told = np.isin(np.arange(len(book.clients)), owner[_waiting(book)])
    for client in np.flatnonzero(over_limit(book) & (book.decisions.code != BLOCK) & ~told).tolist():
        limit, exposure = float(book.limits.in_force[client]), float(book.exposure[client])
        yield Task("over_limit", client, exposure - limit, "over_limit", facts={"limit": limit, "exposure": exposure})


def limits_ending(book: Book) -> Iterator[Task]:
    """Granted limits that have ended or end soon, of clients who owe something and are blocked for nothing else."""
    found, ends = book.limits, book.grants.valid_until
    granted, reasons = book.grants.amount, book.decisions.reasons
    soon = found.granted & (ends <= book.as_of + book.policy.days("work_expiry_days"))
    trading = (book.exposure >= CENT) & ((book.decisions.code != BLOCK) | reasons["granted_zero"])
    for client in np.flatnonzero((soon | found.expired) & trading).tolist():
        yield Task("limit_ends", client, float(book.exposure[client]),
                   "limit_ended" if found.expired[client] else "limit_ends", ends[client],
                   facts={"limit": float(granted[client])})


def securities_ending(book: Book) -> Iterator[Task]:
    """Guarantees and insurances that end soon, or ended a short while ago, of clients who owe something."""
    table, owner = book.assembly.tables["Securities"], book.assembly.client_of["Securities"]
    ends, days = table["valid_to"], book.policy.days("work_expiry_days")
    near = (ends >= book.as_of - days) & (ends <= book.as_of + days)
    for row in np.flatnonzero(near & (book.exposure[owner] >= CENT)).tolist():
        client, agreed = int(owner[row]), float(table["amount"][row])
        yield Task("security_ends", client, min(agreed, float(book.exposure[client])),
                   "security_ended" if ends[row] < book.as_of else "security_ends", ends[row],
                   facts={"security": security_words(book, row), "agreed": agreed})


def _waiting(book: Book) -> np.ndarray:
    """The orders that wait for a decision."""
    owner = book.assembly.client_of["Orders"]
    return np.flatnonzero((book.receivables.undelivered >= NOTHING) & (book.decisions.code[owner] >= REVIEW))
