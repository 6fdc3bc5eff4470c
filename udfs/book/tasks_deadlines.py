"""Deadlines that cost the money when they are missed: claims, insurer's declarations, time bars.

Claim declaration: two months from the publication of the judgment in the BODACC (C.com R622-24), for what is older
than the judgment; after that, relief from foreclosure within six months of it (L622-26). Insurer's declaration: due
date + maximum extension + the days that the policy gives (Securities), until `declared_on`. Time bar, where our law
is French, by `udfs.late.time_bar`: of invoices, and of bills and cheques that came back unpaid.
Source: DOMAIN 0 and 5.4.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from udfs.book.book import Book
from udfs.book.groups import Rows
from udfs.book.tasks import Task, named
from udfs.exposure.components import BILL_MEANS
from udfs.exposure.ledger import EMPTY
from udfs.late.time_bar import last_days
from udfs.tables.columns import CENT, NOTHING, sum_by
from udfs.terms.months import later
from udfs.texts import say

INSURANCE = ("insurance", "unnamed_insurance")
STATE = ("public", "hospital")
# What is sued for as such when it comes back unpaid, beside the debt itself.
RETURNED = {"bill": BILL_MEANS, "cheque": ("cheque",)}


def claims(book: Book) -> Iterator[Task]:
    """What is to be declared in the insolvency of a client, with the days left."""
    ledger, column, policy = book.ledger, book.clients.column, book.policy
    kind, country = column("insolvency_kind"), column("country")
    judged, published = column("judgment_date"), column("published_on")
    open_of = Rows(np.where(ledger.open >= NOTHING, ledger.client, -1))
    for client in np.flatnonzero(book.rating.grading.facts["insolvency"]).tolist():
        own = open_of.of(client)
        own = own[~(ledger.date[own] > judged[client])]
        amount = float((ledger.sign * ledger.open)[own].sum() + book.receivables.components["unallocated"][client])
        if amount < CENT:
            continue
        facts = {"insolvency": say(f"reasons.insolvency_{kind[client]}", policy.language),
                 "published": published[client]}
        documents = own[ledger.sign[own] > 0]
        abroad = (country[client] or policy.text("home_country")) != "FR"
        if abroad or not published[client] <= book.as_of:
            yield Task("claim", client, amount, "claim_undated", EMPTY, documents, facts)
            continue
        last, relief = (_months_later(published[client], policy.days(f"claim_{name}")) for name in (
            "months", "relief_months"))
        if book.as_of <= last:
            yield Task("claim", client, amount, "claim", last, documents, facts)
        elif book.as_of <= relief:
            yield Task("claim", client, amount, "claim_late", relief, documents, {**facts, "last": last})


def insurer_declarations(book: Book) -> Iterator[Task]:
    """Overdue invoices of insured clients that the insurer does not know of, those past their day apart."""
    ledger, invoices, securities = book.ledger, book.assembly.tables["Invoices"], book.assembly.tables["Securities"]
    horizon = book.policy.days("work_deadline_days")
    undeclared = ledger.is_overdue & ~(invoices["declared_on"] <= book.as_of) & ~invoices["factored"]
    overdue_of = Rows(np.where(undeclared, ledger.client, -1))
    for row in np.flatnonzero(np.isin(securities["kind"], INSURANCE) & (securities["declare_within"] >= 0)).tolist():
        own = overdue_of.of(int(book.assembly.client_of["Securities"][row]))
        since, until, cut = (securities[name][row] for name in ("valid_from", "valid_to", "notified_on"))
        own = own[~(ledger.date[own] < since) & ~(ledger.date[own] > until) & ~(ledger.date[own] > cut)]
        allowed = int(np.nan_to_num(securities["max_extension"][row]) + securities["declare_within"][row])
        last = ledger.due_date[own] + allowed
        for late in (False, True):
            near = ((last < book.as_of) == late) & (last >= book.as_of - horizon) & (last <= book.as_of + horizon)
            if near.any():
                documents = own[near]
                yield Task("insurer", int(ledger.client[documents[0]]), float(ledger.open[documents].sum()),
                           "insurer_late" if late else "insurer", last[near].min(), documents,
                           {"security": security_words(book, row)})


def time_bars(book: Book) -> Iterator[Task]:
    """Open invoices whose action is soon barred, by client; then bills and cheques that came back unpaid."""
    ledger, policy = book.ledger, book.policy
    if policy.text("home_country") != "FR":
        return
    solvent = ~book.rating.grading.facts["insolvency"]
    rows = np.flatnonzero((ledger.open >= NOTHING) & (ledger.sign > 0) & solvent[ledger.client])
    for client, near, on in _near(book, ledger.client[rows], _barred_after(book, rows)):
        documents = rows[near]
        yield Task("time_bar", client, float(ledger.open[documents].sum()), "time_bar", on, documents)
    payments, owner, received_on = (book.assembly.tables["Payments"], book.assembly.client_of["Payments"],
                                    book.receivables.received_on)
    owed = (sum_by(ledger.client, ledger.sign * ledger.open, len(book.clients))
            + book.receivables.components["unallocated"])
    back = (payments["bounced_on"] <= book.as_of) & solvent[owner] & (owed[owner] >= NOTHING)
    for kind, means in RETURNED.items():
        rows = np.flatnonzero(back & np.isin(payments["means"], means))
        for client, near, on in _near(book, owner[rows], last_days(received_on[rows], kind, policy)):
            # The client may have paid in another way since: at most what is still owed is at stake.
            amount = min(float(payments["amount"][rows[near]].sum()), float(owed[client]))
            references = [one for one in payments["reference"][rows[near]].tolist() if one]
            yield Task("time_bar", client, amount, f"time_bar_{kind}", on,
                       facts={"references": named(references) or "–", "count": len(near)})


def _near(book: Book, clients: np.ndarray, last: np.ndarray) -> Iterator[tuple[int, np.ndarray, np.datetime64]]:
    """By client, the rows whose day is near, and the first of these days."""
    near = np.flatnonzero((last >= book.as_of) & (last <= book.as_of + book.policy.days("work_deadline_days")))
    by_client = Rows(clients[near])
    for client in np.unique(clients[near]).tolist():
        own = near[by_client.of(client)]
        yield client, own, last[own].min()


def _barred_after(book: Book, rows: np.ndarray) -> np.ndarray:
    """The last day of the action for each document."""
    ledger, client = book.ledger, book.ledger.client[rows]
    delivery = book.assembly.tables["Invoices"]["delivery_date"][rows]
    delivered = np.where(np.isnat(delivery), ledger.date[rows], delivery)
    carriage = book.clients.column("regime")[client] == "transport"
    buyer = book.clients.column("buyer_type")[client]
    last = last_days(ledger.due_date[rows], "general", book.policy)
    for kind, concerned, counted_from in (("consumer", buyer == "consumer", ledger.due_date[rows]),
                                          ("state", np.isin(buyer, STATE), delivered),
                                          ("transport", carriage, delivered)):
        last[concerned] = last_days(counted_from[concerned], kind, book.policy)
    return last


def security_words(book: Book, row: int) -> str:
    """A security in words: its kind, and its issuer where it has one."""
    securities = book.assembly.tables["Securities"]
    kind = say(f"book.security_{securities['kind'][row]}", book.policy.language)
    issuer = str(securities["issuer"][row])
    return f"{kind} ({issuer})" if issuer else kind


def _months_later(day: np.datetime64, months: int) -> np.datetime64:
    return np.datetime64(later(np.array([day]), np.int64(months))[0], "D")
