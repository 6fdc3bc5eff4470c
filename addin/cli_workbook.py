"""The commands that make or change a workbook of ours without Excel: what the ribbon's buttons do, on the file."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from addin.hosts.user import system_language
from addin.hosts.workbook import WorkbookHost
from addin.screen.refusal import speaks
from addin.screen.terminal import busy
from addin.screen.workbook import show, show_checks
from udfs.texts import LANGUAGES

BOOK = click.argument("path", type=click.Path(path_type=Path, dir_okay=False), metavar="BOOK")
JSON = click.option("--json", "as_json", is_flag=True, help="Print JSON instead of a sentence.")


@click.command()
@click.argument("sources", nargs=-1, type=click.Path(path_type=Path), metavar="[FILE]...")
@click.option("--out", required=True, type=click.Path(path_type=Path), metavar="NEW.xlsm",
              help="The new workbook; never one that is there already.")
@click.option("--account", default="411", show_default=True, metavar="PREFIX",
              help="How the receivables accounts of an accounting file (FEC) start.")
@click.option("--language", type=click.Choice(LANGUAGES), default=None,
              help="Language of the workbook; default: that of the system.")
@JSON
def start(sources: tuple[Path, ...], out: Path, account: str, language: str | None, as_json: bool) -> None:
    """Make a workbook of your own: with the tables of each FILE, or empty for you to paste into."""
    from addin.macros.new_workbook import new_workbook
    from addin.macros.start import started_sentence

    spoken = language or system_language() or "en"
    found = busy("cli.computing", spoken, lambda: new_workbook(out, sources, spoken, account))
    show(started_sentence(found, spoken, "macros.faults_on_disk"), found.as_json(), as_json)


@click.command()
@BOOK
@click.argument("client")
@click.argument("event", type=click.Choice(("call", "promise", "decision")))
@click.option("--amount", help="promise: what is promised; default: all that is late. decision: the limit granted.")
@click.option("--invoice", default="", help="promise: the one invoice that is meant; default: all that is late.")
@click.option("--due", metavar="DATE", help="promise: the day of payment; default: in 8 days.")
@click.option("--until", metavar="DATE", help="decision: the last day of the limit; default: in a year, or in the time "
                                              "of a provisional limit.")
@click.option("--approved-by", metavar="NAME", help="decision: who has approved it, where the policy's "
                                                    "approval_ladder asks for more than you.")
@click.option("--note", default="", help="call: what was said. decision: the reason.")
@JSON
def record(path: Path, client: str, event: str, as_json: bool, **given: str | None) -> None:
    """Record a call, a promise to pay or a decision on the limit of CLIENT in the Journal of BOOK."""
    from addin.macros.record import entered, told

    needed = {"call": ("note",), "promise": (), "decision": ("amount", "note")}[event]
    for option in needed:
        if not given[option]:
            raise click.UsageError(f"A {event} needs --{option}.")
    host = _host(path)
    place = host.book.clients.place(client)
    entry = busy("cli.computing", host.language, lambda: entered(host, place, event, given))
    show(told(host, place, entry), dict(entry), as_json)


@click.command()
@BOOK
@click.option("--out", type=click.Path(path_type=Path, dir_okay=False), metavar="COPY.xlsx",
              help="The copy; default: beside BOOK, under its name and date.")
@JSON
def freeze(path: Path, out: Path | None, as_json: bool) -> None:
    """Write a copy of BOOK for who has no Python: values only, no macros."""
    from addin.macros.frozen_copy import freeze, frozen_sentence, usual_copy

    host = _host(path)
    file = busy("cli.computing", host.language, lambda: freeze(host, out or usual_copy(host)))
    show(frozen_sentence(file, host.language), {"file": str(file)}, as_json)


@click.command()
@BOOK
@click.option("--date", "day", metavar="DATE", help="Another day than today.")
@JSON
def today(path: Path, day: str | None, as_json: bool) -> None:
    """Set the date of the answers of BOOK to today, and compute them anew."""
    from addin.macros.dates import date_of_answers, this_day
    from udfs.book.book import read_as_of

    host = _host(path)
    date = read_as_of(day).astype(object) if day else this_day()
    sentence = busy("cli.computing", host.language, lambda: date_of_answers(host, date))
    show(sentence, {"as_of": str(host.as_of)}, as_json)


@click.command()
@BOOK
@JSON
def recalculate(path: Path, as_json: bool) -> None:
    """Compute every formula of BOOK anew, without Excel."""
    from addin.macros.calculation import recalculated_sentence

    host = _host(path)
    left = busy("cli.computing", host.language, lambda: host.recalculate(fully=True))
    show(recalculated_sentence(host, left), {"book": host.book.id, "as_of": str(host.as_of), "not_computed": left},
         as_json)


@click.command()
@click.argument("path", type=click.Path(path_type=Path, dir_okay=False), metavar="[BOOK]", required=False)
@JSON
def doctor(path: Path | None, as_json: bool) -> None:
    """Look whether everything is in place, and in BOOK if one is given. Exit code 1 if something is not."""
    from addin.macros.diagnostic import checks, write_report

    host = _host(path) if path else None
    language = host.language if host else system_language() or "en"
    found = busy("cli.computing", language, lambda: list(checks(host)))
    show_checks(found, write_report(found, language), language, as_json)
    sys.exit(0 if all(check.ok for check in found) else 1)


def _host(path: Path) -> WorkbookHost:
    """The workbook, in whose language the command speaks."""
    host = WorkbookHost(path)
    speaks(host.language)
    return host


COMMANDS: tuple[click.Command, ...] = (start, record, freeze, today, recalculate, doctor)
