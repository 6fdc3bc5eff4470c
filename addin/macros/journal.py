"""What was said and decided, as rows of the Journal: calls, promises, decisions on limits.

Each entry bears the date of the answers, its author, and stands in the Journal for good; the input tables are never
written to. What a user gives is read as cells are, and refused with the remedy when it cannot stand.
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Mapping
from typing import Any

from addin.hosts import Host, user
from addin.letters.safe_text import safe
from addin.macros.client import named
from udfs.book.approval import Approval
from udfs.book.book import Book, read_as_of
from udfs.book.open_items import OpenItem, open_items
from udfs.errors import NotAvailable, OutOfRange, WrongArgument
from udfs.functions.border import number
from udfs.tables.schema import SCHEMA
from udfs.tables.words import same_code
from udfs.texts import say

LONGEST_NOTE = 1000

Entry = Mapping[str, Any]


def call(host: Host, client: int, note: str) -> Entry:
    """Record a call."""
    return _entered(host, client, "call", note=given_note(note))


def promise(host: Host, client: int, invoice: str, amount: float, due: dt.date, note: str = "") -> Entry:
    """Record a promise to pay: of one invoice, or of all that is late where it names none."""
    return _entered(host, client, "promise", invoice=invoice, amount=amount, due=due, note=safe(note, LONGEST_NOTE))


def decision(host: Host, client: int, granted: float, valid_until: dt.date, reason: str, approved_by: str = ""
             ) -> Entry:
    """Record the decision to grant a limit, beside the computed one and the Book that it was taken on."""
    computed = float(host.book.limits.computed[client])
    return _entered(host, client, "decision", amount=granted, due=valid_until, note=given_note(reason),
                    computed=None if math.isnan(computed) else computed, approved_by=safe(approved_by, LONGEST_NOTE),
                    book=host.book.id)


def entry_sentence(host: Host, client: int, entry: Entry) -> str:
    """What was recorded, in words."""
    return say(f"macros.recorded_{entry['event']}", host.language, client=named(host.book, client),
               date=entry["date"], amount=entry["amount"], due=entry["due"],
               invoice=entry["invoice"] or say("macros.all_late", host.language), note=entry["note"])


def open_invoice(book: Book, client: int, text: str) -> str:
    """An open invoice of the client as the tables write it, empty for none; another is refused."""
    if not text.strip():
        return ""
    found = [item.invoice for item in invoices_owed(book, client)]
    for invoice in found:
        if same_code(invoice) == same_code(text):
            return invoice
    raise NotAvailable("macros.no_such_invoice", invoice=text, client=named(book, client),
                       known=", ".join(dict.fromkeys(found)) or "–")


def invoices_owed(book: Book, client: int) -> list[OpenItem]:
    """A client's open invoices, the first due first."""
    return [item for item in open_items(book, client) if item.invoice and item.open > 0]


def owed(book: Book, client: int, invoice: str = "") -> float:
    """What a promise may be expected to be of: an invoice, else all that is late, else all that is open."""
    items = invoices_owed(book, client)
    meant = [item for item in items if (item.invoice == invoice if invoice else (item.days_late or 0) > 0)]
    return round(sum(item.open for item in meant or items), 2)


def amount_of(text: Any, column: str, language: str, zero: bool = False) -> float:
    """An amount as a user writes it; 0 only where it has a meaning."""
    label = SCHEMA["Journal"][column].label(language)
    found = number(text, label)
    if not found and not zero:
        raise OutOfRange("errors.zero", argument=label)
    return found


def day_of(host: Host, text: Any) -> dt.date:
    """A day as a user writes it, not before the date of the answers."""
    day: dt.date = read_as_of(text).astype(dt.date)
    if day < host.as_of:
        raise OutOfRange("macros.day_is_past", day=day, as_of=host.as_of)
    return day


def given_note(text: str) -> str:
    """A note that says something."""
    note = safe(text, LONGEST_NOTE)
    if not note:
        raise WrongArgument("macros.note_is_empty")
    return note


def approved_by(text: str, needed: Approval) -> str:
    """Who has approved, and as what; an empty name is refused."""
    name = safe(text, LONGEST_NOTE)
    if not name:
        raise WrongArgument("macros.not_approved", unsecured=needed.unsecured, level=needed.level)
    return name if same_code(name) == same_code(needed.level) else f"{name} ({needed.level})"


def _entered(host: Host, client: int, event: str, **values: Any) -> Entry:
    entry = {"date": host.as_of, "client": host.book.clients.codes[client], "event": event, "invoice": "",
             "amount": None, "due": None, "author": user.name(), "note": "", "computed": None, "approved_by": "",
             "book": "", **values}
    host.append("Journal", [entry])
    host.recalculate()
    return entry
