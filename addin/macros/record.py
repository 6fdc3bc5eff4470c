"""*Record call*, *Record promise*, *Record decision*: the user is asked, then the Journal has one row more."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

import numpy as np

from addin.hosts import Host, user
from addin.macros import journal
from addin.macros.client import asked, chosen_client, named
from addin.macros.dates import not_today
from udfs.book.approval import Approval, approval
from udfs.book.book import Book
from udfs.tables.columns import months_before
from udfs.texts import say, writing

DAYS_OF_PROMISE = 8


def record_call(host: Host) -> str:
    """Ask what was said, and record the call."""
    client = chosen_client(host)
    note = asked(host, _question(host, "ask_call", client), "", journal.given_note)
    return told(host, client, journal.call(host, client, note))


def record_promise(host: Host) -> str:
    """Ask what is promised and for when, and record the promise."""
    client, book = chosen_client(host), host.book
    invoice = asked(host, _question(host, "ask_invoice", client), "",
                    lambda reply: journal.open_invoice(book, client, reply))
    amount = asked(host, _question(host, "ask_promised", client),
                   _plain(journal.owed(book, client, invoice), host.language),
                   lambda reply: journal.amount_of(reply, "amount", host.language))
    due = asked(host, _question(host, "ask_day", client),
                writing.date(promise_day(host), host.language), lambda reply: journal.day_of(host, reply))
    return told(host, client, journal.promise(host, client, invoice, amount, due))


def record_decision(host: Host) -> str:
    """Show the computed limit, ask for the granted one, have it confirmed, and record the decision."""
    client, book, language = chosen_client(host), host.book, host.language
    granted, needed = asked(host, _question(host, "ask_granted", client, **standing(book, client, language)),
                            _plain(computed(book, client), language), lambda reply: _granted(host, client, reply))
    until = asked(host, _question(host, "ask_until", client), writing.date(limit_end(host, client), language),
                  lambda reply: journal.day_of(host, reply))
    reason = asked(host, _question(host, "ask_reason", client), "", journal.given_note)
    approved_by = _approved_by(host, client, needed) if needed else ""
    if not host.confirm(say("macros.confirm_decision", language, client=named(book, client), granted=granted,
                            until=until, reason=reason, **standing(book, client, language))):
        return ""
    return told(host, client, journal.decision(host, client, granted, until, reason, approved_by))


def _granted(host: Host, client: int, text: str) -> tuple[float, Approval | None]:
    """The limit that is granted, and the approval that it takes where the policy has a ladder."""
    granted = journal.amount_of(text, "amount", host.language, zero=True)
    return granted, approval(host.book, client, granted)


def _approved_by(host: Host, client: int, needed: Approval) -> str:
    """Who has approved, which the user may do himself at the lowest level."""
    question = _question(host, "ask_approved", client, unsecured=needed.unsecured, level=needed.level)
    return asked(host, question, user.name() if needed.lowest else "",
                 lambda reply: journal.approved_by(reply, needed))


def entered(host: Host, client: int, event: str, given: Mapping[str, str | None]) -> journal.Entry:
    """Record what a command gives; what it leaves out is what a user would be offered."""
    book, language, note = host.book, host.language, given["note"] or ""
    if event == "call":
        return journal.call(host, client, note)
    if event == "decision":
        granted, needed = _granted(host, client, given["amount"] or "")
        until = journal.day_of(host, given["until"]) if given["until"] else limit_end(host, client)
        approver = given["approved_by"] or (user.name() if needed and needed.lowest else "")
        return journal.decision(host, client, granted, until, note,
                                journal.approved_by(approver, needed) if needed else approver)
    invoice = journal.open_invoice(book, client, given["invoice"] or "")
    amount = journal.amount_of(given["amount"] or journal.owed(book, client, invoice), "amount", language)
    due = journal.day_of(host, given["due"]) if given["due"] else promise_day(host)
    return journal.promise(host, client, invoice, amount, due, note)


def promise_day(host: Host) -> dt.date:
    """The day that a promise is for unless another is given."""
    return host.as_of + dt.timedelta(days=DAYS_OF_PROMISE)


def computed(book: Book, client: int) -> float:
    """The computed limit, 0 where none can be computed."""
    return float(np.nan_to_num(book.limits.computed[client]))


def limit_end(host: Host, client: int) -> dt.date:
    """Until when a limit is granted unless another day is given: by the grade, a provisional one shorter."""
    book = host.book
    end: dt.date = months_before(book.as_of, -int(book.limits.valid_months[client])).astype(dt.date)
    return end


def standing(book: Book, client: int, language: str) -> dict[str, Any]:
    """What a decision should stand on, for its sentence."""
    limit = book.limits.computed[client]
    return {"computed": "–" if np.isnan(limit) else writing.money(limit, language),
            "grade": book.grades[client], "exposure": float(book.exposure[client])}


def _question(host: Host, code: str, client: int, **values: Any) -> str:
    return say(f"macros.{code}", host.language, client=named(host.book, client), **values)


def _plain(amount: float, language: str) -> str:
    """An amount as a user would type it."""
    return f"{amount:.2f}".replace(".", "," if language == "fr" else ".")


def told(host: Host, client: int, entry: journal.Entry) -> str:
    """What was recorded, with the warning that goes with another day than today."""
    return "\n".join(filter(None, (journal.entry_sentence(host, client, entry), not_today(host))))
