"""Which column of an Excel table a value belongs to, and which columns Excel fills by itself."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from addin.ooxml.package import Package
from addin.ooxml.places import Place
from addin.ooxml.values import unescaped
from addin.ooxml.xml import MAIN, Element
from addin.readers.errors import InputRefused
from udfs.tables.schema import SCHEMA, find_column, likeness, plain


def schema_name(table: str) -> str | None:
    """The table of the schema that an Excel table is, whatever the case of its letters."""
    return next((name for name in SCHEMA if name.casefold() == table.casefold()), None)


def placed(package: Package, place: Place, rows: Iterable[Mapping[str, Any]]) -> list[dict[int, Any]]:
    """The values of rows by their position in the table, from 0; a value that has no column is refused."""
    positions: dict[str, int | None] = {}
    found = []
    for row in rows:
        values = {}
        for key, value in row.items():
            if value is None or (isinstance(value, str) and not value):
                continue
            if key not in positions:
                positions[key] = position_of(place, key)
            position = positions[key]
            if position is None:
                raise InputRefused.of("ooxml.column_missing", package.path, table=place.name, column=key)
            values[position] = value
        found.append(values)
    return found


def position_of(place: Place, key: str) -> int | None:
    """The position of a column, by its very heading, by the schema's column it is, or by a heading much the same.

    >>> letters = Place("Letters", "Courriers", "", 1, 1, 9, 3, ("Date", "Client", "Mon suivi"), False)
    >>> [position_of(letters, key) for key in ("client", "Mon suivi", "mon  suivi", "amount")]
    [1, 2, 2, None]
    """
    if key in place.columns:
        return place.columns.index(key)
    table = schema_name(place.name)
    column = find_column(table, key) if table else None
    if table and column:
        found = [(likeness(column, header, table), position) for position, header in enumerate(place.columns)
                 if find_column(table, header) == column]
        if found:
            return min(found)[1]
    return next((position for position, header in enumerate(place.columns) if plain(header) == plain(key)), None)


def calculated(table: Element) -> dict[int, str]:
    """Position -> formula of the columns that Excel calculates in every row."""
    columns = table.iterfind(f"{MAIN}tableColumns/{MAIN}tableColumn")
    formulas = {position: column.findtext(f"{MAIN}calculatedColumnFormula") for position, column in enumerate(columns)}
    return {position: unescaped(formula) for position, formula in formulas.items() if formula}
