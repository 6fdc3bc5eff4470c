"""The words of payment terms: this file finds in a text those of `words.csv`, French and English, and of the other
languages, `words_de.csv` and so on, which never change what a French or English word means.

A word is known by its letters alone: case, accents, blanks and full stops do not count, and the longest
phrase wins. Letters glued behind a number, as ERPs write them ("30JRFDM10"), are cut into known short words.

>>> [(token.kind, token.value) for token in tokens("30JRFDM10")]
[('number', '30'), ('day', '1'), ('eom', ''), ('number', '10')]
>>> [token.kind for token in tokens("Échéance : 45 jours, F.D.M. bof")]
['filler', 'number', 'day', 'sep', 'eom', 'unknown']
>>> [token.value for token in tokens("2,5 % et 1/3") if token.value]
['1/40', '1/3']
>>> [token.kind for token in tokens("60 Tage Monatsende")], [token.kind for token in tokens("60 gg d.f.")]
(['number', 'day', 'eom'], ['number', 'day', 'base'])
"""

from __future__ import annotations

import csv
import re
import unicodedata
from collections.abc import Callable
from fractions import Fraction
from functools import cache, lru_cache
from pathlib import Path
from typing import NamedTuple

from udfs.tables.schema import choices

FOLDER = Path(__file__).parent
LONGEST_PHRASE = 8
LONGEST_GLUED = 12
LONGEST_WORD = 40
# Only these can be glued together: any other word glued to its neighbour is a spelling mistake.
GLUED = frozenset(("day", "month", "eom", "net", "base"))

_ORDINAL = r"[0-9]+(?:st|nd|rd|th|er|e|eme|ieme|de|ste)\b"
_UNKNOWN = r"[^\W_]+|[^\s\w.,;:()\[\]'\"«»“”*!_-]+"
_NUMBER = r"[0-9]{1,10}(?:[.,][0-9]{1,4})?"
# A share is a percentage; a fraction may be one ("1/3 30 j"), a discount ("2/10 net 30") or two terms ("30/60 jours").
_SHARE = rf"(?<![0-9.,]){_NUMBER}\s?(?:%|pct(?![a-z])|p\.?c\.?(?![a-z])|pour\s?cents?\b|per\s?cent\b)"
_FRACTION = rf"(?<![0-9/.,])(?<!/\s){_NUMBER}\s?/\s?[0-9]{{1,10}}(?![0-9]|\s?[/%][\s0-9]?)"
# "30,5 jours" is no term, while "30,60,90 jours" is three.
_DECIMAL = r"(?<![0-9.,])[0-9]+[.,][0-9]+(?![.,]?[0-9])"
_DASH = r"(?:(?<=[0-9a-z])|(?<=[0-9a-z]\s))-(?=\s?[0-9])"
_PIECES = re.compile(rf"(?P<share>{_SHARE})|(?P<fraction>{_FRACTION})|(?P<decimal>{_DECIMAL})|(?P<ordinal>{_ORDINAL})"
                     rf"|(?P<number>[0-9]+)|(?P<dash>{_DASH})|(?P<sep>[,;])|[a-z]+|[+/%&]|{_UNKNOWN}")

Meaning = tuple[str, str]


class Token(NamedTuple):
    """One word or phrase: its kind (see `words.csv`, or one of `_PIECES`, or unknown) and its value."""

    kind: str
    value: str
    text: str


def letters(text: str) -> str:
    """A text in lower case, without accents, with every apostrophe and hyphen as a plain one."""
    text = text.replace("’", "'").replace("–", "-").replace("‑", "-").replace("œ", "oe")
    decomposed = unicodedata.normalize("NFKD", text).casefold()
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))


@cache
def phrases() -> dict[str, Meaning]:
    """Every French or English phrase without its blanks -> (kind, value); with the means of payment of the Book."""
    means = {spelling: ("means", code) for spelling, code in choices("means").items()}
    return means | {"".join(letters(phrase).split()): meaning for phrase, meaning in _written(FOLDER / "words.csv")}


@cache
def phrases_abroad() -> dict[tuple[str, ...], Meaning]:
    """Every phrase of the other languages, word by word: the Italian "da" is not the "d à" of "30 d à réception"."""
    found: dict[tuple[str, ...], Meaning] = {}
    for file in sorted(FOLDER.glob("words_*.csv")):
        for phrase, meaning in _written(file):
            found.setdefault(tuple(letters(phrase).split()), meaning)
    return found


def _written(path: Path) -> list[tuple[str, Meaning]]:
    with path.open(encoding="utf-8", newline="") as file:
        return [(phrase, (row["kind"], row["value"])) for row in csv.DictReader(file)
                for phrase in row["words"].split("|")]


def _at_home(words: tuple[str, ...]) -> Meaning | None:
    return phrases().get("".join(words))


def _anywhere(words: tuple[str, ...]) -> Meaning | None:
    return _at_home(words) or phrases_abroad().get(words)


def tokens(text: str) -> list[Token]:
    """The words of a text in order; what is not a word of payment terms is `unknown`."""
    pieces = list(_PIECES.finditer(letters(text)))
    found: list[Token] = []
    place = 0
    while place < len(pieces):
        taken, new = _read(pieces, place)
        found += [one for one in new if not (found and _said_twice(found[-1], one))]
        place += taken
    return found


def _said_twice(first: Token, second: Token) -> bool:
    """Whether a number stands in letters and in digits, as contracts write it: "trente (30) jours"."""
    return (first.kind == second.kind == "number" and first.value == second.value
            and first.text.isdigit() != second.text.isdigit())


def _read(pieces: list[re.Match[str]], place: int) -> tuple[int, list[Token]]:
    piece = pieces[place]
    if piece.lastgroup:
        return 1, [Token(piece.lastgroup, _value(piece.lastgroup, piece[0]), piece[0])]
    for length in range(min(LONGEST_PHRASE, len(pieces) - place), 0, -1):
        words = tuple(part[0] for part in pieces[place:place + length])
        if meaning := _anywhere(words):
            return length, [Token(*meaning, "".join(words))]
    return 1, _unglued(piece[0], _at_home) or _unglued(piece[0], _anywhere) or [Token("unknown", "", piece[0])]


def _value(kind: str, text: str) -> str:
    """The digits of a number, the share of "30 %" as a fraction of 1, the two numbers of "1/3"."""
    if kind == "fraction":
        return "".join(text.split()).replace(",", ".")
    number = re.match(_NUMBER, text)
    if kind == "share" and number:
        return str(Fraction(number[0].replace(",", ".")) / 100)
    digits = re.match("[0-9]+", text)
    # No term needs more than five digits, and one that has them is too long.
    return (digits[0].lstrip("0")[:5] or "0") if digits else ""


@lru_cache(maxsize=4096)  # else a long word of short ones would be cut again and again
def _unglued(word: str, meaning_of: Callable[[tuple[str, ...]], Meaning | None]) -> list[Token]:
    """A glued word as known short words, longest first; nothing when it cannot be cut without rest."""
    if len(word) > LONGEST_WORD:
        return []
    for length in range(min(len(word), LONGEST_GLUED), 0, -1):
        kind, value = meaning_of((word[:length],)) or ("", "")
        if kind in GLUED or value in GLUED:
            head = [Token(kind, value, word[:length])]
            if length == len(word):
                return head
            if rest := _unglued(word[length:], meaning_of):
                return head + rest
    return []
