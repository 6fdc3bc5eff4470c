"""Policy: every parameter that the user may change, with the defaults of `reference/policy.csv`.

A row of the workbook's Policy table overrides the default of the same key; an empty value leaves it, a key that does
not exist or a value that cannot be read or used changes nothing and is an issue.

>>> policy = Policy()
>>> policy.number("vat_rate"), policy.text("language"), policy.optional("own_turnover")
(0.2, 'en', None)
>>> policy.number("starter_line")
3000.0
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Mapping
from functools import cache, cached_property

import numpy as np

from udfs import reference
from udfs.tables.amounts import read_amounts
from udfs.tables.bands import fault
from udfs.tables.issues import Issue, shown
from udfs.tables.schema import SCHEMA, choices, plain
from udfs.tables.table import Table
from udfs.tables.words import read_countries, read_currencies

WORDS = frozenset(("code", "text", "terms", "edges"))
# Parameters that take one code of a choice set, and those read as a cell of that kind.
CODES = {"language": "language", "date_order": "date_order", "end_of_month_method": "terms_method",
         "home_country_risk": "country_risk", "day_count": "day_count", "outside_note_use": "outside_note_use",
         "behaviour_multiplier": "yes_no"}
READERS = {"reporting_currency": read_currencies, "home_country": read_countries}
SIGNED = frozenset(("account_411_balance",))
# They divide.
NEVER_ZERO = frozenset(("need_days_base", "factoring_year_days", "rounding_step_tiny", "rounding_step_small",
                        "rounding_step_medium", "rounding_step_large", "afdcc_reference_days",
                        "limit_reached_days"))
# A hundred years are enough, and whole.
LONGEST = {"days": 36_525, "months": 1_200, "count": 10_000}
# Reference tables whose keys are ours: a rule stands behind each.
CLOSED = frozenset(("grades", "scorecard", "answers"))
# An answer of the scorecard, and the measure of a criterion whose answers stand for codes and not for bands.
ANSWERS = tuple("1234567")
CHOICE = "choice"
# Law: an empty cell is not filled in yet, and hides nothing that is known.
LAW = frozenset(("legal_rates", "legal_terms"))
# The law knows no other first day of a rate of late payment.
HALF_YEARS = ("-01-01", "-07-01")


class Policy:
    """The parameters of one Book: reference defaults, overridden row by row."""

    def __init__(self, table: Table | None = None, grades: Table | None = None, scorecard: Table | None = None,
                 dunning: Table | None = None, legal_rates: Table | None = None,
                 legal_terms: Table | None = None, answers: Table | None = None) -> None:
        self.issues: list[Issue] = []
        self._units = {row["key"]: row["unit"] for row in reference.rows("policy")}
        self.values = {row["key"]: _typed(row["value"], row["key"], row["unit"]) for row in reference.rows("policy")}
        self._rows: dict[str, tuple[int, str]] = {}
        if table is not None:
            self._override(table)
        own = {"grades": grades, "scorecard": scorecard, "dunning": dunning, "legal_rates": legal_rates,
               "legal_terms": legal_terms, "answers": answers}
        self._tables = {name: self._joined(name, table) for name, table in own.items()}
        self._tables["answers"] = self._usable_bands(self._tables["answers"])
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

    def given(self, key: str) -> str:
        """The text of a key if the user's table gives it."""
        return self.text(key) if key in self._rows else ""

    def reference(self, name: str) -> list[dict[str, str]]:
        """A reference table with the cells of the user's table in place of those with the same first cell."""
        return self._tables[name] if name in self._tables else [dict(row) for row in reference.rows(name)]

    @cached_property
    def grades(self) -> list[dict[str, str]]:
        """Grades from the best to the worst."""
        return sorted(self.reference("grades"), key=lambda row: -float(row["lowest_score"]))

    def refuse(self, key: str, value: object) -> None:
        """Go back to the reference value of a key, with an issue where the user gave it."""
        default = next(row["value"] for row in reference.rows("policy") if row["key"] == key)
        self.values[key] = _typed(default, key, self._units[key])
        row, source = self._rows.pop(key, (0, ""))
        self.issues.append(Issue("warning", "Policy", row, "value", shown(value), "issues.policy_unreadable",
                                 {"key": key, "default": default or "–"}, source))

    def _override(self, table: Table) -> None:
        for key, value, row in zip(table["key"], table["value"], table.row_numbers.tolist(), strict=True):
            if key not in self._units:
                self._unknown(table, row, "key", key, self._units)
            elif value.strip():
                if key in self._rows:
                    self._repeated(table, row, "key", key, self._rows[key][0])
                self._rows[key] = row, table.source
                typed = _typed(value, key, self._units[key])
                if typed is None:
                    self.refuse(key, value)
                else:
                    self.values[key] = typed

    def _joined(self, name: str, table: Table | None) -> list[dict[str, str]]:
        """The reference rows, with the cells of the user's rows of the same key; only some tables take new keys."""
        rows = {next(iter(row.values())): dict(row) for row in reference.rows(name)}
        if table is None or not len(table):
            return list(rows.values())
        key_column, *others = SCHEMA[table.name]
        empty = dict.fromkeys(next(iter(rows.values())), "")
        own: dict[str, int] = {}
        for place, row in enumerate(table.row_numbers.tolist()):
            key = _cell(table[key_column][place])
            if key not in rows and name in CLOSED:
                self._unknown(table, row, key_column, key, rows)
                continue
            if name == "legal_rates" and not key.endswith(HALF_YEARS):
                self.issues.append(Issue("warning", table.name, row, key_column, key, "late.not_a_half_year",
                                         {"date": key}, table.source))
                continue
            if key in own:
                self._repeated(table, row, key_column, key, own[key])
            own[key] = row
            given = {column: _cell(table[column][place]) for column in others if table.has(column)}
            if name in LAW:
                given = {column: text for column, text in given.items() if text}
            rows[key] = {**rows.get(key, empty), key_column: key, **given}
        return list(rows.values())

    def _weights(self) -> Mapping[str, float]:
        """Weight of each criterion; weights that do not total 100 % are refused by an issue."""
        weights = {row["criterion"]: float(row["weight"] or 0) for row in self.reference("scorecard")}
        total = sum(weights.values())
        if abs(total - 1) <= 0.0001 and min(weights.values()) >= 0:
            return weights
        self.issues.append(Issue("warning", "Scorecard", 0, "weight", f"{total * 100:.2f} %", "issues.weights", {
            "weights": ", ".join(f"{name} {weight * 100:g} %" for name, weight in weights.items())}))
        return {row["criterion"]: float(row["weight"]) for row in reference.rows("scorecard")}

    def _usable_bands(self, rows: list[dict[str, str]]) -> list[dict[str, str]]:
        """The bands of the answers; those of a measure that leave a gap or overlap go back to the reference ones."""
        known = {row["band"]: dict(row) for row in reference.rows("answers")}
        for place, row in enumerate(rows):
            if row["answer"] not in ANSWERS:
                default = known[row["band"]]
                self.issues.append(Issue("warning", "Answers", 0, "answer", shown(row["answer"]), "issues.answer_range",
                                         {"band": row["band"], "default": default["answer"]}))
                rows[place] = {**row, "answer": default["answer"]}
        for criterion, measure in dict.fromkeys((row["criterion"], row["measure"]) for row in rows):
            bands = [row for row in rows if (row["criterion"], row["measure"]) == (criterion, measure)]
            edge = fault(bands) if measure != CHOICE else ""
            if edge:
                self.issues.append(Issue("warning", "Answers", 0, "band", criterion, "issues.bands", {"edge": edge}))
                rows = [known[row["band"]] if row in bands else row for row in rows]
        return rows

    def _unknown(self, table: Table, row: int, column: str, key: str, known: Iterable[str]) -> None:
        nearest = difflib.get_close_matches(key, list(known), 1, 0.0)
        self.issues.append(Issue("warning", table.name, row, column, shown(key), "issues.policy_unknown",
                                 {"nearest": nearest[0]}, table.source))

    def _repeated(self, table: Table, row: int, column: str, key: str, first: int) -> None:
        self.issues.append(Issue("warning", table.name, row, column, shown(key), "issues.duplicate_key",
                                 {"first": first}, table.source))


