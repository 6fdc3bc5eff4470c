"""Worksheet functions of the rating."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from udfs.book.book import Book
from udfs.errors import NotAvailable
from udfs.functions.registry import of_client


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
