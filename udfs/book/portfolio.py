"""The portfolio as rows of a sheet: chosen columns, sorted and filtered by arguments.

>>> conditions("decision=BLOCK, exposure>10000")
[('decision', '=', 'BLOCK'), ('exposure', '>', '10000')]
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from udfs.book.book import Book
from udfs.book.each import Each
from udfs.book.exposure_parts import utilisation
from udfs.book.order_room import largest_orders
from udfs.book.reasons import binding_words, decision_reason
from udfs.decision.decide import DECISIONS
from udfs.errors import WrongArgument
from udfs.rating.grade import NOT_RATED
from udfs.tables.amounts import read_amounts
from udfs.tables.cells import is_blank
from udfs.tables.columns import round_cents
from udfs.tables.schema import plain
from udfs.texts import LANGUAGES, say

DEFAULT = ("client", "name", "grade", "evidence", "limit", "binding", "in_force", "exposure", "headroom", "overdue",
           "decision", "reason")


def _amounts(values: np.ndarray) -> list[Any]:
    return [None if value != value else value for value in round_cents(values).tolist()]


COLUMNS: dict[str, Callable[[Book], Sequence[Any]]] = {
    "client": lambda book: book.clients.codes,
    "name": lambda book: book.clients.names,
    "grade": lambda book: book.grades,
    "score": lambda book: _amounts(np.where(book.rating.grading.scored > 0, book.rating.score, np.nan)),
    "evidence": lambda book: [f"E{level}" for level in book.rating.evidence],
    "need": lambda book: _amounts(book.limits.need),
    "limit": lambda book: _amounts(book.limits.computed),
    "binding": lambda book: [binding_words(name, book.policy.language) for name in book.limits.binding],
    "in_force": lambda book: _amounts(book.limits.in_force),
    "exposure": lambda book: _amounts(book.exposure),
    "headroom": lambda book: _amounts(book.limits.in_force - book.exposure),
    "utilisation": lambda book: [None if share != share else share for share in utilisation(book).tolist()],
    "net": lambda book: _amounts(book.secured.net),
    "overdue": lambda book: _amounts(book.overdue),
    "max_order": lambda book: _amounts(largest_orders(book)),
    "days_late": lambda book: book.rating.oldest_overdue.tolist(),
    "decision": lambda book: [DECISIONS[code] for code in book.decisions.code],
    "reason": lambda book: Each(len(book.clients), lambda client: decision_reason(book, book.decisions, client)),
}

# Columns of a closed set, whose values a filter must know: a misspelt code would find nothing and not say so.
CODES: dict[str, Callable[[Book], Sequence[str]]] = {
    "decision": lambda book: DECISIONS,
    "grade": lambda book: [*(row["grade"] for row in book.policy.grades), NOT_RATED],
    "evidence": lambda book: ("E0", "E1", "E2"),
}


def portfolio_rows(book: Book, columns: Any = None, sort_by: Any = None, filter: Any = None, most: int | None = None
                   ) -> list[list[Any]]:
    """A heading row, then a row a client, at most so many; without `sort_by` in the order of the Clients table."""
    language = book.policy.language
    chosen = [column_named(name) for name in _names(columns)] or list(DEFAULT)
    order = list(range(len(book.clients)))
    for text, sign, value in conditions(str(filter)) if not is_blank(filter) else ():
        name = column_named(text)
        cells = COLUMNS[name](book)
        if value and name in CODES:
            value = _code(value, CODES[name](book))
        order = [client for client in order if _holds(cells[client], sign, value)]
    if not is_blank(sort_by):
        text = str(sort_by).strip()
        cells = COLUMNS[column_named(text.lstrip("-+ "))](book)
        order.sort(key=lambda client: _key(cells[client]), reverse=text.startswith("-"))
    found = [COLUMNS[name](book) for name in chosen]
    headings = [say(f"book.column_{name}", language) for name in chosen]
    return [headings, *([_cell(cells[client]) for cells in found] for client in order[:most])]


def column_named(text: str) -> str:
    """A column by its name or its heading in either language."""
    known = {plain(name): name for name in COLUMNS}
    for language in LANGUAGES:
        known.update({plain(say(f"book.column_{name}", language)): name for name in COLUMNS})
    name = known.get(plain(text))
    if name is None:
        raise WrongArgument("errors.unknown_column", value=text, known=", ".join(COLUMNS))
    return name


def conditions(text: str) -> list[tuple[str, str, str]]:
    """Conditions separated by commas or semicolons: name, sign, value; == is read as =.

    A comma that no further condition follows belongs to the value.

    >>> conditions("exposure > 1 200,50 €, name = Dupont, Fils")
    [('exposure', '>', '1 200,50 €'), ('name', '=', 'Dupont, Fils')]
    """
    found = []
    for part in re.split(r"[;,](?=[^<>=;,]+[<>=])|;", text):
        match = re.fullmatch(r"\s*([^<>=]+?)\s*(<=|>=|<>|==|<|>|=)\s*(.*?)\s*", part)
        if match is None:
            raise WrongArgument("errors.bad_filter", value=text)
        found.append((match[1], match[2].replace("==", "="), match[3]))
    return found


def _names(columns: Any) -> list[str]:
    if is_blank(columns):
        return []
    if isinstance(columns, list | tuple):
        return [name for cell in columns for name in _names(cell)]
    return [name for name in re.split(r"[;,]", str(columns)) if name.strip()]


def _code(value: str, known: Sequence[str]) -> str:
    """A code of a closed set as it is written there."""
    found = {plain(code): code for code in known}.get(plain(value))
    if found is None:
        raise WrongArgument("errors.unknown_choice", value=value, known=", ".join(known))
    return found


def _holds(cell: Any, sign: str, value: str) -> bool:
    """Whether a cell meets a condition; an empty cell is only ever equal to an empty value."""
    if not value or cell is None:
        same = cell in (None, "") and not value
        return same if sign == "=" else not same if sign == "<>" else False
    wanted: Any = value
    if isinstance(cell, float | int):
        wanted = read_amounts([value])[0][0]
        if np.isnan(wanted):
            raise WrongArgument("errors.bad_filter", value=value)
    left, right = _key(cell), _key(wanted)
    return {"=": left == right, "<>": left != right, "<": left < right, ">": left > right,
            "<=": left <= right, ">=": left >= right}[sign]


def _key(cell: Any) -> tuple[float, str]:
    """Numbers by size, decisions by severity, texts by letter, empty first."""
    if cell is None:
        return (float("-inf"), "")
    if isinstance(cell, float | int):
        return (float(cell), "")
    return (float(DECISIONS.index(cell)), "") if cell in DECISIONS else (0.0, plain(cell))


def _cell(value: Any) -> Any:
    return "" if value is None else value
