"""One constant cell: its value changes, its look stays."""

from __future__ import annotations

from typing import Any

from addin.ooxml.cell_values import FORMULA
from addin.ooxml.package import Package
from addin.ooxml.reference import Area, place_of, reference
from addin.ooxml.sheet import Sheet, put_constant
from addin.ooxml.values import plain
from addin.readers.errors import InputRefused


def set_value(package: Package, sheet: str, cell: str, value: Any) -> None:
    """Put a value in a cell, in place of what was there; dates become serials, None empties it."""
    row, column = place_of(cell)
    with package.editing(package.sheet_part(sheet)) as root:
        found = Sheet(root)
        element = found.made(row, column)
        formula = element.find(FORMULA)
        one = Area(row, column, row, column)
        if (formula is not None and formula.get("t") == "shared") or any(map(one.meets, found.arrays().values())):
            raise InputRefused.of("ooxml.shared_formula", package.path, cell=reference(row, column))
        put_constant(element, plain(value, package.since_1904))
        found.cover(one)
    if formula is not None:
        package.forget_calculation_order()
