"""From a measure to the answer 1 (worst) to 7 (best) of a criterion, by the bands of `reference/answers.csv`.

Each edge of a band says whether it belongs to it: 7 days late are "7-10 days", 30 are not "more than 30". What is not
known has no answer (NaN): it is never taken for the worst. The rows are those of the user's table Answers where a Book
has one. Source: DOMAIN 2.2, corrected by 0.

>>> answer_of("payment", "days_beyond_terms", np.array([0.0, 7.0, 31.0, np.nan])).tolist()
[6.0, 4.0, 1.0, nan]
>>> answer_of_choice("country", np.array(["A2", ""], dtype=object)).tolist()
[6.0, nan]
>>> answer_of("company_age", "years", np.array([0.7, 10.0, 10.003])).tolist()
[1.0, 6.0, 7.0]
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np

from udfs import reference
from udfs.tables.bands import within

Rows = Sequence[Mapping[str, str]]
CHOICE = "choice"


def answer_of(criterion: str, measure: str, values: np.ndarray, rows: Rows | None = None) -> np.ndarray:
    """The answers to measured values; NaN stays NaN."""
    answers = np.full(len(values), np.nan)
    # A weighted mean of terms that are all 60 days may come out a hair above 60.
    values = np.round(values, 6)
    for row in _bands(criterion, measure, rows):
        answers[within(row, values)] = float(row["answer"])
    return answers


def answer_of_choice(criterion: str, codes: np.ndarray, rows: Rows | None = None) -> np.ndarray:
    """The answers to codes of a choice; an empty code has none."""
    known = {row["choice"]: float(row["answer"]) for row in _bands(criterion, CHOICE, rows)}
    return np.array([known.get(code, np.nan) for code in codes.tolist()], dtype=np.float64)


def _bands(criterion: str, measure: str, rows: Rows | None) -> Rows:
    rows = reference.rows("answers") if rows is None else rows
    return [row for row in rows if (row["criterion"], row["measure"]) == (criterion, measure)]
