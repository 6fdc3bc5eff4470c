"""Four real ledgers, their customers as codes, tie to debit less credit of account 411, by customer."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from decimal import Decimal

import pytest

from addin.readers import load

# Lines, customers, total and last day were counted on the files with awk, apart from any of our code.
LEDGERS = {"A": (17, "52517.24", dt.date(2022, 8, 31)), "B": (34, "14416.52", dt.date(2023, 6, 29)),
           "C": (4, "27771.70", dt.date(2023, 6, 30)), "D": (1, "128200.50", dt.date(2023, 4, 26))}


def turnover(path):
    """Customer -> debit less credit, cut by hand: the 7th, 12th and 13th cells of each line."""
    balance = defaultdict(Decimal)
    for text in path.read_bytes().decode("latin-1").replace("\r", "").split("\n")[1:]:
        cells = text.replace("|", "\t").split("\t")
        if len(cells) > 12:
            balance[cells[6]] += Decimal(cells[11].replace(",", ".")) - Decimal(cells[12].replace(",", "."))
    return balance


@pytest.mark.parametrize("name", LEDGERS)
def test_each_customer_of_a_real_ledger_ties_to_the_cent(real_data, name):
    path = real_data / "fec" / f"ledger_{name}_411.txt"
    customers, total, last = LEDGERS[name]
    reading = load(path)
    assert {issue.code for issue in reading.issues} <= {"readers.not_lettered"}
    assert reading.last_date == last
    tables = {table.name: table.rows[1:] for table in reading.tables}
    left = {(client, number): Decimal(str(amount)) * (-1 if kind == "credit_note" else 1)
            for client, number, _, kind, amount in tables["Invoices"]}
    signs = {(client, number): kind for client, number, _, kind, _ in tables["Invoices"]}
    assert len(left) == len(tables["Invoices"])
    balance = defaultdict(Decimal)
    for client, _, amount, number, *_ in tables["Payments"]:
        if number:
            left[client, number] -= Decimal(str(amount))
        else:
            balance[client] -= Decimal(str(amount))
    for (client, number), amount in left.items():
        assert amount >= 0 if signs[client, number] == "invoice" else amount <= 0
        balance[client] += amount
    expected = turnover(path)
    assert len(expected) == len(tables["Clients"]) == customers
    assert sum(expected.values()) == Decimal(total)
    assert {client: balance[client] for client in expected} == expected
    assert max(row[2] for row in tables["Invoices"]) <= last
    assert max(row[1] for row in tables["Payments"]) <= last


def test_lettered_items_of_a_real_ledger_end_settled(real_data):
    """Ledger B: all its 45 groups net to zero, so only its 34 lines without letter stay open."""
    path = real_data / "fec" / "ledger_B_411.txt"
    tables = {table.name: table.rows[1:] for table in load(path).tables}
    left = {row[:2]: Decimal(str(row[4])) * (-1 if row[3] == "credit_note" else 1)
            for row in tables["Invoices"]}
    for client, _, amount, number, *_ in tables["Payments"]:
        if number:
            left[client, number] -= Decimal(str(amount))
    unallocated = sum(1 for row in tables["Payments"] if not row[3])
    assert sum(1 for amount in left.values() if amount) + unallocated <= 34
