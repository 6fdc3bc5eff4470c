"""A formula as its reader types it: French Excel parts arguments by semicolons and has names of its own.

>>> shown_formula('ROWS(CREDIT_TABLE(Book,"client, grade"))', "fr")
'=LIGNES(CREDIT_TABLE(Book;"client, grade"))'
>>> shown_formula("LIMIT_NEED(250000,60,0.2)", "fr"), shown_formula("LIMIT_NEED(250000,60,0.2)", "en")
('=LIMIT_NEED(250000;60;0,2)', '=LIMIT_NEED(250000,60,0.2)')
"""

from __future__ import annotations

import re

# The functions of Excel that our formulas use and that French Excel calls otherwise.
FRENCH = {"ROWS": "LIGNES", "ISNA": "ESTNA", "ISERROR": "ESTERREUR", "RIGHT": "DROITE", "SUM": "SOMME"}


def shown_formula(formula: str, language: str) -> str:
    """The text of a formula in one language, with its equals sign; texts within it stay as they are."""
    parts = re.split(r'("[^"]*")', formula)
    if language == "fr":
        parts = [part if part.startswith('"') else _french(part) for part in parts]
    return "=" + "".join(parts)


def _french(part: str) -> str:
    part = re.sub(r"(?<=\d)\.(?=\d)", "\0", part).replace(",", ";").replace("\0", ",")
    return re.sub(r"[A-Z]+(?=\()", lambda found: FRENCH.get(found[0], found[0]), part)
