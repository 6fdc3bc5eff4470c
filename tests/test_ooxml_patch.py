"""Cached values of formula cells: what each kind of formula shows, and what a spill may and may not do."""

from __future__ import annotations

import datetime as dt
import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from addin.ooxml.package import Package
from addin.ooxml.patch import patch_values
from addin.ooxml.values import ExcelError
from addin.readers.errors import InputRefused
from tests.ooxml_checks import cell_xml, errors, made, seen, unzipped

SHEET = "xl/worksheets/sheet1.xml"
LOST = ExcelError("#N/A")


def drawn(book):
    sheet = book.add_worksheet("Credit")
    bold, money = book.add_format({"bold": True}), book.add_format({"num_format": "0.00"})
    sheet.write_formula("A1", "=SUM(H1:H9)", bold, 0)
    sheet.write_dynamic_array_formula("B3:B3", "=CREDIT_TABLE(A1)", bold, 0)
    sheet.write_blank("C4", None, money)
    sheet.write_blank("D2", None, bold)
    sheet.write_dynamic_array_formula("H3:H3", "=AGEING(A1)", None, 0)
    sheet.write_dynamic_array_formula("G5:G5", "=ALERTS(A1)", None, 0)
    sheet.write("F9", "a note")
    sheet.conditional_format("A1:A9", {"type": "data_bar", "data_bar_2010": True})
    book.add_worksheet("Other").write_formula("A1", "=Credit!A1", None, 0)


@pytest.fixture
def path(tmp_path):
    return made(tmp_path / "book.xlsx", drawn)


def patched(path, values, sheet="Credit"):
    """The parts after a patch, which the validators must like."""
    package = Package.read(path)
    patch_values(package, {(sheet, cell): value for cell, value in values.items()})
    package.write(path)
    assert errors(path) == []
    return package.parts


@pytest.mark.parametrize(("value", "cell"), [
    (1234.5, '<c r="A1" s="1"><f>SUM(H1:H9)</f><v>1234.5</v></c>'),
    (2 / 3, '<c r="A1" s="1"><f>SUM(H1:H9)</f><v>0.6666666667</v></c>'),
    (0.1 + 0.2, '<c r="A1" s="1"><f>SUM(H1:H9)</f><v>0.3</v></c>'),
    (123_456_789.126, '<c r="A1" s="1"><f>SUM(H1:H9)</f><v>123456789.13</v></c>'),
    (1e-300, '<c r="A1" s="1"><f>SUM(H1:H9)</f><v>1e-300</v></c>'),
    (55_203_253_400_012, '<c r="A1" s="1"><f>SUM(H1:H9)</f><v>55203253400012</v></c>'),
    (-0.0, '<c r="A1" s="1"><f>SUM(H1:H9)</f><v>0</v></c>'),
    (True, '<c r="A1" s="1" t="b"><f>SUM(H1:H9)</f><v>1</v></c>'),
    (np.bool_(False), '<c r="A1" s="1" t="b"><f>SUM(H1:H9)</f><v>0</v></c>'),
    ("", '<c r="A1" s="1" t="str"><f>SUM(H1:H9)</f><v></v></c>'),
    (None, '<c r="A1" s="1" t="str"><f>SUM(H1:H9)</f><v></v></c>'),
    ("#N/A", '<c r="A1" s="1" t="str"><f>SUM(H1:H9)</f><v>#N/A</v></c>'),
    (LOST, '<c r="A1" s="1" t="e"><f>SUM(H1:H9)</f><v>#N/A</v></c>'),
    (math.nan, '<c r="A1" s="1" t="e"><f>SUM(H1:H9)</f><v>#NUM!</v></c>'),
    (dt.date(2026, 11, 20), '<c r="A1" s="1"><f>SUM(H1:H9)</f><v>46346</v></c>'),
    (np.datetime64("2026-11-20"), '<c r="A1" s="1"><f>SUM(H1:H9)</f><v>46346</v></c>'),
    ([["one", "two"], ["three", "four"]], '<c r="A1" s="1" t="str"><f>SUM(H1:H9)</f><v>one</v></c>'),
])
def test_a_formula_shows_one_value(path, value, cell):
    before = unzipped(path)
    parts = patched(path, {"A1": value})
    assert cell_xml(parts[SHEET], "A1") == cell
    assert {name for name in parts if parts[name] != before[name]} <= {SHEET}


