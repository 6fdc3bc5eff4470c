"""The tables of a Book and how their headers are written: one declaration, `schema.csv`.

A header is matched ignoring case, accents, blanks and punctuation, against the column's own name, its two
labels and the aliases of ERPs. `required` says `yes` (the cell must be filled and readable), `sure` (it may
be empty, but a filled cell that cannot be read refuses the row), `heading` (the same, and without the column it is
not this table) or nothing (an unreadable cell is a warning).

>>> SCHEMA["Invoices"]["due_date"].label_fr
'Échéance'
>>> plain("Date d’échéance")
'datedecheance'
>>> find_column("Invoices", "N° FACTURE"), find_column("Invoices", "colour")
('invoice', None)
"""

from __future__ import annotations

import csv
import re
import unicodedata
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path

FOLDER = Path(__file__).parent


@dataclass(frozen=True)
class ColumnSpec:
    """One column of one table."""

    table: str
    name: str
    type: str
    required: str
    label_en: str
    label_fr: str
    aliases: tuple[str, ...]

    @property
    def tells(self) -> bool:
        """Whether a table without this column is another one."""
        return self.required in ("yes", "heading")

    @property
    def choices(self) -> str:
        """The set of codes of a choice column, else an empty text."""
        return self.type.partition(":")[2]

    def label(self, language: str) -> str:
        """The header that a user of that language sees."""
        return self.label_fr if language == "fr" else self.label_en


@lru_cache(maxsize=10_000)
def plain(text: str) -> str:
    """A header or code without case, accents, blanks and punctuation."""
    decomposed = unicodedata.normalize("NFKD", text.replace("°", "o ").replace("œ", "oe"))
    return "".join(letter for letter in decomposed.casefold() if letter.isalnum())


def _load() -> dict[str, dict[str, ColumnSpec]]:
    tables: dict[str, dict[str, ColumnSpec]] = {}
    with (FOLDER / "schema.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            spec = ColumnSpec(row["table"], row["column"], row["type"], row["required"], row["label_en"],
                              row["label_fr"], tuple(filter(None, row["aliases"].split("|"))))
            tables.setdefault(spec.table, {})[spec.name] = spec
    return tables


SCHEMA = _load()

_UNIT = re.compile(r"""(?ix)
    \s* (?: [(\[] \s* (?: (?:in\s|en\s)? \s* (?:€|eur|euros?) | [jdmya]{1,4} (?:[/.\-\s][jdmya]{1,4}){1,2} | utc
         | required | obligatoire | optional | facultatif ) \s* [)\]]
       | \s (?:in|en) \s+ (?:€|eur|euros?) )
    \s* $""")

# A required column that another one can stand for: a ledger may give balances, or debit and credit.
ALTERNATIVES: dict[tuple[str, str], tuple[str, ...]] = {
    ("Invoices", "amount"): ("balance", "debit", "credit"),
    ("Invoices", "client"): ("client_name",),
    ("Payments", "client"): ("client_name",),
}


@cache
def headers(table: str) -> dict[str, str]:
    """Every plain header of a table -> its column. Own names and labels win over aliases."""
    found: dict[str, str] = {}
    specs = SCHEMA[table].values()
    for spec in specs:
        for text in (spec.name, spec.label_en, spec.label_fr):
            found.setdefault(plain(text), spec.name)
    for spec in specs:
        for text in spec.aliases:
            found.setdefault(plain(text), spec.name)
    return found


def find_column(table: str, header: str) -> str | None:
    """The column that a header names, or None; a unit behind it, such as (EUR) or (dd/mm/yyyy), says nothing.

    Thousands and other currencies do: `Amount (k€)` is not `Amount`.

    >>> find_column("Invoices", "Amount (EUR)"), find_column("Invoices", "Amount (k€)")
    ('amount', None)
    >>> find_column("Invoices", "Débit (EUR)")
    'debit'
    """
    known = headers(table)
    return known.get(_without_unit(header)) or known.get(plain(header))


def likeness(column: str, header: str, table: str) -> int:
    """How much a header that names a column is its own: 0 its name, 1 a label of it, 2 another spelling."""
    spec = SCHEMA[table][column]
    found = _without_unit(header)
    return 0 if found == plain(column) else 1 if found in (plain(spec.label_en), plain(spec.label_fr)) else 2


@lru_cache(maxsize=10_000)
def _without_unit(header: str) -> str:
    return plain(_UNIT.sub("", header))


@cache
def choices(name: str) -> dict[str, str]:
    """A choice set: every plain spelling -> code."""
    found: dict[str, str] = {}
    with (FOLDER / "choices.csv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            if row["set"] == name:
                for text in (row["code"], *row["aliases"].split("|")):
                    found[plain(text)] = row["code"]
    return found
