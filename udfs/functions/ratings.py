"""Worksheet functions of the rating."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from udfs.book.book import Book
from udfs.book.rating_reasons import COLUMNS, reason_rows
from udfs.errors import NotAvailable, OutOfRange
from udfs.functions.border import book_of, client_place, number, spill
from udfs.functions.registry import of_client, worksheet
from udfs.rating.behaviour import days_beyond_terms
from udfs.rating.grade import NOT_RATED
from udfs.tables.columns import months_before
from udfs.tables.policy import LONGEST


@of_client("rating")
def CREDIT_RATING(book: Book) -> Sequence[str]:
    """The grade A to D, or n/r."""
    return book.grades


@of_client("rating")
def CREDIT_SCORE(book: Book) -> Sequence[Any]:
    """The score 0 to 10 before overrides; NotAvailable for a client without enough evidence."""
    rating = book.rating
    rated = (rating.grading.scored > 0) & ~np.isnan(rating.score)
    return [score if known else NotAvailable("errors.not_rated", value=code, evidence=f"E{level}")
            for score, known, code, level in zip(rating.score.tolist(), rated, book.clients.codes,
                                                 rating.evidence, strict=True)]


@of_client("rating")
def CREDIT_EVIDENCE(book: Book) -> Sequence[str]:
    """E0, E1 or E2: what the rating stands on."""
    return [f"E{level}" for level in book.rating.evidence]


@of_client("rating")
def CREDIT_CONFIDENCE(book: Book) -> Sequence[float]:
    """How far the rating can be trusted, 0 to 1: known weight times freshness."""
    # Weights are fractions that no binary number holds: 0.95 shall not be 0.9500000000000001.
    found: list[float] = np.round(book.rating.confidence, 9).tolist()
    return found


@of_client("rating")
def CREDIT_PD(book: Book) -> Sequence[Any]:
    """The probability of default within a year; NotAvailable for a client without a grade."""
    rating = book.rating
    return [pd if pd == pd else NotAvailable("errors.not_rated", value=code, evidence=f"E{level}")
            if grade == NOT_RATED else NotAvailable("errors.no_pd", value=code, grade=grade)
            for pd, code, grade, level in zip(rating.pd.tolist(), book.clients.codes, book.grades, rating.evidence,
                                              strict=True)]


@of_client("exposure")
def DAYS_BEYOND_TERMS(book: Book, months: Any = None) -> Sequence[Any]:
    """Mean days beyond terms over the last months; NotAvailable where nothing was settled and nothing is late."""
    span = int(number(months, "months", book.policy.number("behaviour_months")))
    if not 1 <= span <= LONGEST["months"]:
        raise OutOfRange("errors.months", value=span, most=LONGEST["months"])
    # A column asks for each of its cells: one window is worked out once a Book.
    columns: dict[int, list[Any]] = vars(book).setdefault("days_beyond_terms", {})
    if span not in columns:
        days = days_beyond_terms(book.ledger, months_before(book.as_of, span), len(book.clients)).round(9).tolist()
        columns[span] = [one if one == one else NotAvailable("errors.no_delay", value=code, months=span)
                         for one, code in zip(days, book.clients.codes, strict=True)]
    return columns[span]


@worksheet("rating", spills=True)
def RATING_REASONS(client: Any, book: Any) -> list[list[Any]]:
    """The rating of one client line by line, under a heading row."""
    found = book_of(book)
    return spill(found, COLUMNS, reason_rows(found, client_place(client, found)))
