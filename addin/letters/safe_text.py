"""Text from cells, made fit for a letter and a file name: it stays data and stays readable.

Removed: what XML 1.0 cannot hold (control characters, lone surrogates, non-characters), the marks that
turn the direction of writing (a name could otherwise show backwards) and byte order marks. Tabs and line
ends become one blank. A text over its length ends with "…", so that the cut is seen.

>>> safe("Dupont\\x00 & Fils\\u202e\\r\\n")
'Dupont & Fils'
>>> safe("x" * 5000, 10)
'xxxxxxxxx…'
"""

from __future__ import annotations

import re
from typing import Any

LONGEST = 120

_BLANKS = re.compile(r"[\t\n\v\f\r\x1c-\x1f\x85\u2028\u2029 ]+")
_UNFIT = re.compile(
    r"[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f"    # control characters
    r"\ud800-\udfff\ufffe\uffff"                # half characters and non-characters
    r"\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]"  # direction and byte order marks
)


def safe(value: Any, longest: int = LONGEST) -> str:
    """One line of text that any letter can show; None is empty."""
    text = _BLANKS.sub(" ", _UNFIT.sub("", "" if value is None else str(value))).strip()
    return text if len(text) <= longest else text[:longest - 1].rstrip() + "…"
