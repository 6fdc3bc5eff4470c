"""When each invoice falls due: on its own date, else by its terms, else its client's, else policy `default_terms`.

An invoice without a due date whose terms are paid in parts becomes one row a part, as a ledger that keeps instalments
holds them: shares of the amounts, what was paid before counts on the oldest. A bill falls due on a day on which banks
are open (C.com L511-79). No invoice falls due before it is issued: its deposit "on order" is asked for on its day.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from udfs.book.clients import Clients
from udfs.tables.issues import Issue
from udfs.tables.policy import Policy
from udfs.tables.table import Table
from udfs.tables.words import same_code
from udfs.terms.calendars import roll, roll_bills
from udfs.terms.columns import read_terms_column
from udfs.terms.due_dates import Moments, due_dates
from udfs.terms.grammar import Refusal
from udfs.terms.language import read_terms
from udfs.terms.schedule import schedule
from udfs.terms.term import BILLS, Terms

EMPTY = np.datetime64("NaT", "D")


@dataclass(frozen=True)
class Dated:
    """The invoices with every due date, and for each row the place of its terms in `terms`.

    `own` are rows whose invoice states terms, `unread` those of them that are not understood; `computed` rows whose
    date comes from terms; `parts` in how many rows each invoice stands; `retained` rows that are the retention of one.
    """

    invoices: Table
    terms: list[Terms | Refusal]
    place: np.ndarray
    own: np.ndarray
    unread: np.ndarray
    computed: np.ndarray
    parts: np.ndarray
    retained: np.ndarray
    issues: list[Issue] = field(default_factory=list)


def dated(invoices: Table, orders: Table, clients: Clients, policy: Policy) -> Dated:
    """Every invoice with its due date; those paid in instalments as one row for each."""
    terms, place, own = _terms(invoices, clients, policy)
    unread = own & np.array([isinstance(one, Refusal) for one in terms], dtype=bool)[place]
    if unread.any():
        terms, place = _clients_own(terms, place, unread, clients.places(invoices), clients, policy)
    missing, whole = np.isnat(invoices["due_date"]), np.ones(len(invoices), np.int64)
    retained = np.zeros(len(invoices), dtype=bool)
    if not missing.any():
        return Dated(invoices, terms, place, own, unread, missing, whole, retained)
    default = read_terms(policy.text("default_terms"), None, policy.text("end_of_month_method"))
    known = [one if isinstance(one, Terms) else default for one in terms]
    rows = np.flatnonzero(missing)
    moments = moments_of(invoices, orders, clients, known, rows)
    due = invoices["due_date"].copy()
    at_bank = _at_bank(due_dates(moments, known, place[rows]), known, place[rows], invoices["means"][rows])
    due[rows] = np.fmax(at_bank, invoices["date"][rows])
    issues = [Issue("info", "Invoices", 0, "due_date", "", "issues.due_date_computed", {"count": len(rows)})]
    found = Dated(invoices.with_columns(due_date=due), terms, place, own, unread, missing, whole, retained,
                  issues)
    # A credit note is the client's money on the day it is written.
    split = missing & (invoices["kind"] != "credit_note") & np.array([one.is_split for one in known])[place]
    return _split(found, known, np.flatnonzero(split), orders, clients) if split.any() else found


def moments_of(invoices: Table, orders: Table, clients: Clients, terms: list[Terms], rows: np.ndarray) -> Moments:
    """The days from which terms count: of the invoice, its receipt, its delivery and its order."""
    bases = {part.maturity.base for one in terms for part in one.instalments}
    ordered = None
    if "order" in bases and len(orders):
        known = {(client, same_code(order)): date for client, order, date in
                 zip(clients.places(orders).tolist(), orders["order"], orders["date"], strict=True)}
        owners = clients.places(invoices)[rows].tolist()
        ordered = np.array([known.get((owner, same_code(order)), EMPTY) for owner, order in
                            zip(owners, invoices["order"][rows], strict=True)], "datetime64[D]")
    return Moments(invoices["date"][rows], invoices["delivery_date"][rows], ordered, invoices["received_on"][rows])


def _terms(invoices: Table, clients: Clients, policy: Policy) -> tuple[list[Terms | Refusal], np.ndarray, np.ndarray]:
    """The distinct terms in use, the place of each invoice in them, and which invoices state their own."""
    texts, text_of = invoices.factor("terms")
    client = clients.places(invoices)
    methods = clients.column("terms_method")
    codes, method_of = np.unique(methods.astype(str), return_inverse=True)
    own = np.array([bool(text) for text in texts], dtype=bool)[text_of]
    # An invoice's own text under its client's convention, or all that its client says: one number for each pair.
    of_clients = len(texts) * len(codes)
    pairs = np.where(own, text_of * len(codes) + method_of[client], of_clients + client)
    present = np.flatnonzero(np.bincount(pairs, minlength=of_clients + len(methods)))
    where = np.zeros(of_clients + len(methods), np.intp)
    where[present] = np.arange(len(present))
    text, owner = present[present < of_clients], present[present >= of_clients] - of_clients
    stated = np.concatenate((np.array(texts, object)[text // len(codes)], clients.column("terms")[owner]))
    chosen = np.concatenate((codes.astype(object)[text % len(codes)], methods[owner]))
    found, place = read_terms_column(stated, chosen, policy.text("end_of_month_method"))
    return found, place[where[pairs]], own


def _clients_own(terms: list[Terms | Refusal], place: np.ndarray, unread: np.ndarray, client: np.ndarray,
                 clients: Clients, policy: Policy) -> tuple[list[Terms | Refusal], np.ndarray]:
    """The terms of the client in place of those of an invoice that are not understood."""
    found, place_of = read_terms_column(clients.column("terms"), clients.column("terms_method"),
                                        policy.text("end_of_month_method"))
    return [*terms, *found], np.where(unread, len(terms) + place_of[client], place)


def _at_bank(due: np.ndarray, terms: list[Terms], place: np.ndarray, means: np.ndarray) -> np.ndarray:
    """Due dates of bills on days when banks are open: a bill by its terms, or by the invoice's means of payment."""
    due = roll_bills(due, terms, place)
    by_bill = np.isin(means, BILLS)
    return np.asarray(np.where(by_bill, roll(due, "FR"), due)) if by_bill.any() else due


