"""A French tax return pasted as codes and amounts becomes the lines of the Accounts table."""

import math

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.liasse_firm import LINES, NORMAL, SIMPLIFIED, SIMPLIFIED_LINES
from udfs import reference
from udfs.errors import WrongArgument
from udfs.rating import liasse_boxes
from udfs.rating.liasse import read_return
from udfs.rating.liasse_boxes import box_of, columns, form_of, totals
from udfs.tables.schema import SCHEMA


def read(boxes, **changes):
    """A return with some boxes changed; None leaves a box out."""
    changed = {**boxes, **changes}
    return read_return([box for box, amount in changed.items() if amount is not None],
                       [amount for amount in changed.values() if amount is not None])


def known(found):
    return {name: value for name, value in found.lines.items() if not math.isnan(value)}


def told(found, language="en"):
    return [remark.sentence(language) for remark in found.remarks]


# Whole returns

def test_a_normal_return_gives_every_line_worked_out_by_hand():
    found = read(NORMAL)
    assert known(found) == LINES
    assert (found.forms, found.remarks) == ("2050", ())


def test_a_simplified_return_gives_every_line_but_the_unpaid_capital_that_it_does_not_show():
    found = read(SIMPLIFIED)
    assert known(found) == SIMPLIFIED_LINES
    assert (found.forms, found.remarks) == ("2033", ())
    assert math.isnan(found.lines["unpaid_capital"])


def test_every_amount_column_of_accounts_is_fed_by_the_normal_forms():
    amounts = {name for name, spec in SCHEMA["Accounts"].items() if spec.type == "amount"}
    assert set(columns()) == amounts
    assert {name for name, boxes in columns().items() if "2033" not in boxes} == {"unpaid_capital"}


def test_every_box_of_a_total_is_a_box_of_a_form():
    boxes = set(form_of())
    assert all({total, *(part.name for part in parts)} <= boxes for total, parts, _ in totals())


# What is left out

def test_boxes_left_out_are_nothing_where_the_totals_tie_without_them():
    """No depreciation at all: CO = EE shows that 1A is empty, hence BK, and every box of it."""
    found = read_return(["CO", "EE", "AH", "BJ", "CF", "CJ"], [90, 90, 40, 40, 50, 50])
    assert known(found) == {"total_assets": 90, "fixed_assets": 40, "intangibles": 40, "cash": 50,
                            "current_assets": 50, "receivables": 0, "stocks": 0, "unpaid_capital": 0}


def test_without_the_totals_a_box_left_out_is_not_taken_for_nothing():
    found = read_return(["AH", "FL", "FY", "DL"], [40_000, 500_000, 90_000, 60_000])
    assert known(found) == {"turnover": 500_000, "equity": 60_000}
    assert told(found)[0] == (
        "Intangible assets: not known, as these boxes are not given and no total shows that they are empty: "
        "AB, AC, CX, CQ, AF, AG, AI, AJ, AK, AL, AM. Write 0 in those that are.")


def test_an_amount_that_breaks_its_total_is_told_and_what_rests_on_it_is_not_guessed():
    found = read(NORMAL, FY=202_000)
    assert told(found)[0] == ("Box GF says €986,000.00, but FS + FT + FU + FV + FW + FX + FY + FZ + GA + GC + GD + GE "
                              "makes €968,000.00: an amount is wrong, or one of these boxes is missing: GB.")
    assert math.isnan(found.lines["depreciation"])
    assert found.lines["personnel"] == 292_000


def test_assets_that_are_not_the_liabilities_are_told():
    found = read(NORMAL, **{"1A": 140_000, "BK": 123_000, "AS": 84_000})
    assert told(found) == ["The balance sheet does not tie: liabilities (EE) are €554,000.00, assets (CO - 1A) are "
                           "€560,000.00. Check both totals."]
    assert told(found, "fr") == [
        "Le bilan n’est pas équilibré : le passif (EE) est de 554\u202f000,00\xa0€, l’actif (CO - 1A) de "
        "560\u202f000,00\xa0€. Vérifiez les deux totaux."]


def test_a_result_that_is_not_that_of_the_balance_sheet_is_told():
    found = read(NORMAL, DI=24_000, DG=41_000)
    assert told(found) == ["Box HN says €25,000.00, but DI makes €24,000.00. Check these boxes."]


def test_boxes_rounded_to_the_euro_still_tie():
    assert read(NORMAL, BX=240_001, BL=55_001).remarks == ()


def test_an_empty_difference_says_nothing_of_its_parts():
    """GG = 0 is FR - GF, and neither is known."""
    assert known(read_return(["GG", "FL"], [0, 100])) == {"ebit": 0, "turnover": 100}


@settings(max_examples=60)
@given(st.sets(st.sampled_from(sorted(NORMAL.keys() - {"FT"}))))
def test_a_line_is_right_or_missing_whatever_is_left_out(left_out):
    """Leaving filled boxes out never gives another amount.

    FT is kept: it is -10,000, as much as FV + GD + GE, and no total could see that these four are gone together.
    """
    found = read_return([box for box in NORMAL if box not in left_out] or ["DL"],
                        [amount for box, amount in NORMAL.items() if box not in left_out] or [170_000])
    assert known(found).items() <= LINES.items()


