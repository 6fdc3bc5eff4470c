"""Cut the words of a payment term into clauses, one for each payment it names.

A clause opens with a share ("30 %", "1/3", "moitié"), the rest ("solde"), a deposit, a retention or a discount, and
holds the words that say when. A clause without any of these is the main term: it takes what the others leave.

>>> from udfs.terms.lexicon import tokens
>>> [(one.role, one.share and str(one.share)) for one in cut(resolved(tokens("acompte de 30 %, solde à 60 jours")))]
[('deposit', '3/10'), ('rest', None)]
>>> [one.role for one in cut(resolved(tokens("2/10 net 30")))]
['discount', 'main']
"""

from __future__ import annotations

from dataclasses import dataclass, field
from fractions import Fraction
from itertools import groupby

from udfs.terms.grammar import JOINING, SILENT
from udfs.terms.lexicon import Token

HEADS = ("share", "rest", "deposit", "retention", "discount")
BREAKS = (*JOINING, "then", "otherwise")
IDLE = (*SILENT, "then", "otherwise")
# A share below this that falls due before a net term is its discount, though the text does not say so.
MOST_UNNAMED_DISCOUNT = Fraction(1, 10)
# A fraction with a greater denominator is two terms ("30/60 jours"), unless it says what it is a fraction of.
MOST_PARTS = 12


@dataclass
class Clause:
    """The role of a payment (one of HEADS, or main), its share where it is said, and the words of its maturity."""

    role: str = "main"
    share: Fraction | None = None
    words: list[Token] = field(default_factory=list)

    @property
    def is_idle(self) -> bool:
        """Whether no word says when."""
        return all(word.kind in IDLE for word in self.words)

    def takes(self, head: Token) -> bool:
        """Whether one more head belongs to the same payment, as in "solde de 70 %" or "5 % de retenue"."""
        if head.kind == "share":
            return self.share is None and self.role != "main"
        return self.role == "share"

    def take(self, head: Token) -> None:
        """Note what a head says."""
        if head.kind == "share":
            self.share = Fraction(head.value)
        if head.kind != "share" or self.role == "main":
            self.role = head.kind


def resolved(words: list[Token]) -> list[Token]:
    """The same words where each fraction is a share, a discount ("2/10 net 30") or two numbers."""
    found: list[Token] = []
    only_one = sum(word.kind in HEADS or word.kind == "fraction" for word in words) == 1
    for place, word in enumerate(words):
        after = [one for one in words[place + 1:place + 4] if one.kind != "sep"]
        if word.kind == "slash" and place and words[place - 1].kind in HEADS:
            found.append(Token("sep", "", "/"))  # "14 jours 2 % / 30 jours net"
            continue
        if word.kind != "fraction":
            found += [word] if word.kind != "whole" else []
            continue
        top, bottom = word.value.split("/")
        if only_one and len(after) > 1 and after[0].value == "net" and after[1].kind == "number" and float(top) < 100:
            found += [Token("share", str(Fraction(top) / 100), top), Token("discount", "", ""),
                      Token("number", bottom, bottom), Token("day", "1", "")]
        elif (after and after[0].kind == "whole" and int(bottom)) or 0 < float(top) < int(bottom) <= MOST_PARTS:
            found.append(Token("share", str(Fraction(top) / int(bottom)), word.text))
        else:
            found += [Token("number", top[:5], top) if top.isdigit() else Token("decimal", "", top),
                      Token("slash", "", "/"), Token("number", bottom[:5], bottom)]
    return _with_named_discount(found)


def _with_named_discount(words: list[Token]) -> list[Token]:
    """ "2 % 10 jours, net 30" names its discount by the net term alone."""
    heads = [place for place, word in enumerate(words) if word.kind in HEADS]
    if len(heads) != 1 or words[heads[0]].kind != "share" or Fraction(words[heads[0]].value) >= MOST_UNNAMED_DISCOUNT:
        return words
    after = words[heads[0] + 1:]
    net = [place for place, word in enumerate(after) if word.value == "net"]
    if net and any(word.kind in ("number", "cash", "receipt") for word in after[:net[-1]]):
        return [*words[:heads[0] + 1], Token("discount", "", ""), *after]
    return words


def cut(words: list[Token]) -> list[Clause] | None:
    """The clauses in the order of the text; None where words belong to no payment."""
    found = [Clause()]
    in_head, broken = False, False
    words = _heads_first(words)
    for place, word in enumerate(words):
        now = found[-1]
        follower = words[place + 1].kind if place + 1 < len(words) else ""
        if word.kind in HEADS:
            unshared = now.share is None and now.role not in ("main", "rest") and not broken
            if not ((in_head or unshared) and now.takes(word)):
                found.append(Clause())
            found[-1].take(word)
            in_head, broken = True, False
            continue
        if word.kind == "otherwise" and now.is_idle and len(found) > 1 and found[-2].role == "discount":
            continue
        if _ends(now, word, follower):
            found.append(Clause(words=[] if word.kind == "otherwise" else [word]))
        else:
            now.words.append(word)
        broken |= word.kind in BREAKS
        in_head &= word.kind == "filler"
    return _attached(found)


def _ends(clause: Clause, word: Token, follower: str) -> bool:
    """Whether a word ends a clause whose share is set apart from the main term."""
    if clause.role in ("main", "share", "rest"):
        return False
    if word.kind in ("sep", "otherwise"):
        return True
    if word.kind in BREAKS:
        counts = any(one.kind in ("number", "eom", "decade") for one in clause.words)
        return not counts
    return clause.role == "discount" and word.value == "net" and follower == "number" and any(
        one.kind in ("number", "cash", "receipt") for one in clause.words)


def _heads_first(words: list[Token]) -> list[Token]:
    """ "à la commande 30 %, à la livraison le solde" with the share at the head of each piece.

    So is the discount of "14 Tage 2 % Skonto, 30 Tage netto", and without the comma where a net term follows.
    """
    pieces: list[Token] = []
    for _, group in groupby(words, lambda word: word.kind in BREAKS):
        piece = list(group)
        first = next((place for place, word in enumerate(piece) if word.kind in HEADS), 0)
        after = first
        while after < len(piece) and piece[after].kind in ("share", "rest", "discount", "filler"):
            after += 1
        says_when = any(word.kind not in IDLE for word in piece[:first])
        if says_when and after == len(piece):
            piece = piece[first:] + piece[:first]
        elif says_when and "discount" in {word.kind for word in piece[first:after]} and _is_net(piece[after:]):
            piece = [*piece[first:after], *piece[:first], Token("sep", "", ","), *piece[after:]]
        pieces += piece
    return pieces


def _is_net(words: list[Token]) -> bool:
    return any(word.kind == "number" for word in words) and any(word.value == "net" for word in words)


def _attached(clauses: list[Clause]) -> list[Clause] | None:
    """Pieces without a share go on with the payment before them, where every payment has its share."""
    payments = [clause for clause in clauses if clause.role != "discount"]
    shared = (any(clause.role in ("share", "rest") for clause in payments)
              or sum(clause.share or 0 for clause in payments) >= 1)
    found: list[Clause] = []
    mains = 0
    for clause in clauses:
        if clause.role != "main":
            found.append(clause)
        elif clause.is_idle:
            continue
        elif not shared:
            mains += 1
            found.append(clause)
        elif found and found[-1].role != "discount":
            found[-1].words += clause.words
        else:
            return None
    return found if mains <= 1 else None
