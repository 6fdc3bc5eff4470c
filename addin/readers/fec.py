"""A FEC -> the tables Invoices, Payments and Clients, so that each client's balance is debit less credit.

A journal whose receivables lines are mostly debits is a sales journal: it holds invoices and credit notes.
One with mostly credits is a bank journal: payments, and refunds. Opening lines are invoices and payments. One
piece, date and letter is one document. The letters are matched by `lettering`; each match becomes

- invoice and payment: a payment that names the invoice, dated as the payment;
- invoice and credit note: two rows of set-off, one for each, that add up to nothing;
- refund and credit note: a negative payment that names the credit note;
- refund and payment: two payments without invoice that add up to nothing once both have taken place.

What is left of a payment stays without invoice; what is left of a refund is a claim, as an invoice. A client none of
whose lines is lettered is matched as one group, the oldest invoices first (C.civ 1342-10), and an issue says so.
Invariant, at any date: invoices - credit notes - payments (sign included) = debit - credit of the account.
"""

from __future__ import annotations

import datetime as dt
import os
import re
from collections import Counter
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from addin.readers.errors import InputRefused
from addin.readers.fec_lines import Lines, Reader, heading
from addin.readers.files import tables_of
from addin.readers.lettering import Item, Match, settle
from addin.readers.reading import Reading, joined
from udfs.tables.issues import Issue
from udfs.tables.raw import RawTable
from udfs.tables.schema import plain
from udfs.tables.words import same_code

ACCOUNT = "411"
COLUMNS = {
    "Invoices": ("client", "invoice", "date", "kind", "amount"),
    "Payments": ("client", "date", "amount", "invoice", "means", "reference"),
    "Clients": ("client", "name"),
}
OPENING = re.compile(r"r?ano?\d*|ouv\d*|.*(anouveau|ouverture|opening).*")
UNLETTERED = "*"
KINDS = {"sales": ("invoice", "credit_note"), "bank": ("refund", "payment"), "": ("invoice", "payment")}

Row = tuple[int, tuple[Any, ...]]


def read_fec(path: str | os.PathLike[str], account: str = ACCOUNT) -> list[RawTable]:
    """The tables of a FEC; `account` is how its receivables accounts start."""
    return list(_load(Path(path), account).tables)


def last_date(path: str | os.PathLike[str], account: str = ACCOUNT) -> dt.date | None:
    """The last posting date of a FEC: the day of which it is the picture."""
    return _load(Path(path), account).last_date


def is_fec(table: RawTable) -> bool:
    """Whether the headings are those of a FEC."""
    return heading(table) is not None


def ledger(table: RawTable, path: Path, account: str = ACCOUNT) -> Reading:
    """The three tables, the issues and the last date of a FEC already cut into cells."""
    reader = Reader(table, path.name, account)
    if not reader.rows and not reader.issues:
        raise InputRefused.of("readers.fec_without_account", path, account=account)
    return settled(reader, journals_of(reader))


def settled(reader: Reader, journals: dict[str, str]) -> Reading:
    """The three tables of lines already read, each journal being sales, bank or opening."""
    clients, names = _clients(reader.lines)
    items = _items(reader.lines, clients, journals)
    unlettered = _letter_as_one(items)
    matches = settle(items)
    documents = {item: abs(item.cents) for item in items if item.kind in ("invoice", "credit_note")}
    documents |= {item: item.left for item in items if item.kind == "refund" and item.left}
    numbers = _numbers(documents)
    invoices = [(item.line, (item.client, numbers[item], item.day,
                             "credit_note" if item.kind == "credit_note" else "invoice", cents / 100))
                for item, cents in documents.items()]
    payments = [row for match in matches for row in _settlement(match, numbers)]
    payments += [_payment(item, item.day, item.left, reference=item.reference)
                 for item in items if item.kind == "payment" and item.left]
    tables = _table("Invoices", invoices), _table("Payments", payments), _table("Clients", names)
    issues = [*reader.issues]
    if unlettered:
        issues.append(Issue("info", "FEC", 0, "EcritureLet", ", ".join(unlettered)[:200], "readers.not_lettered",
                            {"count": len(unlettered)}, reader.source))
    return Reading(tables, tuple(issues), reader.last_day.astype(dt.date))


def _load(path: Path, account: str) -> Reading:
    found = [ledger(table, path, account) for table in tables_of(path) if is_fec(table)]
    if not found:
        raise InputRefused.of("readers.not_a_fec", path)
    return joined(found)


