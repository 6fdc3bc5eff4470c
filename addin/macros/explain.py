"""One client with every reason: decision, rating by criterion, limit by constraint, exposure, open items."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

import numpy as np

from udfs.book.book import Book
from udfs.book.open_items import open_items
from udfs.book.reasons import (
    binding_words,
    decision_reasons,
    exposure_sentence,
    limit_sentence,
    sentence,
)
from udfs.decision.decide import DECISIONS
from udfs.exposure.components import COMPONENTS
from udfs.rating.scorecard import criterion_points
from udfs.texts import say


class Section(NamedTuple):
    """A section by its code, sentences, and a table by the codes of its columns (empty when there is none)."""

    code: str
    sentences: list[str]
    columns: tuple[str, ...] = ()
    rows: Sequence[list[Any]] = ()


@dataclass(frozen=True)
class Explanation:
    """What is known of one client, ready to show."""

    code: str
    name: str
    sections: Sequence[Section]

    def as_json(self) -> dict[str, Any]:
        """The same as plain data."""
        return {"client": self.code, "name": self.name,
                **{one.code: {"sentences": one.sentences,
                              "rows": [dict(zip(one.columns, row, strict=True)) for row in one.rows]}
                   for one in self.sections}}


def explain(book: Book, code: str) -> Explanation:
    """Everything about one client; NotAvailable names the nearest code when there is no such client."""
    place = book.clients.place(code)
    sections = [_decision(book, place), _rating(book, place), _limit(book, place), _exposure(book, place),
                _open_items(book, place)]
    return Explanation(book.clients.codes[place], book.clients.names[place], sections)


def _say(book: Book, name: str, **values: Any) -> str:
    return say(f"cli.{name}", book.policy.language, **values)


def _decision(book: Book, place: int) -> Section:
    decision = DECISIONS[book.decisions.code[place]]
    first, *others = decision_reasons(book, book.decisions, place)
    told = say("reasons.decision", book.policy.language, decision=decision, reasons=first)
    return Section("decision", [told, *others])


def _rating(book: Book, place: int) -> Section:
    language, rating = book.policy.language, book.rating
    rows: list[list[Any]] = []
    for criterion, weight in book.policy.weights.items():
        answer = float(rating.answers[criterion][place]) if criterion in rating.answers else np.nan
        known = not np.isnan(answer)
        rows.append([say(f"reasons.criterion_{criterion}", language),
                     int(answer) if known else _say(book, "unknown"), f"{weight * 100:g} %",
                     criterion_points(answer, weight) if known else ""])
    told = sentence("CREDIT_RATING", book, place)
    return Section("rating", [told], ("criterion", "answer", "weight", "points"), rows)


def _limit(book: Book, place: int) -> Section:
    language, found = book.policy.language, book.limits
    rows: list[list[Any]] = []
    for name, amounts in found.constraints.items():
        if not np.isnan(amounts[place]):
            rows.append([binding_words(name, language), float(amounts[place]),
                         _say(book, "binds") if name == found.binding[place] else ""])
    if not np.isnan(found.computed[place]):
        rows.append([_say(book, "rounded"), float(found.computed[place]), ""])
    if not np.isnan(found.in_force[place]):
        rows.append([_say(book, "in_force"), float(found.in_force[place]),
                     _say(book, "granted") if found.granted[place] else ""])
    return Section("limit", [limit_sentence(book, place)], ("constraint", "amount", "remark"), rows)


def _exposure(book: Book, place: int) -> Section:
    language, parts = book.policy.language, book.receivables.components
    rows: list[list[Any]] = [[say(f"reasons.component_{name}", language), float(parts[name][place])]
                             for name in COMPONENTS if parts[name][place]]
    return Section("exposure", [exposure_sentence(book, place)], ("component", "amount"), rows)


def _open_items(book: Book, place: int) -> Section:
    # What an item does not have, such as the due date of payments to allocate, is shown as nothing.
    rows = [["" if value is None or value != value else value for value in item] for item in open_items(book, place)]
    return Section("open_items", [] if rows else [_say(book, "nothing_open")],
                   ("invoice", "date", "due", "open", "late", "remark"), rows)
