"""Reading a ledger, working out every family, growing tenfold, and a table that has not changed."""

from __future__ import annotations

from bench.ledger import Cells, Ledger, every_family, read, with_pandas
from bench.measure import Row, Task, best
from bench.size import Size
from udfs.book import cache
from udfs.tables.raw import RawTable

PANDAS = "pandas: DataFrame, to_datetime, one ageing groupby"


def reading(size: Size) -> list[Row]:
    """One ledger against pandas."""
    ledger = Ledger(size.invoices)
    ours, families, theirs = best(*(Task(work, ledger.cells) for work in (read, every_family, with_pandas)),
                                  turns=size.turns)
    return [Row(f"{ledger}: read, exposure, ageing", ours, PANDAS, theirs, 2.0),
            Row("the same and every family: rating, limits, decisions, overdue, reminders, handle", families, PANDAS,
                theirs, 3.0)]


def unchanged(size: Size) -> list[Row]:
    """The invoices of a Book in the next one, where another table has changed."""
    ledger = Ledger(size.invoices)

    def unknown() -> tuple[Cells]:
        return ledger.cells()[:1]

    def known() -> tuple[Cells]:
        table_of(*unknown())
        return (ledger.sheets[0].value2(),)

    again, first = best(Task(table_of, known), Task(table_of, unknown), turns=size.turns)
    return [Row(f"an unchanged table of {ledger.invoices:,} invoices in the next Book", again,
                "reading it the first time", first, 0.1)]


def table_of(rows: Cells) -> bytes:
    """What a Book takes from the cache: the table, and its share of the handle."""
    return cache.read(RawTable(rows)).digest


def growth(size: Size) -> list[Row]:
    """How much longer ten times the ledger takes, ours against pandas."""
    small, large = Ledger(size.grown_from), Ledger(size.grown_to)
    works = (read, every_family, with_pandas)
    found = best(*(Task(work, ledger.cells) for ledger in (small, large) for work in works), turns=size.long_turns)
    ours, families, theirs = (late / early for early, late in zip(found[:3], found[3:], strict=True))
    what = f"from {small.invoices:,} invoices of {small.clients:,} clients to {large.invoices:,} of {large.clients:,}"
    return [Row(f"growth {what}: read, exposure, ageing", ours, "growth of pandas", theirs, 1.1, "times"),
            Row("the same growth: every family", families, "growth of pandas", theirs, 1.1, "times")]
