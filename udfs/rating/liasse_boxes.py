"""The boxes of a French tax return (liasse fiscale): their codes as people write them, and what each one feeds.

Two sets of forms exist, and a firm files one of them: 2050 to 2053 (two letters) and 2033-A and B (three digits).

>>> box_of("dl "), box_of("2051 DL"), box_of(142.0), box_of("2033-A 10"), box_of("Total")
('DL', 'DL', '142', '010', '')
>>> form_of()["DL"], form_of()["142"], columns()["receivables"]["2050"]
('2051', '2033-A', (('BX', 1), ('BY', -1)))
"""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from udfs import reference
from udfs.rating.sums import Term, terms
from udfs.tables.cells import as_number, seen, written

NORMAL, SIMPLIFIED = "2050", "2033"

_CODE = re.compile(r"(?:(?P<form>20\d\d)\W*(?:[A-G]\b)?\W*(?:SD\b)?\W*)?(?P<box>[A-Z]{2}|\d[A-Z]|[A-Z]\d|\d{2,3})")


def box_of(cell: Any, year: int | None = None) -> str:
    """The box that a cell names, an empty text if it names none of the forms of that year.

    A form written before the box must be the one that has it: there is no box DL on form 2050.
    """
    number = as_number(cell)
    text = f"{number:.0f}" if number is not None and number.is_integer() else seen(written(cell)).strip().upper()
    found = _CODE.fullmatch(text)
    if found is None:
        return ""
    box = found["box"].zfill(3) if found["box"].isdecimal() else found["box"]
    form = form_of(year).get(box, "")
    return box if form and form.startswith(found["form"] or "") else ""


def set_of(box: str) -> str:
    """Which of the two sets of forms a box belongs to: letters are 2050 to 2053, three digits are 2033."""
    return SIMPLIFIED if box.isdecimal() else NORMAL


@cache
def form_of(year: int | None = None) -> dict[str, str]:
    """The form of each box; without a year, of any."""
    return {row["box"]: row["form"] for row in _rows(year)}


@cache
def columns(year: int | None = None) -> dict[str, dict[str, tuple[tuple[str, int], ...]]]:
    """For each column of the Accounts table and each set of forms the boxes that make it, with their signs."""
    found: dict[str, dict[str, tuple[tuple[str, int], ...]]] = {}
    for row in _rows(year):
        if row["column"]:
            boxes = found.setdefault(row["column"], {})
            entry = (row["box"], 1 if row["sign"] == "+" else -1)
            boxes[set_of(row["box"])] = (*boxes.get(set_of(row["box"]), ()), entry)
    return found


@cache
def totals() -> tuple[tuple[str, tuple[Term, ...], str], ...]:
    """The totals of the forms, from the whole to the parts: the box, its parts, and `balance` or `total`."""
    return tuple((row["total"], terms(row["parts"]), row["kind"]) for row in reference.rows("liasse_totals"))


def _rows(year: int | None) -> list[dict[str, str]]:
    return [row for row in reference.rows("liasse")
            if year is None or int(row["from_year"] or 0) <= year <= int(row["to_year"] or 9999)]
