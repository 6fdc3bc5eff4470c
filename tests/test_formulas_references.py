"""Names, tables and references of a formula as plain ranges; what the engine cannot answer as Excel is kept from it."""

import pytest

from addin.formulas.tokens import NotEvaluable
from addin.formulas.translation import Translation
from addin.formulas.workbook_formulas import Formula
from addin.ooxml.places import Place
from addin.ooxml.reference import Area

INVOICES = Place("Invoices", "Factures d'été", "x", 5, 2, 9, 5, ("client", "due date", "amount [€]", "n° #1'"), True)
EMPTY = Place("Empty", "Home", "x", 5, 2, 5, 2, ("due",), False)
SHEETS = ("Home", "Factures d'été", "Client card")
NAMES = {("", "AsOf"): "Home!$C$3", ("", "InvoicesInput"): "Invoices[[#Headers],[#Data],[client]:[amount '[€']]]",
         ("", "VatRate"): "0.2", ("", "Net"): "AsOf-1", ("", "Above"): "Home!B1", ("Home", "Local"): "Home!$D$4",
         ("", "Area"): "Home!$A$1:$A$3,Home!$C$1:$C$3", ("", "Self"): "Self+1"}


def translated(text, sheet="Home", row=7, column=3, kind="spill", moved=(0, 0), filtered=()):
    translation = Translation(SHEETS, {"Invoices": INVOICES, "Empty": EMPTY}, NAMES, filtered)
    return translation.of(Formula(sheet, row, column, text, kind, Area(row, column, row, column), moved))


@pytest.mark.parametrize(("written", "plain"), [
    ("Invoices[client]", "'Factures d''été'!$B$6:$B$9"),
    ("INVOICES[Due Date]", "'Factures d''été'!$C$6:$C$9"),
    ("Invoices", "'Factures d''été'!$B$6:$E$9"),
    ("Invoices[]", "'Factures d''été'!$B$6:$E$9"),
    ("Invoices[#All]", "'Factures d''été'!$B$5:$E$10"),
    ("Invoices[#Headers]", "'Factures d''été'!$B$5:$E$5"),
    ("Invoices[#Totals]", "'Factures d''été'!$B$10:$E$10"),
    ("Invoices[[#Totals],[amount '[€']]]", "'Factures d''été'!$D$10"),
    ("Invoices[[client]:[amount '[€']]]", "'Factures d''été'!$B$6:$D$9"),
    ("Invoices[[#Headers],[#Data],[client]:[n° '#1'']]", "'Factures d''été'!$B$5:$E$9"),
    ("Invoices[[#Data],[#Totals],[client]]", "'Factures d''été'!$B$6:$B$10"),
    ("InvoicesInput", "'Factures d''été'!$B$5:$D$9"),
    ("asof", "'Home'!$C$3"),
    ("VatRate*2", "0.2*2"),
    ("Net*2", "('Home'!$C$3-1)*2"),
    ("Local", "'Home'!$D$4"),
    ("SUM('client card'!a1:$b2,C:C,4:$5)", "SUM('Client card'!A1:$B2,'Home'!C:C,'Home'!4:$5)"),
    ('IF(A1="Invoices[client] & AsOf",\'Client card\'!B2,"")',
     "IF('Home'!A1=\"Invoices[client] & AsOf\",'Client card'!B2,\"\")"),
    ("_xlfn._xlws.SORT(_xlfn.UNIQUE(Invoices[client]))", "SORT(UNIQUE('Factures d''été'!$B$6:$B$9))"),
    ("_xlfn.LET(_xlpm.x,A1,_xlpm.x*2)", "LET(_xlpm.x,'Home'!A1,_xlpm.x*2)"),
    ("_xlfn.ANCHORARRAY(A6)", "ANCHORARRAY('Home'!A6)"),
    ("_xlfn.SINGLE(A1:A9)*2", "@('Home'!A1:A9)*2"),
    ("INDEX({1,2;3,4},2,1)", "INDEX({1,2;3,4},2,1)"),
])
def test_what_a_reference_means(written, plain):
    assert translated(written) == plain


