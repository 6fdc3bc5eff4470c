"""What is wrong in a table: where, which value, one sentence. Bad input never stops a Book.

An `error` takes its row out of the sums, a `warning` says what was assumed, an `info` what was left aside.

>>> issue = Issue("error", "Invoices", 7, "amount", "12,5O", "issues.amount_unreadable",
...               {"consequence": "issues.left_out"})
>>> issue.sentence("en")
'Invoices, row 7, Amount incl. VAT: "12,5O" is not an amount. The row is left out of every sum; correct the cell.'
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from udfs.tables.cells import error_name, written
from udfs.tables.schema import SCHEMA
from udfs.texts import say

SEVERITIES = ("error", "warning", "info")


@dataclass(frozen=True)
class Issue:
    """One fault; `row` is the row as the user sees it (0: the whole table), `source` its sheet or file."""

    severity: str
    table: str
    row: int
    column: str
    value: str
    code: str
    details: Mapping[str, Any] = field(default_factory=dict, compare=False)
    source: str = field(default="", compare=False)

    def sentence(self, language: str = "en") -> str:
        """Where, what and the remedy, in one language."""
        spec = SCHEMA.get(self.table, {}).get(self.column)
        header = spec.label(language) if spec else self.column
        where = ", ".join(filter(None, (
            f"{self.table} ({self.source})" if self.table and self.source not in ("", self.table)
            else self.table or self.source,
            say("issues.row", language, row=self.row) if self.row else "", header)))
        details = {name: _words(value, language) for name, value in self.details.items()}
        what = say(self.code, language, **{"value": self.value, "consequence": "", **details})
        return say("issues.where", language, where=where, what=what) if where else what


def _words(value: Any, language: str) -> Any:
    """A detail that is itself the code of a text, or such a code and a count, in words."""
    if isinstance(value, tuple):
        code, count = value
        return say(code, language, count=count)
    if isinstance(value, str) and value.startswith(("issues.", "legal.regime_", "legal.fine_")):
        return say(value, language)
    return value


def shown(value: Any) -> str:
    """A cell's value as an issue shows it, much as the sheet does: short, on one line, nothing that no eye sees.

    >>> shown(12.0), shown(True), shown(dt.datetime(2026, 11, 20)), shown(-2146826281), shown("a\\x00b")
    ('12', 'TRUE', '2026-11-20', '#DIV/0!', 'a�b')
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        text = str(value).upper()
    elif isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        text = str(int(value))
    elif isinstance(value, dt.datetime) and value.time() == dt.time():
        text = value.date().isoformat()
    else:
        text = " ".join((error_name(value) or written(value)).split())
    if not text.isprintable():
        text = "".join(letter if letter.isprintable() else "\ufffd" for letter in text)
    return text if len(text) <= 60 else text[:59] + "…"
