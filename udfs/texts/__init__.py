"""Every sentence the product shows, in French and English.

A text has a code, `room.name`, and one gettext catalogue a room and language (`texts/fr/room.po`).
Codes never change; words follow the reader's language. Placeholders say how a value is written:
`{amount:money}`, `{date:date}`, `{share:percent}`, `{days:number}`; anything else is shown as text.

>>> say("issues.summary", "en", count=3)
'3 issues'
>>> say("issues.summary", "fr", count=1)
'1 anomalie'
"""

from __future__ import annotations

import gettext
import string
from functools import cache
from pathlib import Path
from typing import Any

LANGUAGES = ("en", "fr")
FOLDER = Path(__file__).parent


@cache
def catalogue(language: str, room: str) -> gettext.NullTranslations:
    """The compiled catalogue of one room."""
    with (FOLDER / language / f"{room}.mo").open("rb") as file:
        return gettext.GNUTranslations(file)


def has(code: str, language: str = "en") -> bool:
    """Whether a text exists for the code."""
    room = code.partition(".")[0]
    if not (FOLDER / language / f"{room}.mo").is_file():
        return False
    return catalogue(language, room).gettext(code) != code


def say(code: str, language: str = "en", /, **values: Any) -> str:
    """The sentence of a code in one language, with its values written the reader's way.

    A text with a plural takes its number from `count`.
    """
    texts = catalogue(language, code.partition(".")[0])
    if "count" in values:
        template = texts.ngettext(code, code, int(values["count"]))
    else:
        template = texts.gettext(code)
    return _Writer(language).format(template, **values)


class _Writer(string.Formatter):
    """str.format with the formats `money`, `date`, `percent` and `number`, in one language."""

    def __init__(self, language: str) -> None:
        self.language = language

    def get_field(self, field_name: str, args: Any, kwargs: Any) -> Any:
        """Plain names only: a placeholder never reaches into a value."""
        return kwargs[field_name], field_name

    def format_field(self, value: Any, format_spec: str) -> str:
        """One value in words."""
        from udfs.texts import writing

        if format_spec in writing.WRITERS:
            return writing.WRITERS[format_spec](value, self.language)
        return format(value, format_spec)
