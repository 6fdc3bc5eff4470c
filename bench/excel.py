"""What a workbook pays: one cell's call through xlwings, the start of its Python, the command line on the whole file.

xlwings' own Windows code runs here on stand-ins for pywin32, so that a call is measured without the hop between two
processes, which is the same for both sides.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from bench.imports import process
from bench.measure import Row, Task, best
from bench.portfolio import AS_OF, Sheet, client_table, invoices
from bench.size import INVOICES_OF_A_CLIENT, Size
from udfs import CREDIT_BOOK

WORKBOOK = Path(__file__).resolve().parent.parent / "workbook" / "credit_manager.xlsm"
CALLS = 2000
COLD_SECONDS = 3.0
STATEMENTS = ("pass", "import xlwings", "import addin.server")
PANDAS = f"import pandas; pandas.read_excel({str(WORKBOOK)!r}, sheet_name=None, engine='calamine', header=3)"


def calls(size: Size) -> list[Row]:
    """One cell with a handle against a function that does nothing; a column of clients against one cell."""
    from tests.excel.windows import install

    install()
    from xlwings.udfs import call_udf

    clients = size.invoices // INVOICES_OF_A_CLIENT
    handle = CREDIT_BOOK(AS_OF, Sheet(invoices(size.invoices, clients)).value2(),
                         Sheet(client_table(clients)).value2())
    codes = Sheet([row[:1] for row in client_table(clients)[1:]]).value2()
    one = codes[-1][0]

    def limit(client: object) -> object:
        return call_udf("addin.server", "answer", ("CREDIT_LIMIT", (client, handle), None))

    limit(one)
    call_udf("addin.server", "hello", ())
    column, scalar, nothing = best(Task(lambda: limit(codes)), Task(lambda: limit(one), times=CALLS),
                                   Task(lambda: call_udf("bench.empty", "nothing", (one, handle)), times=CALLS),
                                   turns=size.turns)
    return [Row(f"CREDIT_LIMIT of one of {clients:,} clients through call_udf", scalar,
                "an empty function through call_udf", nothing, 2.0),
            Row(f"CREDIT_LIMIT of all {clients:,} clients in one column call", column,
                "the call for one of them", scalar, 200)]


def server_ready(size: Size) -> list[Row]:
    """A new process until it can answer its first call."""
    bare, xlwings, server = best(*(Task(lambda code=code: process(code)) for code in STATEMENTS), turns=size.turns)
    return [Row("the server, ready for its first call", server - bare, "import xlwings", xlwings - bare, 1.5)]


def cold_calculation(size: Size) -> list[Row]:
    """`credit-manager calc` on the demonstration workbook in a new process."""
    ours, theirs = best(Task(_calculate), Task(lambda: process(PANDAS)), turns=size.turns)
    return [Row("the demo workbook, cold calc", ours, "its budget of 3 s", COLD_SECONDS, 1.0),
            Row("the demo workbook, cold calc", ours, "pandas: read_excel of its sheets, cold", theirs)]


def _calculate() -> None:
    subprocess.run([sys.executable, "-c", "from addin.cli import main; main()", "calc", str(WORKBOOK), "--json"],
                   check=True, stdout=subprocess.DEVNULL)
