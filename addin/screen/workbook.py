"""What became of a workbook, on the screen: a few sentences, or the same as plain data."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from rich.text import Text

from addin.macros.diagnostic import Check, summary_sentence
from addin.screen.terminal import console, print_json, safe
from udfs.texts import say


def show(sentences: str, found: Mapping[str, Any], as_json: bool) -> None:
    """Sentences, one a line, or the data."""
    if as_json:
        print_json(dict(found))
        return
    screen = console()
    for line in sentences.split("\n"):
        screen.print(Text(safe(line)))


def show_checks(found: Sequence[Check], report: Path | None, language: str, as_json: bool) -> None:
    """Every point of a diagnostic, and where the report is."""
    if as_json:
        print_json({"checks": [{"check": check.code, "ok": check.ok, "found": check.found,
                                "sentence": check.sentence(language)} for check in found],
                    "report": report})
        return
    screen = console()
    for check in found:
        screen.print(Text(safe(check.sentence(language)), style="green" if check.ok else "bold red"))
    screen.print(Text(summary_sentence(found, language)))
    if report is not None:
        screen.print(Text(say("macros.report_written", language, file=str(report))))