def _split(found: Dated, terms: list[Terms], rows: np.ndarray, orders: Table, clients: Clients) -> Dated:
    """One row for each instalment of some invoices, the others as they are."""
    table, place = found.invoices, found.place
    parts = schedule(moments_of(table, orders, clients, terms, rows), terms, place[rows], table["amount"][rows])
    count = np.ones(len(table), np.int64)
    count[rows] = np.array([len(one.instalments) for one in terms])[place[rows]]
    origin = np.repeat(np.arange(len(table)), count)
    new = np.flatnonzero(count[origin] > 1)
    shares, last = parts.share, np.r_[parts.number[1:] == 1, True]
    paid = _paid_in_turn(parts.amount, table["paid"][origin[new]], parts.number, last)
    retention = np.where(last, table["retention"][origin[new]], np.nan)
    due = _at_bank(parts.due, terms, place[origin[new]], table["means"][origin[new]])
    retained = np.zeros(len(origin), dtype=bool)
    retained[new] = parts.kind == "retention"
    split = {
        "amount": parts.amount, "paid": paid, "balance": parts.amount - paid, "due_date": np.fmax(
            due, table["date"][origin[new]]),
        "amount_excl_vat": table["amount_excl_vat"][origin[new]] * shares, "retention": retention,
        "paid_date": np.where(paid > 0, table["paid_date"][origin[new]], EMPTY),
    }
    replaced = {}
    for name, values in split.items():
        replaced[name] = table[name][origin]
        replaced[name][new] = values
    given = {name: values for name, values in replaced.items() if table.has(name) or name in ("paid", "due_date")}
    return Dated(table.at(origin).with_columns(**given), found.terms, place[origin], found.own[origin],
                 found.unread[origin], found.computed[origin], count[origin], retained, found.issues)


def _paid_in_turn(amounts: np.ndarray, paid: np.ndarray, number: np.ndarray, last: np.ndarray) -> np.ndarray:
    """What was paid of an invoice, on its first instalment first; on the last what is more than all."""
    running = np.cumsum(amounts)
    starts = np.flatnonzero(number == 1)
    before = running - amounts
    before -= np.repeat(before[starts], np.diff(np.r_[starts, len(number)]))
    left = np.maximum(paid - before, 0)
    return np.asarray(np.where(last, left, np.minimum(left, amounts)))
