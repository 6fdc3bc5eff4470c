"""A workbook on disk is calculated without Excel: native formulas, tables, names, spills, and what cannot be."""

import datetime as dt

import pytest

from addin.formulas import recalculate
from addin.ooxml.cells import set_value
from addin.ooxml.values import ExcelError
from tests.formula_books import Drawn, calculated, cell


@pytest.fixture
def drawn(tmp_path):
    return Drawn(tmp_path / "book.xlsx")


def column(package, sheet, first, last, at=1):
    return [row[0] for row in package.rows(sheet, first, at, last, at)]


def test_a_table_is_summed_searched_and_counted(drawn):
    drawn.table("Invoices", "A3", "Invoices", [
        ["client", "invoice", "amount"], ["C1", "F1", 1200.5], ["C2", "F2", 600], ["C1", "F3", 99.25]])
    drawn.sheet("Home", {
        "A1": "=SUM(Invoices[amount])", "A2": "=INDEX(Invoices[invoice],MATCH(600,Invoices[amount],0))",
        "A3": '=COUNTIF(Invoices[client],"C1")', "A4": "=ROWS(Invoices[[#Headers],[#Data],[client]:[amount]])",
        "A5": '=IFERROR(INDEX(Invoices[amount],MATCH("F9",Invoices[invoice],0)),"none")', "A6": "=AND(A1>0,A3=2)",
        "A7": "=Invoices!Z99", "A8": '=""', "A9": "=DATE(2026,11,20)+TIME(6,0,0)", "A10": '=IF(A8="","empty","full")',
        "A11": "=TIME(6,0,0)"}, {"B11": "=TIME(6,0,0)"})
    package = calculated(drawn)
    assert cell(package, "Home", "B11") == 0.25
    assert column(package, "Home", 1, 11) == [
        1899.75, "F2", 2.0, 4.0, "none", True, 0.0, "", 46346.25, "empty", 0.25]


def test_names_and_sheets_with_accents_blanks_and_apostrophes(drawn):
    drawn.sheet("Été d'Or (1)", {"B2": dt.date(2026, 11, 20), "B3": "='Été d''Or (1)'!B2+1"})
    drawn.table("Pièces reçues", "C5", "Échéancier", [
        ["Échéance [jours]", "Montant 'net'", "n° #"], [30, 10.0, 1], [60, 20.0, 2]])
    drawn.name("DateArrêtée", "='Été d''Or (1)'!$B$2")
    drawn.name("Montants", "=Échéancier[[#Data],[Échéance '[jours']]:[Montant ''net'']]")
    drawn.sheet("Accueil", {
        "A1": "=DateArrêtée+7", "A2": "=SUM(Montants)", "A3": "=SUM(Échéancier[n° '#])",
        "A4": '="Échéancier[x] DateArrêtée "&\'Été d\'\'Or (1)\'!B3', "A5": "=sum(montants)+ROWS(échéancier)"})
    assert column(calculated(drawn), "Accueil", 1, 5) == [
        46353.0, 120.0, 3.0, "Échéancier[x] DateArrêtée 46347", 122.0]


def test_errors_are_true_errors_and_a_text_that_looks_like_one_is_none(drawn):
    drawn.sheet("S", {"A1": 0, "A2": "#N/A", "A3": "=1+1", "B1": "=1/A1", "B2": "=A2", "B3": "=NA()", "B4": "=B1+1",
                      "B5": "=ISERROR(A2)", "B6": "=SQRT(-1)", "B7": "=LEN(C1)", "C1": "plus"})
    drawn.sheets["S"].write_string("C1", "=1+1")
    found = column(calculated(drawn), "S", 1, 7, 2)
    assert found == ["#DIV/0!", "#N/A", "#N/A", "#DIV/0!", False, "#NUM!", 4.0]
    assert [isinstance(value, ExcelError) for value in found] == [True, False, True, True, False, True, False]


def test_stray_cells_far_away_do_not_fill_what_lies_between(drawn):
    drawn.sheet("S", {"A1": 1, "ZZ1": 2, "C900000": 3, "ZZ900000": 4, "B1": "=A1+ZZ1+C900000+ZZ900000"})
    assert cell(calculated(drawn), "S", "B1") == 10.0


def test_half_a_character_stops_nothing(drawn):
    drawn.sheet("S", {"A1": "half", "A2": "été", "B1": "=LEN(A1)", "B2": '=A2&"!"'})
    package = drawn.package()
    package.parts["xl/sharedStrings.xml"] = package.parts["xl/sharedStrings.xml"].replace(b">half<", b">a_xD800_<")
    assert recalculate(package) == []
    assert column(package, "S", 1, 2, 2) == [2.0, "été!"]


