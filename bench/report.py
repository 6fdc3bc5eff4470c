"""The rows as a table in the terminal and as the page docs/benchmarks.md."""

from __future__ import annotations

import os
import platform
from collections.abc import Sequence
from importlib.metadata import version
from pathlib import Path

from rich.table import Table

from bench.measure import Row

PAGE = Path(__file__).resolve().parent.parent / "docs" / "benchmarks.md"
HEADINGS = ("what", "ours", "against", "which takes", "ratio", "at most", "within")
NUMBERS = ("ours", "which takes", "ratio", "at most")
LIBRARIES = ("numpy", "pandas", "docxtpl")

TEXT = """# Speed

Every line is a ratio: our time divided by that of a yardstick, both taken in the same run on the same machine.
`python3 dev.py bench` measures again, `python3 dev.py bench --write` also writes this page.

{table}

{machine}. A line without "at most" is for information.

## How it is measured

- The ledger is made from a fixed seed: invoices of 24 months with 12 columns, four in five paid, {per_client} for each
  client, and a table of clients with 7 columns. Its cells are tuples of tuples with dates as serial numbers, as Excel
  hands a range over. Each turn gets cells made anew: no text is shared between two cells or known from an earlier
  turn, and our caches are emptied.
- Tasks that are compared take turns and the best of several turns counts, so that a busy moment of the machine does
  not decide. Making the input and tidying memory (`gc.collect`) come before the clock starts.
- pandas builds a `DataFrame` of the same invoices, reads its three date columns with `to_datetime` and groups the
  amounts by client and ageing band once. It reads no clients, checks nothing, and knows no due dates, payments or
  credit notes.
- *Every family* is what a Book answers for all its clients so far; sentences are made for the cells that ask.
- Growth is the time for the larger ledger divided by that for the smaller one, both with {per_client} invoices for each
  client; the ratio compares our growth with that of pandas.
- An unchanged table is recognised by comparing its cells one by one with those read before; what counts is the time
  until the Book has the table and its share of the handle.
- Imports are timed in processes of their own, the bare interpreter taken off. `import udfs` loads nothing else until a
  function is asked for; the second line is the first function with all that it needs.
- A call from a cell runs through xlwings' own Windows code on stand-ins for pywin32: all that happens in Python,
  without the hop between Excel and Python. In the workbook most cells do not even pay that: the answers of a function
  of (client, book) are fetched once for all clients.
- A cold calculation is `credit-manager calc` on `workbook/credit_manager.xlsm` in a process of its own, interpreter and
  imports included.
"""


def terminal(rows: Sequence[Row]) -> Table:
    """The table that is printed."""
    table = Table(title="Speed: ours against a yardstick, in one run", show_lines=True)
    table.add_column("what, and against what")
    for heading in ("ours", "the other", *HEADINGS[4:]):
        table.add_column(heading, justify="right", no_wrap=True)
    for row in rows:
        what, ours, yardstick, theirs, *verdict = row.cells()
        table.add_row(f"{what}\n[dim]{yardstick}[/dim]", ours, theirs, *verdict,
                      style="red" if row.within == "no" else None)
    return table


def page(rows: Sequence[Row], per_client: int) -> str:
    """The page in Markdown."""
    rules = ("---:" if heading in NUMBERS else "---" for heading in HEADINGS)
    lines = [HEADINGS, tuple(rules), *(row.cells() for row in rows)]
    table = "\n".join(f"| {' | '.join(cells)} |" for cells in lines)
    return TEXT.format(table=table, machine=machine(), per_client=per_client)


def machine() -> str:
    """What the figures were taken on, without naming anyone's computer."""
    libraries = ", ".join(f"{name} {version(name)}" for name in LIBRARIES)
    return (f"Python {platform.python_version()}, {libraries}, {platform.system()} on {platform.machine()}, "
            f"{os.cpu_count()} processors")
