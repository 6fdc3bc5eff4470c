"""The securities of one client, each with what it counts for and why that is less than its amount.

Those of its group are listed too, with what they cover of this client.

>>> from udfs.tables.raw import RawTable
>>> invoices = [["client", "invoice", "date", "amount"], ["C1", "F1", "2026-11-02", 66500.0]]
>>> securities = [["client", "kind", "issuer", "amount", "quota"], ["C1", "surety", "Bank", 10000.0, None],
...               ["C1", "parent guarantee", "Mother", 20000.0, None]]
>>> for line in securities_of(Book("2026-11-20", [RawTable(invoices), RawTable(securities)]), 0):
...     print(line.kind, line.issuer, line.counted, line.remark)
Surety Bank 10000.0 counted in full
Parent guarantee Mother 10000.0 50% of the amount counts
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

import numpy as np

from udfs.book.book import Book
from udfs.book.exposure_parts import PARTS
from udfs.book.secured import GROUP
from udfs.exposure.insurance import exclusions
from udfs.tables.columns import CENT
from udfs.texts import say


class Line(NamedTuple):
    """One security of a client."""

    kind: str
    issuer: str
    amount: float
    valid_to: np.datetime64
    counted: float
    remark: str


def securities_of(book: Book, client: int) -> list[Line]:
    """Every security that is the client's own or its group's, in the order of the table."""
    table, owner, found = book.assembly.tables["Securities"], book.assembly.client_of["Securities"], book.secured
    of_group = (found.scope == GROUP) & (found.group[owner] == found.group[client])
    lines = []
    for row in np.flatnonzero((owner == client) | of_group).tolist():
        part = float(found.of_group[client]) if of_group[row] else 1.0
        lines.append(Line(
            say(f"book.security_{table['kind'][row]}", book.policy.language), str(table["issuer"][row]),
            float(table["amount"][row]), table["valid_to"][row], float(found.counted[row]) * part,
            " · ".join(_remarks(book, row))))
    return lines


def _remarks(book: Book, row: int) -> Iterator[str]:
    language, table, found = book.policy.language, book.assembly.tables["Securities"], book.secured
    why, insurance = str(found.state[row]), found.contract[row] >= 0
    facts = {"since": table["valid_from"][row], "until": table["valid_to"][row], "scope": table["scope"][row]}
    if why:
        insured = why == "expired" and table["kind"][row] == "insurance"
        yield say(f"securities.{why}{'_insurance' * insured}", language, **facts)
        return
    share, amount, counted = float(found.share[row]), float(table["amount"][row]), float(found.counted[row])
    if np.isnan(table["quota"][row]) and (insurance or share < 1):
        yield say(f"securities.usual_{'quota' if insurance else 'share'}", language, share=share)
    if insurance:
        yield from _insurance_remarks(book, row)
        return
    if not np.isnan(table["quota"][row]) and share < 1:
        yield say("securities.usual_share", language, share=share)
    if counted < amount * share - CENT / 2:
        yield say("securities.limited", language, counted=counted)
    elif share == 1:
        yield say("securities.full", language)
    if found.scope[row] == GROUP:
        yield say("securities.of_group", language, counted=counted)


def _insurance_remarks(book: Book, row: int) -> Iterator[str]:
    """The quota and its base, what is not insurable and why, and what the notice of the insurer leaves."""
    language, table, found = book.policy.language, book.assembly.tables["Securities"], book.secured
    contract, cover, items = int(found.contract[row]), found.cover, book.exposure_items
    basis = say(f"securities.basis_{'excl' if cover.excl_vat[contract] else 'incl'}_vat", language)
    yield say("securities.insured", language, share=float(found.share[row]), agreed=float(table["amount"][row]),
              insurable=float(found.insurable[contract]), basis=basis)
    if cover.deductible[contract]:
        yield say("securities.deductible", language, deductible=float(cover.deductible[contract]))
    own = items.where(items.client == cover.client[contract])
    told = np.zeros(len(own.client), dtype=bool)
    for reason, excluded in exclusions(own, cover, np.full(len(own.client), contract), book.as_of).items():
        amount = float(own.amount[excluded & ~told].sum())
        told |= excluded
        if amount >= CENT and reason != "elsewhere":
            yield say(f"securities.excluded_{reason}", language, amount=amount, notice=cover.notice[contract],
                      since=cover.since[contract], default=cover.default[contract])
    notice = cover.notice[contract]
    if not np.isnat(notice):
        ordered = ~own.delivered & (own.ordered <= notice)
        yield say("securities.notice", language, notice=notice)
        if ordered.any():
            yield say("securities.ordered_before", language, amount=float(own.amount[ordered].sum()))


def exposure_part_sentence(book: Book, client: int, part: str) -> str:
    """One amount of the exposure in words; what is insured, secured or net with the securities behind it."""
    language, found = book.policy.language, book.secured
    name, amount = say(f"reasons.component_{part}", language), float(PARTS[part](book)[client])
    if part not in ("insured", "secured", "net"):
        return say("securities.part", language, name=name[:1].upper() + name[1:], amount=amount,
                   exposure=float(book.exposure[client]))
    told = [say("securities.line", language, kind=line.kind, issuer=line.issuer or "–", counted=line.counted,
                remark=line.remark) for line in securities_of(book, client)]
    return say("securities.net", language, net=float(found.net[client]), exposure=float(book.exposure[client]),
               insured=float(found.insured[client]), secured=float(found.secured[client]),
               lines=" ".join(told) or say("securities.none", language))


def utilisation_sentence(book: Book, client: int) -> str:
    """The use of the limit in force in words."""
    limit, exposure = float(book.limits.in_force[client]), float(book.exposure[client])
    return say("securities.utilisation", book.policy.language, exposure=exposure, limit=limit,
               share=max(exposure, 0.0) / limit)
