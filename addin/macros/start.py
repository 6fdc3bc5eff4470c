"""*Start with my data*: where the new workbook goes, which files fill it, and what became of them."""

from __future__ import annotations

from pathlib import Path

from addin.hosts import Host
from addin.macros.client import asked
from addin.macros.new_name import unused
from addin.macros.new_workbook import Started, new_workbook
from addin.readers.errors import InputRefused
from udfs.errors import WrongArgument
from udfs.texts import has, say

SHOWN_HEADINGS = 8


def start(host: Host) -> str:
    """Ask for the new workbook and the files, make it and open it."""
    language = host.language
    usual = unused(host.letters_folder.parent / say("macros.start_name", language))
    target = asked(host, say("macros.ask_workbook", language), str(usual), _new_path)
    sources = asked(host, say("macros.ask_source", language), "", _sources)
    target.parent.mkdir(parents=True, exist_ok=True)
    found = new_workbook(target, sources, language)
    host.open(target)
    return started_sentence(found, language)


def started_sentence(found: Started, language: str, faults: str = "macros.faults_to_check") -> str:
    """What became of the files: rows by table, the tie-out, and what was not taken; `faults` says how to see them."""
    told = [say("macros.started", language, file=str(found.path), as_of=found.as_of)]
    if not found.rows:
        return " ".join([*told, say("macros.started_empty", language)])
    rows = [f"{_sheet(table, language)} {count}" for table, count in found.rows.items() if count]
    told.append(say("macros.rows_taken", language, rows=", ".join(rows)))
    told += _tie_out(found, language, faults) if found.totals is not None else [say("macros.no_invoices_yet", language)]
    if found.refused:
        told.append(say("macros.lines_refused", language, count=len(found.refused),
                        first=found.refused[0].sentence(language)))
    for source, headings in found.unused.items():
        shown = ", ".join(headings[:SHOWN_HEADINGS]) + (" …" if len(headings) > SHOWN_HEADINGS else "")
        told.append(say("macros.columns_left", language, source=source, headings=shown))
    if found.strangers:
        told.append(say("macros.not_recognised", language, sources=", ".join(found.strangers)))
    return "\n".join(told)


def _sheet(table: str, language: str) -> str:
    """The name of a table's sheet; some stand on the sheet of another and have no name but their own."""
    code = f"workbook.sheet_{table.lower()}"
    return say(code, language) if has(code) else table


def _tie_out(found: Started, language: str, faults: str) -> list[str]:
    """Whether the workbook says what the files say, and how many faults it shows."""
    assert found.totals is not None
    own, theirs = found.totals["balance"], found.source_balance
    difference = found.totals["tie_out"] or (0.0 if theirs is None else round(own - theirs, 2))
    told = [say("macros.does_not_tie" if difference else "macros.ties", language, balance=own, difference=difference)]
    count = found.totals["issues"]["error"] + found.totals["issues"]["warning"]
    return [*told, say(faults, language, count=count)] if count else told


def _new_path(reply: str) -> Path:
    text = reply.strip().strip('"')
    if not text:
        raise WrongArgument("macros.no_name")
    path = Path(text).expanduser()
    path = path if path.suffix else path.with_suffix(".xlsm")
    if path.suffix.lower() != ".xlsm":
        raise InputRefused.of("macros.not_xlsm", path)
    if path.exists():
        raise InputRefused.of("macros.exists", path)
    return path


def _sources(reply: str) -> list[Path]:
    """The file or folder named; none for who pastes."""
    text = reply.strip().strip('"')
    if not text:
        return []
    path = Path(text).expanduser()
    if not path.exists():
        raise InputRefused.of("readers.missing", path)
    return [path]
