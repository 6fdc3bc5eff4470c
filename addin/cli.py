"""The command line `credit-manager`: the macros on files, and on a workbook of ours without Excel.

Exit codes: 0 done, 1 input refused (one sentence says why), 2 wrong usage.
"""

from __future__ import annotations

import contextlib
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import click
from rich.console import Console
from rich.text import Text

from addin.cli_workbook import COMMANDS
from addin.hosts.file import FileHost
from addin.hosts.user import system_language
from addin.hosts.workbook import WorkbookHost
from addin.readers.errors import InputRefused
from addin.screen.refusal import refusing, speaks
from addin.screen.terminal import busy
from udfs.book.book import Book
from udfs.texts import LANGUAGES

DEMO = Path(__file__).parent / "build" / "demo"
DEMO_AS_OF = "2026-11-20"

SOURCES = click.argument("sources", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="FILE...")


def options(command: Callable[..., Any]) -> Callable[..., Any]:
    """The options of every command that reads tables."""
    for option in (
        click.option("--json", "as_json", is_flag=True, help="Print JSON instead of tables."),
        click.option("--account", default="411", show_default=True, metavar="PREFIX",
                     help="How the receivables accounts of an accounting file (FEC) start."),
        click.option("--language", type=click.Choice(LANGUAGES), default=None,
                     help="Language of sentences; default: French on a French system, else that of the Policy."),
        click.option("--as-of", metavar="DATE", default=None,
                     help="Date of the answers; default: that of a workbook of ours, the last day of an accounting "
                          "file (but not for letters), else today."),
    ):
        command = option(command)
    return command


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="credit-manager-excel")
def cli() -> None:
    """Credit limits with integrated rating, due dates, exposure and letters, from your own files.

    FILE is a folder, a csv or text export, a workbook (xlsx, xlsm, xls, ods) or a French accounting file (FEC).
    BOOK is a workbook of Credit Manager: one that start has made. Close it in Excel first; it is changed in one step.
    """


@cli.command()
@click.option("--out", type=click.Path(path_type=Path, file_okay=False), default=Path("out"), show_default=True,
              help="Folder of the letters.")
@click.option("--language", type=click.Choice(LANGUAGES), default=None, help="Language of sentences.")
@click.option("--json", "as_json", is_flag=True, help="Print JSON instead of tables.")
def demo(out: Path, language: str | None, as_json: bool) -> None:
    """The demonstration portfolio: 48 fictional clients as of 20 November 2026, and the letters due that day."""
    from addin.macros.demo import renew
    from addin.screen.letters import letters_of

    renew(out, DEMO_AS_OF)
    host = FileHost([DEMO], out, DEMO_AS_OF, language or system_language())
    written = letters_of(host, as_json, started=time.perf_counter(), with_portfolio=True)
    sys.exit(0 if written else 1)


@cli.command()
@SOURCES
@options
@click.option("--ageing", is_flag=True, help="Show the aged balance instead of the portfolio.")
@click.option("--sort", metavar="COLUMN", default=None, help="Column to sort by; -exposure: largest first.")
@click.option("--filter", "condition", metavar="CONDITION", default=None, help='Such as "decision=BLOCK".')
def calc(sources: tuple[Path, ...], as_of: str | None, language: str | None, account: str, as_json: bool,
         ageing: bool, sort: str | None, condition: str | None) -> None:
    """Compute limits, ratings, exposure and decisions of the tables in FILE."""
    started = time.perf_counter()
    book = _book(sources, as_of, language, account)
    if ageing:
        from addin.screen import ageing as aged

        aged.ageing(book, as_json)
    else:
        from addin.screen.portfolio import portfolio

        portfolio(book, as_json, sort, condition, started)


@cli.command()
@SOURCES
@options
def check(sources: tuple[Path, ...], as_of: str | None, language: str | None, account: str, as_json: bool) -> None:
    """List what is wrong in the tables: where, which value, what to do. Exit code 1 if an issue is an error."""
    book = _book(sources, as_of, language, account)
    from addin.screen.checks import issues

    issues(book, as_json)
    sys.exit(1 if any(issue.severity == "error" for issue in book.issues) else 0)


