"""*Self-test*: the cells of the workbook whose name begins with `test_` must all be TRUE."""

from __future__ import annotations

from addin.hosts import Host
from addin.ooxml.package import Package
from addin.ooxml.reference import place_of
from udfs.texts import say

PREFIX = "test_"
SHOWN_NAMES = 10


def self_test(host: Host) -> str:
    """Recalculate, and tell how many tests hold and which do not."""
    host.recalculate()
    host.show("self_test")
    return outcome(results(host.copy()), host.language)


def results(package: Package) -> dict[str, bool]:
    """Name of each test -> whether its cell is TRUE."""
    found = {}
    for name in package.names:
        if name.startswith(PREFIX):
            sheet, cell = package.cell_of(name)
            row, column = place_of(cell)
            found[name] = package.rows(sheet, row, column, row, column)[0][0] is True
    return found


def outcome(found: dict[str, bool], language: str) -> str:
    """The results in one sentence."""
    if not found:
        return say("macros.no_tests", language)
    false = [name.removeprefix(PREFIX) for name, holds in found.items() if not holds]
    if not false:
        return say("macros.tests_hold", language, count=len(found))
    names = ", ".join(false[:SHOWN_NAMES]) + (" …" if len(false) > SHOWN_NAMES else "")
    return say("macros.tests_fail", language, true=len(found) - len(false), total=len(found), names=names)
