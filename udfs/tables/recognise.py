"""Which table a sheet or file is, and where its columns are, from its headings alone.

Title lines above the headings are skipped. A table is a candidate when all the columns it needs are there;
the one that knows most of the headings wins, the name of the sheet or file helping a little.

>>> find = recognise([["Aged list"], ["Compte", ""], ["N° client", "Facture", "Date", "TTC", "Vu"]])
>>> find.table, find.header, find.columns, find.unused
('Invoices', 2, {'client': 0, 'invoice': 1, 'date': 2, 'amount': 3}, ('Vu',))
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from udfs.tables.cells import is_blank
from udfs.tables.issues import shown
from udfs.tables.schema import ALTERNATIVES, SCHEMA, find_column, likeness, plain

SEARCHED_ROWS = 30

NAME_HINTS = {
    "Invoices": "invoice facture ledger grandlivre", "Payments": "payment reglement encaissement",
    "Clients": "client customer tiers", "Orders": "order commande", "Plans": "plan echeancier",
    "Securities": "securit surete garantie", "Accounts": "account compte bilan", "Policy": "policy politique",
    "Letters": "letter courrier", "Journal": "journal", "Rates": "rates devises cours",
}


@dataclass(frozen=True)
class Recognised:
    """A table found: its name, the place of its heading row, column -> position, and what is not used."""

    table: str
    header: int
    columns: dict[str, int]
    unused: tuple[str, ...]
    repeated: tuple[tuple[str, str], ...]


def recognise(rows: Sequence[Sequence[Any]], name: str = "", but: str = "") -> Recognised | None:
    """The best table for these rows, `but` left out, or None when none has all its needed columns."""
    best: tuple[float, Recognised] | None = None
    hint = plain(name)
    for place, row in enumerate(rows[:SEARCHED_ROWS]):
        texts = [cell if isinstance(cell, str) else "" for cell in row]
        if sum(map(bool, texts)) < 2:
            continue
        for table in SCHEMA:
            found = _match(table, place, texts)
            if found is None or table == but or not complete(table, found.columns):
                continue
            named = any(word in hint for word in NAME_HINTS.get(table, table.casefold()).split())
            # A list with the means of payment and nothing else that tells is one of payments.
            by_means = table == "Payments" and "means" in found.columns
            # Of two tables that know the same headings, the one that needs more of them is meant.
            needed = sum(SCHEMA[table][column].tells for column in found.columns)
            score = len(found.columns) + (2.5 if named else 0) + (0.5 if by_means else 0) + needed / 10
            if best is None or score > best[0]:
                best = score, found
    return best[1] if best else None


def complete(table: str, columns: Iterable[str]) -> bool:
    """Whether every needed column is there, itself or by one that can stand for it."""
    found = set(columns)
    return all(spec.name in found or found & set(ALTERNATIVES.get((table, spec.name), ()))
               for spec in SCHEMA[table].values() if spec.tells)


def heading_texts(rows: Sequence[Sequence[Any]]) -> list[str]:
    """What stands where headings are expected, to tell a user what was found."""
    for row in rows[:SEARCHED_ROWS]:
        texts = [shown(cell) for cell in row if not is_blank(cell)]
        if len(texts) > 1:
            return texts
    return []


def _match(table: str, place: int, texts: Sequence[str]) -> Recognised | None:
    named = [find_column(table, text) if text else None for text in texts]
    if not any(named):
        return None
    columns: dict[str, int] = {}
    unused, repeated = [], []
    for position, (text, column) in enumerate(zip(texts, named, strict=True)):
        if column is None:
            if text.strip():
                unused.append(shown(text))
        elif column not in columns:
            columns[column] = position
        elif likeness(column, text, table) < likeness(column, texts[columns[column]], table):
            repeated.append((column, shown(texts[columns[column]])))
            columns[column] = position
        else:
            repeated.append((column, shown(text)))
    return Recognised(table, place, columns, tuple(unused), tuple(repeated))