def journals_of(reader: Reader) -> dict[str, str]:
    """Journal -> sales, bank, opening, or empty for the others.

    Where the file also has sales accounts (70), only a journal that posts to them can be a sales journal.
    """
    lines = reader.lines
    balance: Counter[str] = Counter()
    found = {}
    for journal, cents in zip(lines.journal, lines.cents.tolist(), strict=True):
        balance[journal] += 1 if cents > 0 else -1
    for journal, name in set(zip(lines.journal, lines.journal_name, strict=True)):
        if OPENING.fullmatch(plain(journal)) or OPENING.fullmatch(plain(name)):
            found[journal] = "opening"
    for journal, more_debits in balance.items():
        sells = not reader.sales_journals or journal in reader.sales_journals
        found.setdefault(journal, "bank" if more_debits < 0 else "sales" if more_debits and sells else "")
    return found


def _clients(lines: Lines) -> tuple[dict[str, str], list[Row]]:
    """Every spelling of a client's code -> its first spelling, and the rows of Clients."""
    spelled: dict[str, str] = {}
    codes: dict[str, str] = {}
    rows: dict[str, Row] = {}
    for number, client, name in zip(lines.number.tolist(), lines.client, lines.name, strict=True):
        code = codes.get(client)
        if code is None:
            code = codes[client] = spelled.setdefault(same_code(client), client)
        if code not in rows or (name and not rows[code][1][1]):
            rows[code] = number, (code, name)
    return codes, list(rows.values())


def _items(lines: Lines, clients: dict[str, str], journals: dict[str, str]) -> list[Item]:
    """Documents, each once whatever its number of lines, and movements of money."""
    items: list[Item] = []
    documents: dict[tuple[Any, ...], Item] = {}
    for number, journal, entry, entry_day, document_day, account, client, reference, letter, cents in zip(
            lines.number.tolist(), lines.journal, lines.entry, lines.entry_day.tolist(),
            lines.document_day.tolist(), lines.account, lines.client, lines.reference, lines.letter,
            lines.cents.tolist(), strict=True):
        kind = KINDS.get(journals[journal], KINDS[""])[cents < 0]
        is_document = kind in ("invoice", "credit_note")
        if not any(map(str.isalnum, reference)):
            reference = f"{journal}-{entry}" if entry.strip("0") else f"{journal}-L{number}"
        day = document_day if is_document or journals[journal] == "opening" else entry_day
        key = (kind, client, account, letter, reference, day)
        if is_document and key in documents:
            documents[key].cents += cents
            continue
        item = Item(kind, clients[client], account, letter, day, cents, reference, number)
        items.append(item)
        if is_document:
            documents[key] = item
    return items


def _letter_as_one(items: Iterable[Item]) -> list[str]:
    """Give one letter to all items of each account without any; the clients that have something to match."""
    accounts: dict[tuple[str, str], list[Item]] = {}
    for item in items:
        accounts.setdefault((item.client, item.account), []).append(item)
    found = []
    for (client, _), own in accounts.items():
        if not any(item.letter for item in own) and len({item.cents > 0 for item in own}) == 2:
            found.append(client)
            for item in own:
                item.letter = UNLETTERED
    return list(dict.fromkeys(found))


def _numbers(documents: Iterable[Item]) -> dict[Item, str]:
    """A number for each document that its client has once: a repeated one gets -2, -3 and so on."""
    numbers: dict[Item, str] = {}
    used: set[tuple[str, str]] = set()
    repeats: Counter[tuple[str, str]] = Counter()
    for item in documents:
        key = item.client, same_code(item.reference)
        number = item.reference
        while (item.client, same_code(number)) in used:
            repeats[key] += 1
            number = f"{item.reference}-{repeats[key] + 1}"
        used.add((item.client, same_code(number)))
        numbers[item] = number
    return numbers


def _settlement(match: Match, numbers: dict[Item, str]) -> list[Row]:
    """The rows of Payments of one match."""
    debit, credit, cents = match.debit, match.credit, match.cents
    if debit.kind == "invoice" and credit.kind == "payment":
        return [_payment(credit, credit.day, cents, numbers[debit], reference=credit.reference)]
    if debit.kind == "invoice":
        day = max(debit.day, credit.day)
        return [_payment(credit, day, cents, numbers[debit], "set_off", numbers[credit]),
                _payment(credit, day, -cents, numbers[credit], "set_off", numbers[debit])]
    if credit.kind == "credit_note":
        return [_payment(debit, debit.day, -cents, numbers[credit], reference=debit.reference)]
    return [_payment(credit, credit.day, cents, reference=credit.reference),
            _payment(debit, debit.day, -cents, reference=debit.reference)]


def _payment(item: Item, day: dt.date, cents: int, invoice: str = "", means: str = "",
             reference: str = "") -> Row:
    return item.line, (item.client, day, cents / 100, invoice, means, reference)


def _table(name: str, rows: list[Row]) -> RawTable:
    """Rows under their headings, with the lines of the file that they come from."""
    return RawTable([COLUMNS[name], *(cells for _, cells in rows)], name, [1, *(line for line, _ in rows)])
