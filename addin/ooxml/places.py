"""Where things are in a workbook: its sheets, their VBA names, its Excel tables and its defined names."""

from __future__ import annotations

import io
import re
from collections.abc import Mapping
from dataclasses import dataclass

from lxml import etree

from addin.ooxml.reference import Area, place_of
from addin.ooxml.relations import relations
from addin.ooxml.values import unescaped
from addin.ooxml.xml import MAIN, OFFICE, SAFE, parsed

_ONE_CELL = re.compile(r"=?(?:'((?:[^']|'')+)'|([^'!\[\]:]+))!(\$?[A-Za-z]{1,3}\$?\d+)(?::(\$?[A-Za-z]{1,3}\$?\d+))?")

# A sheet's own name stands before its cells.
_HEAD = (f"{MAIN}sheetPr", f"{MAIN}sheetData")


@dataclass(frozen=True)
class Place:
    """Where an Excel table is: `first_row` is its header row, shown or not; a row of totals is below `last_row`."""

    name: str
    sheet: str
    part: str
    first_row: int
    first_column: int
    last_row: int
    last_column: int
    columns: tuple[str, ...]
    totals: bool

    @property
    def area(self) -> Area:
        """All its cells, header and totals included."""
        return Area(self.first_row, self.first_column, self.last_row + self.totals, self.last_column)


def workbook_part(parts: Mapping[str, bytes]) -> str:
    """The part that lists the sheets; KeyError if there is none."""
    part = next((found.target for found in relations(parts, "") if found.kind == "officeDocument"), "")
    if part not in parts:
        raise KeyError("no workbook part")
    return part


def sheets(parts: Mapping[str, bytes]) -> dict[str, str]:
    """Sheet name -> part, in the order of the tabs."""
    workbook = workbook_part(parts)
    targets = {found.id: found.target for found in relations(parts, workbook)}
    found = {sheet.get("name", ""): targets[sheet.get(f"{OFFICE}id", "")]
             for sheet in parsed(parts[workbook]).iterfind(f"{MAIN}sheets/{MAIN}sheet")}
    if not all(part in parts for part in found.values()):
        raise KeyError("a sheet without its part")
    return found


def codenames(parts: Mapping[str, bytes]) -> dict[str, str]:
    """VBA name -> sheet name."""
    found = {}
    for sheet, part in sheets(parts).items():
        head = etree.iterparse(io.BytesIO(parts[part]), events=("start",), tag=_HEAD, **SAFE)
        for _, element in head:
            if element.get("codeName"):
                found[element.get("codeName", "")] = sheet
            break
    return found


def tables(parts: Mapping[str, bytes]) -> dict[str, Place]:
    """Table name -> its place."""
    found = {}
    for sheet, sheet_part in sheets(parts).items():
        for relation in relations(parts, sheet_part):
            if relation.kind == "table" and relation.target in parts:
                place = _place(parts[relation.target], sheet, relation.target)
                found[place.name] = place
    return found


def _place(content: bytes, sheet: str, part: str) -> Place:
    table = parsed(content)
    area = Area.of(table.get("ref", ""))
    header, totals = int(table.get("headerRowCount", "1")), int(table.get("totalsRowCount", "0"))
    columns = tuple(unescaped(column.get("name", ""))
                    for column in table.iterfind(f"{MAIN}tableColumns/{MAIN}tableColumn"))
    name = table.get("displayName") or table.get("name", "")
    if not name or len(columns) != len(area.columns) or header not in (0, 1) or totals not in (0, 1):
        raise ValueError(f"table {name!r} is broken")
    return Place(name, sheet, part, area.first_row - 1 + header, area.first_column, area.last_row - totals,
                 area.last_column, columns, bool(totals))


def names(parts: Mapping[str, bytes]) -> dict[str, str]:
    """Defined names of the whole workbook -> what they stand for."""
    found = parsed(parts[workbook_part(parts)]).iterfind(f"{MAIN}definedNames/{MAIN}definedName")
    return {name.get("name", ""): name.text or "" for name in found if name.get("localSheetId") is None}


def one_cell(text: str) -> tuple[str, str] | None:
    """Sheet and cell that a name stands for, None if it is no single cell.

    >>> one_cell("'Client''s card'!$B$2"), one_cell("Home!$A$1:$B$2")
    (("Client's card", 'B2'), None)
    """
    found = _ONE_CELL.fullmatch(text)
    if not found or (found[4] and place_of(found[4]) != place_of(found[3])):
        return None
    return (found[1] or found[2]).replace("''", "'"), found[3].replace("$", "").upper()