def test_a_spill_is_written_whole(path):
    day = dt.date(2026, 11, 20)
    parts = patched(path, {"B3": [["client", "amount", "on"], ["C1", 12.5, day], ["C2", "", LOST]]})
    assert [row[1:4] for row in seen(path, "Credit")[2:5]] == [["client", "amount", "on"], ["C1", 12.5, 46346.0],
                                                              ["C2", "", ""]]
    assert cell_xml(parts[SHEET], "B3") == ('<c r="B3" s="1" cm="1" t="str"><f t="array" ref="B3:D5">'
                                           '_xlfn.CREDIT_TABLE(A1)</f><v>client</v></c>'.replace("_xlfn.", ""))
    assert cell_xml(parts[SHEET], "C3") == '<c r="C3" t="str"><v>amount</v></c>'
    # A cell that was there keeps its look; one below takes that of the row above.
    assert cell_xml(parts[SHEET], "C4") == '<c r="C4" s="2"><v>12.5</v></c>'
    assert cell_xml(parts[SHEET], "C5") == '<c r="C5" s="2" t="str"><v></v></c>'
    assert cell_xml(parts[SHEET], "B5") == '<c r="B5" s="1" t="str"><v>C2</v></c>'
    assert cell_xml(parts[SHEET], "D5") == '<c r="D5" t="e"><v>#N/A</v></c>'
    assert cell_xml(parts[SHEET], "D3") == '<c r="D3" t="str"><v>on</v></c>'
    assert b'<dimension ref="A1:H9"/>' in parts[SHEET]
    assert b'<dimension ref="A1:H14"/>' in patched(path, {"B3": [["a"]] * 12})[SHEET]


def test_a_smaller_spill_empties_what_it_leaves(path):
    patched(path, {"B3": [["a", 1], ["b", 2], ["c", 3]]})
    parts = patched(path, {"B3": [["a"], ["b"]]})
    assert 'ref="B3:B4"' in cell_xml(parts[SHEET], "B3")
    assert [row[1:3] for row in seen(path, "Credit")[2:5]] == [["a", ""], ["b", ""], ["", ""]]
    assert cell_xml(parts[SHEET], "C4") == '<c r="C4" s="2"/>'
    parts = patched(path, {"B3": 7})
    assert 'ref="B3">' in cell_xml(parts[SHEET], "B3")
    assert seen(path, "Credit")[3][1] == ""


def test_two_spills_may_change_places(path):
    patched(path, {"B3": [["a"] * 4], "H3": [[1]]})
    parts = patched(path, {"H3": [[1], [2]], "B3": [["a"] * 6]})
    assert 'ref="B3:G3"' in cell_xml(parts[SHEET], "B3")
    assert 'ref="H3:H4"' in cell_xml(parts[SHEET], "H3")


def test_a_formula_inside_what_was_a_spill_stays(path):
    """As another program may leave it."""
    package = Package.read(path)
    package.parts[SHEET] = package.parts[SHEET].replace(b'ref="B3"', b'ref="B3:H3"')
    patch_values(package, {("Credit", "B3"): 1})
    assert "AGEING" in cell_xml(package.parts[SHEET], "H3")


def test_two_spills_never_share_a_cell_even_an_empty_one(path):
    patched(path, {"H3": [["x"], [""], [""]]})
    parts = patched(path, {"G5": [["a", "b"]]})
    assert "#VALUE!" in cell_xml(parts[SHEET], "G5")
    assert 'ref="H3:H5"' in cell_xml(parts[SHEET], "H3")


def test_what_excel_kept_with_an_error_goes_with_it(path):
    package = Package.read(path)
    package.parts[SHEET] = package.parts[SHEET].replace(b'<c r="A1" s="1"', b'<c r="A1" s="1" vm="1"')
    patch_values(package, {("Credit", "A1"): 5})
    assert cell_xml(package.parts[SHEET], "A1") == '<c r="A1" s="1"><f>SUM(H1:H9)</f><v>5</v></c>'


@pytest.mark.parametrize("rows", [
    [["a"] * 5] * 7,  # F9 holds a note
    [["a"] * 7],  # H3 holds a formula
])
def test_a_spill_never_writes_over_what_stands_there(path, rows):
    patched(path, {"B3": [["x"], ["y"]]})
    parts = patched(path, {"B3": rows})
    assert cell_xml(parts[SHEET], "B3") == ('<c r="B3" s="1" cm="1" t="e"><f t="array" ref="B3">CREDIT_TABLE(A1)</f>'
                                           '<v>#VALUE!</v></c>')
    cells = seen(path, "Credit")
    assert [row[1] for row in cells[3:]] == [""] * 6
    assert cells[8][5] == "a note"


