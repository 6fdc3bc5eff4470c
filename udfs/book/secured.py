"""What insurance and other securities cover of the exposure of each client, and what is left at our own risk.

    net = exposure - insured - secured, never below 0

The scope of a security is its client (empty), `group`, or one order by its number. An insurer's agreement covers its
client or one order. Rules: `udfs.exposure.insurance`, `udfs.exposure.guarantees`. Source: DESIGN 6, DOMAIN 5.4, 5.5.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from udfs.book.assembly import Assembly
from udfs.book.client_groups import group_of
from udfs.book.receivables import Receivables
from udfs.exposure.guarantees import INSURANCE, KINDS, STRENGTH, in_turn, state
from udfs.exposure.insurance import Cover, insure, part_of
from udfs.exposure.items import Items
from udfs.exposure.ledger import EMPTY
from udfs.tables.cells import distinct
from udfs.tables.columns import first_date_by, first_known, sum_by
from udfs.tables.policy import LONGEST
from udfs.tables.schema import plain
from udfs.tables.words import same_code

# What a scope says when it means all that the client owes, or all that its group owes.
OF_CLIENT = frozenset(("client", "customer", "buyer", "acheteur", "all", "alldebts", "tout", "toutescreances"))
OF_GROUP = frozenset(("group", "groupe"))
ORDER, CLIENT, GROUP = range(3)


@dataclass(frozen=True)
class Secured:
    """By security: its `state` (why it counts for nothing), the `share` of it that may count, its `scope` and what it
    is `counted` for; as a contract of insurance its row in `cover`, else -1, and by such row what is `insurable`.

    By client: what is insured, secured otherwise and net; whether the insurer has withdrawn; its group, and its part
    of what the securities of that group cover.
    """

    state: np.ndarray
    share: np.ndarray
    scope: np.ndarray
    counted: np.ndarray
    cover: Cover
    contract: np.ndarray
    insurable: np.ndarray
    insured: np.ndarray
    secured: np.ndarray
    net: np.ndarray
    withdrawn: np.ndarray
    group: np.ndarray
    of_group: np.ndarray


def secured(book: Assembly, found: Receivables, insolvent: np.ndarray, items: Items, exposure: np.ndarray) -> Secured:
    """Every security of a Book against the items of an exposure and its total."""
    table, owner, count = book.tables["Securities"], book.client_of["Securities"], len(book.clients)
    share = np.clip(first_known(table["quota"], _by_kind(book, table["kind"])), 0.0, 1.0)
    scope, order = _scopes(book)
    insurance, why = np.isin(table["kind"], INSURANCE), _state(book, share, scope)
    worth = np.where(why == "", np.maximum(np.nan_to_num(table["amount"]), 0.0) * share, 0.0)
    strongest = np.argsort(_strength(table["kind"]), kind="stable")
    others = [strongest[(worth > 0)[strongest] & (~insurance & (scope == one))[strongest]] for one in
              (ORDER, CLIENT, GROUP)]
    total = np.maximum(exposure, 0.0)
    counted = np.zeros(len(table))

    rows = others[ORDER]
    counted[rows], left = _order_by_order(items, order[rows], owner[rows], worth[rows], total,
                                          len(book.tables["Orders"]))
    own = total - sum_by(owner[rows], counted[rows], count)

    rows = np.flatnonzero((why == "") & insurance)
    cover = _cover(book, found, insolvent, rows, share, order)
    credits = -(found.components["credit_notes"] + found.components["unallocated"])
    by_contract = insure(items, cover, left, credits, book.as_of, book.policy.number("insured_orders_share"))
    counted[rows] = by_contract.counted
    contract = np.full(len(table), -1)
    contract[rows] = np.arange(len(rows))
    insured = np.minimum(sum_by(owner[rows], counted[rows], count), own)
    own = own - insured

    rows = others[CLIENT]
    counted[rows] = in_turn(owner[rows], worth[rows], own)
    own = np.maximum(own - sum_by(owner[rows], counted[rows], count), 0.0)

    rows = others[GROUP]
    group = group_of(book.clients) if len(rows) else np.arange(count)
    together = sum_by(group, own, count)
    counted[rows] = in_turn(group[owner[rows]], worth[rows], together)
    of_group = part_of(own, together[group])
    net = np.maximum(own - of_group * sum_by(group[owner[rows]], counted[rows], count)[group], 0.0)
    return Secured(why, share, scope, counted, cover, contract, by_contract.insurable, insured, total - insured - net,
                   net, _withdrawn(book, insurance & (why == "")), group, of_group)


def _state(book: Assembly, share: np.ndarray, scope: np.ndarray) -> np.ndarray:
    """Why each security counts for nothing, if it does."""
    table, owner = book.tables["Securities"], book.client_of["Securities"]
    agreed = (table["kind"] == "insurance") & ~(table["valid_from"] > book.as_of)
    named = np.bincount(owner[agreed], minlength=len(book.clients)) > 0
    return state(table["kind"], share, table["valid_from"], table["valid_to"], named[owner], scope < 0, book.as_of)


def _order_by_order(items: Items, order: np.ndarray, owner: np.ndarray, worth: np.ndarray, total: np.ndarray,
                    orders: int) -> tuple[np.ndarray, np.ndarray]:
    """What securities of one order count for, and what they leave of each item."""
    if not len(order):
        return worth, items.amount
    named = items.order >= 0
    of_order = sum_by(items.order[named], items.amount[named], orders)
    counted = in_turn(owner, in_turn(order, worth, of_order), total)
    gone = part_of(sum_by(order, counted, orders), of_order)
    return counted, items.amount * (1 - np.where(named, gone[items.order], 0.0))


def _by_kind(book: Assembly, kind: np.ndarray) -> np.ndarray:
    """The part of each security that counts where it gives no quota."""
    shares = {name: book.policy.number(f"counted_{name}") for name in KINDS}
    return np.array([shares.get(name, 0.0) for name in kind.tolist()], dtype=np.float64)


def _strength(kind: np.ndarray) -> np.ndarray:
    rank = {name: place for place, name in enumerate(STRENGTH)}
    return np.array([rank.get(name, len(rank)) for name in kind.tolist()], dtype=np.int64)


def _scopes(book: Assembly) -> tuple[np.ndarray, np.ndarray]:
    """What each security covers: an order (with its row), the client, the group, or -1 for what is none of them."""
    table, owner, orders = book.tables["Securities"], book.client_of["Securities"], book.tables["Orders"]
    scope, order = np.full(len(table), CLIENT), np.full(len(table), -1)
    for row in np.flatnonzero(table["scope"] != "").tolist():
        words = plain(table["scope"][row])
        if words in OF_GROUP:
            scope[row] = GROUP
        elif words not in OF_CLIENT:
            same = np.flatnonzero(book.client_of["Orders"] == owner[row])
            number = same_code(table["scope"][row])
            order[row] = next((one for one in same.tolist() if same_code(orders["order"][one]) == number), -1)
            scope[row] = ORDER if order[row] >= 0 else -1
    return scope, order


def _cover(book: Assembly, found: Receivables, insolvent: np.ndarray, rows: np.ndarray, share: np.ndarray,
           order: np.ndarray) -> Cover:
    """The contracts of insurance in force, with the days after which what is shipped is not covered any more."""
    table, ledger, owner = book.tables["Securities"], found.ledger, book.client_of["Securities"][rows]
    most = LONGEST["days"]
    extension = np.clip(table["max_extension"][rows], 0, most)
    late = (ledger.late > 0) & ~ledger.disputed
    first = first_date_by(ledger.client[late], ledger.due_date[late], len(book.clients))[owner]
    usual = np.full(len(rows), book.policy.number("insurance_extension_days"))
    ended = first + first_known(extension, usual).astype("timedelta64[D]")
    judged = book.clients.column("judgment_date")
    judged = np.where(insolvent & (judged <= book.as_of), judged, EMPTY)[owner]
    notice = table["notified_on"][rows]
    insurers = [same_code(text) for text in table["issuer"][rows].tolist()]
    _, contract = np.unique(owner * (len(rows) + 1) + distinct(insurers)[1], return_inverse=True)
    return Cover(
        client=owner, amount=np.maximum(table["amount"][rows], 0.0), quota=share[rows],
        excl_vat=table["basis"][rows] != "incl_vat", since=table["valid_from"][rows],
        notice=np.where(notice <= book.as_of, notice, EMPTY),
        default=np.fmin(np.where(ended < book.as_of, ended, EMPTY), judged),
        deadline=np.nan_to_num(extension) + np.clip(table["declare_within"][rows], 0, most),
        deductible=np.maximum(np.nan_to_num(table["deductible"][rows]), 0.0), contract=contract, order=order[rows])


def _withdrawn(book: Assembly, in_force: np.ndarray) -> np.ndarray:
    """Clients whose insurer gave notice, and has agreed to nothing else since."""
    table, owner, count = book.tables["Securities"], book.client_of["Securities"], len(book.clients)
    noticed = in_force & (table["notified_on"] <= book.as_of)
    replaced = np.bincount(owner[in_force & ~noticed], minlength=count) > 0
    return np.asarray((np.bincount(owner[noticed], minlength=count) > 0) & ~replaced)
