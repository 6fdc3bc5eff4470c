"""Raw tables -> the tables of one Book: recognised, read, put in one shape, cut at the as-of date.

Nothing here raises for what a cell holds; each fault is an issue. Only a ledger that is not there is refused.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np

from udfs.book import cache
from udfs.book.clients import Clients
from udfs.book.currency import in_reporting_currency
from udfs.book.due_dates import Dated, dated
from udfs.book.limit_policy import check_limit_policy
from udfs.decision.approval import read_ladder
from udfs.errors import WrongArgument
from udfs.tables.documents import name_clients, refuse_repeats, route_payments, settle_amounts
from udfs.tables.issues import Issue
from udfs.tables.policy import Policy
from udfs.tables.raw import RawTable
from udfs.tables.schema import SCHEMA
from udfs.tables.table import Table, joined
from udfs.terms.language import try_terms
from udfs.terms.term import Terms

# Tables whose rows say when they became true: later ones are not known yet.
DATED = {"Invoices": "date", "Payments": "date", "Orders": "date", "Accounts": "year_end", "Letters": "date",
         "Journal": "date"}
POLICY_TABLES = ("Policy", "Grades", "Scorecard", "Dunning", "LegalRates", "LegalTerms", "Answers")
WITH_CLIENT = tuple(name for name, columns in SCHEMA.items() if "client" in columns and name != "Clients")


@dataclass(frozen=True)
class Assembly:
    """The tables of a Book with the place of each row's client, its invoices' terms, the policy and every issue."""

    as_of: np.datetime64
    tables: dict[str, Table]
    client_of: dict[str, np.ndarray]
    clients: Clients
    policy: Policy
    issues: list[Issue]
    read: dict[str, tuple[int, int, int]]
    read_tables: dict[str, Table]
    dated: Dated


def assemble(as_of: np.datetime64, raw_tables: Iterable[RawTable], language: str = "") -> Assembly:
    """Read and join the tables; `language` wins over the policy's."""
    found, strangers = _read(list(raw_tables))
    if "Invoices" not in found:
        headings = "; ".join(issue.value for issue in strangers) or "–"
        raise WrongArgument("errors.no_invoices", headings=headings[:300])
    policy = policy_of(found)
    if language:
        policy.values["language"] = language
    return _known_on(as_of, found, strangers, policy)


def policy_of(tables: Mapping[str, Table]) -> Policy:
    """The policy that the tables give, every parameter usable."""
    policy = Policy(*map(tables.get, POLICY_TABLES))
    _check_terms(policy)
    check_limit_policy(policy)
    if read_ladder(policy.text("approval_ladder")) is None:
        policy.refuse("approval_ladder", policy.text("approval_ladder"))
    return policy


def under(book: Assembly, tables: dict[str, Table], policy: Policy) -> Assembly:
    """The same date under another policy; `tables` are those read, with the ones that make that policy."""
    return _known_on(book.as_of, tables, [], policy)


def on_day(book: Assembly, as_of: np.datetime64) -> Assembly:
    """The same tables under the same policy as of another date; no cell is read again."""
    return _known_on(as_of, book.read_tables, [], book.policy)


def _known_on(as_of: np.datetime64, found: dict[str, Table], strangers: list[Issue], policy: Policy) -> Assembly:
    """The tables read, put in one shape and cut at the date."""
    invoices, payments = route_payments(refuse_repeats(settle_amounts(found["Invoices"])),
                                        name_clients(found.get("Payments", Table("Payments"))))
    tables = {name: found.get(name, Table(name)) for name in SCHEMA}
    clients = Clients(found.get("Clients"))
    tables |= {"Invoices": invoices, "Payments": payments, "Clients": clients.table}
    issues, later = list(strangers), dict.fromkeys(tables, 0)
    for name, column in DATED.items():
        tables[name], later[name] = _known_by(as_of, tables[name], column)
        if later[name]:
            issues.append(Issue("info", name, 0, "", "", "issues.later_than_as_of", {"count": later[name]}))
    # What is not known yet must not decide on what is: rates and currencies come after the cut.
    tables = in_reporting_currency(as_of, tables, clients, policy)
    issues += [issue for table in tables.values() for issue in table.issues]
    read = {name: (table.rows_read, len(table), later[name]) for name, table in tables.items() if table.rows_read}
    found_due = dated(tables["Invoices"], tables["Orders"], clients, policy)
    tables["Invoices"] = found_due.invoices
    client_of = {name: clients.places(tables[name]) for name in WITH_CLIENT}
    return Assembly(as_of, tables, client_of, clients, policy, [*issues, *clients.issues], read, found, found_due)


