"""A customers' ledger (grand livre auxiliaire) in csv or a workbook, read with the same meaning as a FEC.

It is told by its headings, in any order, titles above them allowed: a client, a date, debit and credit, and
the lettering. Without lettering it needs document numbers too, and lines that look like payments; a list of
invoices in two columns stays a list. Its lines are given the headings of a FEC, and `fec` does the rest.

- With a column of general accounts only the lines of the receivables account count, else every line.
- Without a journal, a debit is an invoice unless its text says refund or unpaid, a credit is a payment unless
  its text says credit note.
- Due dates stay with their documents; one piece with several due dates is as many documents.
- Days come before months, unless a date of the ledger proves the contrary.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import numpy as np

from addin.readers import fec
from addin.readers.errors import InputRefused
from addin.readers.fec_lines import Reader
from addin.readers.general_ledger_lines import Entries
from addin.readers.reading import Reading
from udfs.tables.amounts import read_amounts
from udfs.tables.cells import DASHES, is_blank
from udfs.tables.issues import Issue
from udfs.tables.raw import RawTable
from udfs.tables.recognise import SEARCHED_ROWS
from udfs.tables.schema import find_column, plain

WORDS = {
    "client": "compte tiers|compte auxiliaire|compte aux|auxiliaire|code auxiliaire|code client|code tiers|n° tiers"
              "|n° compte tiers|n° compte auxiliaire|numéro de compte tiers|numéro de compte auxiliaire",
    "client_or_name": "client|tiers|customer|partner|débiteur",
    "name": "nom|intitulé|libellé compte|libellé du compte|intitulé compte|intitulé du compte|libellé tiers"
            "|intitulé tiers|intitulé du tiers|nom du tiers|nom tiers|libellé client|libellé auxiliaire",
    "text_or_name": "libellé",
    "text": "libellé écriture|libellé de l'écriture|libellé d'écriture|libellé mouvement|libellé opération"
            "|libellé de l'opération|libellé ligne|désignation|description|EcritureLib",
    "account": "compte|compte général|compte gén|n° compte|n° de compte|numéro de compte|n° compte général"
               "|compte collectif|collectif|CompteNum|account|general account",
    "journal": "journal|code journal|jnl|jrn|jal|JournalCode|journal code",
    "date": "date|date écriture|date d'écriture|date de l'écriture|date comptable|date compta|date opération"
            "|date d'opération|date mouvement|date de mouvement|EcritureDate|posting date|entry date",
    "piece_date": "date pièce|date de pièce|date de la pièce|date facture|date de facture|date document|PieceDate"
                  "|document date|invoice date",
    "invoice": "facture|n° facture|n° de facture|numéro facture|numéro de facture|invoice|invoice number",
    "piece": "pièce|n° pièce|n° de pièce|numéro pièce|numéro de pièce|num pièce|PieceRef|document|n° document"
             "|document number",
    "reference": "référence|réf|référence pièce|réf pièce|reference",
    "letter": "lettrage|letter|let|lett|lettr|lettre|code lettrage|code let|EcritureLet|lettering|lettering code",
    "debit": "montant débit|mouvement débit",
    "credit": "montant crédit|mouvement crédit",
}
KNOWN = {plain(word): field for field, words in WORDS.items() for word in words.split("|")}
SAME_IN_INVOICES = {"client": "client", "client_name": "name", "debit": "debit", "credit": "credit",
                    "due_date": "due_date"}
NUMBERS = ("invoice", "piece", "reference")
# What a list of invoices has and a ledger has not.
LIST_ONLY = {"kind", "amount", "paid", "paid_date"}
CURRENCY = re.compile(r"(?i)\s*([(\[]\s*(€|eur|euros?)\s*[)\]]|\s(en )?(€|eur|euros?))\s*$")
CREDIT_NOTE = re.compile(r"(?i)\b(avoirs?|credit[\s-]?(note|memo)s?)\b")
MONEY_BACK = re.compile(r"(?i)\b(rembours\w*|impay\w*|rejet\w*|refund\w*|unpaid|bounced)\b")
NOT_LETTERED = DASHES | {"", "0", "non", "no"}
HEADINGS = ("JournalCode", "EcritureDate", "PieceDate", "CompteNum", "CompAuxNum", "CompAuxLib", "PieceRef",
            "EcritureLet", "Debit", "Credit")
DEDUCED = {"VE": "sales", "BQ": "bank"}


def heading(table: RawTable) -> tuple[int, dict[str, int]] | None:
    """The place of the headings of a customers' ledger and of its fields, or None if the table is none.

    >>> heading(RawTable([["Grand livre"], ["Compte tiers", "Nom", "Date", "Pièce", "Let.", "Débit", "Crédit"]]))
    (1, {'client': 0, 'name': 1, 'date': 2, 'piece': 3, 'letter': 4, 'debit': 5, 'credit': 6})
    """
    for place, row in enumerate(table.rows[:SEARCHED_ROWS]):
        texts = [(position, cell) for position, cell in enumerate(row) if isinstance(cell, str) and cell.strip()]
        columns: dict[str, int] = {}
        for position, text in texts:
            # "Débit (EUR)" would else be the same letters as "Débiteur".
            text = CURRENCY.sub("", text)
            field = KNOWN.get(plain(text)) or SAME_IN_INVOICES.get(find_column("Invoices", text) or "")
            if field:
                columns.setdefault(field, position)
        _settle_doubts(columns)
        if columns.keys() >= {"client", "date", "debit", "credit"}:
            if "letter" in columns:
                return place, columns
            listed = {find_column("Invoices", text) for _, text in texts} & LIST_ONLY
            if columns.keys() & set(NUMBERS) and not listed and _has_payments(table, place, columns):
                return place, columns
    return None


def ledger(table: RawTable, path: Path, account: str = fec.ACCOUNT) -> Reading | None:
    """The tables Invoices, Payments and Clients of a customers' ledger; None if the table is none."""
    found = heading(table)
    if found is None:
        return None
    entries = Entries(table, *found, path)
    journals, numbers = _journals(entries), _numbers(entries)
    accounts = entries.accounts() or [account] * len(entries.kept)
    names = entries.names()
    rows = [(journals[place], entries.day[row], entries.piece_day[row], accounts[place], client,
             names.get(entries.keys[client], ""), numbers[place], _letter(entries.text("letter", row)),
             entries.cell("debit", row), entries.cell("credit", row))
            for place, (row, client) in enumerate(entries.kept)]
    lines = RawTable([HEADINGS, *rows], "", [1, *(int(entries.numbers[row]) for row, _ in entries.kept)])
    reader = Reader(lines, path.name, account)
    if rows and not reader.rows:
        raise InputRefused.of("readers.ledger_without_account", path, account=account)
    own = set(entries.codes.get("journal", ()))
    deduced = {journal: kind for journal, kind in DEDUCED.items() if journal not in own}
    reading = fec.settled(reader, fec.journals_of(reader) | deduced)
    issues = (*entries.issues, *(_renamed(issue, entries) for issue in reading.issues))
    return replace(reading, tables=_with_due_dates(reading.tables, entries), issues=issues)


