"""From a measure to the answer 1 (worst) to 7 (best) of a criterion, by the bands of `reference/answers.csv`.

Each edge of a band says whether it belongs to it: 7 days late are "7-10 days", 30 are not "more than 30".
What is not known has no answer (NaN): it is never taken for the worst.

>>> answer_of("payment", "days_beyond_terms", np.array([0.0, 7.0, 31.0, np.nan])).tolist()
[6.0, 4.0, 1.0, nan]
>>> answer_of_choice("country", np.array(["A2", ""], dtype=object)).tolist()
[6.0, nan]
>>> founded = np.array(["2026-03-01", "2016-11-20", "2016-11-19"], "datetime64[D]")
>>> answer_of_age(founded, np.datetime64("2026-11-20")).tolist()
[1.0, 6.0, 7.0]
"""

from __future__ import annotations

import numpy as np

from udfs import reference


def answer_of(criterion: str, measure: str, values: np.ndarray) -> np.ndarray:
    """The answers to measured values; NaN stays NaN."""
    answers = np.full(len(values), np.nan)
    # A weighted mean of terms that are all 60 days may come out a hair above 60.
    values = np.round(values, 6)
    for row in reference.rows("answers"):
        if (row["criterion"], row["measure"]) == (criterion, measure):
            low = (values > float(row["above"])) if row["above"] else (values >= float(row["at_least"] or "-inf"))
            high = (values < float(row["below"])) if row["below"] else (values <= float(row["up_to"] or "inf"))
            answers[low & high] = float(row["answer"])
    return answers


def answer_of_choice(criterion: str, codes: np.ndarray) -> np.ndarray:
    """The answers to codes of a choice; an empty code has none."""
    answers = np.full(len(codes), np.nan)
    for row in reference.rows("answers"):
        if (row["criterion"], row["measure"]) == (criterion, "choice"):
            answers[codes == row["choice"]] = float(row["answer"])
    return answers


def answer_of_age(since: np.ndarray, as_of: np.datetime64) -> np.ndarray:
    """The answers to an age in years; bands are half-open, exactly 10 years still belong to the sixth."""
    month = since.astype("datetime64[M]")
    day = since - month.astype("datetime64[D]")
    today = as_of.astype("datetime64[M]")
    months = (today - month).astype(np.float64)
    beyond = (as_of - today.astype("datetime64[D]")) - day
    complete = np.floor((months - (beyond < np.timedelta64(0, "D"))) / 12)
    on_the_day = (months == complete * 12) & (beyond == np.timedelta64(0, "D"))
    answers = np.full(len(since), np.nan)
    bands = reference.rows("age_bands")
    for place, row in enumerate(bands):
        reached = complete >= float(row["from_years"])
        if place == len(bands) - 1:
            reached &= ~((complete == float(row["from_years"])) & on_the_day)
        answers[reached] = float(row["answer"])
    answers[np.isnat(since) | (since > as_of)] = np.nan
    return answers
