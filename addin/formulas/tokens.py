"""A formula in pieces: operands, calls with their arguments, operators. Texts and quoted sheet names stay whole.

The pieces are those of formualizer's own tokenizer, so that what is read here is what it will read.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from addin.formulas.references import Reference

_PREFIXES = re.compile(r"^(?:_xlfn\.|_xlws\.)+", re.IGNORECASE)


class NotEvaluable(Exception):
    """A formula that the engine cannot evaluate as Excel does; its cell keeps the value it has."""


@dataclass(frozen=True)
class Piece:
    """A piece of a formula as text; `kind` is the tokenizer's word, "Range" for a reference or a name.

    `reference` is set where the piece is one range and nothing else; `ranges` are all that it reads.
    """

    text: str
    kind: str = ""
    reference: Reference | None = None
    ranges: tuple[Reference, ...] = ()


@dataclass
class Call:
    """What stands between an opening and its closing bracket: of a function, of a group, of an array constant."""

    opening: str
    arguments: list[list[Piece]] = field(default_factory=lambda: [[]])

    @property
    def name(self) -> str:
        """The function's name in capitals without the prefixes of newer functions; empty for a plain bracket.

        >>> Call("_xlfn._xlws.SORT(").name, Call("(").name
        ('SORT', '')
        """
        return _PREFIXES.sub("", self.opening[:-1]).upper()

    @property
    def texts(self) -> list[str]:
        """The arguments as text; none where the brackets are empty."""
        texts = ["".join(piece.text for piece in argument) for argument in self.arguments]
        return [] if len(texts) == 1 and not texts[0].strip() else texts

    @property
    def references(self) -> list[Reference | None]:
        """For each argument the range that it is, None where it is a value or is computed."""
        words = [[piece for piece in argument if piece.kind != "Whitespace"] for argument in self.arguments]
        return [argument[0].reference if len(argument) == 1 else None for argument in words]

    @property
    def ranges(self) -> tuple[Reference, ...]:
        """All that the arguments read."""
        return tuple(one for argument in self.arguments for piece in argument for one in piece.ranges)


def pieces(formula: str) -> Sequence[Piece]:
    """The pieces of a formula without its equals sign; openings and closings are of kind "Open" and "Close".

    >>> [(piece.kind, piece.text) for piece in pieces('SUM(T[a])&"b(c"')]
    [('Open', 'SUM('), ('Range', 'T[a]'), ('Close', ')'), ('Infix', '&'), ('Text', '"b(c"')]
    """
    import formualizer

    try:
        tokens = formualizer.tokenize(f"={formula}").tokens()
    except formualizer.TokenizerError as error:
        raise NotEvaluable(str(error)) from None
    return [Piece(token.value, _kind(str(token.token_type), str(token.subtype))) for token in tokens]


def checked(formula: str) -> str:
    """The formula, if its pieces make one."""
    import formualizer

    try:
        formualizer.parse(f"={formula}")
    except formualizer.ParserError as error:
        raise NotEvaluable(str(error)) from None
    return formula


def _kind(kind: str, detail: str) -> str:
    """One word for what the tokenizer says in two."""
    kind, detail = kind.rpartition(".")[2], detail.rpartition(".")[2]
    return detail if detail not in ("None", "None_") else kind.removeprefix("Op")
