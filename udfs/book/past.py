"""A Book as it could have been known on an earlier day, for what is judged by what came after.

Rows dated later, and payments, disputes, bounces and judgments of later days, are unknown on any earlier date anyway.
Here nothing counts that may have been learnt since:

- what the Clients row says without a date of its own (opinions, risk, liens, a block, confidential accounts) counts
  only if the row was checked by then (`checked_on`); an outside note by its date, an insolvency by its judgment and
  publication, whichever is later;
- an invoice is disputed only from `disputed_on`, or the Journal, on; a cheque or a bill is cleared only on its day, not
  by one announced before;
- accounts are known so many months after their year end as a firm may take to file them (`override_filing_months`).

What says who a client is (name, legal form, capital, country, group, terms) is taken as it stands, and so is the
policy. What was paid on a day that is not known is taken as paid before: it is no debt then and tells no delay.

>>> from udfs.book.book import Book
>>> from udfs.tables.raw import RawTable
>>> invoices = [["client", "invoice", "date", "due date", "amount"], ["C1", "F1", "2025-10-01", "2025-10-31", 1200.0]]
>>> clients = [["client", "name", "sales opinion", "checked on"], ["C1", "Dupont", "good", "2026-03-02"]]
>>> book = Book("2026-11-20", [RawTable(invoices), RawTable(clients)])
>>> [float(one.rating.answers["sales_opinion"][0]) for one in (book, book.as_known_on(book.as_of - 365))]
[7.0, nan]
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from udfs.book.assembly import Assembly, on_day
from udfs.tables.columns import months_before
from udfs.tables.table import Table, empty_column

UNDATED = ("country_risk", "sales_opinion", "order_trend", "liens", "accounts_confidential", "blocked")
OUTSIDE_NOTE = ("external_score", "external_provider", "external_date")
INSOLVENCY = ("insolvency_kind", "judgment_date", "published_on")


def as_known_on(book: Assembly, day: np.datetime64) -> Assembly:
    """The same tables as of an earlier day, without what may have been learnt since."""
    tables = dict(book.read_tables)
    if "Clients" in tables:
        tables["Clients"] = _clients(tables["Clients"], day)
    tables["Invoices"] = _where(tables["Invoices"], ("disputed",), tables["Invoices"]["disputed_on"] <= day)
    if "Payments" in tables:
        tables["Payments"] = _where(tables["Payments"], ("cleared_on",), tables["Payments"]["cleared_on"] <= day)
    if "Accounts" in tables:
        filed = months_before(day, book.policy.days("override_filing_months"))
        tables["Accounts"] = tables["Accounts"].where(~(tables["Accounts"]["year_end"] > filed))
    return on_day(replace(book, read_tables=tables), day)


def insolvent_on(clients: Table) -> np.ndarray:
    """The day on which each insolvency could be known, NaT where there is none or no day is given."""
    found = np.fmax(clients["judgment_date"], clients["published_on"])
    return np.where(clients["insolvency_kind"] == "", np.datetime64("NaT", "D"), found)


def _clients(table: Table, day: np.datetime64) -> Table:
    table = _where(table, UNDATED, table["checked_on"] <= day)
    table = _where(table, OUTSIDE_NOTE, table["external_date"] <= day)
    return _where(table, INSOLVENCY, insolvent_on(table) <= day)


def _where(table: Table, columns: tuple[str, ...], known: np.ndarray) -> Table:
    """The table with these columns empty in the rows where they were not known."""
    kept = {name: np.where(known, table[name], empty_column(table.name, name, len(table)))
            for name in columns if table.has(name)}
    return table.with_columns(**kept)