def test_a_spill_grows_and_shrinks_and_what_reads_it_follows(drawn):
    drawn.sheet("S", {"A1": 3, "E1": "=SUM(C1:C9)", "E2": "=ROWS(_xlfn.ANCHORARRAY(C1))", "A9": "left", "G9": "right"},
                {"C1": "=SEQUENCE(A1)*10"})
    package = calculated(drawn)
    for height, total in ((3, 60.0), (5, 150.0), (1, 10.0), (2, 30.0)):
        set_value(package, "S", "A1", height)
        assert recalculate(package) == []
        assert column(package, "S", 1, 6, 3) == [10.0 * (row + 1) if row < height else None for row in range(6)]
        assert (cell(package, "S", "E1"), cell(package, "S", "E2")) == (total, height)


def test_a_spill_never_writes_over_what_a_user_typed(drawn):
    drawn.sheet("S", {"C3": "mine"}, {"C1": "=SEQUENCE(4)"})
    package = calculated(drawn)
    assert isinstance(cell(package, "S", "C1"), ExcelError)
    assert column(package, "S", 2, 4, 3) == [None, "mine", None]


def test_empty_cells_of_a_spilled_range_are_0_as_in_excel(drawn):
    drawn.sheet("S", {"A1": "a", "A3": True}, {"C1": "=A1:A3"})
    assert column(calculated(drawn), "S", 1, 3, 3) == ["a", 0.0, True]


def test_an_old_formula_takes_the_cell_of_its_row_and_never_spills(drawn):
    drawn.sheet("S", {"A1": 1, "A2": 2, "A3": 3, "C2": "=A1:A3", "C5": "=A1:A3", "D2": "=INDEX(A1:A3,0)"})
    package = calculated(drawn)
    assert column(package, "S", 1, 3, 3) == [None, 2.0, None]
    assert cell(package, "S", "C5") == "#VALUE!"
    assert column(package, "S", 1, 3, 4) == [None, 2.0, None]


def test_an_array_formula_of_one_cell_is_calculated_as_an_array(drawn):
    drawn.sheet("S", {"A1": 2, "A2": 3}).write_array_formula("C9:C9", "{=SUM(A1:A2*A1:A2)}")
    assert cell(calculated(drawn), "S", "C9") == 13.0


def test_a_formula_that_was_filled_down_is_stored_once_and_calculated_in_every_row(drawn):
    drawn.sheet("S", {"A1": 1, "A2": 2, "A3": 3, "B1": "=A1*$A$3", "B2": "=0", "B3": "=0"})
    package = drawn.package()
    sheet = package.parts["xl/worksheets/sheet1.xml"]
    sheet = sheet.replace(b"<f>A1*$A$3</f>", b'<f t="shared" ref="B1:B3" si="0">A1*$A$3</f>')
    package.parts["xl/worksheets/sheet1.xml"] = sheet.replace(b"<f>0</f>", b'<f t="shared" si="0"/>')
    assert recalculate(package) == []
    assert column(package, "S", 1, 3, 2) == [3.0, 6.0, 9.0]


@pytest.mark.parametrize("formula", [
    "=MyOwnFunction(A1)",                 # a function of the user's
    "=IFERROR(MyOwnFunction(A1),5)",      # which must not look like an error that was caught
    "=[1]Budget!$A$1",                    # another workbook
    "=SUM(A1:A3 A2:C2)",                  # an intersection
    "=NoSuchName*2",
    '=TEXT(A1,"jj/mm/aaaa")',             # depends on the language of Windows
    "=_xlfn.LAMBDA(_xlpm.x,_xlpm.x+1)(2)",
    '=INDIRECT("Invoices[amount]")',
    "=A1+",
])
def test_a_formula_that_we_cannot_calculate_keeps_its_value_and_is_told(drawn, formula):
    drawn.sheet("Mine", {"A1": 2, "D1": "=C1*2"}).write_formula("C1", formula, None, 21)
    package = drawn.package()
    assert recalculate(package) == ["Mine!C1"]
    assert (cell(package, "Mine", "C1"), cell(package, "Mine", "D1")) == (21.0, 42.0)


def test_a_spill_that_we_cannot_calculate_keeps_all_its_cells(drawn):
    sheet = drawn.sheet("S", {"D1": "=SUM(B1:B9)"})
    sheet.write_dynamic_array_formula("B1:B2", "=MyList()", None, 7)
    sheet.write("B2", 8)
    package = drawn.package()
    assert recalculate(package) == ["S!B1"]
    assert (column(package, "S", 1, 2, 2), cell(package, "S", "D1")) == ([7.0, 8.0], 15.0)


