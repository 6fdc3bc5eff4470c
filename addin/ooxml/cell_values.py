"""The values of a sheet's cells, read from its XML without keeping it in memory."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Iterator
from typing import Any

from lxml import etree

from addin.ooxml.reference import Area, column_of
from addin.ooxml.values import ExcelError, serial, unescaped
from addin.ooxml.xml import MAIN, SAFE, Element, parsed

ROW, CELL, FORMULA, VALUE, INLINE = (f"{MAIN}{name}" for name in ("row", "c", "f", "v", "is"))
_TEXT, _RUN = f"{MAIN}t", f"{MAIN}r"


def read_cells(sheet: bytes, area: Area, strings: list[str]) -> Iterator[tuple[int, int, Any]]:
    """Row, column and value of the cells of an area that hold one; what has no place follows the one before."""
    number = 0
    for _, row in etree.iterparse(io.BytesIO(sheet), events=("end",), tag=ROW, **SAFE):
        number = int(row.get("r", number + 1))
        if number > area.last_row:
            return
        if number >= area.first_row:
            column = 0
            for cell in row.iterchildren(CELL):
                place = cell.get("r")
                column = column_of(place) if place else column + 1
                if area.first_column <= column <= area.last_column:
                    value = read_value(cell, strings)
                    if value is not None:
                        yield number, column, value
        # What was read is let go, with the rows before it.
        row.clear()
        while row.getprevious() is not None:
            del row.getparent()[0]


def read_value(cell: Element, strings: list[str]) -> Any:
    """The value of one cell."""
    kind, text, is_formula = cell.get("t"), None, False
    for child in cell:
        if child.tag == VALUE:
            text = child.text or ""
        elif child.tag == FORMULA:
            is_formula = True
        elif child.tag == INLINE and kind == "inlineStr":
            return text_of(child)
    if kind == "str":
        return None if text is None and not is_formula else unescaped(text or "")
    if not text:
        return None
    if kind is None or kind == "n":
        return float(text)
    if kind == "s":
        return strings[int(text)]
    if kind == "b":
        return text in ("1", "true")
    if kind == "e":
        return ExcelError(text)
    return float(serial(dt.datetime.fromisoformat(text))) if kind == "d" else text


def shared_strings(content: bytes) -> list[str]:
    """The texts that cells name by their place."""
    return [text_of(item) for item in parsed(content).iterfind(f"{MAIN}si")] if content else []


def text_of(item: Element) -> str:
    """A text with all its runs; how it is pronounced (phonetic runs) is no part of it."""
    runs = [item.findtext(_TEXT), *(run.findtext(_TEXT) for run in item.iterfind(_RUN))]
    return unescaped("".join(filter(None, runs)))
