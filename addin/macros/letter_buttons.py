"""*Letters due*, *Letters for selection* and *Folder*: what would be written is told first, and confirmed."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence

from addin.hosts import Host, user
from addin.letters.safe_text import safe
from addin.macros.dates import not_today
from addin.macros.letters import Outcome, refuse_old_payments, reminders
from addin.macros.letters import letters_due as written
from udfs.dunning.reminders import Reminder
from udfs.errors import CreditError, NotAvailable
from udfs.texts import say

SHOWN_REFUSALS = 4


def letters_due(host: Host) -> str:
    """Write all letters that are due."""
    return _write(host, None)


def letters_selection(host: Host) -> str:
    """Write the letters that are due for the selected clients."""
    selected = host.selected_clients()
    if not selected:
        raise NotAvailable("macros.no_client_selected")
    return _write(host, set(map(host.book.clients.place, selected)))


def folder(host: Host) -> str:
    """Open the folder of the letters."""
    place = host.letters_folder
    if not place.is_dir():
        return say("macros.no_folder", host.language, folder=str(place))
    host.open(place)
    return ""


def _write(host: Host, clients: Collection[int] | None) -> str:
    book, language = host.book, host.language
    due = reminders(book, clients)
    if not due:
        return "\n".join(filter(None, (say("macros.no_letters", language, as_of=book.as_of), not_today(host))))
    try:
        refuse_old_payments(book)
    except CreditError as error:
        if not host.confirm(f"{error.sentence(language)}\n\n{say('macros.payments_complete', language)}"):
            return ""
    plan = say("macros.letters_planned", language, count=len(due), kinds=_kinds(due, language), date=book.as_of,
               amount=sum(reminder.amount for reminder in due), folder=str(host.letters_folder))
    if not host.confirm("\n\n".join(filter(None, (plan, not_today(host), say("macros.write_them", language))))):
        return ""
    return letters_told(host, list(written(host, user.name(), payments_may_be_old=True, clients=clients)))


def letters_told(host: Host, outcomes: Sequence[Outcome]) -> str:
    """How many letters were written and where, what goes with them, and which were refused for what reason."""
    language = host.language
    done = [outcome for outcome in outcomes if outcome.file]
    refused = [outcome.refusal for outcome in outcomes if outcome.refusal]
    told = [say("macros.letters_written", language, count=len(done), folder=str(host.letters_folder))] if done else []
    told += dict.fromkeys(sentence for outcome in done for sentence in outcome.advice)
    if refused:
        told.append(say("macros.letters_refused", language, count=len(refused)))
        told += [safe(refusal.sentence(language), 300) for refusal in refused[:SHOWN_REFUSALS]]
    if len(refused) > SHOWN_REFUSALS:
        told.append(say("macros.and_more", language, count=len(refused) - SHOWN_REFUSALS))
    return "\n".join(told)


def _kinds(due: Sequence[Reminder], language: str) -> str:
    """`3 × reminder 1, 1 × formal notice`."""
    found = Counter((reminder.step.level, reminder.step.kind) for reminder in due)
    return ", ".join(f"{count} × {say(f'macros.kind_{kind}', language, level=level)}"
                     for (level, kind), count in sorted(found.items()))
