"""What is wrong with payment terms and due dates: terms not understood, a stated due date that they contradict.

A stated due date always counts. It contradicts the terms when it lies further from theirs than policy
`due_date_tolerance_days`, whichever end-of-month convention is taken and whichever instalment. Deposits, and
instalments that the ledger lists itself, have dates of their own. One warning for each client and term, at the invoice
that is furthest off.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import numpy as np

from udfs.book.clients import Clients
from udfs.book.due_dates import Dated, moments_of
from udfs.tables.columns import days_between
from udfs.tables.issues import Issue, shown
from udfs.tables.policy import Policy
from udfs.tables.schema import choices
from udfs.tables.table import Table
from udfs.terms.due_dates import due_dates
from udfs.terms.schedule import schedule
from udfs.terms.term import Terms


def terms_issues(found: Dated, orders: Table, clients: Clients, policy: Policy) -> list[Issue]:
    """Every issue of payment terms, of invoices and of clients."""
    default = policy.text("default_terms")
    readable = np.array([isinstance(one, Terms) for one in found.terms], dtype=bool)
    unread = found.computed & found.own & ~readable[found.place]
    issues = list(_unreadable(found.invoices, np.flatnonzero(unread), default))
    return issues + list(_contradicted(found, readable, orders, clients, policy))


def _unreadable(table: Table, rows: np.ndarray, default: str) -> Iterator[Issue]:
    """One warning for each text that is not understood, at its first row."""
    first: dict[str, int] = {}
    for row in rows.tolist():
        first.setdefault(table["terms"][row], row)
    for text, row in first.items():
        yield Issue("warning", table.name, int(table.row_numbers[row]), "terms", shown(text), "issues.terms_unreadable",
                    {"default": default}, table.source)


def clients_terms_issues(clients: Table, unreadable: np.ndarray, default: str) -> list[Issue]:
    """Terms of clients that are not understood."""
    return list(_unreadable(clients, np.flatnonzero(unreadable & (clients["terms"] != "")), default))


def _contradicted(found: Dated, readable: np.ndarray, orders: Table, clients: Clients, policy: Policy
                  ) -> Iterator[Issue]:
    table = found.invoices
    rows = np.flatnonzero(~found.computed & readable[found.place] & (table["kind"] == "invoice"))
    rows = rows[~_repeated(table, rows)]
    if not len(rows):
        return
    terms = [one if isinstance(one, Terms) else Terms() for one in found.terms]
    due = due_dates(moments_of(table, orders, clients, terms, rows), terms, found.place[rows])
    stated, tolerance = table["due_date"][rows], policy.days("due_date_tolerance_days")
    off = np.abs(days_between(due, stated))
    far = np.flatnonzero(off > tolerance)
    off[far] = _least(found, terms, rows[far], off[far], orders, clients)
    far = far[off[far] > tolerance]
    if not len(far):
        return
    owner = clients.places(table)[rows[far]]
    groups, group = np.unique(owner * len(terms) + found.place[rows[far]], return_inverse=True)
    codes, client_terms = clients.codes, clients.column("terms")
    count, worst = np.bincount(group), np.lexsort((-off[far], group))
    for number, place in enumerate(worst[np.searchsorted(group[worst], np.arange(len(groups)))].tolist()):
        row = int(rows[far[place]])
        text = table["terms"][row] if found.own[row] else client_terms[owner[place]]
        yield Issue("warning", table.name, int(table.row_numbers[row]), "due_date", str(table["due_date"][row]),
                    "issues.due_date_contradicts_terms",
                    {"terms": shown(text), "computed": due[far[place]], "stated": table["due_date"][row],
                     "count": int(count[number]), "client": codes[owner[place]]}, table.source)


def _repeated(table: Table, rows: np.ndarray) -> np.ndarray:
    """Rows whose number stands in several: instalments as agreed for that invoice, whatever the usual terms."""
    if "invoice" in table.unique:
        return np.zeros(len(rows), dtype=bool)
    _, number = table.factor("invoice")
    _, client = table.factor("client")
    document = np.unique(number * (int(client.max(initial=0)) + 1) + client, return_inverse=True)[1]
    return np.asarray(np.bincount(document)[document][rows] > 1)


def _least(found: Dated, terms: list[Terms], rows: np.ndarray, off: np.ndarray, orders: Table, clients: Clients
           ) -> np.ndarray:
    """The least distance in days over the other conventions and over the instalments."""
    table, place = found.invoices, found.place[rows]
    moments = moments_of(table, orders, clients, terms, rows)
    for convention in dict.fromkeys(choices("terms_method").values()):
        other = [_under(one, convention) for one in terms]
        off = np.fmin(off, np.abs(days_between(due_dates(moments, other, place), table["due_date"][rows])))
    parts = schedule(moments, terms, place, np.ones(len(rows)))
    np.minimum.at(off, parts.row, np.abs(days_between(parts.due, table["due_date"][rows][parts.row])))
    return off


def _under(terms: Terms, convention: str) -> Terms:
    """The same terms with another end-of-month convention, where they have one."""
    return replace(terms, instalments=tuple(
        replace(part, maturity=replace(part.maturity, end_of_month=convention)) if part.maturity.end_of_month else part
        for part in terms.instalments))