@given(st.permutations(sorted(SIMPLIFIED)), st.integers(1, 1000))
def test_order_does_not_matter_and_lines_grow_with_the_boxes(order, factor):
    found = read_return(order, [SIMPLIFIED[box] * factor for box in order])
    assert known(found) == {name: value * factor for name, value in SIMPLIFIED_LINES.items()}


# Codes and amounts as people paste them

@pytest.mark.parametrize(("cell", "box"), [
    ("DL", "DL"), ("dl ", "DL"), ("2051 DL", "DL"), ("2051-SD DL", "DL"), ("2051/DL", "DL"), ("2051DL", "DL"),
    (142, "142"), (142.0, "142"), ("142", "142"), (10, "010"), ("010", "010"), ("2033-A 142", "142"),
    ("2033A-SD 142", "142"), ("2033-B: 310", "310"), ("1A", "1A"), ("\u200bFL", "FL"),
    ("2050 DL", ""), ("2033 DL", ""), ("2051 142", ""), ("ZZ", ""), ("999", ""), (142.5, ""), ("D L", ""), (True, ""),
    ("Total", ""), ("", ""), (None, ""), (float("nan"), ""), (10**400, ""), ([1], ""),
])
def test_codes_are_read_as_they_are_written(cell, box):
    assert box_of(cell) == box


def test_amounts_are_read_as_people_write_them():
    found = read_return(["DL", "FL", "HN", "GG"], ["1 234,50 €", "2.500.000,00", "(12 000)", "7,5-"])
    assert known(found) == {"equity": 1234.5, "turnover": 2_500_000, "net_income": -12_000, "ebit": -7.5}


def test_headings_and_empty_rows_pass_and_what_is_not_read_is_told():
    found = read_return(["Code", "", "DL", "KB", "FL", None, "Effectif"],
                        ["Montant", None, 100, 12, "12O 000", 7, 15])
    assert known(found) == {"equity": 100}
    assert told(found) == [
        'Box FL: "12O 000" is not an amount. The box is taken as not given; correct it.',
        "3 rows not read, as they are no boxes of forms 2050 to 2053 or 2033-A and 2033-B: KB, 7, Effectif."]
    assert told(found, "fr")[1].startswith("3 lignes non lues")


def test_a_lone_sign_before_three_digits_is_thousands_and_this_is_told():
    found = read_return(["DL"], ["1.234"])
    assert found.lines["equity"] == 1234
    assert told(found)[0].startswith('"1.234" is read as thousands')


def test_the_same_box_twice_with_one_amount_is_no_fault():
    assert read_return(["DL", "2051 DL"], [100, "100,00"]).lines["equity"] == 100


@pytest.mark.parametrize(("codes", "amounts", "sentence"), [
    (["DL", "142"], [1, 1], "DL (2051) and 142 (2033-A) belong to two different returns: a firm files either forms "
     "2050 to 2053 or form 2033. Paste one of them."),
    (["DL", "dl"], [100, 90], "Box DL stands twice, with 100 and 90. Keep the amount of the year wanted."),
    (["Total", "x"], [1, 2], "No code is a box of forms 2050 to 2053 or 2033-A and 2033-B. Give their two letters (DL) "
     "or three digits (142), each with its amount."),
    ([], [], "No code is a box of forms"),
    (["DL"], [1, 2], "Codes: 1, amounts: 2. Give two columns of the same length"),
])
def test_what_cannot_be_a_return_is_refused_with_a_sentence(codes, amounts, sentence):
    with pytest.raises(WrongArgument) as refusal:
        read_return(codes, amounts)
    assert refusal.value.sentence("en").startswith(sentence)
    assert refusal.value.sentence("fr") != refusal.value.sentence("en")


@given(st.lists(st.tuples(st.one_of(st.text(max_size=8), st.floats(), st.integers(), st.none(),
                                    st.sampled_from(sorted(form_of()))),
                          st.one_of(st.floats(), st.integers(), st.text(max_size=12), st.none())), max_size=12))
def test_no_input_crashes(pairs):
    try:
        sentences = told(read_return([code for code, _ in pairs], [amount for _, amount in pairs], 2026), "fr")
    except WrongArgument as refusal:
        sentences = [refusal.sentence("fr")]
    assert all(sentences)


def test_a_box_of_other_years_is_not_on_the_form(monkeypatch):
    """A row of the table that ends in 2019 is no box of the form of 2026."""
    dated = tuple({**row, "to_year": "2019"} if row["box"] == "FO" else row for row in reference.rows("liasse"))
    monkeypatch.setattr(reference, "rows", lambda table: dated)
    for cached in (liasse_boxes.form_of, liasse_boxes.columns):
        cached.cache_clear()
    try:
        assert [box_of("FO", year) for year in (2019, 2020, None)] == ["FO", "", "FO"]
        assert ("FO", 1) not in columns(2026)["ebitda"]["2050"]
    finally:
        monkeypatch.undo()
        for cached in (liasse_boxes.form_of, liasse_boxes.columns):
            cached.cache_clear()
