"""The hidden sheet `credit.conf` of a workbook of ours: language, versions, when its values were calculated."""

from __future__ import annotations

from addin.ooxml.cells import set_value
from addin.ooxml.package import Package

CODENAME = "shCreditConf"
LAST_ROW = 200


def settings(package: Package) -> dict[str, str]:
    """Key -> value; empty for a workbook without the sheet."""
    return {key: value for key, (value, _) in _rows(package).items()}


def set_setting(package: Package, key: str, value: str) -> None:
    """Change the value of a key that the sheet has."""
    found = _rows(package).get(key)
    if found:
        set_value(package, package.codenames[CODENAME], f"B{found[1]}", value)


def _rows(package: Package) -> dict[str, tuple[str, int]]:
    sheet = package.codenames.get(CODENAME)
    if sheet is None:
        return {}
    rows = package.rows(sheet, 1, 1, LAST_ROW, 2)
    return {str(key): ("" if value is None else str(value), number)
            for number, (key, value) in enumerate(rows, start=1) if key is not None}
