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
    return _cents(sum(book.receivables.components[name].sum() for name in ACCOUNTING))


def summary(book: Book) -> dict[str, Any]:
    """The summary as plain data under codes that no language changes; what the policy does not give is None."""
    own = book.policy.optional("account_411_balance")
    return {
        "as_of": str(book.as_of),
        "clients": len(book.clients),
        "rows": {name: {"read": read, "used": used, "later": later, "refused": read - used - later}
                 for name, (read, used, later) in book.assembly.read.items()},
        "balance": balance(book),
        "overdue": _cents(book.overdue.sum()),
        "exposure": _cents(book.exposure.sum()),
        "tie_out": tie_out(book),
        "account_411_difference": None if own is None else _cents(balance(book) - own),
        "issues": {severity: sum(issue.severity == severity for issue in book.issues)
                   for severity in ("error", "warning", "info")},
    }


def summary_rows(book: Book) -> list[list[Any]]:
    """The summary in words: label and value, one pair a row."""
    language, found = book.policy.language, summary(book)

    def row(name: str) -> list[Any]:
        return [say(f"book.summary_{name}", language), found[name]]

    return [
        *(row(name) for name in ("as_of", "clients")),
        *([say("book.summary_rows", language, table=name), say("book.summary_rows_value", language, **counts)]
          for name, counts in found["rows"].items()),
        *(row(name) for name in ("balance", "overdue", "exposure", "tie_out")),
        *([row("account_411_difference")] if found["account_411_difference"] is not None else []),
        *([say(f"book.summary_issues_{severity}", language), count] for severity, count in found["issues"].items()),
    ]


def tie_out(book: Book) -> float:
    """What the balance by open items differs from the ledger's own sum; 0 when nothing is lost."""
    difference = book.receivables.unbalanced
    return 0.0 if abs(difference) < CENT / 2 else _cents(difference)


def _cents(amount: float) -> float:
    return float(round_cents(amount))