def test_a_spill_stops_before_merged_cells_tables_and_the_end_of_the_sheet(tmp_path):
    def fill(book):
        sheet = book.add_worksheet("S")
        for cell in ("A1", "A5", "E1", "XFD1"):
            sheet.write_dynamic_array_formula(f"{cell}:{cell}", "=SEQUENCE(4)", None, 0)
        sheet.merge_range("A3:B3", "")
        sheet.add_table("C3:D6", {"name": "T"})

    path = made(tmp_path / "book.xlsx", fill)
    column, row = [[1], [2], [3], [4]], [[1, 2, 3]]
    parts = patched(path, {"A1": column, "A5": row, "E1": column, "XFD1": row}, "S")
    assert ["#VALUE!" in cell_xml(parts[SHEET], cell) for cell in ("A1", "A5", "XFD1")] == [True] * 3
    assert 'ref="E1:E4"' in cell_xml(parts[SHEET], "E1")


def test_an_array_over_a_fixed_area_fills_it(tmp_path):
    def fill(book):
        book.add_worksheet("S").write_array_formula("A1:B3", "{=TRANSPOSE(F1:G2)}", None, 0)

    path = made(tmp_path / "book.xlsx", fill)
    parts = patched(path, {"A1": [[1, "x"], [2, "y"], [3, "z"], [4, "t"]]}, "S")
    assert seen(path, "S") == [[1.0, "x"], [2.0, "y"], [3.0, "z"]]
    assert 'ref="A1:B3"' in cell_xml(parts[SHEET], "A1")
    patched(path, {"A1": [[1, "x"]]}, "S")
    assert seen(path, "S") == [[1.0, "x"]] * 3
    parts = patched(path, {"A1": [[1], [2]]}, "S")
    assert [cell_xml(parts[SHEET], cell) for cell in ("B2", "B3")] == [
        '<c r="B2"><v>2</v></c>', '<c r="B3" t="e"><v>#N/A</v></c>']


@pytest.mark.parametrize("nothing", [[], [[]]])
def test_an_array_of_nothing_is_an_error(path, nothing):
    assert '<c r="B3" s="1" cm="1" t="e">' in cell_xml(patched(path, {"B3": nothing})[SHEET], "B3")


def test_rows_of_different_length_are_filled_up(path):
    patched(path, {"B3": [["a"], ["b", "c"]]})
    assert Package.read(path).rows("Credit", 3, 2, 4, 3) == [["a", "#N/A"], ["b", "c"]]


def test_several_sheets_at_once_and_names_in_any_case(path):
    package = Package.read(path)
    patch_values(package, {("credit", "a1"): 5, ("OTHER", "A1"): 6})
    assert package.rows("Credit", 1, 1, 1, 1) + package.rows("Other", 1, 1, 1, 1) == [[5.0], [6.0]]


@pytest.mark.parametrize("cell", ["F9", "Z99"])
def test_only_formulas_have_cached_values(path, cell):
    package = Package.read(path)
    before = dict(package.parts)
    with pytest.raises(InputRefused, match=f"the cell {cell} holds no formula"):
        patch_values(package, {("Credit", "A1"): 9, ("Credit", cell): 1})
    assert package.parts == before


def test_days_count_from_1904_where_the_workbook_does(tmp_path):
    path = made(tmp_path / "book.xlsx", drawn, date_1904=True)
    assert "<v>44884</v>" in cell_xml(patched(path, {"A1": dt.date(2026, 11, 20)})[SHEET], "A1")


def test_twice_the_same_values_give_the_same_bytes(path):
    values = {"B3": [["a", 1.23456789012345], ["b", ""]], "A1": 5}
    first = patched(path, values)
    assert patched(path, values) == first


@pytest.fixture(scope="module")
def good(tmp_path_factory):
    return made(tmp_path_factory.mktemp("good") / "good.xlsx", drawn).read_bytes()


CELL = (st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=9) | st.dates()
        | st.sampled_from([LOST, ExcelError("#CALC!")]))


@pytest.mark.fuzz
@given(spills=st.lists(st.lists(st.lists(CELL, max_size=8), max_size=9) | CELL, min_size=1, max_size=3))
def test_any_values_leave_the_other_cells_alone(good, spills):
    package = Package.of(good)
    for value in spills:
        patch_values(package, {("Credit", "B3"): value})
        package = Package.of(package.content())
    assert package.rows("Credit", 9, 6, 9, 6) == [["a note"]]
    assert "<f" in cell_xml(package.parts[SHEET], "H3")
    values = package.rows("Credit", 1, 1, 20, 9)
    assert all(isinstance(cell, float | str | bool | None) for row in values for cell in row)
