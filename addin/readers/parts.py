"""What calamine does not tell of an .xlsx: cells that hold an error, and sheets too large to open.

calamine gives error cells, and formulas that were never calculated, as empty ones; and it lays a sheet out
from its first to its last used cell, so that one stray cell at the very end would take all the memory there
is. All this is seen in the sheet's XML.
"""

from __future__ import annotations

import posixpath
import re
import zipfile
from collections.abc import Iterator
from html import unescape
from pathlib import Path

from addin.readers.errors import InputRefused

LARGEST_UNPACKED = 2**31
LAST_ROW, LAST_COLUMN = 1_048_576, 16_384
LARGEST_AREA = 40_000_000  # cells; a full million rows of 38 columns

_TAG = rb"<(?:\w+:)?"
_SHEET = re.compile(_TAG + rb"sheet\s[^>]*>")
_RELATION = re.compile(_TAG + rb"Relationship\s[^>]*>")
_DIMENSION = re.compile(_TAG + rb'dimension\s[^>]*ref="([A-Z]+)(\d+):([A-Z]+)(\d+)"')
_FILLED = re.compile(_TAG + rb'c\s[^>]*?r="([A-Z]+)(\d+)"[^>/]*><(?:\w+:)?(?:v|is)\b')
_ERROR = re.compile(_TAG + rb'c\s([^>]*?\bt="e"[^>/]*)>(?:(?!</(?:\w+:)?c>).)*?<(?:\w+:)?v>([^<]*)<', re.S)
_UNCALCULATED = re.compile(
    _TAG + rb'c\s((?:(?!t="str")[^>/])*)>' + _TAG + rb"f(?:\s[^>]*/>|[^<]*</(?:\w+:)?f>)"
    rb"(?:<(?:\w+:)?v\s*(?:/>|></(?:\w+:)?v>))?</")
_PLACE = re.compile(rb'\br="([A-Z]{1,3})(\d{1,7})"')


def is_workbook(package: zipfile.ZipFile) -> bool:
    """Whether a zip file holds a workbook of Excel or LibreOffice."""
    return bool(set(package.namelist()) & {"xl/workbook.xml", "xl/workbook.bin", "content.xml"})


def error_cells(package: zipfile.ZipFile, path: Path) -> dict[str, list[tuple[int, int, str]]]:
    """Sheet -> (row, column, error name) of its error cells, counted from 0; none for .xlsb and .ods.

    A formula that was never calculated is `#N/A`. A workbook that would not fit in memory is refused.
    """
    if sum(part.file_size for part in package.infolist()) > LARGEST_UNPACKED:
        raise InputRefused.of("readers.too_big", path)
    errors = {}
    for sheet, xml in _sheet_parts(package):
        found = _DIMENSION.search(xml[:4096])
        if found and _area([(found[1], found[2]), (found[3], found[4])]) > LARGEST_AREA \
                and _area(_FILLED.findall(xml)) > LARGEST_AREA:
            raise InputRefused.of("readers.sheet_too_big", path, sheet=sheet)
        found_errors = _ERROR.findall(xml) if b't="e"' in xml else []
        found_errors += [(attributes, b"#N/A") for attributes in _UNCALCULATED.findall(xml)]
        errors[sheet] = [cell for attributes, name in found_errors if (cell := _cell(attributes, name))]
    return errors


def _cell(attributes: bytes, name: bytes) -> tuple[int, int, str] | None:
    place = _PLACE.search(attributes)
    if place is None:
        return None
    row, column = int(place[2]), column_number(place[1])
    if not (1 <= row <= LAST_ROW and column <= LAST_COLUMN):
        return None
    return row - 1, column - 1, name.decode("ascii", "replace")


def _sheet_parts(package: zipfile.ZipFile) -> Iterator[tuple[str, bytes]]:
    """Sheet name and XML, one at a time, of an .xlsx or .xlsm."""
    names = set(package.namelist())
    if not {"xl/workbook.xml", "xl/_rels/workbook.xml.rels"} <= names:
        return
    relations = _RELATION.findall(package.read("xl/_rels/workbook.xml.rels"))
    targets = {_attribute(tag, b"Id"): _attribute(tag, b"Target") for tag in relations}
    for tag in _SHEET.findall(package.read("xl/workbook.xml")):
        target = targets.get(_attribute(tag, rb"\w+:id"), "")
        target = posixpath.normpath(posixpath.join("/xl", target)).lstrip("/")
        if target in names:
            yield _attribute(tag, b"name"), package.read(target)


def _attribute(tag: bytes, name: bytes) -> str:
    found = re.search(rb"\s" + name + rb"=[\"']([^\"']*)[\"']", tag)
    return unescape(found[1].decode("utf-8", "replace")) if found else ""


def _area(cells: list[tuple[bytes, bytes]]) -> int:
    """Cells between the outermost of these."""
    if not cells:
        return 0
    rows = [int(row) for _, row in cells]
    columns = [column_number(letters) for letters in {letters for letters, _ in cells}]
    return (max(rows) - min(rows) + 1) * (max(columns) - min(columns) + 1)


def column_number(letters: bytes) -> int:
    """The place of a column, from 1.

    >>> column_number(b"A"), column_number(b"XFD")
    (1, 16384)
    """
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number
