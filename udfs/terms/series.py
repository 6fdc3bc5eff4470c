"""Read several dates out of one piece of a payment term: "30/60/90 jours", "3 mensualités à 30 jours fin de mois".

The words before and after the spans hold for each of them: "30/60 jours fin de mois" is twice an end of month.

>>> from udfs.terms.lexicon import tokens
>>> [one.days for one in read_series(tokens("30, 60 et 90 j"), "", "")]
[30, 60, 90]
>>> [(one.days, one.later) for one in read_series(tokens("2 mensualités à 45 jours"), "", "")]
[(45, 0), (45, 1)]
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise
from typing import NamedTuple

from udfs.terms.grammar import JOINING, NOT_UNDERSTOOD, SILENT, UNFINISHED, Refusal, read_maturity
from udfs.terms.lexicon import Token
from udfs.terms.term import DAYS_OF_MONTH, Maturity

MOST_SPANS = 12
MOST_MONTHS_LATER = 120
TIMES = ("times", "monthly", "parts")
BETWEEN = (*JOINING, "slash", "dash")
UNITS = ("day", "month")
DAY = Token("day", "1", "")


class Times(NamedTuple):
    """How often is paid: so many times, so many months apart (0 where the text gives each date)."""

    often: int = 0
    months: int = 0


class Spans(NamedTuple):
    """Where several spans stand among the words, and each one's own words."""

    start: int
    end: int
    each: list[list[Token]]


def read_series(words: list[Token], method: str, default_method: str) -> list[Maturity] | Refusal:
    """The dates that the words say, in their order; why they are refused."""
    times, words = _times(words)
    if times is None:
        return UNFINISHED
    spans = _spans(words)
    if isinstance(spans, Refusal):
        return spans
    if spans:
        if times.often not in (0, len(spans.each)):
            return NOT_UNDERSTOOD
        found = [read_maturity([*words[:spans.start], *own, *words[spans.end:]], method, default_method)
                 for own in spans.each]
        refused = next((one for one in found if isinstance(one, Refusal)), None)
        return refused or [one for one in found if isinstance(one, Maturity)]
    if not times.often and not times.months:
        one = read_maturity(words, method, default_method)
        return one if isinstance(one, Refusal) else [one]
    return _anchored(times, words, method, default_method)


def _anchored(times: Times, words: list[Token], method: str, default_method: str) -> list[Maturity] | Refusal:
    """Instalments counted from the first one's date."""
    if not times.months or not times.often:
        return UNFINISHED
    if times.often * times.months > MOST_MONTHS_LATER:
        return Refusal("terms.too_many")
    bases = [word for word in words if word.kind in ("base", "receipt")]
    says_when = [word for word in words if word.kind not in (*SILENT, "then", "after", "base", "receipt")]
    counts_from = bases and any(word.kind == "after" or word.value == "invoice" for word in words)
    if not says_when and (not bases or counts_from) and times.often > 1:
        words = [Token("number", str(times.months), ""), Token("month", "1", ""), *words]
    first = read_maturity(words, method, default_method)
    if isinstance(first, Refusal) or first.later:
        return NOT_UNDERSTOOD
    return [replace(first, later=place * times.months) for place in range(times.often)]


def _times(words: list[Token]) -> tuple[Times | None, list[Token]]:
    """How often is paid, and the other words; None where it is said twice or not well."""
    said = [place for place, word in enumerate(words) if word.kind in TIMES]
    if not said:
        return Times(), words
    rest = [word for word in words if word.kind not in TIMES]
    if parts := [int(words[place].value) for place in said if words[place].kind == "parts"]:
        return (Times(parts[0]) if len(said) == 1 else None), rest
    months = max(int(words[place].value) for place in said)
    nouns = [place for place in said if words[place].kind == "times"]
    if len(nouns) != 1:
        return None, rest
    place = said[0] - 1
    while place >= 0 and words[place].kind == "filler":
        place -= 1
    if place < 0 or words[place].kind != "number":
        # "échéances 30/60/90 jours" says the dates themselves
        return Times(0, months if len(said) > 1 else 1), rest
    count = int(words[place].value)
    return (Times(count, months) if count else None), [*words[:place], *rest[place + 1:]]


def _spans(words: Sequence[Token]) -> Spans | Refusal | None:
    """The first run of two spans or more with nothing but commas, "et", strokes between them."""
    place = 0
    while place < len(words):
        run = _run(words, place)
        if len(run.each) > 1:
            return _checked(words, run)
        place = max(run.end, place + 1)
    return None


def _run(words: Sequence[Token], start: int) -> Spans:
    each: list[list[Token]] = []
    place = end = start
    named = start > 0 and words[start - 1].kind == "on"
    while place < len(words):
        word, after = words[place], words[place + 1].kind if place + 1 < len(words) else ""
        named |= word.kind == "ordinal"
        if word.kind in ("number", "ordinal"):
            own = [word, words[place + 1]] if after in UNITS else [word]
        elif word.kind == "span":
            own = [word]
        else:
            break
        each.append(own)
        place = end = place + len(own)
        if place < len(words) and words[place].kind == "half":
            own.append(words[place])
            place = end = place + 1
        while place < len(words) and words[place].kind in BETWEEN:
            place += 1
    # "le 10 et 25", "10 et 25 du mois" are days of the month.
    follower = words[end].kind if end < len(words) else ""
    no_unit = bool(each) and each[-1][-1].kind in ("number", "ordinal")
    if no_unit and (named or follower in ("of_month", "next")):
        each = []
    return Spans(start, end, each)


def _checked(words: Sequence[Token], run: Spans) -> Spans | Refusal | None:
    """Every span with its unit; None for a single one of months and days; a refusal for what may be a range."""
    between = {word.kind for word in words[run.start:run.end]} & set(BETWEEN)
    units = [[word for word in own if word.kind in UNITS] for own in run.each]
    if len(run.each) == 2 and all(units) and units[0][0].kind == "month" and units[1][0].kind == "day":
        return None
    if len(run.each) > MOST_SPANS:
        return Refusal("terms.too_many")
    if "dash" in between and len(run.each) == 2:
        return NOT_UNDERSTOOD  # "30-60 jours"
    unit = DAY
    if not any(own[-1].kind != "number" for own in run.each):
        # Without a unit only "30/60/90" is a usual way to write days; 30/70 may be shares.
        total = sum(int(own[0].value) for own in run.each)
        if len(run.each) == 2 or between != {"slash"} or total == 100:
            return UNFINISHED
    each: list[list[Token]] = []
    for own in reversed(run.each):
        unit = next((word for word in own if word.kind in UNITS), unit)
        each.insert(0, own if own[-1].kind != "number" else [*own, unit])
    sizes = [_size(own) for own in each]
    if any(later <= sooner for sooner, later in pairwise(sizes)):
        return NOT_UNDERSTOOD
    return Spans(run.start, run.end, each)


def _size(own: list[Token]) -> int:
    days = int(own[0].value) * (int(own[1].value) if own[0].kind == "number" else 1)
    months = len(own) > 1 and own[1].kind == "month"
    return days * (DAYS_OF_MONTH if months else 1) + (DAYS_OF_MONTH // 2 if own[-1].kind == "half" else 0)
