"""The eight dirty rows: what every export contains, put in on purpose and declared in `dirty_rows.csv`.

A refused row leaves every sum; a warning keeps it. Lines count from the header, which is line 1.
"""

from __future__ import annotations

from addin.build.demo_ledger import Ledger, Row

REFUSED = {"impossible_date", "unreadable_amount", "unknown_kind", "duplicate_row", "currency_without_rate",
           "total_row"}


def spoil(ledger: Ledger, clients: list[Row]) -> list[Row]:
    """Put the faults in; return their register."""
    register = []
    invoices = ledger.tables["Invoices"]
    spoilt: list[tuple[list[Row], Row, str, str]] = []
    for table, row, line in ledger.faults:
        column, value, code = line.words
        if table == "Clients":
            rows, target = clients, next(known for known in clients if known["client"] == row["client"])
        else:
            rows, target = invoices, row
        if code == "duplicate_row":
            target = dict(row)
            invoices.insert(_position(invoices, row) + 1, target)
            column = "invoice"
        else:
            target[column] = value
        spoilt.append((rows, target, column, code))
    total = {"client": "TOTAL", "amount": f"{sum(map(_readable, invoices)):.2f}"}
    invoices.append(total)
    spoilt.append((invoices, total, "client", "total_row"))
    for rows, target, column, code in spoilt:
        register.append({
            "table": "Invoices" if rows is invoices else "Clients", "row": str(_position(rows, target) + 2),
            "column": column, "what": code, "outcome": "refused" if code in REFUSED else "warning",
        })
    return sorted(register, key=lambda entry: (entry["table"], int(entry["row"])))


def _position(rows: list[Row], row: Row) -> int:
    return next(position for position, other in enumerate(rows) if other is row)


def _readable(row: Row) -> float:
    """What a spreadsheet's own SUM sees: numbers, whatever their sign should be."""
    try:
        return float(row["amount"])
    except ValueError:
        return 0.0
