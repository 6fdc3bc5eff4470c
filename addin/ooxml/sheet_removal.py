"""Sheets taken out of a workbook: the sheet, its names, its parts, and the place of the sheets behind it."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from lxml import etree

from addin.ooxml.cell_values import CELL, VALUE
from addin.ooxml.package import Package
from addin.ooxml.places import workbook_part
from addin.ooxml.relations import relations, remove_part
from addin.ooxml.xml import MAIN, Element, parsed

_TITLES = "{http://schemas.openxmlformats.org/officeDocument/2006/extended-properties}"


def remove_sheets(package: Package, names: Collection[str]) -> None:
    """Take sheets out; one that a chart or a rule of another sheet reads must stay, and so it does."""
    parts = {name: package.sheets[name] for name in names if name in package.sheets}
    gone = {name: part for name, part in parts.items() if not _is_read(package, name, parts.values())}
    if not gone:
        return
    with package.editing(workbook_part(package.parts)) as root:
        _take_out(root, set(gone))
    for part in gone.values():
        remove_part(package.parts, part)
    _forget_titles(package)
    _forget_texts(package)


def _is_read(package: Package, sheet: str, leaving: Collection[str]) -> bool:
    """Whether a part that stays names the sheet; the workbook's own names go with it, and texts are no formulas."""
    spellings = [f"{sheet}{end}".casefold().encode() for end in ("!", "'!", "&apos;!")]
    aside = {*leaving, workbook_part(package.parts),
             *(found.target for found in relations(package.parts, workbook_part(package.parts))
               if found.kind == "sharedStrings"), *(found.target for found in relations(package.parts, ""))}
    return any(spelling in content.lower() for part, content in package.parts.items()
               if part.endswith(".xml") and part not in aside for spelling in spellings)


def _take_out(workbook: Element, gone: set[str]) -> None:
    sheets = workbook.findall(f"{MAIN}sheets/{MAIN}sheet")
    kept = [place for place, sheet in enumerate(sheets) if sheet.get("name") not in gone]
    place_of = {old: new for new, old in enumerate(kept)}
    for place, sheet in enumerate(sheets):
        if place not in place_of:
            sheet.getparent().remove(sheet)
    shown = next((place for place in kept if sheets[place].get("state", "visible") == "visible"), kept[0])
    for view in workbook.iterfind(f"{MAIN}bookViews/{MAIN}workbookView"):
        for name in ("activeTab", "firstSheet"):
            if name in view.attrib:
                view.set(name, str(place_of.get(int(view.get(name, "0")), place_of[shown])))
    for name in workbook.findall(f"{MAIN}definedNames/{MAIN}definedName"):
        local = name.get("localSheetId")
        if (local is not None and int(local) not in place_of) or any(f"{one}!" in (name.text or "").replace("'", "")
                                                                     for one in gone):
            remove_name(name)
        elif local is not None:
            name.set("localSheetId", str(place_of[int(local)]))


def remove_name(name: Element) -> None:
    """Take out a defined name, and the list of names with the last one."""
    names: Any = name.getparent()
    names.remove(name)
    if not len(names):
        names.getparent().remove(names)


def _forget_titles(package: Package) -> None:
    """The properties may list the sheets; Excel writes the list anew when it saves."""
    for found in relations(package.parts, ""):
        if found.kind == "extended-properties" and found.target in package.parts:
            with package.editing(found.target) as root:
                for name in ("HeadingPairs", "TitlesOfParts"):
                    for element in root.findall(f"{_TITLES}{name}"):
                        root.remove(element)


def _forget_texts(package: Package) -> None:
    """The texts of the sheets that are gone; the others keep their place in the list."""
    for found in relations(package.parts, workbook_part(package.parts)):
        if found.kind == "sharedStrings" and found.target in package.parts:
            used = {cell.findtext(VALUE) for part in package.sheets.values()
                    for cell in parsed(package.parts[part]).iter(CELL) if cell.get("t") == "s"}
            with package.editing(found.target) as root:
                for place, text in enumerate(root.iterfind(f"{MAIN}si")):
                    if str(place) not in used:
                        text.clear()
                        etree.SubElement(text, f"{MAIN}t")
