"""What the score of a published model says: a weighted sum of ratios, its zones, and the firms it was made for.

score = constant + Σ coefficient x ratio

A zone is `sound`, `watch` or `danger`. Where sources disagree each keeps its own bounds, with its name, in
`reference/model_zones.csv`; the first of a model is the default. `reference/model_domains.csv` says for which
activity (divisions of the NAF code) and turnover a model was made; outside, the score is shown but says less.

Worked example: 12 of Conan-Holder is sound for one source, to be watched for another:

>>> zone("conan_holder", np.array([12.0, np.nan])).tolist(), zone("conan_holder", np.array([12.0]), "urios").tolist()
(['sound', ''], ['watch'])
>>> outside_domain("conan_holder", np.array(["25.62B", "47.11F"], object), np.array([4e6, 4e6])).tolist()
['', 'activity']
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import numpy as np

from udfs import reference
from udfs.errors import WrongArgument
from udfs.rating import ratios
from udfs.rating.ratios import Lines


def weighted(coefficients: Mapping[str, float], lines: Lines, constant: float = 0.0) -> np.ndarray:
    """The score of each row of accounts, NaN where one of the ratios cannot be computed."""
    return constant + sum((weight * ratios.ratio(code, lines) for code, weight in coefficients.items()), np.zeros(1))


def missing(coefficients: Mapping[str, float], lines: Lines) -> np.ndarray:
    """For each row the first line missing for the score, an empty text where none is."""
    return _first(ratios.missing(code, lines) for code in coefficients)


def not_positive(coefficients: Mapping[str, float], lines: Lines) -> np.ndarray:
    """For each row the first line below a bar that is known and not positive, else an empty text."""
    return _first(ratios.not_positive(code, lines) for code in coefficients)


def sources(model: str) -> list[str]:
    """Who publishes zones for a model, the default first."""
    return list(dict.fromkeys(row["source"] for row in reference.rows("model_zones") if row["model"] == model))


def zone(model: str, scores: np.ndarray, source: str = "") -> np.ndarray:
    """The zone of each score by one source, an empty text where there is no score."""
    known = sources(model)
    if source and source not in known:
        raise WrongArgument("ratios.unknown_source", source=source, sources=", ".join(known))
    zones = np.full(len(scores), "", object)
    # The bounds are compared with the score as it is shown, so that 2.60 never lies beside itself.
    scores = np.round(scores, 9)
    for row in reference.rows("model_zones"):
        if (row["model"], row["source"]) == (model, source or known[0]):
            low = (scores > float(row["above"])) if row["above"] else (scores >= float(row["at_least"] or "-inf"))
            high = (scores < float(row["below"])) if row["below"] else (scores <= float(row["up_to"] or "inf"))
            zones[low & high] = row["zone"]
    return zones


def outside_domain(model: str, naf: np.ndarray, turnover: np.ndarray) -> np.ndarray:
    """Why a model was not made for a firm, else an empty text; `turnover` is that of 12 months, excl. VAT.

    `activity` or `turnover` where they are outside, `activity_unknown` or `turnover_unknown` where they are not given.
    """
    (row,) = (row for row in reference.rows("model_domains") if row["model"] == model)
    why = np.full(len(naf), "", object)
    if row["turnover_from"]:
        why[(turnover < float(row["turnover_from"])) | (turnover > float(row["turnover_to"]))] = "turnover"
        why[np.isnan(turnover)] = "turnover_unknown"
    if row["naf_from"]:
        texts, index = np.unique(naf.astype(str), return_inverse=True)
        division = np.array([float(text.strip()[:2]) if text.strip()[:2].isdecimal() else np.nan for text in texts])
        division = division[index]
        why[(division < float(row["naf_from"])) | (division > float(row["naf_to"]))] = "activity"
        why[np.isnan(division)] = "activity_unknown"
    return why


def _first(columns: Iterable[np.ndarray]) -> np.ndarray:
    """The first text of each row that is not empty."""
    first, *others = columns
    names = first.copy()
    for column in others:
        names = np.where(names == "", column, names)
    return names
