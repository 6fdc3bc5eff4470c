"""The words of a choice in the language of the workbook, and in the order in which its list shows them.

Reading understands the codes and the words alike, so a word in a cell is never lost.

>>> words("means", "fr")[:3], shown("means", "transfer", "fr"), shown("invoice_kind", "pro forma", "fr")
(('virement', 'chèque', 'LCR'), 'virement', 'pro forma')
>>> shown("legal_form", "SARL", "en"), shown("means", "cheque", "fr")
('SARL', 'chèque')
"""

from __future__ import annotations

from udfs.tables.schema import choices, plain
from udfs.texts import say


def words(choice: str, language: str) -> tuple[str, ...]:
    """The words of a choice set."""
    return tuple(say(f"workbook.words_{choice}", language).split("|"))


def shown(choice: str, text: str, language: str) -> str:
    """The word of the language for a code or another spelling; what is none of them stays as it is."""
    known = {plain(word): word for word in words(choice, language)}
    if plain(text) in known:
        return known[plain(text)]
    code = choices(choice).get(plain(text))
    return next((word for spelling, word in known.items() if choices(choice)[spelling] == code), text)


def flag(value: bool, language: str) -> str:
    """Yes or no."""
    return say("workbook.yes" if value else "workbook.no", language)
