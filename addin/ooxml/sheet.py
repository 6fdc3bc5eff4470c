"""The cells of one worksheet to be changed: found, made in their order, given a value or emptied."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping
from typing import Any

from lxml import etree

from addin.ooxml.cell_values import CELL, FORMULA, INLINE, ROW, VALUE
from addin.ooxml.reference import Area, column_of, letters, reference
from addin.ooxml.values import ExcelError, escaped
from addin.ooxml.xml import MAIN, SPACE, Element

# Stands for the number of a row that is made later.
NUMBER = b"#"


class Sheet:
    """The rows and cells of a worksheet, whose root is changed in place."""

    def __init__(self, root: Element) -> None:
        self.root = root
        data = root.find(f"{MAIN}sheetData")
        if data is None:
            raise ValueError("a sheet without sheetData")
        self._data = data
        self._rows: dict[int, Element] = {}
        self._cells: dict[int, dict[int, Element]] = {}
        number = 0
        for row in data.iterchildren(ROW):
            # A writer may leave the places out; they are needed as soon as a cell is put between others.
            number = int(row.get("r", number + 1))
            row.set("r", str(number))
            self._rows[number] = row
        self._numbers = sorted(self._rows)

    def row(self, number: int) -> Element | None:
        """A row that is there."""
        return self._rows.get(number)

    def made_row(self, number: int) -> Element:
        """A row, made in its place if need be."""
        row = self._rows.get(number)
        if row is None:
            row = etree.SubElement(self._data, ROW, {"r": str(number)})
            self._put(number, row)
        return row

    def add_row(self, number: int, blank: bytes) -> Element:
        """A row that is not there yet, as `blank_row` gives it."""
        row = etree.fromstring(blank.replace(NUMBER, b"%d" % number))
        self._put(number, row)
        self._cells.pop(number, None)
        return row

    def _put(self, number: int, row: Element) -> None:
        before = bisect_left(self._numbers, number)
        if before:
            self._rows[self._numbers[before - 1]].addnext(row)
        else:
            self._data.insert(0, row)
        self._numbers.insert(before, number)
        self._rows[number] = row

    def cells(self, number: int) -> dict[int, Element]:
        """Column -> cell of a row; not to be changed."""
        known = self._cells.get(number)
        if known is None:
            known = self._cells[number] = {}
            row, column = self._rows.get(number), 0
            for cell in row.iterchildren(CELL) if row is not None else ():
                place = cell.get("r")
                column = column_of(place) if place else column + 1
                if place != reference(number, column):
                    cell.set("r", reference(number, column))
                known[column] = cell
        return known

    def cell(self, row: int, column: int) -> Element | None:
        """A cell that is there."""
        return self.cells(row).get(column)

    def made(self, row: int, column: int, style: str = "") -> Element:
        """A cell, made in its place if need be, in this style or else in that of its row or column."""
        known = self.cells(row)
        if column in known:
            return known[column]
        element = self.made_row(row)
        # What a row's cells span is a hint for readers, and wrong from now on.
        element.attrib.pop("spans", None)
        style = style or self.blank_style(row, column)
        attributes = {"r": reference(row, column), **({"s": style} if style not in ("", "0") else {})}
        before = max(known, default=0)
        if before > column:
            before = max((other for other in known if other < column), default=0)
        cell = _made_after(element, known.get(before), CELL, attributes)
        known[column] = cell
        return cell

    def blank_style(self, row: int, column: int) -> str:
        """The style that an absent cell shows: that of its row, else that of its column."""
        element = self._rows.get(row)
        if element is not None and element.get("customFormat") in ("1", "true"):
            return str(element.get("s", ""))
        for columns in self.root.iterfind(f"{MAIN}cols/{MAIN}col"):
            if int(columns.get("min", "0")) <= column <= int(columns.get("max", "0")):
                return str(columns.get("style", ""))
        return ""

    def style(self, row: int, column: int) -> str:
        """The style that a cell shows, there or not."""
        cell = self.cell(row, column)
        return self.blank_style(row, column) if cell is None else cell.get("s", "")

    def arrays(self) -> dict[tuple[int, int], Area]:
        """First cell -> area of every formula that fills several cells."""
        references = [formula.get("ref", "") for formula in self._data.iter(FORMULA) if formula.get("t") != "shared"]
        areas = [Area.of(reference) for reference in references if ":" in reference]
        return {(area.first_row, area.first_column): area for area in areas if area.size > 1}

    def merged(self) -> list[Area]:
        """The areas of merged cells."""
        return [Area.of(merge.get("ref", "")) for merge in self.root.iterfind(f"{MAIN}mergeCells/{MAIN}mergeCell")]

    def cover(self, area: Area) -> None:
        """Let the sheet's dimension hold an area."""
        dimension = self.root.find(f"{MAIN}dimension")
        if dimension is not None:
            dimension.set("ref", str(Area.of(dimension.get("ref", "A1")).joined(area)))


