"""`python -m bench`: measure, print, and with --write keep the figures in docs/benchmarks.md."""

from __future__ import annotations

import click
from rich.console import Console

from bench.books import growth, reading, unchanged
from bench.calls import due_dates
from bench.excel import calls, cold_calculation, server_ready
from bench.imports import imports
from bench.letters import letters
from bench.measure import Row
from bench.report import PAGE, page, terminal
from bench.size import FULL, INVOICES_OF_A_CLIENT, QUICK

MEASURES = {
    "reading a ledger": reading, "an unchanged table": unchanged, "growth": growth, "calls from cells": calls,
    "imports": imports, "the server": server_ready, "a cold calculation": cold_calculation,
    "due dates": due_dates, "letters": letters,
}


@click.command()
@click.option("--quick", is_flag=True, help="Small sizes, to see that every measure runs; the ratios mean nothing.")
@click.option("--write", is_flag=True, help="Keep the figures in docs/benchmarks.md.")
def main(quick: bool, write: bool) -> None:
    """Measure our speed against yardsticks; a full run takes about three minutes."""
    if quick and write:
        raise click.UsageError("--quick measures too little to be kept: leave out one of --quick and --write.")
    console, rows = Console(), list[Row]()
    with console.status("") as status:
        for name, measured in MEASURES.items():
            status.update(f"Measuring {name} ...")
            rows += measured(QUICK if quick else FULL)
    console.print(terminal(rows))
    if write:
        PAGE.write_text(page(rows, INVOICES_OF_A_CLIENT), encoding="utf-8", newline="\n")
        console.print(f"Written: {PAGE.relative_to(PAGE.parent.parent)}")


if __name__ == "__main__":
    main(prog_name="python -m bench")
