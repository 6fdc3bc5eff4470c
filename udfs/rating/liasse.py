"""A French tax return pasted as codes and amounts -> the lines of the Accounts table.

line = Σ ± boxes        an asset is its gross box less its depreciation box; `reference/liasse.csv` says which

VA  = turnover + stored and own production - purchases - external charges    FL + FM + FN - (FS ... FW)
EBE = VA + subsidies - taxes - personnel                                     VA + FO - FX - FY - FZ

A return leaves empty boxes out. A box that is not given is nothing only where the total it belongs to ties without
it (`reference/liasse_totals.csv`), from the balance sheet total down; else the lines that need it are missing (NaN),
and a remark names it. Amounts are euros as the return has them. Source: DOMAIN 0 and 2.11; check the form's year.

Worked example: goodwill of 40,000 and software of 12,000, of which 4,000 are written off; the totals show that the
return has no other intangible asset and no other depreciation:

>>> found = read_return(["AF", "AG", "AH", "2050 AT", "BJ", "BK"],
...                     ["12 000", "4 000", "40 000", "60 000", "112 000", "4 000"], form_year=2026)
>>> found.lines["intangibles"], found.lines["fixed_assets"], found.lines["equity"], found.remarks
(48000.0, 108000.0, nan, ())
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from udfs.errors import WrongArgument
from udfs.rating.liasse_boxes import box_of, columns, form_of, set_of, totals
from udfs.tables.amounts import read_amounts
from udfs.tables.cells import is_blank
from udfs.tables.issues import shown
from udfs.tables.schema import SCHEMA
from udfs.texts import say

# Each box is rounded to the euro, and so may be half a euro off.
ROUNDING = 0.5
LISTED = 12


@dataclass(frozen=True)
class Remark:
    """What was assumed, left aside or does not tie in a return."""

    code: str
    values: Mapping[str, Any]

    def sentence(self, language: str = "en") -> str:
        """The remark in one language."""
        line = SCHEMA["Accounts"].get(str(self.values.get("line")))
        return say(self.code, language, **{**self.values, "line": line.label(language) if line else ""})


@dataclass(frozen=True)
class Return:
    """A return read: its forms, the year of the forms where it was given, the lines of Accounts (NaN: not known)."""

    forms: str
    form_year: int | None
    lines: Mapping[str, float]
    remarks: tuple[Remark, ...]


def read_return(codes: Sequence[Any], amounts: Sequence[Any], form_year: int | None = None) -> Return:
    """The lines of Accounts that a list of boxes and amounts gives, and what is to be said of it.

    Refused: lists of unequal length, no box at all, boxes of both sets of forms, one box with two amounts.
    """
    if len(codes) != len(amounts):
        raise WrongArgument("liasse.unequal_lengths", codes=len(codes), amounts=len(amounts))
    given, remarks = _given(codes, amounts, form_year)
    forms = _forms(given)
    known, untied = _with_empty_boxes(given)
    lines = {name: math.nan for name, spec in SCHEMA["Accounts"].items() if spec.type == "amount"}
    for name, boxes in columns(form_year).items():
        absent = [box for box, _ in boxes.get(forms, ()) if box not in known]
        if not absent and forms in boxes:
            lines[name] = float(sum(sign * known[box] for box, sign in boxes[forms]))
        elif any(box in given for box, _ in boxes.get(forms, ())):
            untied.append(Remark("liasse.line_missing", {"line": name, "boxes": _listed(absent)}))
    return Return(forms, form_year, lines, (*remarks, *untied))


def _given(codes: Sequence[Any], amounts: Sequence[Any], year: int | None) -> tuple[dict[str, float], list[Remark]]:
    """The amount of each box that has one, and remarks on the rows that are not read."""
    numbers, problems = read_amounts(amounts)
    assumed = next((row for row, problem in problems if problem.severity == "warning"), None)
    unreadable = {row for row, problem in problems if problem.severity != "warning"}
    given: dict[str, float] = {}
    remarks = []
    if assumed is not None:
        remarks.append(Remark("liasse.decimal_sign_assumed", {"value": shown(amounts[assumed])}))
    unknown = []
    for row, code in enumerate(codes):
        box = "" if is_blank(code) else box_of(code, year)
        if box and row in unreadable:
            remarks.append(Remark("liasse.amount_unreadable", {"box": box, "value": shown(amounts[row])}))
        elif math.isnan(numbers[row]):
            # An empty box, or the heading of a column or of a part of the return.
            continue
        elif not box:
            unknown.append(shown(code) if not is_blank(code) else shown(amounts[row]))
        elif given.setdefault(box, float(numbers[row])) != numbers[row]:
            raise WrongArgument("liasse.box_twice", box=box, first=given[box], second=float(numbers[row]))
    if unknown:
        remarks.append(Remark("liasse.unknown_boxes", {"boxes": _listed(unknown), "count": len(unknown)}))
    return given, remarks


def _forms(given: Mapping[str, float]) -> str:
    """The set of forms of a return."""
    by_set = {set_of(box): box for box in given}
    if not by_set:
        raise WrongArgument("liasse.no_box")
    if len(by_set) > 1:
        first, second = (f"{box} ({form_of()[box]})" for box in by_set.values())
        raise WrongArgument("liasse.both_forms", first=first, second=second)
    return next(iter(by_set))


def _with_empty_boxes(given: Mapping[str, float]) -> tuple[dict[str, float], list[Remark]]:
    """The boxes known, with 0 for those that the totals show to be empty, and a remark for each that does not tie."""
    known = dict(given)
    while found := list(_empty(known, given)):
        known.update(dict.fromkeys(found, 0.0))
    remarks = []
    for total, parts, kind in totals():
        present = [part for part in parts if part.name in known]
        if total not in known or not present:
            continue
        sum_of_parts = sum(part.sign * known[part.name] for part in present)
        if not _ties(known[total], sum_of_parts, len(present)):
            absent = [part.name for part in parts if part.name not in known]
            code = "liasse.total_incomplete" if absent else f"liasse.{kind}_differs"
            remarks.append(Remark(code, {
                "total": total, "stated": known[total], "found": sum_of_parts, "boxes": _listed(absent),
                "parts": " ".join(f"{'+' if part.sign > 0 else '-'} {part.name}" for part in present
                                  ).removeprefix("+ ")}))
    return known, remarks


def _empty(known: Mapping[str, float], given: Mapping[str, float]) -> Iterator[str]:
    """The boxes not known of every total that ties without them, and of every sum whose own box is empty."""
    for total, parts, _ in totals():
        present = [part for part in parts if part.name in known]
        # A difference may be nothing while both its parts are not.
        empty_sum = total not in given and all(part.sign > 0 for part in parts)
        if total in known and (present or empty_sum) and _ties(
                known[total], sum(part.sign * known[part.name] for part in present), len(present)):
            yield from (part.name for part in parts if part.name not in known)


def _ties(total: float, parts: float, count: int) -> bool:
    return abs(total - parts) <= ROUNDING * (count + 1)


def _listed(boxes: Sequence[str]) -> str:
    """Codes in one line, the first twelve."""
    return ", ".join(boxes[:LISTED]) + (" …" if len(boxes) > LISTED else "")
