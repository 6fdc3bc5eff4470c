"""The register of letters sent: `Letters.csv`, with the columns of the table Letters, appended only.

Rows are written with ";" and a byte order mark, which a French Excel opens in columns; dates as 2026-11-20,
amounts as 1234.56. A text that a spreadsheet would run (= + - @, a tab or a line end first) gets an
apostrophe before it, taken away when the file is read, so that every text comes back as it went in.

A file with content but without its headings is damaged, and refused: taken for an empty register, it would
have every letter go out a second time.

>>> guarded("=1+1"), guarded("'tis"), guarded("F2026-001")
("'=1+1", "''tis", 'F2026-001')
>>> [unguarded(guarded(text)) for text in ("=1+1", "'tis", "-", "")]
['=1+1', "'tis", '-', '']
"""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Iterable, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

from addin.letters.case import LetterCase
from addin.letters.safe_text import safe
from addin.letters.write import FileInUse, replace
from udfs.errors import CreditError
from udfs.tables.raw import RawTable
from udfs.tables.schema import SCHEMA, find_column

FILE = "Letters.csv"
COLUMNS = tuple(SCHEMA["Letters"])
NEEDED = ("date", "client", "kind", "level")
MOST_IN_A_CELL = 32767  # what a cell of Excel holds
RISKY = ("=", "+", "-", "@", "\t", "\r", "\n", "'")


class RegisterDamaged(CreditError):
    """A register whose headings are gone: what was sent cannot be told."""


def row(case: LetterCase, letter: Path, author: str) -> dict[str, Any]:
    """The register's line for a letter that was written."""
    invoices = dict.fromkeys(safe(line.invoice) for line in case.invoices)
    return {"date": case.date, "client": case.client["client"], "kind": case.kind, "level": case.level,
            "invoices": safe("; ".join(invoices), MOST_IN_A_CELL), "amount": case.demanded,
            "author": author, "file": letter.name}


def append(path: Path, rows: Iterable[Mapping[str, Any]]) -> None:
    """Add rows at the end, all or none; columns a user added or moved stay where they are."""
    lines = [list(line) for line in read(path).rows]
    known = [find_column("Letters", cell) or cell for cell in lines[0]]
    for column in COLUMNS:
        if column not in known:
            known.append(column)
            lines[0].append(column)
    for added in rows:
        lines.append([_cell(added.get(column)) for column in known])
    for line in lines:
        line.extend([""] * (len(known) - len(line)))
    text = io.StringIO()
    csv.writer(text, delimiter=";").writerows([guarded(cell) for cell in line] for line in lines)
    replace(path, b"\xef\xbb\xbf" + text.getvalue().encode("utf-8", "surrogatepass"), durable=True)


def read(path: Path) -> RawTable:
    """The register as a raw table, heading first; one not begun yet has only its heading, a damaged one is refused."""
    try:
        content = path.read_bytes()
    except FileNotFoundError:
        return RawTable([list(COLUMNS)], "Letters")
    except OSError as error:
        raise FileInUse("letters.file_in_use", file=path.name, detail=error.strerror) from error
    text = _decoded(content)
    if not text.strip():
        return RawTable([list(COLUMNS)], "Letters")
    heading = text.partition("\n")[0]
    separator = max(";,\t", key=heading.count)
    try:
        lines = [[unguarded(cell) for cell in line]
                 for line in csv.reader(io.StringIO(text, newline=""), delimiter=separator) if line]
    except csv.Error:
        lines = []
    if not lines or not {find_column("Letters", cell) for cell in lines[0]}.issuperset(NEEDED):
        raise RegisterDamaged("letters.register_damaged", file=path.name, heading=";".join(COLUMNS))
    return RawTable(lines, "Letters")


def guarded(text: str) -> str:
    """The text as the file holds it, which no spreadsheet takes for a formula."""
    return f"'{text}" if text.startswith(RISKY) else text


def unguarded(text: str) -> str:
    """The text as it was before `guarded`."""
    return text[1:] if text.startswith("'") and text[1:].startswith(RISKY) else text


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, dt.date):
        return value.isoformat()[:10]
    if isinstance(value, float | Decimal):
        return f"{value:.2f}"
    return str(value)


def _decoded(content: bytes) -> str:
    """UTF-8, or the Windows code page in which an Excel of Western Europe saves a csv file."""
    try:
        return content.decode("utf-8-sig", "surrogatepass")
    except UnicodeDecodeError:
        return content.decode("cp1252", "replace")
