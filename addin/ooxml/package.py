"""A workbook as its parts, in memory: what is where, what cells hold, and the way back to the file.

    package = Package.read(path)
    append_rows(package, "Letters", rows)
    package.write(path)
"""

from __future__ import annotations

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

from addin.ooxml import archive, places
from addin.ooxml.cell_values import read_cells, shared_strings
from addin.ooxml.places import Place
from addin.ooxml.reference import Area
from addin.ooxml.relations import relations, remove_part
from addin.ooxml.xml import MAIN, Element, parsed, written
from addin.ooxml.zip_file import Member, zipped
from addin.readers.errors import InputRefused
from addin.readers.parts import LARGEST_AREA

Found = TypeVar("Found")
# What the XML library and our own reading raise on parts that say nonsense; lxml's own error is a SyntaxError.
BROKEN = (SyntaxError, ValueError, KeyError, IndexError, TypeError, OverflowError, RecursionError, MemoryError)


class Package:
    """The parts of one workbook; `path` is where it came from and names it in refusals."""

    def __init__(self, parts: dict[str, bytes], path: Path) -> None:
        self.parts, self.path = parts, path
        self._shared: tuple[bytes, list[str]] = (b"", [])
        self._members: dict[str, Member] = {}

    @classmethod
    def read(cls, path: str | os.PathLike[str]) -> Package:
        """The workbook of a file (.xlsx or .xlsm); anything else is refused."""
        return cls.of(archive.read_file(Path(path)), path)

    @classmethod
    def of(cls, content: bytes, path: str | os.PathLike[str] = "workbook") -> Package:
        """The workbook of a file's content."""
        package = cls(archive.unpacked(content, Path(path)), Path(path))
        with package.understood("ooxml.not_a_workbook"):
            places.workbook_part(package.parts)
        with package.understood():
            sheets, *_ = package.sheets, package.codenames, package.tables, package.names
        if not sheets:
            raise InputRefused.of("ooxml.not_a_workbook", package.path)
        return package

    def content(self) -> bytes:
        """The file: the same on every machine but for the compression."""
        return zipped(self.parts, archive.in_order(self.parts), self._members)

    def write(self, path: str | os.PathLike[str]) -> None:
        """Put the workbook in the place of a file, or of none, whole or not at all."""
        archive.replace(Path(path), self.content())

    @property
    def sheets(self) -> dict[str, str]:
        """Sheet name -> part name, in the order of the tabs."""
        return places.sheets(self.parts)

    @property
    def codenames(self) -> dict[str, str]:
        """VBA name -> sheet name."""
        return places.codenames(self.parts)

    @property
    def tables(self) -> dict[str, Place]:
        """Table name -> its place."""
        return places.tables(self.parts)

    @property
    def names(self) -> dict[str, str]:
        """Defined names of the whole workbook -> their text, such as `Home!$C$3`."""
        return places.names(self.parts)

    @property
    def strings(self) -> list[str]:
        """The texts that cells share, read once."""
        workbook = places.workbook_part(self.parts)
        part = next((one.target for one in relations(self.parts, workbook) if one.kind == "sharedStrings"), "")
        content = self.parts.get(part, b"")
        if self._shared[0] is not content:
            self._shared = content, shared_strings(content)
        return self._shared[1]

    @property
    def since_1904(self) -> bool:
        """Whether days count from 1904, as in workbooks made on old Macs."""
        properties = parsed(self.parts[places.workbook_part(self.parts)]).find(f"{MAIN}workbookPr")
        return properties is not None and properties.get("date1904") in ("1", "true")

    def table(self, name: str) -> Place:
        """The place of a table, whatever the case of its letters; refused if there is none."""
        return self._found(self.tables, name, "ooxml.table_missing", table=name)

    def sheet_part(self, sheet: str) -> str:
        """The part of a sheet, whatever the case of its letters; refused if there is none."""
        return self._found(self.sheets, sheet, "ooxml.sheet_missing", sheet=sheet)

    def cell_of(self, name: str) -> tuple[str, str]:
        """Sheet and cell of a defined name that stands for one cell, such as ("Home", "C3")."""
        cell = places.one_cell(self._found(self.names, name, "ooxml.name_missing", name=name))
        if cell is None:
            raise InputRefused.of("ooxml.name_missing", self.path, name=name)
        return cell

    def rows(self, sheet: str, first_row: int, first_column: int, last_row: int, last_column: int) -> list[list[Any]]:
        """Values as the cells hold them: float, str, bool, None, ExcelError; of a formula its cached value."""
        area = Area(first_row, first_column, last_row, last_column)
        if area.size > LARGEST_AREA:
            raise InputRefused.of("readers.sheet_too_big", self.path, sheet=sheet)
        part = self.sheet_part(sheet)
        found: list[list[Any]] = [[None] * len(area.columns) for _ in area.rows]
        with self.understood():
            for row, column, value in read_cells(self.parts[part], area, self.strings):
                found[row - first_row][column - first_column] = value
        return found

    @contextmanager
    def editing(self, part: str) -> Iterator[Element]:
        """The root of a part to change; written back at the end, left alone if the change fails."""
        with self.understood():
            root = parsed(self.parts[part])
            yield root
            self.parts[part] = written(root)

    def forget_calculation_order(self) -> None:
        """Drop Excel's list of formula cells: one that names a cell without a formula has Excel repair the file."""
        for found in relations(self.parts, places.workbook_part(self.parts)):
            if found.kind == "calcChain":
                remove_part(self.parts, found.target)

    @contextmanager
    def understood(self, code: str = "readers.damaged") -> Iterator[None]:
        """Refuse the workbook where its parts say nonsense."""
        try:
            yield
        except InputRefused:
            raise
        except BROKEN as error:
            raise InputRefused.of(code, self.path) from error

    def _found(self, known: Mapping[str, Found], wanted: str, code: str, /, **values: str) -> Found:
        """Excel knows names whatever the case of their letters."""
        if wanted in known:
            return known[wanted]
        for name, found in known.items():
            if name.casefold() == wanted.casefold():
                return found
        raise InputRefused.of(code, self.path, **values)