@cache
def default_policy() -> Policy:
    """The reference parameters, for functions that have no Book."""
    return Policy()


def _typed(value: str, key: str, unit: str) -> str | float | None:
    """A parameter by its unit: words stay words, all else is a number; None when empty or unreadable."""
    if key in CODES:
        return choices(CODES[key]).get(plain(value))
    if key in READERS:
        code = str(READERS[key]([value])[0][0])
        return code if 2 <= len(code) <= 3 else None
    if unit == "edges":
        return value if re.fullmatch(r"\s*\d{1,5}(\s*[;,/ ]\s*\d{1,5})*\s*", value) else None
    if unit in WORDS:
        return value.strip()
    number = float(read_amounts([value], share=unit == "share")[0][0])
    usable = (number >= 0 or (key in SIGNED and number < 0)) and not (number == 0 and key in NEVER_ZERO)
    if unit in LONGEST:
        usable = usable and number.is_integer() and number <= LONGEST[unit]
    return number if usable else None


def _cell(value: object) -> str:
    if isinstance(value, bool | np.bool_):
        return "yes" if value else "no"
    if isinstance(value, np.datetime64):
        return "" if np.isnat(value) else str(value)
    if isinstance(value, float | np.floating):
        return "" if np.isnan(value) else np.format_float_positional(value, trim="-")
    return str(value)
