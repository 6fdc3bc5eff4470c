"""Small ledgers as text, and the work list that a Book of them gives, without its sentences or with them."""

from __future__ import annotations

from udfs.book.book import Book
from udfs.book.work_list import work_list
from udfs.tables.raw import RawTable

AS_OF = "2026-11-20"  # a Friday; the last working day is Thursday the 19th
FRENCH = "key | value\nlanguage | fr"


def table(text: str) -> RawTable:
    """Rows written as lines, cells between bars."""
    return RawTable([[cell.strip() for cell in line.split("|")] for line in text.strip().splitlines()])


def book(*texts: str, as_of: str = AS_OF) -> Book:
    return Book(as_of, [table(text) for text in texts])


def invoice(due: str, amount: str = "2 940", more: str = "", number: str = "F1", date: str = "2026-09-01") -> str:
    """One invoice of C1; `more` are the headings and the cells of further columns, as `| disputed; | oui`."""
    headings, _, cells = more.partition(";")
    return f"client | invoice | date | due date | amount {headings}\nC1 | {number} | {date} | {due} | {amount} {cells}"


def lines(found: Book) -> list[tuple[str, str, float, str, int | None]]:
    """The lines without their sentences: kind, client, amount, date, days left."""
    return [(task.kind, found.clients.codes[task.client], round(task.amount, 2), str(task.on), task.days_left(found))
            for task in work_list(found)]


def told(found: Book, kind: str) -> list[str]:
    """The sentences of one kind."""
    return [task.sentence(found) for task in work_list(found) if task.kind == kind]


def kinds(found: Book) -> list[str]:
    return [task.kind for task in work_list(found)]


# A promise of the 10th for the 18th, a formal notice, a judgment of 15 September and what was owed then and later.
JOURNAL = "date | client | event | invoice | amount | for the date\n"
BROKEN = JOURNAL + "2026-11-10 | C1 | promise | F1 | 2 940 | 2026-11-18"
NOTICE = "date | client | kind | level | invoices\n{day} | C1 | formal_notice | 4 | F1"
INSOLVENT = "client | name | country | insolvency | judgment date | published on\n" \
            "C1 | Dupont | {country} | receivership | 2026-09-15 | {published}"
OWED = ("client | invoice | kind | date | due date | amount\nC1 | F1 | invoice | 2026-07-20 | 2026-08-19 | 4 320\n"
        "C1 | F2 | invoice | 2026-10-05 | 2026-11-04 | 1 200\nC1 | A1 | credit note | 2026-08-01 | | 320")

# The worked customer of DOMAIN 5.1: 66,500 on a limit of 60,000

WORKED_CUSTOMER = ("""
client | invoice | kind        | date       | due date   | amount
C1     | F1      | invoice     | 2026-10-01 | 2026-11-30 | 42 000
C1     | A1      | credit note | 2026-11-02 |            | 2 000
C1     | F2      | invoice     | 2026-09-15 | 2026-12-15 | 10 000
C1     | F3      | invoice     | 2026-10-10 | 2026-11-10 | 2 500
""", """
client | payment date | amount | invoice | order | means    | maturity
C1     | 2026-11-16   | 4 000  |         |       | transfer |
C1     | 2026-10-01   | 10 000 | F2      |       | LCR      | 2026-12-15
C1     | 2026-11-16   | 2 500  | F3      |       | cheque   |
C1     | 2026-11-05   | 3 000  |         | O2    | transfer |
""", """
client | order | order date | amount | delivered not invoiced
C1     | O1    | 2026-10-20 | 6 000  | 6 000
C1     | O2    | 2026-11-03 | 15 000 |
""", """
client | name    | granted limit
C1     | Martin  | 60 000
""")
