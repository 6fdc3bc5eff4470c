"""Amounts of invoices and payments in the reporting currency, at the rate known on the as-of date.

A row without a currency is in its client's, else in the reporting one; a payment without one is in the currency of
the invoice it names. Rates are units for one euro, whatever the reporting currency; one that is not positive is not
used.
A currency without a rate refuses the row. A converted table keeps the currency of each row and, in
`units`, its units per unit of the reporting currency, so that a letter can speak the client's money.
"""

from __future__ import annotations

import numpy as np

from udfs.book.clients import Clients
from udfs.tables.issues import Issue, shown
from udfs.tables.policy import Policy
from udfs.tables.table import Table
from udfs.tables.words import same_code

# Beyond it, or its inverse, an amount would leave what a float can keep; no currency is there.
SMALLEST_RATE = 1e-9
MONEY = {"Invoices": ("amount", "amount_excl_vat", "paid", "balance", "retention"), "Payments": ("amount",)}


def in_reporting_currency(as_of: np.datetime64, tables: dict[str, Table], clients: Clients, policy: Policy
                          ) -> dict[str, Table]:
    """The same tables, Invoices and Payments converted where another currency is used at all."""
    home = policy.text("reporting_currency")
    tables = {**tables, "Rates": tables["Rates"].with_issues(_unusable(tables["Rates"]))}
    own = {same_code(code): currency for code, currency in
           zip(clients.table["client"], clients.table["currency"], strict=True) if currency not in ("", home)}
    invoices, payments = tables["Invoices"], tables["Payments"]
    used = [table.columns["currency"] for table in (invoices, payments) if table.has("currency")]
    if not own and not any(((codes != "") & (codes != home)).any() for codes in used):
        return tables
    currency = _with_clients_own(invoices["currency"], invoices["client"], own, home)
    of_invoice = {_key(invoices, row): currency[row] for row in np.flatnonzero(currency != home).tolist()}
    named = np.array([of_invoice.get(_key(payments, row), "") for row in range(len(payments))], dtype=object)
    stated = payments["currency"]
    paid_in = _with_clients_own(np.where(stated == "", named, stated), payments["client"], own, home)
    rates = _rates(as_of, tables["Rates"], home)
    return {**tables, "Invoices": _convert(invoices, currency, rates),
            "Payments": _convert(payments, paid_in, rates)}


def _with_clients_own(currency: np.ndarray, client: np.ndarray, own: dict[str, str], home: str) -> np.ndarray:
    filled = currency.copy()
    for row in np.flatnonzero(filled == "").tolist():
        filled[row] = own.get(same_code(client[row]), home)
    return filled


def _key(table: Table, row: int) -> tuple[str, str]:
    return same_code(table["client"][row]), same_code(table["invoice"][row])


def _usable(rates: np.ndarray) -> np.ndarray:
    return np.asarray((rates > SMALLEST_RATE) & (rates < 1 / SMALLEST_RATE))


def _unusable(table: Table) -> list[Issue]:
    return [Issue("warning", "Rates", int(table.row_numbers[row]), "units_per_euro",
                  shown(float(table["units_per_euro"][row])), "issues.rates_unusable", {}, table.source)
            for row in np.flatnonzero(~_usable(table["units_per_euro"])).tolist()]


def _rates(as_of: np.datetime64, table: Table, home: str) -> dict[str, float]:
    """Units per unit of the reporting currency: the latest rate of each currency known by the date."""
    undated = np.datetime64("0001-01-01", "D")
    per_euro: dict[str, float] = {}
    since: dict[str, np.datetime64] = {}
    table = table.where(_usable(table["units_per_euro"]))
    for currency, date, rate in zip(table["currency"], table["date"], table["units_per_euro"], strict=True):
        date = undated if np.isnat(date) else date
        if undated <= date <= as_of and date >= since.get(currency, undated):
            per_euro[currency], since[currency] = float(rate), date
    per_euro["EUR"] = 1.0
    base = per_euro.get(home)
    return {code: rate / base for code, rate in per_euro.items()} if base else {home: 1.0}


def _convert(table: Table, currency: np.ndarray, rates: dict[str, float]) -> Table:
    rate = np.array([rates.get(code, np.nan) for code in currency], dtype=np.float64)
    issues = [Issue("error", table.name, int(table.row_numbers[row]), "currency", str(currency[row]),
                    "issues.no_rate", {"consequence": "issues.left_out"}, table.source)
              for row in np.flatnonzero(np.isnan(rate)).tolist()]
    money = {name: table[name] / rate for name in MONEY[table.name] if table.has(name)}
    return table.with_columns(**money, currency=currency, units=rate).with_issues(issues).where(~np.isnan(rate))
