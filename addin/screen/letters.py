"""The letters due: written under a progress bar, then told one by one."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from rich.console import Console
from rich.progress import Progress
from rich.text import Text

from addin.hosts import LetterHost, user
from addin.macros.letters import Outcome, letters_due
from addin.screen.portfolio import portfolio, portfolio_json
from addin.screen.terminal import busy, console, money, print_json, safe
from udfs.book.book import Book
from udfs.texts import say


def letters_of(host: LetterHost, as_json: bool, started: float | None = None, with_portfolio: bool = False,
               payments_may_be_old: bool = False) -> bool:
    """Write the letters due under a progress bar, then say what was written and what was not."""
    book = busy("cli.reading", host.language, lambda: host.book)
    language = book.policy.language
    if with_portfolio and not as_json:
        portfolio(book, False, started=started)
    outcomes: list[Outcome] = []
    try:
        with Progress(console=Console(stderr=True), transient=True) as progress:
            task = progress.add_task(say("cli.writing", language), total=len(book.reminders))
            for outcome in letters_due(host, user.name(), payments_may_be_old):
                outcomes.append(outcome)
                progress.advance(task)
    except BaseException:
        if outcomes:
            # The run was stopped; these letters are written and stand in the register.
            _show(host, book, outcomes, as_json, with_portfolio)
        raise
    _show(host, book, outcomes, as_json, with_portfolio)
    return not any(outcome.refusal for outcome in outcomes)


def _show(host: LetterHost, book: Book, outcomes: Sequence[Outcome], as_json: bool, with_portfolio: bool) -> None:
    language, screen = book.policy.language, console()
    if as_json:
        found = portfolio_json(book) if with_portfolio else {"as_of": str(book.as_of)}
        print_json({**found, "letters": [_letter_record(outcome, language) for outcome in outcomes]})
        return
    written = [outcome for outcome in outcomes if outcome.file]
    refused = [outcome for outcome in outcomes if outcome.refusal]
    if written:
        screen.print(say("cli.letters_title", language, count=len(written), folder=str(host.letters_folder.resolve())))
    elif not refused:
        screen.print(say("cli.no_letters", language))
    for outcome in written:
        assert outcome.file is not None
        screen.print(Text(f"  {outcome.file.name}  {money(outcome.reminder.amount, language)}"))
        for sentence in outcome.advice:
            screen.print(Text(f"    {safe(sentence)}", style="dim"))
    for outcome in refused:
        assert outcome.refusal is not None
        screen.print(Text(safe(say("cli.letter_refused", language, client=outcome.client,
                                   reason=outcome.refusal.sentence(language))), style="red"))


def _letter_record(outcome: Outcome, language: str) -> dict[str, Any]:
    return {"client": outcome.client, "kind": outcome.reminder.step.kind, "level": outcome.reminder.step.level,
            "amount": round(outcome.reminder.amount, 2), "file": str(outcome.file) if outcome.file else None,
            "refused": outcome.refusal.sentence(language) if outcome.refusal else None}
