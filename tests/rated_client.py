"""A client known in every respect, 520 of 600 points, and what a test changes of it."""

from tests.small_ledgers import AS_OF, table
from udfs.book.book import Book
from udfs.tables.raw import RawTable

INVOICES = """
client | invoice | date       | due date   | amount | paid on
A      | F1      | 2026-06-01 | 2026-07-01 | 1000   | 2026-07-01
A      | F2      | 2026-07-01 | 2026-07-31 | 1000   | 2026-07-31
A      | F3      | 2026-08-03 | 2026-09-02 | 1000   | 2026-09-02
"""
CLIENT = {"client": "A", "name": "Aubert", "legal form": "SA", "founded": "1998-05-04", "customer since": "2012-01-02",
          "country": "FR", "country risk": "A1", "sales opinion": "good", "order trend": "strong growth"}
ACCOUNTS = {"client": "A", "year end": "2025-12-31", "current assets": 700, "current debt": 500,
            "retained earnings": 250, "ebit": 120, "equity": 600, "total debt": 900, "total assets": 1500,
            "intangible assets": 0, "turnover": 2400}


def one_row(cells):
    return RawTable([list(cells), list(cells.values())])


def known_client(client=None, accounts=None, invoices="", *others):
    tables = [table(INVOICES + invoices), one_row(CLIENT | (client or {})), *others]
    if accounts is not False:
        tables.append(one_row(ACCOUNTS | (accounts or {})))
    return Book(AS_OF, tables)