def _settle_doubts(columns: dict[str, int]) -> None:
    """What a heading that may say two things says here, from the headings beside it."""
    doubtful = columns.pop("client_or_name", None)
    if doubtful is not None:
        columns.setdefault("name" if "client" in columns else "client", doubtful)
    if "client" not in columns and "name" in columns:
        columns["client"] = columns["name"]
    if "date" not in columns and "piece_date" in columns:
        columns["date"] = columns.pop("piece_date")
    if "text" in columns and "text_or_name" in columns:
        columns.setdefault("name", columns["text_or_name"])
        del columns["text_or_name"]


def _has_payments(table: RawTable, place: int, columns: Mapping[str, int]) -> bool:
    """Whether some lines are credits that no text calls a credit note, and none has both a debit and a credit."""
    wide = 1 + max(columns.values())
    rows = [row for row in table.rows[place + 1:] if len(row) >= wide and not is_blank(row[columns["date"]])]
    debit, credit = (np.nan_to_num(read_amounts([row[columns[side]] for row in rows])[0])
                     for side in ("debit", "credit"))
    if ((debit != 0) & (credit != 0)).any():
        return False
    told = [columns[field] for field in ("text", "text_or_name", *NUMBERS) if field in columns]
    return any(not any(CREDIT_NOTE.search(str(rows[row][position])) for position in told)
               for row in np.flatnonzero(credit > 0).tolist())


def _journals(entries: Entries) -> list[str]:
    """The journal of each line: its own, else sales or bank from its side and its text."""
    found = []
    for row, _ in entries.kept:
        journal = entries.text("journal", row)
        if not journal:
            told = " ".join(entries.text(field, row) for field in ("text", "text_or_name", *NUMBERS))
            is_credit = entries.credit[row] != 0 and entries.debit[row] == 0
            sold = bool(CREDIT_NOTE.search(told)) if is_credit else not MONEY_BACK.search(told)
            journal = "VE" if sold else "BQ"
        found.append(journal)
    return found


def _numbers(entries: Entries) -> list[str]:
    """The document number of each line; a piece with several due dates gets -2, -3 and so on."""
    numbers = []
    dues: dict[tuple[Any, ...], list[Any]] = {}
    for row, client in entries.kept:
        number = next(filter(None, (entries.text(field, row) for field in NUMBERS)), "")
        due = entries.due[row]
        if number and due is not None:
            known = dues.setdefault((client, number, entries.day[row], entries.piece_day[row]), [])
            if due not in known:
                known.append(due)
            number += f"-{known.index(due) + 1}" if known.index(due) else ""
        numbers.append(number)
    return numbers


def _letter(text: str) -> str:
    return "" if text.casefold() in NOT_LETTERED else text


def _renamed(issue: Issue, entries: Entries) -> Issue:
    """An issue of the FEC under the headings of this ledger."""
    field = {"Debit": "debit", "Credit": "credit", "EcritureLet": "letter"}.get(issue.column, "")
    return replace(issue, table=entries.name, column=entries.heading(field))


def _with_due_dates(tables: tuple[RawTable, ...], entries: Entries) -> tuple[RawTable, ...]:
    if not entries.has("due_date"):
        return tables
    due_of: dict[int, dt.date | None] = {int(entries.numbers[row]): entries.due[row] for row, _ in entries.kept}
    invoices, *others = tables
    assert invoices.row_numbers is not None, "the documents of a ledger know their lines"
    rows = [(*invoices.rows[0], "due_date"),
            *((*row, due_of[number]) for row, number in zip(invoices.rows[1:], invoices.row_numbers[1:], strict=True))]
    return replace(invoices, rows=rows), *others