def _read(raw_tables: list[RawTable]) -> tuple[dict[str, Table], list[Issue]]:
    """Tables by name, and what is not recognised."""
    pairs, repeated = read_each(raw_tables)
    tables = [table for _, table in pairs]
    return _joined(tables), repeated + [issue for table in tables if not table.name for issue in table.issues]


def read_each(raw_tables: list[RawTable]) -> tuple[list[tuple[RawTable, Table]], list[Issue]]:
    """Each table as it is meant among the others, read in the date order that the Policy among them asks for.

    A table given twice is left out, with an issue.
    """
    raw_tables, repeated = _once(raw_tables)
    tables = [cache.read(raw) for raw in raw_tables]
    order = Policy(_joined(tables).get("Policy")).given("date_order")
    for place, (raw, table) in enumerate(zip(raw_tables, tables, strict=True)):
        if order and any(issue.code == "issues.date_order_assumed" for issue in table.issues):
            tables[place] = cache.read(raw, order)
    names = {table.name for table in tables}
    for place, (raw, table) in enumerate(zip(raw_tables, tables, strict=True)):
        if table.name == "Payments" and "Invoices" not in names:
            # A list of invoices with the means of payment looks like one of payments; alone, it can only be the former.
            tables[place] = cache.read(raw, order or "", but="Payments")
        elif table.name == "Invoices" and _pays(table, [other for other in tables if other is not table]):
            tables[place] = cache.read(raw, order or "", but="Invoices")
    return list(zip(raw_tables, tables, strict=True)), repeated


def _once(raw_tables: list[RawTable]) -> tuple[list[RawTable], list[Issue]]:
    """The tables without those whose every cell was given before: a file taken twice is no second ledger."""
    kept: list[RawTable] = []
    issues = []
    for raw in raw_tables:
        if len(raw.rows) > 1 and any(cache.same(raw.rows, other.rows) for other in kept):
            issues.append(Issue("warning", "", 0, "", raw.name, "issues.same_table", source=raw.name))
        else:
            kept.append(raw)
    return kept, issues


def _pays(table: Table, others: list[Table]) -> bool:
    """Whether a bare list of client, invoice, date and amount pays invoices that other tables hold."""
    if not table.columns.keys() <= {"client", "client_name", "invoice", "date", "amount", "order", "means"}:
        return False
    ledgers = [other for other in others if other.name == "Invoices" and other.columns.keys() - table.columns.keys()]
    numbers = {number for other in ledgers for number in other["invoice"].tolist()}
    return bool(numbers) and numbers.issuperset(table["invoice"].tolist())


def _joined(tables: list[Table]) -> dict[str, Table]:
    groups: dict[str, list[Table]] = {}
    for table in tables:
        if table.name:
            groups.setdefault(table.name, []).append(table)
    return {name: joined(group) for name, group in groups.items()}


def _known_by(as_of: np.datetime64, table: Table, column: str) -> tuple[Table, int]:
    later = table[column] > as_of
    return table.where(~later), int(later.sum())


def _check_terms(policy: Policy) -> None:
    """The term of invoices that have none must be one; else the reference one is used, with an issue."""
    own = policy.text("default_terms")
    if not isinstance(try_terms(own, None, policy.text("end_of_month_method")), Terms):
        policy.refuse("default_terms", own)
