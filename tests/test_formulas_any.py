"""Whatever stands in the cells and formulas of a workbook, it is calculated: no formula stops the others."""

from __future__ import annotations

import math
from xml.sax.saxutils import escape

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from addin.formulas import recalculate
from addin.ooxml.cells import set_value
from addin.ooxml.package import Package
from addin.ooxml.reference import reference
from addin.ooxml.values import ExcelError
from tests.formula_books import Drawn, cell

pytestmark = pytest.mark.fuzz

FORMULA_CELLS = [(row, column) for row in (1, 4, 7) for column in (6, 8, 10)]
FUNCTIONS = (
    "SUM", "IF", "IFERROR", "INDEX", "MATCH", "COUNTIF", "ROWS", "AND", "LEFT", "ROUND", "XLOOKUP", "FILTER", "SORT",
    "UNIQUE", "SEQUENCE", "LET", "LAMBDA", "OFFSET", "SUMPRODUCT", "VSTACK", "CONCAT", "SUBTOTAL", "MyFunction",
    "CREDIT_BOOK", "CREDIT_LIMIT", "AGEING", "LIMIT_NEED", "DUE_DATE", "CREDIT_WHY", "_xlfn.ANCHORARRAY",
    "_xlfn.SINGLE", "_xlfn._xlws.SORT")
OPERANDS = (
    "A1", "$B$2", "A1:C3", "F1", "H4", "F1:J9", "D:D", "3:3", "'Été d''Or'!A1", "Nowhere!A1", "T[a]", "T[@a]", "T[zz]",
    "T[[#Headers],[#Data],[a]:[b]]", "AsOf", "Nobody", "[1]S!A1", "A1#", "1", "-2.5", "1E+300", '"a"', '""', "TRUE",
    '"é\'[x]""("', "#N/A", "{1,2;3,4}", "46346", "_xlpm.x", "1048576:1048576", "XFD1")
leaves = st.sampled_from(OPERANDS)


def grown(inner):
    call = st.builds(lambda name, given: f"{name}({','.join(given)})", st.sampled_from(FUNCTIONS),
                     st.lists(inner | st.just(""), max_size=4))
    pair = st.builds(lambda left, sign, right: f"{left}{sign}{right}", inner,
                     st.sampled_from([*"+-*/^&=<:, ", ">=", "<>"]), inner)
    return call | pair | inner.map(lambda text: f"({text})") | inner.map(lambda text: f"-{text}%")


junk = st.text(st.sampled_from("()[]{}'\"!#@,;:&+ =AT1é$.\n"), max_size=12)
formulas = st.recursive(leaves, grown, max_leaves=6) | junk
known = ["=1+1", "C001", "46346", " ", "'", "#N/A", ExcelError("#N/A"), ExcelError("#DIV/0!"), 46346.0, 1e308]
values = st.one_of(st.none(), st.booleans(), st.floats(allow_nan=False, allow_infinity=False), st.text(max_size=6),
                   st.sampled_from(known))
ALL = {"min_size": len(FORMULA_CELLS), "max_size": len(FORMULA_CELLS)}


@pytest.fixture(scope="module")
def template(tmp_path_factory):
    """Two sheets, a table, a name, and formula cells whose text is still to come."""
    drawn = Drawn(tmp_path_factory.mktemp("any") / "book.xlsx")
    drawn.table("S", "A1", "T", [["a", "b"], [1, 2], [3, 4]])
    drawn.sheet("Été d'Or", {"A1": 46346})
    drawn.name("AsOf", "='Été d''Or'!$A$1")
    for number, (row, column) in enumerate(FORMULA_CELLS):
        place = reference(row, column)
        if number % 2:
            drawn.sheet("S", arrays={place: f"=999{number}"})
        else:
            drawn.sheet("S", {place: f"=999{number}"})
    return drawn.package()


def filled(template, texts, cells):
    package = Package(dict(template.parts), template.path)
    part = package.sheets["S"]
    for number, text in enumerate(texts):
        package.parts[part] = package.parts[part].replace(f">999{number}<".encode(), f">{escape(text)}<".encode())
    for number, value in enumerate(cells):
        set_value(package, "S", reference(2 + number // 4, 1 + number % 4), value)
    return package


@given(st.lists(formulas, **ALL), st.lists(values, max_size=16))
@example(["1", "IF({1,2;3,4},I2,1)", "H7", "F1#", "SUM(F1:J9)", "CREDIT_BOOK(A1,T)", "1/0", "A1:C3", "("], [])
def test_any_formulas_and_any_cells(template, texts, cells):
    package = filled(template, texts, cells)
    left = recalculate(package)
    assert len(set(left)) == len(left)
    for row, column in FORMULA_CELLS:
        found = cell(package, "S", reference(row, column))
        if f"S!{reference(row, column)}" not in left:
            assert isinstance(found, str | bool) or math.isfinite(found)
    once = dict(package.parts)
    assert recalculate(package) == left
    assert package.parts == once
