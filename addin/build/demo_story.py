"""Reads the stories of the demo portfolio: what each fictional client is, bought, paid and was promised.

A story is a block of lines in `demo/stories/*.txt`; amounts include VAT, dates are ISO:

    [C001] name | legal form | NAF | street | postcode city     opens a client
    facts column=value …                          columns of Clients
    accounts year_end shape column=value …        a year of accounts (shapes: demo_accounts)
    traffic count low-high late=low-high …        ordinary invoices, paid (demo_traffic)
    invoice | credit_note | deposit_invoice [label] date amount column=value …   settled=date adds its payment
    payment [label of the invoice] date amount column=value …
    order [label] date amount …     plan label date amount     security kind column=value …
    letter date kind level label …  journal date event [label] column=value …
    fault column value code         spoils one cell of the row before it (demo_faults)
    situation code, then  en sentence  fr sentence  test FUNCTION expected [argument=value]

>>> story, = read('''[C9] Chez Nemo | SARL | 00.00Z | 1 rue X | 29000 Quimper
... facts terms="30 jours"
... invoice late 2026-10-01 120.00 disputed=yes''')
>>> story.facts, story.lines[0].verb, story.lines[0].label, story.lines[0].values
({'terms': '30 jours'}, 'invoice', 'late', {'disputed': 'yes'})
"""

from __future__ import annotations

import re
import shlex
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

FOLDER = Path(__file__).parent / "demo" / "stories"
AS_OF = date(2026, 11, 20)
LAST_PAYMENT = date(2026, 11, 19)
SEED = 20261120

_ISO = re.compile(r"\d{4}-\d\d-\d\d")
_HEADING = re.compile(r"\[(?P<client>\w+)\] (?P<rest>.+)")


@dataclass
class Line:
    """One line after its verb: words in their order, and column=value pairs."""

    verb: str
    words: list[str]
    values: dict[str, str] = field(default_factory=dict)

    @property
    def label(self) -> str:
        """The name other lines give to this row, or ""."""
        return "" if _ISO.fullmatch(self.words[0]) else self.words[0]

    @property
    def date(self) -> date:
        """The first date on the line."""
        return date.fromisoformat(next(word for word in self.words if _ISO.fullmatch(word)))

    @property
    def amount(self) -> str:
        """The word after the date."""
        return self.words[self.words.index(self.date.isoformat()) + 1]


@dataclass(frozen=True)
class Check:
    """One worksheet function and the answer it must give for the client."""

    function: str
    expected: str
    argument: str = ""


@dataclass
class Situation:
    """What the client is there to show."""

    code: str
    en: str = ""
    fr: str = ""
    checks: list[Check] = field(default_factory=list)


@dataclass
class Story:
    """One client."""

    client: str
    name: str
    form: str
    naf: str
    address: str
    postcode: str
    city: str
    facts: dict[str, str] = field(default_factory=dict)
    lines: list[Line] = field(default_factory=list)
    situations: list[Situation] = field(default_factory=list)


def read(text: str) -> list[Story]:
    """The stories of one file, in their order."""
    stories: list[Story] = []
    for raw in text.splitlines():
        line = raw.strip()
        if heading := _HEADING.fullmatch(line):
            name, form, naf, address, place = (part.strip() for part in heading["rest"].split("|"))
            postcode, city = place.split(" ", 1)
            stories.append(Story(heading["client"], name, form, naf, address, postcode, city))
        elif line and not line.startswith("#"):
            _add(stories[-1], *line.split(" ", 1))
    return stories


def read_all() -> list[Story]:
    """Every story, by client code."""
    texts = [path.read_text(encoding="utf-8") for path in sorted(FOLDER.glob("*.txt"))]
    return sorted((story for text in texts for story in read(text)), key=lambda story: story.client)


def _add(story: Story, verb: str, rest: str) -> None:
    if verb == "situation":
        story.situations.append(Situation(rest))
    elif verb in ("en", "fr"):
        setattr(story.situations[-1], verb, rest)
    else:
        words, values = _split(rest)
        if verb == "facts":
            story.facts.update(values)
        elif verb == "test":
            story.situations[-1].checks.append(Check(words[0], words[1], values.get("argument", "")))
        else:
            story.lines.append(Line(verb, words, values))


def _split(rest: str) -> tuple[list[str], dict[str, str]]:
    words: list[str] = []
    values: dict[str, str] = {}
    for token in shlex.split(rest):
        name, equals, value = token.partition("=")
        if equals:
            values[name] = value
        else:
            words.append(token)
    return words, values
