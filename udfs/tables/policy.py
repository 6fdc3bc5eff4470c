"""Policy: every parameter that the user may change, with the defaults of `reference/policy.csv`.

A row of the workbook's Policy table overrides the default of the same key; a key that does not exist or a
value that cannot be read changes nothing and is an issue.

>>> policy = Policy()
>>> policy.number("vat_rate"), policy.text("language"), policy.optional("own_turnover")
(0.2, 'en', None)
>>> policy.number("starter_line")
3000.0
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Mapping
from functools import cached_property

import numpy as np

from udfs import reference
from udfs.tables.amounts import read_amounts
from udfs.tables.issues import Issue, shown
from udfs.tables.schema import choices, plain
from udfs.tables.table import Table

WORDS = frozenset(("code", "text", "terms", "edges"))
# Parameters that take one code of a choice set.
CODES = {"language": "language", "date_order": "date_order", "end_of_month_method": "terms_method"}


class Policy:
    """The parameters of one Book: reference defaults, overridden row by row."""

    def __init__(self, table: Table | None = None, grades: Table | None = None, scorecard: Table | None = None,
                 dunning: Table | None = None, legal_rates: Table | None = None) -> None:
        self.issues: list[Issue] = []
        self._units = {row["key"]: row["unit"] for row in reference.rows("policy")}
        self.values = {row["key"]: _typed(row["value"], row["unit"]) for row in reference.rows("policy")}
        if table is not None:
            self._override(table)
        self._tables = {"grades": grades, "scorecard": scorecard, "dunning": dunning, "legal_rates": legal_rates}
        self.weights = self._weights()

    def number(self, key: str) -> float:
        """A number that must be there."""
        value = self.values[key]
        assert isinstance(value, float), key
        return value

    def days(self, key: str) -> int:
        """A whole number of days, months or occurrences."""
        return int(self.number(key))

    def optional(self, key: str) -> float | None:
        """A number that the user may leave empty."""
        value = self.values[key]
        return value if isinstance(value, float) else None

    def text(self, key: str) -> str:
        """A code or a text."""
        return str(self.values[key] or "")

    @property
    def language(self) -> str:
        """The language of answers."""
        return self.text("language")

    def reference(self, name: str) -> list[dict[str, str]]:
        """A reference table with the rows of the user's table in place of those with the same first cell."""
        rows = {next(iter(row.values())): dict(row) for row in reference.rows(name)}
        table = self._tables.get(name)
        if table is not None:
            for place in range(len(table)):
                own = {column: _cell(values[place]) for column, values in table.columns.items()}
                rows[own[next(iter(table.columns))]] = own
        return list(rows.values())

    @cached_property
    def grades(self) -> list[dict[str, str]]:
        """Grades from the best to the worst."""
        return sorted(self.reference("grades"), key=lambda row: -float(row["lowest_score"]))

    def _weights(self) -> Mapping[str, float]:
        """Weight of each criterion; weights that do not total 100 % are refused by an issue."""
        weights = {row["criterion"]: float(row["weight"] or 0) for row in self.reference("scorecard")}
        total = sum(weights.values())
        if abs(total - 1) <= 0.0001:
            return weights
        self.issues.append(Issue("warning", "Scorecard", 0, "weight", f"{total * 100:.2f} %", "issues.weights", {
            "weights": ", ".join(f"{name} {weight * 100:g} %" for name, weight in weights.items())}))
        return {row["criterion"]: float(row["weight"]) for row in reference.rows("scorecard")}

    def refuse(self, key: str, value: object, row: int = 0, source: str = "") -> None:
        """Go back to the reference value of a key, with an issue."""
        default = next(row["value"] for row in reference.rows("policy") if row["key"] == key)
        self.values[key] = _typed(default, self._units[key])
        self.issues.append(Issue("warning", "Policy", row, "value", shown(value), "issues.policy_unreadable",
                                 {"key": key, "default": default or "–"}, source))

    def _override(self, table: Table) -> None:
        for key, value, row in zip(table["key"], table["value"], table.row_numbers, strict=True):
            if key not in self._units:
                nearest = difflib.get_close_matches(key, self._units, 1, 0.0)
                self.issues.append(Issue("warning", "Policy", int(row), "key", shown(key), "issues.policy_unknown",
                                         {"nearest": nearest[0]}, table.source))
                continue
            typed = _typed(value, self._units[key])
            words = CODES.get(key)
            if words is not None:
                typed = choices(words).get(plain(value))
            needed = self.values[key] is not None
            if (typed is None and (value.strip() or needed)) or (not value.strip() and words is not None):
                self.refuse(key, value, int(row), table.source)
            else:
                self.values[key] = typed


def _typed(value: str, unit: str) -> str | float | None:
    """A parameter by its unit: words stay words, all else is a number; None when empty or unreadable."""
    if unit == "edges":
        return value if re.fullmatch(r"\s*\d+(\s*[;,/ ]\s*\d+)*\s*", value) else None
    if unit in WORDS:
        return value.strip()
    numbers, _ = read_amounts([value], share=unit == "share")
    return None if np.isnan(numbers[0]) else float(numbers[0])


def _cell(value: object) -> str:
    if isinstance(value, bool | np.bool_):
        return "yes" if value else "no"
    if isinstance(value, np.datetime64):
        return "" if np.isnat(value) else str(value)
    if isinstance(value, float | np.floating):
        return "" if np.isnan(value) else f"{float(value):g}"
    return str(value)
