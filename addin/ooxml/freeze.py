"""A workbook's frozen copy, for who has neither Python nor leave to run macros: an .xlsx that holds values only.

Formulas become what they show, and the VBA project, the ribbon and the add-in's own hidden sheets are left out.
Formats, tables, validated lists, conditional formats and charts stay.
"""

from __future__ import annotations

import re

from addin.ooxml.cell_values import CELL, FORMULA, VALUE
from addin.ooxml.package import Package
from addin.ooxml.places import workbook_part
from addin.ooxml.relations import CONTENT_TYPES, relations, remove_part
from addin.ooxml.sheet import put_constant
from addin.ooxml.sheet_removal import remove_name, remove_sheets
from addin.ooxml.values import unescaped
from addin.ooxml.xml import MAIN, TYPES, Element
from udfs.functions import REGISTRY

OWN_SHEETS = ("xlwings.conf", "_xlwings.conf", "credit.conf", "_intellisense_")
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
# By the kind of relationship that leads to them, from the package or from its workbook.
LEFT_OUT = ("extensibility", "vbaProject", "calcChain")
# A result of an array stands in cells that have no formula themselves.
_CALCULATED = re.compile(rb"<(?:\w+:)?f\b|\bt=[\"']str[\"']")
_METADATA = re.compile(rb"<(?:\w+:)?c\s[^>]*\b[cv]m=")
_OUR_FUNCTION = re.compile(rf"(?i)(?<![\w.])(?:{'|'.join(REGISTRY)})\(")


def frozen(package: Package) -> Package:
    """The copy; the workbook itself is not changed."""
    copy = Package(dict(package.parts), package.path)
    with copy.understood():
        workbook = workbook_part(copy.parts)
        for part in copy.sheets.values():
            if _CALCULATED.search(copy.parts[part]):
                with copy.editing(part) as root:
                    _freeze_cells(root)
        for place in copy.tables.values():
            with copy.editing(place.part) as root:
                _freeze_table(root)
        with copy.editing(workbook) as root:
            for name in root.findall(f"{MAIN}definedNames/{MAIN}definedName"):
                if "1" in (name.get("function"), name.get("vbProcedure")) or _OUR_FUNCTION.search(name.text or ""):
                    remove_name(name)
        remove_sheets(copy, [sheet for sheet in copy.sheets if sheet.casefold() in OWN_SHEETS])
        _remove_kinds(copy, workbook)
        with copy.editing(CONTENT_TYPES) as types:
            _declare_xlsx(types, workbook)
    return copy


def _freeze_cells(sheet: Element) -> None:
    for cell in sheet.iter(CELL):
        formula = cell.find(FORMULA)
        if formula is not None:
            cell.remove(formula)
            # They say that a formula spills, or which newer error it shows.
            for name in ("cm", "vm"):
                cell.attrib.pop(name, None)
        if cell.get("t") == "str":
            put_constant(cell, unescaped(cell.findtext(VALUE) or ""))


def _freeze_table(table: Element) -> None:
    for column in table.iter(f"{MAIN}tableColumn"):
        column.attrib.pop("totalsRowFunction", None)
        for name in ("calculatedColumnFormula", "totalsRowFormula"):
            for formula in column.findall(f"{MAIN}{name}"):
                column.remove(formula)


def _remove_kinds(copy: Package, workbook: str) -> None:
    left_out = list(LEFT_OUT)
    if not any(_METADATA.search(copy.parts[part]) for part in copy.sheets.values()):
        left_out.append("sheetMetadata")
    for found in (*relations(copy.parts, ""), *relations(copy.parts, workbook)):
        if found.kind in left_out:
            remove_part(copy.parts, found.target)


def _declare_xlsx(types: Element, workbook: str) -> None:
    for found in types.findall(f"{TYPES}Override"):
        if found.get("PartName", "").lstrip("/") == workbook:
            found.set("ContentType", XLSX)
    for found in types.findall(f"{TYPES}Default"):
        if "vbaProject" in found.get("ContentType", ""):
            types.remove(found)
