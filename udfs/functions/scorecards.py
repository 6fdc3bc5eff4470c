"""The worksheet function of the plain scorecard: answers and weights in, a score out, and its sentence."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache, partial
from typing import Any

import numpy as np

from udfs import reference
from udfs.errors import InWords, NotAvailable, OutOfRange, WrongArgument
from udfs.functions.border import flat, number, policy_of
from udfs.functions.pairs import is_column, pairs
from udfs.functions.registry import worksheet
from udfs.rating.scorecard import scorecard
from udfs.tables.cells import is_blank
from udfs.tables.issues import shown
from udfs.tables.policy import Policy
from udfs.tables.schema import plain
from udfs.texts import LANGUAGES, has, say

# Weights written by hand may be rounded to the hundredth of one per cent.
TOLERANCE = 0.0001
WORST, BEST = 1, 7
CRITERION = "reasons.criterion_"


@worksheet("calculators")
def SCORECARD(answers: Any, weights: Any = None, book: Any = None) -> float:
    """The score 0 to 10 of answers from 1 (worst) to 7 (best), re-weighted on the criteria that have one.

    `answers` stand in the order of the criteria, or beside their names in two columns. `weights` stand beside them, or
    beside the names of the criteria; without them the scorecard of the policy counts, with its penalties.
    Weights that do not total 100 % are refused.

    >>> SCORECARD([4, 5, 5, 5, 5, 5, 7, 4, 4], ["5 %", "10 %", "20 %", "10 %", "10 %", "10 %", "5 %", "10 %", "20 %"])
    6.25
    """
    return _Card(answers, weights, policy_of(book)).score


def scorecard_sentence(given: Mapping[str, Any], language: str) -> str:
    """The points and the score, and without which criteria they were re-weighted."""
    card = _Card(given["answers"], given.get("weights"), policy_of(given.get("book")))
    missing = [_named(name, language) for name, weight in card.weights.items()
               if weight and np.isnan(card.answers.get(name, np.nan))]
    return say("financial.scorecard_reweighted" if missing else "financial.scorecard", language,
               points=card.score * 60, score=card.score, coverage=card.coverage, missing=", ".join(missing))


class _Card:
    """The weights and answers of one call by criterion, and the score that they make."""

    def __init__(self, answers: Any, weights: Any, policy: Policy) -> None:
        named = None if is_column(answers) else pairs(answers, "answers", empty=True)
        cells = flat(answers) if named is None else [cell for _, cell in named]
        names = None if named is None else [_key(name) for name, _ in named]
        penalties: dict[str, float] = {}
        if all(map(is_blank, flat(weights))):
            self.weights = dict(policy.weights)
            penalties = {row["criterion"]: -abs(float(row["penalty"] or 0))
                         for row in policy.reference("scorecard")}
        else:
            self.weights = _weights(weights, names or [str(place) for place in range(1, len(cells) + 1)])
        names = names or _in_order(self.weights, len(cells))
        for name in names:
            if name not in self.weights:
                raise WrongArgument("errors.unknown_choice", value=name, known=", ".join(self.weights))
        self.answers = _answers(cells, names)
        score, coverage = scorecard({name: np.array([answer]) for name, answer in self.answers.items()},
                                    self.weights, penalties)
        if not coverage[0]:
            raise NotAvailable("financial.no_answer")
        self.score, self.coverage = float(score[0]), float(coverage[0])


def _weights(weights: Any, names: list[str]) -> dict[str, float]:
    """Weights beside the names of their criteria, or in the order of the answers; 100 % in all, or refused."""
    if is_column(weights):
        cells = flat(weights)
        if len(cells) != len(names):
            raise WrongArgument("financial.weights_not_beside", answers=len(names), weights=len(cells))
    else:
        rows = pairs(weights, "weights", empty=True)
        names, cells = [_key(name) for name, _ in rows], [cell for _, cell in rows]
    _refuse_twice(names)
    numbers = [0.0 if is_blank(cell) else number(_without_sign(cell), "weights") for cell in cells]
    # 20 is 20 % where weights are written like that; 20 % in a cell of Excel is 0.2.
    whole = any(found > 1 and not _is_percent(cell) for cell, found in zip(cells, numbers, strict=True))
    shares = [found / 100 if whole or _is_percent(cell) else found for cell, found in zip(cells, numbers, strict=True)]
    if abs(sum(shares) - 1) > TOLERANCE:
        raise WrongArgument("financial.weights_total", total=sum(shares), weights=", ".join(
            f"{share * 100:g} %" for share in shares))
    return dict(zip(names, shares, strict=True))


def _in_order(weights: Mapping[str, float], answers: int) -> list[str]:
    """The criteria of answers that only stand in their order; those without a weight may be left out."""
    counting = [name for name, weight in weights.items() if weight]
    names = list(weights) if answers == len(weights) else counting
    if answers != len(names):
        told = InWords(lambda language: ", ".join(_named(name, language) for name in counting))
        raise WrongArgument("financial.number_of_answers", answers=answers, criteria=len(counting), names=told)
    return names


def _answers(cells: list[Any], names: list[str]) -> dict[str, float]:
    """The answer of each criterion, NaN where it has none."""
    _refuse_twice(names)
    found = {}
    for name, cell in zip(names, cells, strict=True):
        answer = number(cell, "answers", np.nan, negative=True)
        if answer < WORST or answer > BEST:
            raise OutOfRange("financial.answer_out_of_range", value=shown(cell),
                             criterion=InWords(partial(_named, name)))
        found[name] = answer
    return found


def _refuse_twice(names: list[str]) -> None:
    twice = next((name for name in names if names.count(name) > 1), None)
    if twice is not None:
        raise WrongArgument("financial.criterion_twice", criterion=InWords(partial(_named, twice)))


def _named(name: str, language: str) -> str:
    """A criterion in words; one of the user's own as it is, one that has only a place by its number."""
    if name.isdecimal():
        return say("financial.criterion", language, number=name)
    return say(f"{CRITERION}{name}", language) if has(f"{CRITERION}{name}", language) else name


def _key(name: Any) -> str:
    """A criterion by its code or words, or one of the user's own, the same whatever its case."""
    text = shown(name)
    return _criteria().get(plain(text)) or text.casefold()


@cache
def _criteria() -> dict[str, str]:
    codes = [row["criterion"] for row in reference.rows("scorecard")]
    return {plain(text): code for code in codes
            for text in (code, *(_named(code, language) for language in LANGUAGES))}


def _is_percent(cell: Any) -> bool:
    return isinstance(cell, str) and "%" in cell


def _without_sign(cell: Any) -> Any:
    return cell.replace("%", "") if isinstance(cell, str) else cell
