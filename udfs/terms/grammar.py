"""The order of words in one maturity of a payment term and what it means.

The words become a row of letters, one for each part that counts, and one pattern says what the row means:

D a duration      N a bare number        O days of the month ("le 10", "the 10th", "les 10 et 25")      C cash
E end of month    F end of the month of delivery or invoice, named as such            X end of next month
M next month      K end of the ten-day period    A after    T then

"45 jours fin de mois" is DE, "fin de mois + 45 jours" ETD, "30 days after end of month" DAE.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import NamedTuple

from udfs.terms.lexicon import Token
from udfs.terms.term import DAYS_OF_MONTH, Maturity

DAYS_IN_EVERY_MONTH = 28
LAST_DAY = 31
OPEN = "?"  # the words do not say which convention: the policy does

PATTERNS = tuple((re.compile(pattern), convention) for pattern, convention in (
    (r"C?", ""),
    (r"(?P<span>[DN])", ""),
    (r"(?P<span>[DN])?T?(?P<day>O)", ""),
    (r"(?P<span>[DN])?T?(?P<day>O)M", "DAYS_THEN_EOM"),
    (r"M(?P<day>O)|(?P<number>N)M", "DAYS_THEN_EOM"),
    (r"(?P<day>O)E", "DAYS_THEN_EOM"),
    (r"(?P<span>[DN])?E(?:T?(?P<day>O)M?)?", OPEN),
    (r"(?P<span>[DN])ET?(?P<number>[DN])", OPEN),
    (r"(?P<span>[DN])?ET?(?P<number>N)M", OPEN),
    (r"(?P<span>[DN])TE(?:T?(?P<day>O)M?)?", "DAYS_THEN_EOM"),
    (r"EA(?P<span>[DN])(?:T?(?P<day>O)M?)?", "DAYS_THEN_EOM"),
    (r"(?P<span>[DN])A[EF](?:T?(?P<day>O)M?)?", "EOM_THEN_DAYS"),
    (r"(?P<span>[DN])?T?F(?:T?(?P<day>O)M?)?", "EOM_THEN_DAYS"),
    (r"[EF]T?(?P<span>[DN])(?:T?(?P<day>O)M?)?", "EOM_THEN_DAYS"),
    (r"X", "EOM_THEN_DAYS"),
    (r"(?P<span>[DN])AX", "EOM_THEN_DAYS"),
    (r"XT(?P<span>[DN])", "EOM_THEN_DAYS"),
    (r"(?P<span>[DN])?[AT]?K", ""),
    (r"KT?(?P<span>[DN])", ""),
))
SEVERAL_SPANS = re.compile(r"[DN](?:T?[DN])+")


class Refusal(NamedTuple):
    """Why a text is not read: the code of the sentence, and what the shares total where they are wrong."""

    code: str
    total: Fraction = Fraction(1)


NOT_UNDERSTOOD = Refusal("terms.not_understood")
UNFINISHED = Refusal("terms.instalments")


class Part(NamedTuple):
    """One part that counts: its letter and its size."""

    letter: str
    months: int = 0
    days: int = 0
    on_days: tuple[int, ...] = ()


NOTHING = Part("")


@dataclass
class Reading:
    """What the words of a maturity say, before their order is looked at."""

    parts: list[Part] = field(default_factory=list)
    bases: set[str] = field(default_factory=set)
    later: int = 0
    names_the_moment: bool = False  # "à la livraison" and "rimessa diretta" need no number, "facture" does
    unread: bool = False


LETTERS = {"eom": "E", "eom_of": "F", "eom_next": "X", "next": "M", "decade": "K", "after": "A", "then": "T",
           "cash": "C"}
JOINING = ("sep", "and")
NUMBERS = ("number", "ordinal")
LISTING = ("slash", "dash", *JOINING)
SILENT = ("filler", "on", "means", *LISTING)
NO_WORD = Token("", "", "")


def read_maturity(words: Sequence[Token], method: str, default_method: str) -> Maturity | Refusal:
    """The maturity that the words say, or why they are refused."""
    reading = _gather(words)
    if reading.unread or len(reading.bases) > 1:
        return NOT_UNDERSTOOD
    row = "".join(part.letter for part in reading.parts)
    for pattern, convention in PATTERNS:
        if found := pattern.fullmatch(row):
            return _meaning(reading, found, convention, method, default_method)
    return UNFINISHED if SEVERAL_SPANS.search(row) else NOT_UNDERSTOOD


def _gather(words: Sequence[Token]) -> Reading:
    """Words to parts: numbers take their unit, bases are put aside, small words fall away."""
    reading = Reading()
    parts = reading.parts
    place = 0
    while place < len(words):
        word, after = words[place], words[place + 1] if place + 1 < len(words) else NO_WORD
        place += 1
        if word.kind == "number" and after.kind in ("day", "month"):
            size = int(word.value) * int(after.value)
            parts.append(Part("D", days=size) if after.kind == "day" else Part("D", months=size))
            place += 1
        elif word.kind in ("number", "ordinal"):
            if _names_a_day(words, place - 1, parts):
                # "le 15 du 2e mois suivant" is no list of days.
                reading.unread |= bool(parts) and parts[-1].letter == "O" and not _goes_on(words, place - 1)
                parts.append(Part("O", on_days=(int(word.value),)))
            else:
                parts.append(Part("N", days=int(word.value)))
        elif word.kind == "span":
            parts.append(Part("D", days=int(word.value)))
        elif word.kind == "half" and parts and parts[-1].months:
            parts[-1] = parts[-1]._replace(days=DAYS_OF_MONTH // 2)
        elif word.kind == "later" and parts and parts[-1].months and not (parts[-1].days or reading.later):
            reading.later = parts.pop().months
        elif word.kind == "eom" and parts and parts[-1].letter == "O" and words[place - 2].kind == "and":
            parts.append(Part("O", on_days=(LAST_DAY,)))  # "le 15 et fin de mois"
            continue
        elif word.kind == "moment":
            reading.names_the_moment = True  # "rimessa diretta" says how, and alone that it is at once
        elif word.kind == "base" and word.value == "invoice" and _is_received(words, place - 1):
            continue
        elif word.kind in ("base", "receipt", "eom_of"):
            base = "receipt" if word.kind == "receipt" else word.value
            reading.bases.add(base)
            reading.names_the_moment |= base != "invoice"
            if word.kind != "eom_of" and parts and parts[-1].letter == "A":
                parts.pop()
        elif word.kind == "of_month":
            reading.unread |= not (parts and parts[-1].letter == "O")
        elif word.kind not in LETTERS and word.kind not in SILENT and word.text != "d":
            reading.unread = True
        if word.kind in LETTERS:
            parts.append(Part(LETTERS[word.kind]))
    reading.parts = _joined(parts)
    return reading


def _is_received(words: Sequence[Token], place: int) -> bool:
    """Whether "facture" only says what is received: "dès réception de la facture"."""
    before = place - 1
    while before >= 0 and words[before].kind == "filler":
        before -= 1
    return before >= 0 and words[before].kind == "receipt"


def _goes_on(words: Sequence[Token], place: int) -> bool:
    """Whether a number goes on with a list of numbers: "le 10 et le 25", "10/20/30"."""
    before = place - 1
    while before >= 0 and words[before].kind not in NUMBERS:
        if words[before].kind in LISTING or words[before].text == "en":  # Dutch: "de 10e en de 25e"
            return True
        before -= 1
    return False


def _names_a_day(words: Sequence[Token], place: int, parts: list[Part]) -> bool:
    """Whether a number is a day of the month: "le 10", "10th", "10 du mois", and each of "les 10, 20 et 30"."""
    if words[place].kind == "ordinal" or (place and words[place - 1].kind == "on"):
        return True
    if parts and parts[-1].letter == "O" and words[place - 1].kind in JOINING:
        return True
    last = place
    while (last + 2 < len(words) and words[last + 1].kind in JOINING and words[last + 2].kind in ("number", "ordinal")
           and int(words[last].value) < int(words[last + 2].value)):
        last += 2
    end = words[last + 1].kind if last + 1 < len(words) else ""
    return end == "of_month" or (last > place and end == "next")


def _joined(parts: list[Part]) -> list[Part]:
    """One part for "1 mois et 15 jours" and for several days of the month; "after", "then" only between two parts."""
    joined: list[Part] = []
    for place, part in enumerate(parts):
        last = joined[-1] if joined else NOTHING
        follower = parts[place + 1].letter if place + 1 < len(parts) else ""
        orders = {"T": bool(last.letter and follower),
                  "A": follower in ("E", "F", "K", "O", "X") or (last.letter == "E" and follower in ("", "D", "N"))}
        if not orders.get(part.letter, True):
            continue
        if part.letter == last.letter == "D" and last.months and not last.days and part.days < DAYS_OF_MONTH:
            joined[-1] = last._replace(days=part.days)
        elif part.letter == last.letter == "O":
            joined[-1] = last._replace(on_days=last.on_days + part.on_days)
        else:
            joined.append(part)
    return joined


def _meaning(reading: Reading, found: re.Match[str], convention: str, method: str, default_method: str
             ) -> Maturity | Refusal:
    """The maturity of a row of parts that a pattern knows."""
    row = found.string
    span, day, number = (reading.parts[found.start(name)] if found.groupdict().get(name) else NOTHING
                         for name in ("span", "day", "number"))
    # "30 jours fin de mois + 10 jours" is the 10th; beyond the shortest month days and dates part.
    if number.months or (number.letter == "D" and number.days > DAYS_IN_EVERY_MONTH):
        return UNFINISHED
    on_days = tuple(sorted({*day.on_days, number.days} if number.days else {*day.on_days}))
    if (on_days and not 1 <= on_days[0] <= on_days[-1] <= LAST_DAY) or not (row or reading.names_the_moment):
        return NOT_UNDERSTOOD
    if "X" in row:
        span = Part("D", span.months + 1, span.days)
    if convention and not (span.months or span.days):
        convention = "DAYS_THEN_EOM"  # nothing to put in order
    elif convention:
        convention = method or (default_method if convention == OPEN else convention)
    decade = "K" in row
    base = next(iter(reading.bases), "delivery" if decade else "invoice")
    return Maturity(span.days, span.months, convention, on_days, decade, base, reading.later)
