"""What no validator sees in a workbook, and Excel repairs or stumbles over: each fault as one sentence.

Of eighteen deliberate faults the Open XML SDK, openxml-audit, LibreOffice and openpyxl let these pass.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from posixpath import normpath

import formualizer
from lxml import etree
from pyopenvba import ExcelFile

MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
RELATION = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
NAME = re.compile(r"^[^\W\d][\w.]*$|^_xlnm\.\w+$")
CELL = re.compile(r"^([A-Z]{1,3})([1-9]\d*)$")
BUILT_IN_CALLBACKS = ("onAction", "onLoad", "getLabel", "getEnabled", "getItemCount", "getItemLabel")


def faults(workbook: bytes) -> list[str]:
    """Every structural fault of an .xlsx or .xlsm."""
    with zipfile.ZipFile(io.BytesIO(workbook)) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    return [*_sheets(parts), *_tables(parts), *_names(parts), *_ribbon(parts, workbook), *_codenames(parts, workbook)]


def sheet_parts(parts: Mapping[str, bytes]) -> dict[str, str]:
    """Sheet name -> part."""
    targets = _relations(parts, "xl/workbook.xml")
    root = etree.fromstring(parts["xl/workbook.xml"])
    return {sheet.get("name"): targets[sheet.get(RELATION)] for sheet in root.iter(f"{MAIN}sheet")}


def place(cell: str) -> tuple[int, int]:
    """Row and column of a cell such as B7, from 1."""
    letters, row = CELL.match(cell).groups()
    column = 0
    for letter in letters:
        column = column * 26 + ord(letter) - 64
    return int(row), column


def _relations(parts: Mapping[str, bytes], part: str) -> dict[str, str]:
    folder, _, name = part.rpartition("/")
    found = parts.get(f"{folder}/_rels/{name}.rels")
    if found is None:
        return {}
    return {one.get("Id"): one.get("Target").lstrip("/") if one.get("Target").startswith("/")
            else normpath(f"{folder}/{one.get('Target')}") for one in etree.fromstring(found)}


def _sheets(parts: Mapping[str, bytes]) -> Iterator[str]:
    """Rows and cells in order and once; formulas that can be read."""
    for name, part in sheet_parts(parts).items():
        last = (0, 0)
        for row in etree.fromstring(parts[part]).iter(f"{MAIN}row"):
            if int(row.get("r")) <= last[0]:
                yield f"{name}: row {row.get('r')} stands after row {last[0]}"
            last = (int(row.get("r")), 0)
            for cell in row.iter(f"{MAIN}c"):
                where = place(cell.get("r"))
                if where[0] != last[0] or where[1] <= last[1]:
                    yield f"{name}: cell {cell.get('r')} stands out of order"
                last = where
                formula = cell.find(f"{MAIN}f")
                if formula is not None and formula.text:
                    try:
                        formualizer.parse("=" + formula.text)
                    except Exception as error:  # each engine error is its own class
                        yield f"{name}: {cell.get('r')} holds a formula that cannot be read: {error}"


def _tables(parts: Mapping[str, bytes]) -> Iterator[str]:
    """Headings equal to the cells, columns counted, names and ids once, no overlap."""
    found = []
    for part in sheet_parts(parts).values():
        cells = None
        areas: list[tuple[int, int, int, int]] = []
        for target in _relations(parts, part).values():
            if not target.startswith("xl/tables/"):
                continue
            table = etree.fromstring(parts[target])
            cells = cells if cells is not None else _texts(parts, part)
            title = table.get("name")
            found.append((title.casefold(), table.get("id")))
            (top, left), (bottom, right) = map(place, table.get("ref").split(":"))
            columns = [column.get("name") for column in table.iter(f"{MAIN}tableColumn")]
            if len(columns) != right - left + 1 or int(table.find(f"{MAIN}tableColumns").get("count")) != len(columns):
                yield f"{title}: {len(columns)} columns are declared in {table.get('ref')}"
            for offset, column in enumerate(columns):
                if cells.get((top, left + offset)) != column:
                    yield f"{title}: column {column!r} has the heading {cells.get((top, left + offset))!r}"
            if bottom <= top:
                yield f"{title}: no row below the heading"
            if any(top <= b and t <= bottom and left <= r and lf <= right for t, lf, b, r in areas):
                yield f"{title}: overlaps another table"
            areas.append((top, left, bottom, right))
            filtered = table.find(f"{MAIN}autoFilter")
            if filtered is not None and filtered.get("ref").split(":")[0] != table.get("ref").split(":")[0]:
                yield f"{title}: the filter stands elsewhere"
    for kind, values in (("name", [one for one, _ in found]), ("id", [one for _, one in found])):
        yield from (f"table {kind} {value} is there {count} times"
                    for value, count in Counter(values).items() if count > 1)


def _texts(parts: Mapping[str, bytes], part: str) -> dict[tuple[int, int], str]:
    shared = []
    if "xl/sharedStrings.xml" in parts:
        shared = ["".join(text.text or "" for text in item.iter(f"{MAIN}t"))
                  for item in etree.fromstring(parts["xl/sharedStrings.xml"])]
    found = {}
    for cell in etree.fromstring(parts[part]).iter(f"{MAIN}c"):
        value = cell.find(f"{MAIN}v")
        if cell.get("t") == "s":
            found[place(cell.get("r"))] = shared[int(value.text)]
        elif cell.get("t") == "inlineStr":
            found[place(cell.get("r"))] = "".join(text.text or "" for text in cell.iter(f"{MAIN}t"))
    return found


def _names(parts: Mapping[str, bytes]) -> Iterator[str]:
    seen: Counter[tuple[str, str]] = Counter()
    sheets = {name.casefold() for name in sheet_parts(parts)}
    for name in etree.fromstring(parts["xl/workbook.xml"]).iter(f"{MAIN}definedName"):
        text = name.get("name")
        seen[text.casefold(), name.get("localSheetId") or ""] += 1
        if not NAME.match(text) or CELL.match(text.upper()):
            yield f"{text!r} is no defined name"
        for sheet in re.findall(r"'((?:[^']|'')+)'!", name.text or ""):
            if sheet.replace("''", "'").casefold() not in sheets:
                yield f"{text} points to the sheet {sheet}, which is not there"
    yield from (f"defined name {name} is there {count} times" for (name, _), count in seen.items() if count > 1)


def _ribbon(parts: Mapping[str, bytes], workbook: bytes) -> Iterator[str]:
    """Each id once, each callback a Sub of a standard module."""
    for part in (one for one in parts if one.startswith("customUI/") and one.endswith(".xml")):
        root = etree.fromstring(parts[part])
        ids = Counter(element.get("id") for element in root.iter() if element.get("id"))
        yield from (f"{part}: id {name} is there {count} times" for name, count in ids.items() if count > 1)
        source = "\n".join(text for _, text in modules(workbook))
        for element in root.iter():
            for callback in filter(None, map(element.get, BUILT_IN_CALLBACKS)):
                if not re.search(rf"(?im)^\s*(Public\s+)?Sub\s+{re.escape(callback)}\s*\(", source):
                    yield f"{part}: callback {callback} is no Sub"


def _codenames(parts: Mapping[str, bytes], workbook: bytes) -> Iterator[str]:
    """Every sheet's VBA name has its module, and the workbook's too."""
    if "xl/vbaProject.bin" not in parts:
        return
    known = {name for name, _ in modules(workbook)}
    roots = [etree.fromstring(parts[part]) for part in sheet_parts(parts).values()]
    wanted = [root.find(f"{MAIN}sheetPr") for root in roots]
    names = [one.get("codeName") for one in wanted if one is not None and one.get("codeName")]
    names.append(etree.fromstring(parts["xl/workbook.xml"]).find(f"{MAIN}workbookPr").get("codeName"))
    yield from (f"code name {name} has no module" for name in names if name not in known)


def modules(workbook: bytes | Path) -> list[tuple[str, str]]:
    """Name and source of every VBA module."""
    if isinstance(workbook, Path):
        workbook = workbook.read_bytes()
    with zipfile.ZipFile(io.BytesIO(workbook)) as package:
        if "xl/vbaProject.bin" not in package.namelist():
            return []
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "one.xlsm"
        path.write_bytes(workbook)
        with ExcelFile(path) as book:
            return [(module.name, module.source) for module in book.vba_project().modules]
