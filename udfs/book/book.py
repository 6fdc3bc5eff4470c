"""The Book: one ledger as of one date, every answer computed once, by family, when first asked.

>>> rows = [["client", "invoice", "date", "due date", "amount"],
...         ["C1", "F1", "2026-10-01", "2026-10-31", 1200.0], ["C1", "F2", "2026-11-02", "2026-12-02", 600.0]]
>>> book = Book("2026-11-20", [RawTable(rows)])
>>> float(book.exposure[0]), float(book.overdue[0]), book.grades[0]
(1800.0, 1200.0, 'n/r')
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import replace
from functools import cached_property
from typing import Any

import numpy as np

from udfs.book import decisions as deciding
from udfs.book import limits as limiting
from udfs.book import rating as rating_room
from udfs.book import reminders as dunning
from udfs.book import secured as securing
from udfs.book import settled as settling
from udfs.book.assembly import Assembly, assemble, on_day, under
from udfs.book.changes import Changes, changes
from udfs.book.due_date_issues import due_issues
from udfs.book.exposure_items import items
from udfs.book.grants import Grants, grants
from udfs.book.past import as_known_on
from udfs.book.promises import Promise, promises
from udfs.book.receivables import Receivables, receivables
from udfs.book.working_days import last_working_day
from udfs.decision.decide import Decisions
from udfs.dunning.reminders import Reminder
from udfs.errors import WrongArgument
from udfs.exposure import ageing
from udfs.exposure.components import total
from udfs.exposure.items import Items
from udfs.exposure.ledger import Ledger
from udfs.tables.columns import count_by, first_known, sum_by
from udfs.tables.dates import read_dates
from udfs.tables.issues import SEVERITIES, Issue
from udfs.tables.policy import Policy
from udfs.tables.raw import RawTable
from udfs.tables.table import Table
from udfs.texts import say


class Book:
    """Tables in any order, recognised by their headers, as of a date; all answers by client place."""

    def __init__(self, as_of: Any, tables: Iterable[RawTable], language: str = "",
                 reader_issues: Iterable[Issue] = ()) -> None:
        self._stand_on(assemble(read_as_of(as_of), tables, language))
        self._reader_issues = tuple(reader_issues)

    def _stand_on(self, assembly: Assembly) -> None:
        self.assembly = assembly
        self.as_of = assembly.as_of
        self.policy: Policy = assembly.policy
        self.clients = assembly.clients

    def on(self, day: np.datetime64) -> Book:
        """The same tables as of another day. Nothing is read again, and nothing of it is kept here."""
        return self.beside(on_day(self.assembly, day))

    def as_known_on(self, day: np.datetime64) -> Book:
        """The same as of an earlier day, without what may have been learnt since: for a judgment in hindsight."""
        return self.beside(as_known_on(self.assembly, day))

    def of_others(self, tables: dict[str, Table], day: np.datetime64) -> Book:
        """A Book of other tables, read already, under the same policy."""
        book = self.beside(on_day(replace(self.assembly, read_tables=tables), day))
        book._reader_issues = ()
        return book

    def under(self, policy: Policy, tables: dict[str, Table]) -> Book:
        """The same tables under another policy, made of those among `tables`; nothing else is read again."""
        return self.beside(under(self.assembly, tables, policy))

    def beside(self, assembly: Assembly) -> Book:
        """The same Book on other tables."""
        book = Book.__new__(Book)
        book._stand_on(assembly)
        book._reader_issues = self._reader_issues
        return book

    @cached_property
    def id(self) -> str:
        """Twelve hex digits: the same content as of the same date has the same ones in every process."""
        content = hashlib.blake2b(digest_size=6)
        tables = self.assembly.read_tables
        for part in (str(self.as_of).encode(), self.policy.language.encode(),
                     *(tables[name].digest for name in sorted(tables))):
            content.update(part)
        # The same figures with other faults are another Book: a corrected cell must be told.
        for issue in self.issues:
            content.update(repr((issue.table, issue.row, issue.column, issue.value, issue.code)).encode())
        return content.hexdigest()

    @property
    def handle(self) -> str:
        """What the cell of the Book shows; functions take it back."""
        return say("book.handle", self.policy.language, id=self.id, clients=len(self.clients),
                   invoices=self.invoice_count, count=len(self.faults), as_of=str(self.as_of))

    @property
    def invoice_count(self) -> int:
        """Invoices and credit notes; one that is paid in instalments counts once."""
        return round(float((1 / self.assembly.dated.parts).sum()))

    @cached_property
    def receivables(self) -> Receivables:
        """The ledger and the exposure."""
        return receivables(self.assembly)

    @property
    def ledger(self) -> Ledger:
        """Documents, what they owe, what settled them."""
        return self.receivables.ledger

    @cached_property
    def issues(self) -> list[Issue]:
        """Every fault found, errors first, then by table and row."""
        found = [*self._reader_issues, *self.assembly.issues, *self.receivables.issues,
                 *due_issues(self.assembly, self.receivables.stated_days), *self.policy.issues]
        return sorted(found, key=lambda issue: (SEVERITIES.index(issue.severity), issue.table, issue.row))

    @property
    def faults(self) -> list[Issue]:
        """Errors and warnings, without what is only told."""
        return [issue for issue in self.issues if issue.severity != "info"]

    @cached_property
    def rating(self) -> rating_room.Rating:
        """Answers, score, evidence and grade."""
        return rating_room.rate(self.assembly, self.receivables)

    @cached_property
    def limits(self) -> limiting.Limits:
        """Need, constraints, computed limit, limit in force."""
        return limiting.limit(self.assembly, self.receivables, self.rating, self.vat_rate, self.grants)

    @cached_property
    def grants(self) -> Grants:
        """The limits granted, by decision or in the table Clients."""
        return grants(self.assembly)

    @cached_property
    def decisions(self) -> Decisions:
        """The decision on each client as it stands."""
        return deciding.decisions(self)

    def decisions_with(self, orders_excl_vat: np.ndarray) -> Decisions:
        """The decision on each client with a new order excl. VAT."""
        return deciding.decisions_with(self, orders_excl_vat)

    @cached_property
    def settled(self) -> settling.Settled:
        """The same after the overdue items that stand in the way of a release have been paid."""
        return settling.settled(self)

    @cached_property
    def exposure(self) -> np.ndarray:
        """Total exposure of each client."""
        return total(self.receivables.components)

    @cached_property
    def exposure_items(self) -> Items:
        """What the exposure is made of, item by item."""
        return items(self.assembly, self.receivables, self.vat_rate)

    @cached_property
    def secured(self) -> securing.Secured:
        """What insurance and other securities cover of the exposure."""
        return securing.secured(self.assembly, self.receivables, self.rating.grading.facts["insolvency"],
                                self.exposure_items, self.exposure)

    @cached_property
    def overdue(self) -> np.ndarray:
        """Open invoices past their due date, disputed ones included."""
        late = self.ledger.is_overdue
        return sum_by(self.ledger.client[late], self.ledger.open[late], len(self.clients))

    @cached_property
    def grades(self) -> list[str]:
        """The grade of each client in letters."""
        names = [row["grade"] for row in self.policy.grades]
        return [self.rating.grade(client, names) for client in range(len(self.clients))]

    @cached_property
    def reason_facts(self) -> dict[str, np.ndarray]:
        """The amounts, days and dates that sentences name, by client."""
        ledger, column = self.ledger, self.clients.column
        late = (ledger.late > 0) & ~ledger.disputed
        old = late & (ledger.days_late > self.policy.number("decision_review_overdue_days"))
        count = len(self.clients)
        return {
            "limit": self.limits.in_force, "computed": self.limits.computed, "exposure": self.exposure,
            "overdue": self.overdue, "items": count_by(ledger.client[ledger.is_overdue], count),
            "oldest": self.rating.oldest_overdue, "old_amount": sum_by(ledger.client[old], ledger.late[old], count),
            "vat_rate": self.vat_rate, "valid_until": self.grants.valid_until,
            "judgment": column("judgment_date"), "insolvency": column("insolvency_kind"),
            "term": np.nan_to_num(self.receivables.stated_days),
        }

    @cached_property
    def vat_rate(self) -> np.ndarray:
        """The VAT rate of each client, the policy's where it has none."""
        return first_known(self.clients.column("vat_rate"),
                           np.full(len(self.clients), self.policy.number("vat_rate")))

    @property
    def edges(self) -> tuple[int, ...]:
        """Upper edges of the ageing bands."""
        return ageing.read_edges(self.policy.text("ageing_edges"))

    @cached_property
    def ageing(self) -> np.ndarray:
        """Open invoices by client and band."""
        return self.aged(self.ledger.due_date)

    def aged(self, since: np.ndarray) -> np.ndarray:
        """Open invoices by client and band, by days since another date of the documents."""
        return ageing.ageing(self.ledger, len(self.clients), self.edges, since)

    @cached_property
    def last_working_day(self) -> np.datetime64:
        """The working day before the as-of date, at home."""
        return last_working_day(self.as_of, self.policy.text("home_country"))

    @cached_property
    def changes(self) -> Changes:
        """What has changed since the last working day."""
        return changes(self)

    @cached_property
    def held_back(self) -> np.ndarray:
        """The documents that no letter asks for: promised, in a plan, or sold to a factor."""
        return dunning.held_back(self.assembly)

    @cached_property
    def promises(self) -> list[Promise]:
        """The promises to pay that are still waited for, broken ones included."""
        return promises(self)

    @cached_property
    def reminders(self) -> list[Reminder]:
        """The letters due at the as-of date."""
        return dunning.due(self.assembly, self.receivables, self.held_back)


def read_as_of(value: Any) -> np.datetime64:
    """One date in any form a cell or a person writes it; day first where both would do."""
    days, problems = read_dates([value], "day_first")
    if problems or np.isnat(days[0]):
        raise WrongArgument("errors.unreadable_date", value=value)
    return np.datetime64(days[0], "D")
