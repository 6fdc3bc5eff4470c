"""Every amount that tells of the exposure, by client: its components, what they add up to, and what lies within them.

    accounting = open invoices - credit notes - unallocated payments          (account 411)
    financial = accounting + bills + cheques
    delivered = financial + delivered not invoiced - deposits on it - invoices sold without recourse
    total = delivered + orders - deposits on them
    net = total - insured - secured            net_delivered: the same on what is delivered

Within the open invoices, shown and not added: not due, overdue, disputed, retention, factored, doubtful (what clients
in insolvency owe). `group` and `group_net` are those of all clients of one group. Source: DESIGN 6, DOMAIN 5.1.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from udfs.book.book import Book
from udfs.book.client_groups import group_of
from udfs.book.secured import secured
from udfs.exposure.components import ACCOUNTING, COMPONENTS
from udfs.tables.columns import round_cents, sum_by


def utilisation(book: Book) -> np.ndarray:
    """The exposure as a part of the limit in force, 0 for a credit balance, NaN without a limit or for one of 0."""
    limit, exposure = round_cents(book.limits.in_force), np.maximum(round_cents(book.exposure), 0)
    return np.asarray(np.divide(exposure, limit, out=np.full(len(limit), np.nan), where=limit > 0))


def _accounting(book: Book) -> np.ndarray:
    return np.asarray(sum(book.receivables.components[name] for name in ACCOUNTING))


def _financial(book: Book) -> np.ndarray:
    parts = book.receivables.components
    return np.asarray(_accounting(book) + parts["bills"] + parts["cheques"])


def _delivered(book: Book) -> np.ndarray:
    """The exposure without what is still to deliver."""
    later = ~book.exposure_items.delivered
    waiting = sum_by(book.exposure_items.client[later], book.exposure_items.amount[later], len(book.clients))
    return np.asarray(book.exposure - waiting)


def _net_delivered(book: Book) -> np.ndarray:
    shipped = book.exposure_items.where(book.exposure_items.delivered)
    return secured(book.assembly, book.receivables, book.rating.grading.facts["insolvency"], shipped,
                   _delivered(book)).net


def _of_invoices(part: Callable[[Book], np.ndarray]) -> Callable[[Book], np.ndarray]:
    """What open invoices owe, of each the part that is asked for."""
    def amounts(book: Book) -> np.ndarray:
        ledger = book.ledger
        owed = np.where(ledger.sign > 0, np.minimum(part(book), ledger.open), 0.0)
        return sum_by(ledger.client, owed, len(book.clients))

    return amounts


def _of_group(amounts: Callable[[Book], np.ndarray]) -> Callable[[Book], np.ndarray]:
    def together(book: Book) -> np.ndarray:
        group = group_of(book.clients)
        return np.asarray(sum_by(group, amounts(book), len(book.clients))[group])

    return together


def _component(name: str) -> Callable[[Book], np.ndarray]:
    return lambda book: book.receivables.components[name]


PARTS: dict[str, Callable[[Book], np.ndarray]] = {
    "total": lambda book: book.exposure,
    **{name: _component(name) for name in COMPONENTS},
    "accounting": _accounting, "financial": _financial, "delivered": _delivered,
    "not_due": _of_invoices(lambda book: book.ledger.open * ~book.ledger.is_overdue),
    "overdue": lambda book: book.overdue,
    "disputed": _of_invoices(lambda book: book.ledger.open * book.ledger.disputed),
    "retention": _of_invoices(lambda book: np.nan_to_num(book.assembly.tables["Invoices"]["retention"])),
    "factored": _of_invoices(lambda book: book.ledger.open * book.assembly.tables["Invoices"]["factored"]),
    "doubtful": _of_invoices(lambda book: book.ledger.open
                             * book.rating.grading.facts["insolvency"][book.ledger.client]),
    "insured": lambda book: book.secured.insured,
    "secured": lambda book: book.secured.secured,
    "net": lambda book: book.secured.net,
    "net_delivered": _net_delivered,
    "group": _of_group(lambda book: book.exposure),
    "group_net": _of_group(lambda book: book.secured.net),
}
