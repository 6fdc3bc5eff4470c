"""The words of payment terms: `words.csv` holds them in French and English, this file finds them in a text.

A word is known by its letters alone: case, accents, blanks and full stops do not count, and the longest
phrase wins. Letters glued behind a number, as ERPs write them ("30JRFDM10"), are cut into known short words.

>>> [(token.kind, token.value) for token in tokens("30JRFDM10")]
[('number', '30'), ('day', '1'), ('eom', ''), ('number', '10')]
>>> [token.kind for token in tokens("Échéance : 45 jours, F.D.M. bof")]
['filler', 'number', 'day', 'eom', 'unknown']
"""

from __future__ import annotations

import csv
import re
import unicodedata
from functools import cache
from pathlib import Path
from typing import NamedTuple

from udfs.tables.schema import choices

WORDS = Path(__file__).parent / "words.csv"
LONGEST_PHRASE = 8
LONGEST_GLUED = 12
# Only these can be glued together: any other word glued to its neighbour is a spelling mistake.
GLUED = frozenset(("day", "month", "eom", "net", "base"))

_ORDINAL = r"[0-9]+(?:st|nd|rd|th|er|eme|ieme)\b"
_UNKNOWN = r"[^\W_]+|[^\s\w.,;:()\[\]'\"_-]+"
_PIECES = re.compile(rf"(?P<ordinal>{_ORDINAL})|(?P<number>[0-9]+)|[a-z]+|[+/%&]|{_UNKNOWN}")


class Token(NamedTuple):
    """One word or phrase: its kind (see `words.csv`, or number, ordinal, unknown) and its value."""

    kind: str
    value: str
    text: str


def letters(text: str) -> str:
    """A text in lower case, without accents, with every apostrophe and hyphen as a plain one."""
    text = text.replace("’", "'").replace("–", "-").replace("‑", "-").replace("œ", "oe")
    decomposed = unicodedata.normalize("NFKD", text).casefold()
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))


@cache
def phrases() -> dict[str, tuple[str, str]]:
    """Every phrase without its blanks -> (kind, value); the means of payment come from the Book's choices."""
    found = {spelling: ("means", code) for spelling, code in choices("means").items()}
    with WORDS.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file):
            for phrase in row["words"].split("|"):
                found["".join(letters(phrase).split())] = (row["kind"], row["value"])
    return found


def tokens(text: str) -> list[Token]:
    """The words of a text in order; what is not a word of payment terms is `unknown`."""
    pieces = list(_PIECES.finditer(letters(text)))
    found: list[Token] = []
    place = 0
    while place < len(pieces):
        taken, new = _read(pieces, place)
        found += new
        place += taken
    return found


def _read(pieces: list[re.Match[str]], place: int) -> tuple[int, list[Token]]:
    piece = pieces[place]
    if piece.lastgroup:
        digits = re.match("[0-9]+", piece[0])
        return 1, [Token(piece.lastgroup, digits[0] if digits else "", piece[0])]
    for length in range(min(LONGEST_PHRASE, len(pieces) - place), 0, -1):
        joined = "".join(part[0] for part in pieces[place:place + length])
        if joined in phrases():
            return length, [Token(*phrases()[joined], joined)]
    return 1, _unglued(piece[0]) or [Token("unknown", "", piece[0])]


def _unglued(word: str) -> list[Token]:
    """A glued word as known short words, longest first; nothing when it cannot be cut without rest."""
    for length in range(min(len(word), LONGEST_GLUED), 0, -1):
        kind, value = phrases().get(word[:length], ("", ""))
        if kind in GLUED or value in GLUED:
            head = [Token(kind, value, word[:length])]
            if length == len(word):
                return head
            if rest := _unglued(word[length:]):
                return head + rest
    return []
