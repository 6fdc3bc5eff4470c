"""Notes of outside providers on one scale: the answer 1 (worst) to 7 (best) of the scorecard.

Providers count in opposite directions (Coface 10 is best, Allianz Trade 1 is best), so that a note is never compared
raw: `reference/outside_notes.csv` says for each provider, and each version of its scale, what a note is worth. The
Banque de France changed its scale on 8 January 2022: the date of the note says which one it is on, and a note without
a date is taken for the present one. "Not rated" is no answer, never a bad one. Source: DOMAIN 2.7 and 2.8.

>>> providers = np.array(["coface", "allianz_trade", "banque_de_france", "banque_de_france"], dtype=object)
>>> notes = np.array(["8", "8", "4", "4"], dtype=object)
>>> dates = np.array(["2026-05-01", "2026-05-01", "2026-05-01", "2021-05-01"], "datetime64[D]")
>>> outside_answers(providers, notes, dates).tolist()
[6.0, 1.0, 4.0, 5.0]

The user chooses what such an answer does beside that of the accounts (policy `outside_note_use`): `replace` puts it in
its place, `cap` lets the accounts say no better than the note, `inform` only shows it.

>>> own, note = np.array([5.0, 5.0, np.nan]), np.array([6.0, 2.0, 4.0])
>>> {use: financial_answer(own, note, use).tolist() for use in ("replace", "cap", "inform")}
{'replace': [6.0, 2.0, 4.0], 'cap': [5.0, 2.0, nan], 'inform': [5.0, 5.0, nan]}
"""

from __future__ import annotations

import math
from functools import lru_cache

import numpy as np

from udfs import reference
from udfs.tables.columns import first_known

# The first day of each version of a provider's scale.
VERSIONS = {"2004": np.datetime64("1900-01-01"), "2022": np.datetime64("2022-01-08")}


def outside_answers(providers: np.ndarray, notes: np.ndarray, dates: np.ndarray) -> np.ndarray:
    """The answer of each note, NaN where there is none, where it is not on the scale, or the provider is unknown."""
    answers = np.full(len(notes), np.nan)
    rows = np.flatnonzero((notes != "") & (providers != ""))
    given = zip(providers[rows].tolist(), map(str, notes[rows].tolist()), _versions(dates[rows]), strict=True)
    answers[rows] = [_answer(*one) for one in given]
    return answers


def financial_answer(own: np.ndarray, note: np.ndarray, use: str) -> np.ndarray:
    """The answer for the financial strength from that of the accounts and that of the note."""
    if use == "replace":
        return first_known(note, own)
    return np.where(note < own, note, own) if use == "cap" else own


@lru_cache(maxsize=4096)
def _answer(provider: str, note: str, version: str) -> float:
    """One note by its provider's rows: by its letters, else by the band in which its number lies."""
    text = note.strip().upper().replace("\N{MINUS SIGN}", "-").replace(" ", "")
    for row in reference.rows("outside_notes"):
        if row["provider"] == provider and row["version"] in ("", version) and (
                row["note"] == text or (row["from"] and _in_band(text, row))):
            return float(row["answer"] or "nan")
    return np.nan


def _versions(dates: np.ndarray) -> list[str]:
    """The version of the scale on each day; without a day it is the latest."""
    names = np.full(len(dates), "", object)
    for name, first in VERSIONS.items():
        names[np.isnat(dates) | (dates >= first)] = name
    found: list[str] = names.tolist()
    return found


def _in_band(text: str, row: dict[str, str]) -> bool:
    """Whether a number such as 8, 7.5 or 72/100 lies in the band; between two bands it counts with the worse one."""
    try:
        figure = float(text.partition("/")[0].replace(",", "."))
    except ValueError:
        return False
    if not math.isfinite(figure):
        return False
    whole = math.ceil(figure) if row["scale"] == "1 best" else math.floor(figure)
    return float(row["from"]) <= whole <= float(row["to"])
