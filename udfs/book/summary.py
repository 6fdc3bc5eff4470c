"""A Book in a dozen lines: rows read, used and refused, totals, and whether they tie out.

The tie-out compares the balance by open items with invoices less credit notes less payments, summed apart,
and with account 411 where policy `account_411_balance` gives it.
"""

from __future__ import annotations

from typing import Any

from udfs.book.book import Book
from udfs.exposure.components import ACCOUNTING
from udfs.tables.columns import CENT, round_cents
from udfs.texts import say


def balance(book: Book) -> float:
    """The balance of the receivables ledger: open invoices less credit notes and unallocated payments."""
    return float(round_cents(sum(book.receivables.components[name].sum() for name in ACCOUNTING)))


def summary_rows(book: Book) -> list[list[Any]]:
    """Label and value, one pair a row."""
    language = book.policy.language

    def label(name: str, **values: Any) -> str:
        return say(f"book.summary_{name}", language, **values)

    rows: list[list[Any]] = [[label("as_of"), str(book.as_of)], [label("clients"), len(book.clients)]]
    for name, (read, used, later) in book.assembly.read.items():
        refused = read - used - later
        rows.append([label("rows", table=name), label("rows_value", read=read, used=used, later=later,
                                                      refused=refused)])
    rows += [[label("balance"), balance(book)], [label("overdue"), float(round_cents(book.overdue.sum()))],
             [label("exposure"), float(round_cents(book.exposure.sum()))],
             [label("tie_out"), tie_out(book)]]
    own = book.policy.optional("account_411_balance")
    if own is not None:
        rows.append([label("account_411"), float(round_cents(balance(book) - own))])
    counts = {severity: sum(issue.severity == severity for issue in book.issues)
              for severity in ("error", "warning", "info")}
    return [*rows, *([label(f"issues_{severity}"), count] for severity, count in counts.items())]


def tie_out(book: Book) -> float:
    """What the balance by open items differs from the ledger's own sum; 0 when nothing is lost."""
    difference = book.receivables.unbalanced
    return 0.0 if abs(difference) < CENT / 2 else float(round_cents(difference))
