"""Invoices and Payments put in one shape, whatever columns the ledger had.

The kind gives the sign and amounts are absolute; a negative invoice is a credit note with a warning;
debit less credit, or a balance, stand for the amount; `paid` is what was paid before the Payments table.
A negative balance of a positive invoice is money paid beyond it. Rows of payments inside Invoices are routed to
Payments, where a payment in the debit column is one taken back. A row is a document: client + invoice + due date.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from udfs.tables.columns import NOTHING, first_known
from udfs.tables.issues import Issue, shown
from udfs.tables.table import Table, empty_column, joined
from udfs.tables.words import same_code

ROUTED = {"payment": "", "bill": "LCR"}


def settle_amounts(table: Table) -> Table:
    """Invoices with `kind`, `amount` (absolute) and `paid` (absolute, 0 when nothing) always filled."""
    kind = np.where(table["kind"] == "", "invoice", table["kind"])
    amount, balance = table["amount"], table["balance"]
    from_sides = np.zeros(len(table), dtype=bool)
    if table.has("debit") or table.has("credit"):
        from_sides = np.isnan(amount) & ~(np.isnan(table["debit"]) & np.isnan(table["credit"]))
        amount = np.where(from_sides, np.nan_to_num(table["debit"]) - np.nan_to_num(table["credit"]), amount)
    amount = first_known(amount, balance)
    # Only rows that carry a sign need their kind looked at.
    signed = np.flatnonzero((amount < 0) | (balance < 0) | from_sides)
    invoiced, moved = np.zeros((2, len(table)), dtype=bool)
    invoiced[signed] = np.isin(kind[signed], ("invoice", "deposit_invoice"))
    moved[signed] = np.isin(kind[signed], list(ROUTED))
    turned = (amount < 0) & invoiced
    kind[turned] = "credit_note"
    negative = turned & ~from_sides
    issues = _at(table, negative, "warning", "amount" if table.has("amount") else "balance", amount,
                 "issues.negative_invoice")
    taken_back = from_sides & (amount > 0) & moved
    amount = np.where(taken_back, -amount, np.abs(amount))
    balance = np.where(invoiced & ~turned, balance, np.abs(balance))

    over = balance > amount + NOTHING
    issues += _at(table, over, "warning", "balance", balance, "issues.balance_over_amount")
    amount = np.where(over, balance, amount)
    given = np.abs(table["paid"])
    paid = np.where(np.isnan(balance), given, amount - balance)
    differ = ~np.isnan(balance) & ~np.isnan(given) & (np.abs(paid - given) > NOTHING)
    issues += _at(table, differ, "warning", "paid", given, "issues.paid_and_balance_differ")
    fully = np.isnan(paid) & ~np.isnat(table["paid_date"])
    paid = np.where(fully, amount, np.nan_to_num(paid))
    table = table.with_columns(kind=kind.astype(object), amount=amount, paid=paid, balance=balance)
    return _client_from_name(table.with_issues(issues + _odd_dates(table)))


def route_payments(invoices: Table, payments: Table) -> tuple[Table, Table]:
    """Take the rows of payments and bills out of Invoices and add them to Payments."""
    routed = np.isin(invoices["kind"], list(ROUTED))
    if not routed.any():
        return invoices, payments
    rows = invoices.where(routed)
    bill = rows["kind"] == "bill"
    known = {(same_code(client), same_code(number)) for client, number in
             zip(invoices["client"][~routed], invoices["invoice"][~routed], strict=True)}
    named = np.array([(same_code(client), same_code(number)) in known for client, number in
                      zip(rows["client"], rows["invoice"], strict=True)])
    means = np.where(bill & (rows["means"] == ""), "LCR", rows["means"])
    moved = Table("Payments", {
        "client": rows["client"], "date": rows["date"], "amount": rows["amount"],
        "invoice": np.where(named, rows["invoice"], ""), "order": rows["order"], "means": means.astype(object),
        "maturity": np.where(bill, rows["due_date"], np.datetime64("NaT", "D")),
        "reference": np.where(named, "", rows["invoice"]), "currency": rows["currency"],
    }, rows.row_numbers, len(rows), (), rows.source)
    kept = invoices.where(~routed)
    kept = replace(kept, rows_read=kept.rows_read - len(rows))
    return kept, joined([payments, moved]) if payments.name else moved


def refuse_repeats(table: Table) -> Table:
    """Leave out rows that repeat an earlier one exactly; warn of one number with two contents."""
    numbers = table["invoice"]
    if "invoice" in table.unique:
        return table
    keys = np.array([f"{same_code(client)}\x1f{same_code(number)}" for client, number in
                     zip(table["client"], numbers, strict=True)], dtype=object)
    places: dict[str, list[int]] = {}
    for place, key in enumerate(keys):
        places.setdefault(key, []).append(place)
    keep, issues = np.ones(len(table), dtype=bool), []
    contents = [table[name] for name in sorted(table.columns)]
    for group in places.values():
        seen: dict[tuple[str, ...], int] = {}
        dues: dict[str, int] = {}
        for place in group if len(group) > 1 else ():
            content = tuple(str(values[place]) for values in contents)
            due = str(table["due_date"][place])
            if content in seen:
                keep[place] = False
                issues.append(_repeat(table, place, seen[content], "error", "issues.duplicate_row"))
            elif due in dues and table["kind"][place] not in ROUTED:
                issues.append(_repeat(table, place, dues[due], "warning", "issues.same_number"))
            seen.setdefault(content, place)
            if table["kind"][place] not in ROUTED:
                dues.setdefault(due, place)
    return table.where(keep).with_issues(issues)


def _repeat(table: Table, place: int, first: int, severity: str, code: str) -> Issue:
    return Issue(severity, table.name, int(table.row_numbers[place]), "invoice", shown(table["invoice"][place]),
                 code, {"first": int(table.row_numbers[first])}, table.source)


def _client_from_name(table: Table) -> Table:
    """A ledger, or a row of it, without a client's code goes by the client's name."""
    if not table.has("client"):
        return table.with_columns(client=table["client_name"])
    if not table.has("client_name"):
        return table
    nameless = table["client"] == ""
    if not nameless.any():
        return table
    return table.with_columns(client=np.where(nameless, table["client_name"], table["client"]))


def name_clients(table: Table) -> Table:
    """Payments and other tables that give the client's name only."""
    if len(table) and table.has("client_name"):
        return _client_from_name(table)
    return table if table.has("client") else table.with_columns(
        client=empty_column(table.name, "client", len(table)))


def _odd_dates(table: Table) -> list[Issue]:
    early = table["due_date"] < table["date"]
    issues = _at(table, early, "warning", "due_date", table["due_date"], "issues.due_before_invoice")
    return issues + _at(table, table["paid_date"] < table["date"], "warning", "paid_date", table["paid_date"],
                        "issues.paid_before_invoice")


def _at(table: Table, mask: np.ndarray, severity: str, column: str, values: np.ndarray, code: str) -> list[Issue]:
    return [Issue(severity, table.name, int(table.row_numbers[row]), column, _plain(values[row]), code, {},
                  table.source) for row in np.flatnonzero(mask).tolist()]


def _plain(value: object) -> str:
    return f"{value:.2f}".rstrip("0").rstrip(".") if isinstance(value, float | np.floating) else str(value)
