"""The rating of one client as a table that it can be defended by, line by line, before its own accountant.

A line a criterion, the heaviest first: what was measured, the answer 1-7, the weight, the points 100 x weight x
(answer - 1), and what it stands on, or what is missing. Then the outside note, the score with the sum that makes it,
the weight known and the confidence, the evidence, each hard fact with its day, and the grade.

>>> from udfs.tables.raw import RawTable
>>> rows = [["client", "invoice", "date", "due date", "amount", "paid on"],
...         ["C1", "F1", "2026-08-10", "2026-09-09", 3000.0, "2026-10-09"]]
>>> for what, value, answer, weight, points, remark in reason_rows(Book("2026-11-20", [RawTable(rows)]), 0)[:1]:
...     print(f"{what}: {value}; {answer}, {weight}, {points}")
Payment behaviour: 30 days beyond terms; 2, 0.2, 20.0
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from udfs.book.book import Book
from udfs.book.criterion_words import remark, value
from udfs.book.rating_sentences import evidence_sentence, fact_sentence, told_facts
from udfs.rating.grade import NOTCHES
from udfs.rating.scorecard import criterion_points
from udfs.texts import say, writing

COLUMNS = ("what", "value", "answer", "weight", "points", "remark")
Row = list[Any]


def reason_rows(book: Book, client: int) -> list[Row]:
    """What, value in words, answer, weight, points, source or remark; a cell that says nothing is empty."""
    return [*_criteria(book, client), *_note(book, client), *_score(book, client), *_facts(book, client),
            _grade(book, client)]


def _criteria(book: Book, client: int) -> Iterator[Row]:
    weights = book.policy.weights
    for criterion in sorted(weights, key=lambda name: -weights[name]):
        answer, weight = float(book.rating.answers[criterion][client]), weights[criterion]
        known = not np.isnan(answer)
        judged = value(book, client, criterion) if known else _say(book, "unknown")
        yield [_title(book, f"criterion_{criterion}"), judged, int(answer) if known else "", weight,
               round(criterion_points(answer, weight), 2) if known and weight else "", remark(book, client, criterion)]


def _note(book: Book, client: int) -> Iterator[Row]:
    """The outside note that was entered, and what it does or why it does nothing."""
    column, strength, policy = book.clients.column, book.rating.strength, book.policy
    note, provider, on = (column(f"external_{name}")[client] for name in ("score", "provider", "date"))
    if not note:
        return
    use = policy.text("outside_note_use")
    if not provider:
        why = "provider"
    elif np.isnan(strength.any_note[client]):
        why = "scale"
    elif np.isnan(strength.note[client]):
        why = "later" if on > book.as_of else "old"
    else:
        why = "does_not_cap" if use == "cap" and not strength.by_note[client] else use
    name = _say(book, f"provider_{provider}") if provider else ""
    answer = strength.note[client]
    yield [_title(book, "outside_note"), f"{name} {note}".strip(), "" if np.isnan(answer) else int(answer), "", "",
           _say(book, f"note_{why}", provider=name, note=note, months=policy.days("outside_note_months"),
                on=on, dated="" if np.isnat(on) else writing.date(on, policy.language))]


def _score(book: Book, client: int) -> Iterator[Row]:
    """The score with its sum, how much of the weights is known, the confidence and the evidence."""
    rating, weights = book.rating, book.policy.weights
    score, coverage = float(rating.score[client]), float(rating.coverage[client])
    if np.isnan(score):
        yield [_title(book, "score_title"), _say(book, "unknown"), "", "", "", _say(book, "score_none")]
    else:
        answers = {name: float(rating.answers[name][client]) for name, weight in weights.items() if weight}
        points = sum(criterion_points(answer, weights[name]) for name, answer in answers.items() if answer == answer)
        penalty = sum(rating.penalties[name] for name, answer in answers.items() if answer == 1)
        proven = bool(rating.grading.scored[client])
        code = "score_unproven" if not proven else "score_penalised" if penalty else "score_sum"
        yield [_title(book, "score_title"), _say(book, "score_of_ten" if proven else "unknown", score=score), "",
               round(coverage, 6), round(points, 2),
               _say(book, code, points=points, coverage=coverage, total=60 * score, score=score, penalty=-penalty)]
    confidence = writing.percent(float(rating.confidence[client]), book.policy.language)
    yield [_title(book, "confidence_title"), confidence, "", round(coverage, 6), "",
           _say(book, "confidence_rule", coverage=coverage)]
    yield [_title(book, "evidence_title"), f"E{rating.evidence[client]}", "", "", "", evidence_sentence(book, client)]


def _facts(book: Book, client: int) -> Iterator[Row]:
    for name in told_facts(book, client):
        on = book.rating.fact_on[name][client]
        yield [_title(book, "notch" if name in NOTCHES else "cap"),
               "" if np.isnat(on) else writing.date(on, book.policy.language), "", "", "",
               fact_sentence(book, client, name)]


def _grade(book: Book, client: int) -> Row:
    graded, grades = book.rating.grading, book.policy.grades
    scored, rank = int(graded.scored[client]), int(graded.rank[client])
    parts = []
    if not rank:
        parts.append(_say(book, "grade_none"))
    elif scored and rank != scored:
        parts.append(_say(book, "grade_capped", grade=grades[scored - 1]["grade"]))
    elif scored:
        parts.append(_say(book, "grade_scored", lowest=float(grades[scored - 1]["lowest_score"])))
    else:
        parts.append(_say(book, "grade_adverse"))
    if graded.provisional[client]:
        parts.append(_say(book, "grade_provisional"))
    if rank and not np.isnan(book.rating.pd[client]):
        parts.append(_say(book, "grade_pd", pd=float(book.rating.pd[client])))
    return [_title(book, "grade_title"), book.grades[client], "", "", "", " ".join(parts)]


def _title(book: Book, name: str) -> str:
    """What a line is of, as it begins a line."""
    words = _say(book, name)
    return words[:1].upper() + words[1:]


def _say(book: Book, name: str, **values: Any) -> str:
    return say(f"reasons.{name}", book.policy.language, **values)