def test_a_circle_keeps_its_values_and_is_told(drawn):
    sheet = drawn.sheet("S", {"A5": "=IF(TRUE,1,A6)", "A6": "=A5+1", "A10": 1, "B3": 1})
    cached = {"A1": ("=A2+1", 10), "A2": ("=A1+1", 20), "A4": ("=A1*2", 20), "A9": ("=SUM(A8:A9)", 7)}
    for name, (formula, value) in cached.items():
        sheet.write_formula(name, formula, None, value)
    package = drawn.package()
    assert recalculate(package) == ["S!A1", "S!A2", "S!A4", "S!A9"]
    assert column(package, "S", 1, 9) == [10.0, 20.0, None, 20.0, 1.0, 2.0, None, None, 7.0]


def test_a_spill_that_falls_on_what_it_reads_is_told_and_stops_nothing_else(drawn):
    drawn.sheet("S", {"A1": 4, "C1": "=A1*2"}, {"E5": "=IF({1,2;3,4},F6,A1)"})
    package = drawn.package()
    assert recalculate(package) == ["S!E5"]
    assert cell(package, "S", "C1") == 8.0


def test_sums_of_what_a_filter_shows_are_left_to_excel(drawn):
    drawn.table("Filtered", "A1", "Filtered", [["amount"], [1], [2]])
    drawn.table("Whole", "A1", "Whole", [["amount"], [1], [2]])
    drawn.sheets["Filtered"].set_row(1, None, None, {"hidden": True})
    drawn.sheet("S").write_formula("A1", "=SUBTOTAL(109,Filtered[amount])", None, 2)
    drawn.sheet("S", {"A2": "=SUBTOTAL(109,Whole[amount])", "A3": "=SUM(Filtered[amount])"})
    package = drawn.package()
    assert recalculate(package) == ["S!A1"]
    assert column(package, "S", 1, 3) == [2.0, 3.0, 3.0]


def test_a_name_of_one_sheet_hides_that_of_the_workbook_there(drawn):
    for sheet, rate in (("Mine", 3), ("Copy", 5)):
        drawn.sheet(sheet, {"A1": rate, "A2": "=Rate*10"})
    drawn.name("Rate", "=Mine!$A$1")
    drawn.name("Copy!Rate", "=Copy!$A$1")
    package = calculated(drawn)
    assert (cell(package, "Mine", "A2"), cell(package, "Copy", "A2")) == (30.0, 50.0)


def test_names_that_stand_for_names_end(drawn):
    drawn.name("Loop", "=Loop+1")
    drawn.name("Wide0", "=1")
    drawn.name("Deep0", "=1")
    for level in range(18):
        drawn.name(f"Wide{level + 1}", "=" + "+".join([f"Wide{level}"] * 10))
    for level in range(600):
        drawn.name(f"Deep{level + 1}", f"=Deep{level}+1")
    drawn.sheet("S", {"A1": "=Loop", "A2": "=Wide18", "A3": "=Deep600", "A4": "=Wide2+Deep9"})
    package = drawn.package()
    assert recalculate(package) == ["S!A1", "S!A2", "S!A3"]
    assert cell(package, "S", "A4") == 110.0


def test_today_is_today(drawn):
    drawn.sheet("S", {"A1": "=TODAY()"})
    before = dt.date.today()
    serial = cell(calculated(drawn), "S", "A1")
    assert serial in ((day - dt.date(1899, 12, 30)).days for day in (before, dt.date.today()))


def test_what_did_not_change_is_not_written(drawn):
    """Neither are Excel's own digits: 1/3 has sixteen there and ten where we write it."""
    sheet = drawn.sheet("S", {"A1": 1, "B7": "mine"})
    for name, formula, value in (("A2", "=A1/3", 0.33333333333333331), ("A3", '="x"', "x"), ("A4", "=NA()", "#N/A")):
        sheet.write_formula(name, formula, None, value)
    sheet.write_dynamic_array_formula("B6:B6", "=SEQUENCE(3)", None, "#VALUE!")
    package = drawn.package()
    part = package.sheets["S"]
    # Written as no library of ours would write it, so that a rewritten sheet shows.
    package.parts[part] = package.parts[part].replace(b'cm="1" t="str"', b"cm='1' t='e'")
    before = dict(package.parts)
    assert recalculate(package) == []
    assert package.parts == before
    set_value(package, "S", "A1", 2)
    assert recalculate(package) == []
    assert cell(package, "S", "A2") == 0.6666666667


@pytest.mark.parametrize(("before", "after"), [(1, True), ("#N/A", ExcelError("#N/A")), (1.5, "1.5")])
def test_a_value_of_another_kind_is_another_value(drawn, before, after):
    drawn.sheet("S", {"A1": before, "B1": "=A1"})
    package = calculated(drawn)
    set_value(package, "S", "A1", after)
    assert recalculate(package) == []
    found = cell(package, "S", "B1")
    assert (type(found), found) == (type(after), after)