def test_this_row_is_the_row_of_the_formula():
    for written in ("Invoices[[#This Row],[client]]", "Invoices[@client]"):
        assert translated(written, "Factures d'été", 8, 9) == "'Factures d''été'!$B$8"
        for row in (5, 10):
            with pytest.raises(NotEvaluable):
                translated(written, "Factures d'été", row, 9)


def test_a_formula_filled_down_moves_its_relative_references_only():
    assert translated("A1+$A1+A$1+$A$1+B:B+Invoices[client]", moved=(2, 3)) == (
        "'Home'!D3+'Home'!$A3+'Home'!D$1+'Home'!$A$1+'Home'!E:E+'Factures d''été'!$B$6:$B$9")
    with pytest.raises(NotEvaluable):
        translated("A1", moved=(-1, 0))


def test_a_relative_name_is_read_from_the_cell():
    """Written for A1 as "one to the right": in C7 it is D7."""
    assert translated("Above") == "'Home'!D7"


def test_only_a_dynamic_array_may_spill():
    assert translated("Invoices[client]", kind="plain") == "@('Factures d''été'!$B$6:$B$9)"
    assert translated("SUM(A1:A2*A1:A2)", kind="array") == "INDEX((SUM('Home'!A1:A2*'Home'!A1:A2)),1,1)"


@pytest.mark.parametrize("text", [
    "NoSuchName", "Self", "Area", "Invoices[colour]", "Invoices[[client],[amount '[€']]]", "Orders[client]",
    "[1]Home!A1", "'[other.xlsx]Home'!A1", "Nowhere!A1", "Home:Client!A1", "A1:A3 A2:C2", "(A1,B1)", "SUM((A1,B1))",
    "_xlfn.LAMBDA(_xlpm.x,_xlpm.x)(2)", "CUBEVALUE(A1)", "_xludf.SUM(1)", 'CELL("filename")', "FORMULATEXT(A1)",
    'TEXT(A1,"0")',
    "Invoices[[#Headers],[#Totals],[client]]", "Empty", "Empty[due]", "A1+", "SUM(A1", '"open', "#REF!A1", "",
])
def test_what_excel_alone_can_answer(text):
    with pytest.raises(NotEvaluable):
        translated(text)


def test_a_filter_matters_to_those_who_look_at_it_only():
    text = "SUBTOTAL(109,Invoices[amount '[€']])"
    assert translated(text) == "SUBTOTAL(109,'Factures d''été'!$D$6:$D$9)"
    assert translated(text, filtered={"Home"}) == "SUBTOTAL(109,'Factures d''été'!$D$6:$D$9)"
    with pytest.raises(NotEvaluable):
        translated(text, filtered={"Factures d'été"})


def test_credit_book_is_numbered_and_the_places_of_its_arguments_are_kept():
    translation = Translation(SHEETS, {"Invoices": INVOICES}, NAMES)
    cell = Area(1, 1, 1, 1)
    for text in ("CREDIT_BOOK(AsOf, InvoicesInput ,A9#)", 'IF(A1,credit_book("2026-11-20",Home!B2:C3),CREDIT_BOOK())'):
        written = translation.of(Formula("Home", 1, 1, text, "spill", cell))
    assert written == "IF('Home'!A1,CREDIT_BOOK(1,\"2026-11-20\",'Home'!B2:C3),CREDIT_BOOK(2))"
    assert translation.places == [
        (("Home", 3, 3), ("Factures d'été", 5, 2), ""), ("", ("Home", 2, 2)), ()]


def test_an_argument_left_out_is_an_empty_cell_for_our_functions_alone():
    assert translated("LIMIT_NEED(A1,,0.2,)").count("'!A1") == 3
    assert translated("IF(A1,,2)") == "IF('Home'!A1,,2)"
