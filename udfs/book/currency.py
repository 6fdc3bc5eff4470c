"""Amounts of invoices and payments in the reporting currency, at the rate known on the as-of date.

A row without a currency is in its client's, else in the reporting one; a payment is in the currency of the
invoice it names. A currency without a rate refuses the row. A converted table keeps the currency of each row and, in
`units`, its units per unit of the reporting currency, so that a letter can speak the client's money.
"""

from __future__ import annotations

import numpy as np

from udfs.book.clients import Clients
from udfs.tables.issues import Issue
from udfs.tables.policy import Policy
from udfs.tables.table import Table
from udfs.tables.words import same_code

MONEY = {"Invoices": ("amount", "amount_excl_vat", "paid", "balance", "retention"), "Payments": ("amount",)}


def in_reporting_currency(as_of: np.datetime64, tables: dict[str, Table], clients: Clients, policy: Policy
                          ) -> dict[str, Table]:
    """The same tables, Invoices and Payments converted where another currency is used at all."""
    home = policy.text("reporting_currency")
    own = {same_code(code): currency for code, currency in
           zip(clients.table["client"], clients.table["currency"], strict=True) if currency not in ("", home)}
    invoices, payments = tables["Invoices"], tables["Payments"]
    foreign = (invoices["currency"] != "") & (invoices["currency"] != home)
    if not foreign.any() and not own:
        return tables
    currency = _with_clients_own(invoices["currency"], invoices["client"], own, home)
    of_invoice = {number: code for number, code in zip(invoices["invoice"], currency, strict=True) if code != home}
    named = np.array([of_invoice.get(number, "") for number in payments["invoice"]], dtype=object)
    paid_in = _with_clients_own(named, payments["client"], own, home)
    rates = _rates(as_of, tables["Rates"], home)
    return {**tables, "Invoices": _convert(invoices, currency, rates),
            "Payments": _convert(payments, paid_in, rates)}


def _with_clients_own(currency: np.ndarray, client: np.ndarray, own: dict[str, str], home: str) -> np.ndarray:
    filled = currency.copy()
    for row in np.flatnonzero(filled == "").tolist():
        filled[row] = own.get(same_code(client[row]), home)
    return filled


def _rates(as_of: np.datetime64, table: Table, home: str) -> dict[str, float]:
    """Units per unit of the reporting currency: the latest rate of each currency known by the date."""
    rates: dict[str, float] = {home: 1.0}
    since: dict[str, np.datetime64] = {}
    undated = np.datetime64("0001-01-01", "D")
    for currency, date, rate in zip(table["currency"], table["date"], table["units_per_euro"], strict=True):
        date = undated if np.isnat(date) else date
        if rate > 0 and date <= as_of and date >= since.get(currency, undated):
            rates[currency], since[currency] = float(rate), date
    return rates


def _convert(table: Table, currency: np.ndarray, rates: dict[str, float]) -> Table:
    rate = np.array([rates.get(code, np.nan) for code in currency], dtype=np.float64)
    issues = [Issue("error", table.name, int(table.row_numbers[row]), "currency", str(currency[row]),
                    "issues.no_rate", {"consequence": "issues.left_out"}, table.source)
              for row in np.flatnonzero(np.isnan(rate)).tolist()]
    money = {name: table[name] / rate for name in MONEY[table.name] if table.has(name)}
    return table.with_columns(**money, currency=currency, units=rate).with_issues(issues).where(~np.isnan(rate))
