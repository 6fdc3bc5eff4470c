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

from udfs.book.assembly import Assembly
from udfs.book.clients import Clients
from udfs.book.due_dates import Dated, moments_of
from udfs.book.legal_check import legal_issues
from udfs.tables.columns import days_between, largest_by
from udfs.tables.issues import Issue, shown
from udfs.tables.policy import Policy
from udfs.tables.schema import choices
from udfs.tables.table import Table
from udfs.terms.due_dates import due_dates
from udfs.terms.schedule import schedule
from udfs.terms.term import Terms


def due_issues(book: Assembly, stated_days: np.ndarray) -> list[Issue]:
    """Every issue of payment terms, due dates and legal maxima.

    `stated_days` are the days of each client's own terms, NaN where there are none to be read. Nothing else is worked
    out from it: a Book that is only asked for its figures, such as that of an earlier day, does without.
    """
    clients, dated = book.clients, book.dated
    return [*terms_issues(dated, book.tables["Orders"], clients, book.policy),
            *clients_terms_issues(clients.table, np.isnan(stated_days[:len(clients.table)]),
                                  book.policy.text("default_terms")),
            *legal_issues(book, book.tables["Invoices"]["due_date"], dated.terms, dated.place)]


def terms_issues(found: Dated, orders: Table, clients: Clients, policy: Policy) -> list[Issue]:
    """Every issue of payment terms, of invoices and of clients."""
    readable = np.array([isinstance(one, Terms) for one in found.terms], dtype=bool)
    unread = np.flatnonzero(found.computed & found.unread)
    issues = list(_unreadable(found.invoices, unread, policy.text("default_terms"), "issues.terms_unreadable"))
    return issues + list(_contradicted(found, readable, orders, clients, policy))


def _unreadable(table: Table, rows: np.ndarray, default: str, code: str) -> Iterator[Issue]:
    """One warning for each text that is not understood, at its first row."""
    first: dict[str, int] = {}
    for row in rows.tolist():
        first.setdefault(table["terms"][row], row)
    for text, row in first.items():
        yield Issue("warning", table.name, int(table.row_numbers[row]), "terms", shown(text), code,
                    {"default": default}, table.source)


def clients_terms_issues(clients: Table, unreadable: np.ndarray, default: str) -> list[Issue]:
    """Terms of clients that are not understood."""
    rows = np.flatnonzero(unreadable & (clients["terms"] != ""))
    return list(_unreadable(clients, rows, default, "issues.clients_terms_unreadable"))


def _contradicted(found: Dated, readable: np.ndarray, orders: Table, clients: Clients, policy: Policy
                  ) -> Iterator[Issue]:
    table = found.invoices
    rows = np.flatnonzero(~found.computed & ~found.unread & readable[found.place] & (table["kind"] == "invoice"))
    rows = rows[~_repeated(table, rows)]
    if not len(rows):
        return
    terms = [one if isinstance(one, Terms) else Terms() for one in found.terms]
    due = due_dates(moments_of(table, orders, clients, terms, rows), terms, found.place[rows])
    stated, tolerance = table["due_date"][rows], policy.days("due_date_tolerance_days")
    off = np.abs(days_between(due, stated))
    far = np.flatnonzero(off > tolerance)
    other = far[_reads_otherwise(terms)[found.place[rows[far]]]]
    off[other] = _least(found, terms, rows[other], off[other], orders, clients)
    far = far[off[far] > tolerance]
    if not len(far):
        return
    owner = clients.places(table)[rows[far]]
    worst, counts = largest_by(owner * len(terms) + found.place[rows[far]], off[far])
    at, client = rows[far[worst]], owner[worst]
    texts = np.where(found.own[at], table["terms"][at], clients.column("terms")[client]).tolist()
    words = {text: shown(text) for text in set(texts)}
    for line, text, computed, agreed, shown_date, count, code in zip(
            table.row_numbers[at].tolist(), texts, due[far[worst]], table["due_date"][at],
            table["due_date"][at].astype(str).tolist(), counts.tolist(),
            np.array(clients.codes, object)[client].tolist(), strict=True):
        yield Issue("warning", table.name, line, "due_date", shown_date, "issues.due_date_contradicts_terms",
                    {"terms": words[text], "computed": computed, "stated": agreed, "count": count, "client": code},
                    table.source)


def _repeated(table: Table, rows: np.ndarray) -> np.ndarray:
    """Rows whose number stands in several: instalments as agreed for that invoice, whatever the usual terms."""
    if "invoice" in table.unique:
        return np.zeros(len(rows), dtype=bool)
    _, number = table.factor("invoice")
    _, client = table.factor("client")
    document = np.unique(number * (int(client.max(initial=0)) + 1) + client, return_inverse=True)[1]
    return np.asarray(np.bincount(document)[document][rows] > 1)


def _reads_otherwise(terms: list[Terms]) -> np.ndarray:
    """Terms that another convention or an instalment may bring nearer to a stated date."""
    return np.array([one.is_split or bool(one.maturity.end_of_month) for one in terms], dtype=bool)


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
