"""The order of words in a payment term and what it means.

The words become a row of letters, one for each part that counts, and one pattern says what the row means:

D a duration      N a bare number        O a day of the month ("le 10", "the 10th")   C cash
E end of month    F end of the month of delivery or invoice, named as such            X end of next month
M next month      K end of the ten-day period    A after    T then    W and

"45 jours fin de mois" is DE, "fin de mois + 45 jours" ETD, "30 days after end of month" DAE.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import NamedTuple

from udfs.terms.lexicon import Token, tokens
from udfs.terms.term import DAYS_OF_MONTH, Terms

DAYS_IN_EVERY_MONTH = 28
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
    (r"(?P<span>[DN])?[AT]?K", ""),
    (r"KT?(?P<span>[DN])", ""),
))
SEVERAL_SPANS = re.compile(r"[DN](?:[TW]?[DN])+")


class Refusal(NamedTuple):
    """Why a text is not read: the code of the sentence."""

    code: str


class Part(NamedTuple):
    """One part that counts: its letter and its size."""

    letter: str
    months: int = 0
    days: int = 0


NOTHING = Part("")


@dataclass
class Reading:
    """What the words of a text say, before their order is looked at."""

    parts: list[Part] = field(default_factory=list)
    bases: set[str] = field(default_factory=set)
    means: str = ""
    names_the_moment: bool = False  # "à la livraison" needs no number, "facture" does
    unread: bool = False


LETTERS = {"eom": "E", "eom_of": "F", "eom_next": "X", "next": "M", "decade": "K", "after": "A", "then": "T",
           "and": "W", "cash": "C"}
# "2/10 net 30", "2 % 10 jours, net 30": the discount of an early payment does not change the due date.
_DISCOUNT = re.compile(r"^\s*[0-9](?:[.,][0-9]+)?\s*(?:%|/)\s*[aà]?\s*[0-9]{1,2}\s*"
                       r"(?:jours|jour|days|j|d)?[\s,;]*(?=n(?:et)?\b)", re.IGNORECASE)
_DECIMAL = re.compile(r"(?<![0-9.,])[0-9]+[.,][0-9]+(?![.,]?[0-9])")
_SHARES = re.compile(r"%|[0-9]\s*/\s*[0-9]")


def read(text: str, method: str, default_method: str) -> Terms | Refusal:
    """The term that a text says, or why it is refused."""
    text = re.sub(r"^\s*([0-9]+)[.,]0+\s*$", r"\1", _DISCOUNT.sub("", text))
    words = tokens(text)
    kinds = {word.kind for word in words}
    if "discount" in kinds:
        return Refusal("terms.discount")
    if "instalment" in kinds or _SHARES.search(text):
        return Refusal("terms.instalments")
    reading = _gather([word for word in words if word.text != "/"])
    if reading.unread or len(reading.bases) > 1 or _DECIMAL.search(text) or re.match(r"\s*-", text):
        return Refusal("terms.not_understood")
    row = "".join(part.letter for part in reading.parts)
    for pattern, convention in PATTERNS:
        if found := pattern.fullmatch(row):
            return _meaning(reading, found, convention, method, default_method)
    return Refusal("terms.instalments" if SEVERAL_SPANS.search(row) else "terms.not_understood")


def _gather(words: list[Token]) -> Reading:
    """Words to parts: numbers take their unit, bases and means are put aside, small words fall away."""
    reading = Reading()
    parts = reading.parts
    place = 0
    while place < len(words):
        word, after = words[place], words[place + 1] if place + 1 < len(words) else Token("", "", "")
        place += 1
        if word.kind == "number" and after.kind in ("day", "month"):
            size = int(word.value) * int(after.value)
            parts.append(Part("D", days=size) if after.kind == "day" else Part("D", months=size))
            place += 1
        elif word.kind in ("number", "ordinal"):
            named = word.kind == "ordinal" or after.kind == "of_month" or (
                place > 1 and words[place - 2].kind == "on")
            parts.append(Part("O" if named else "N", days=int(word.value)))
        elif word.kind == "span":
            parts.append(Part("D", days=int(word.value)))
        elif word.kind == "half" and parts and parts[-1].months:
            parts[-1] = parts[-1]._replace(days=DAYS_OF_MONTH // 2)
        elif word.kind in ("base", "receipt", "eom_of"):
            reading.bases.add(word.value)
            reading.names_the_moment |= word.kind == "receipt" or word.value != "invoice"
            if word.kind != "eom_of" and parts and parts[-1].letter == "A":
                parts.pop()
        elif word.kind == "of_month":
            reading.unread |= not (parts and parts[-1].letter == "O")
        elif word.kind == "means":
            reading.means = reading.means or word.value
        elif word.kind not in LETTERS and word.kind not in ("filler", "on") and word.text != "d":
            reading.unread = True
        if word.kind in LETTERS:
            parts.append(Part(LETTERS[word.kind]))
    reading.parts = _joined(parts)
    return reading


def _joined(parts: list[Part]) -> list[Part]:
    """One part for "1 mois et 15 jours"; "and", "after", "then" only where they put two parts in order."""
    joined: list[Part] = []
    for place, part in enumerate(parts):
        last = joined[-1] if joined else NOTHING
        follower = parts[place + 1].letter if place + 1 < len(parts) else ""
        orders = {"W": False, "T": bool(last.letter and follower),
                  "A": follower in ("E", "F", "K") or (last.letter == "E" and follower in ("D", "N"))}
        if not orders.get(part.letter, True):
            continue
        if part.letter == last.letter == "D" and last.months and not last.days and part.days < DAYS_OF_MONTH:
            joined[-1] = last._replace(days=part.days)
        else:
            joined.append(part)
    return joined


def _meaning(reading: Reading, found: re.Match[str], convention: str, method: str, default_method: str
             ) -> Terms | Refusal:
    """The term of a row of parts that a pattern knows."""
    row = found.string
    span, day, number = (reading.parts[found.start(name)] if found.groupdict().get(name) else NOTHING
                         for name in ("span", "day", "number"))
    # "30 jours fin de mois + 10 jours" is the 10th; beyond the shortest month days and dates part.
    if number.months or (number.letter == "D" and number.days > DAYS_IN_EVERY_MONTH):
        return Refusal("terms.instalments")
    on_day = day.days or number.days
    if on_day > 31 or (day.letter and not on_day) or not (row or reading.names_the_moment):
        return Refusal("terms.not_understood")
    if row == "X":
        span = Part("D", months=1)
    if convention and not (span.months or span.days):
        convention = "DAYS_THEN_EOM"  # nothing to put in order
    elif convention:
        convention = method or (default_method if convention == OPEN else convention)
    decade = "K" in row
    base = next(iter(reading.bases), "delivery" if decade else "invoice")
    return Terms(span.days, span.months, convention, on_day, decade, base, reading.means)