def blank_row(styles: Mapping[int, str]) -> bytes:
    """A row of blank cells for any place: column -> style, from left to right. Making many cells one by one is slow."""
    row = etree.Element(ROW, {"r": NUMBER.decode()})
    for column, style in styles.items():
        attributes = {"r": f"{letters(column)}{NUMBER.decode()}", **({"s": style} if style != "0" else {})}
        etree.SubElement(row, CELL, attributes)
    written: bytes = etree.tostring(row)
    return written


def is_filled(cell: Element | None) -> bool:
    """Whether a cell holds a value or a formula."""
    if cell is None:
        return False
    return cell.find(FORMULA) is not None or cell.find(INLINE) is not None or bool(cell.findtext(VALUE))


def empty(cell: Element) -> None:
    """Take out all but the style."""
    for child in list(cell):
        cell.remove(child)
    for name in ("t", "cm", "vm", "ph"):
        cell.attrib.pop(name, None)


def put_constant(cell: Element, value: Any) -> None:
    """Let a cell hold a plain value; a text stands in the cell itself, so that it is never taken for a formula."""
    empty(cell)
    if isinstance(value, str) and not isinstance(value, ExcelError):
        text = escaped(value)
        if text:
            cell.set("t", "inlineStr")
            element = etree.SubElement(etree.SubElement(cell, INLINE), f"{MAIN}t")
            element.text = text
            if text != text.strip() or "\n" in text:
                element.set(SPACE, "preserve")
    elif value is not None:
        put_result(cell, value)


def put_formula(cell: Element, formula: str) -> None:
    """Let a cell hold a formula that was not calculated yet."""
    empty(cell)
    etree.SubElement(cell, FORMULA).text = formula


def put_result(cell: Element, value: Any) -> None:
    """Let a cell show what its formula gave; the formula stays. An empty text is shown as one."""
    old = cell.find(VALUE)
    if old is not None:
        cell.remove(old)
    for name in ("t", "vm"):
        cell.attrib.pop(name, None)
    if value is None or (isinstance(value, str) and not isinstance(value, ExcelError)):
        kind, text = "str", escaped(value or "")
    elif isinstance(value, bool):
        kind, text = "b", str(int(value))
    elif isinstance(value, ExcelError):
        kind, text = "e", value.in_file
    else:
        kind, text = "", repr(int(value) if value == int(value) and abs(value) < 2**53 else value)
    if kind:
        cell.set("t", kind)
    _made_after(cell, cell.find(FORMULA), VALUE, {}).text = text


def _made_after(parent: Element, previous: Element | None, tag: str, attributes: dict[str, str]) -> Element:
    """A new child behind another one, or first of all."""
    child = etree.SubElement(parent, tag, attributes)
    if previous is None:
        parent.insert(0, child)
    elif child.getprevious() is not previous:
        previous.addnext(child)
    return child