@cli.command()
@SOURCES
@click.argument("client")
@options
def explain(sources: tuple[Path, ...], client: str, as_of: str | None, language: str | None, account: str,
            as_json: bool) -> None:
    """Explain one CLIENT: decision, rating, limit, exposure and open items, each with its reasons."""
    book = _book(sources, as_of, language, account)
    from addin.screen.explanation import explanation

    explanation(book, client, as_json)


@cli.command()
@SOURCES
@options
@click.option("--months", type=click.IntRange(1, 120), default=12, show_default=True, help="How far to look back.")
def backtest(sources: tuple[Path, ...], as_of: str | None, language: str | None, account: str, as_json: bool,
             months: int) -> None:
    """Compare the grades of some months ago, as they could be known then, with what was paid since."""
    book = _book(sources, as_of, language, account)
    from addin.screen.back_test import back_test

    back_test(book, months, as_json)


@cli.command("policy-test")
@SOURCES
@options
@click.option("--policy", "other", required=True, type=click.Path(path_type=Path), metavar="OTHER",
              help="A file or workbook with the other Policy table; a key that it does not name stays as it is.")
def policy_test(sources: tuple[Path, ...], as_of: str | None, language: str | None, account: str, as_json: bool,
                other: Path) -> None:
    """Show whose limit or decision would change under another policy, and the euros at stake."""
    book = _book(sources, as_of, language, account)
    from addin.screen.policy_test import policy_test as show

    show(book, other, as_json)


@cli.command()
@SOURCES
@options
@click.option("--out", type=click.Path(path_type=Path, file_okay=False), default=None,
              help="Folder of the letters and of their register Letters.csv; default: letters. Of a BOOK: one beside "
                   "it, and the register is its table Letters.")
@click.option("--payments-complete", is_flag=True,
              help="I confirm that no payment is missing, although the last one known is old.")
def letters(sources: tuple[Path, ...], as_of: str | None, language: str | None, account: str, as_json: bool,
            out: Path | None, payments_complete: bool) -> None:
    """Write the reminders and formal notices that are due as Word files; what is in the register is not repeated."""
    host = (_workbook(sources, as_of, language, out)
            or FileHost(sources, out or Path("letters"), as_of, language or system_language(), account,
                        dated_today=True))
    from addin.macros.dates import not_today
    from addin.screen.letters import letters_of

    if isinstance(host, WorkbookHost) and not as_of and (warning := not_today(host)):
        Console(stderr=True, soft_wrap=True).print(Text(warning, "yellow"))
    written = letters_of(host, as_json, payments_may_be_old=payments_complete)
    sys.exit(0 if written else 1)


for command in COMMANDS:
    cli.add_command(command)
for command in cli.commands.values():
    assert command.callback is not None
    command.callback = refusing(command.callback)


def _book(sources: tuple[Path, ...], as_of: str | None, language: str | None, account: str) -> Book:
    def read() -> Book:
        host = (_workbook(sources, as_of, language)
                or FileHost(sources, None, as_of, language or system_language(), account))
        return host.book

    return busy("cli.reading", language or system_language(), read)


def _workbook(sources: tuple[Path, ...], as_of: str | None, language: str | None, out: Path | None = None
              ) -> WorkbookHost | None:
    """The host of a single workbook of ours; other files are read, or refused, as files."""
    if len(sources) == 1 and sources[0].suffix.lower() in (".xlsm", ".xlsx"):
        with contextlib.suppress(InputRefused):
            host = WorkbookHost(sources[0], as_of, language or system_language(), out)
            speaks(host.language)
            return host
    return None


def main() -> None:
    """Run the command line."""
    for stream in (sys.stdout, sys.stderr):
        # A Windows console in an old code page must not stop the program over an accent.
        stream.reconfigure(errors="replace")  # type: ignore[union-attr]
    cli()
