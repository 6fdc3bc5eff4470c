"""A French tax return pasted into the sheet becomes the lines of the table Accounts, and feeds the scores."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.liasse_firm import LINES, NORMAL, SIMPLIFIED, SIMPLIFIED_LINES
from udfs import ALTMAN_Z, CONAN_HOLDER, CREDIT_BOOK, LIASSE
from udfs.errors import CreditError, OutOfRange, WrongArgument
from udfs.tables.schema import SCHEMA

INVOICES = [["client", "invoice", "date", "amount"], ["C1", "F1", "2026-11-02", 1000.0]]


def pasted(boxes, **changes):
    return [[box, amount] for box, amount in (boxes | changes).items()]


@pytest.mark.parametrize(("boxes", "lines"), [(NORMAL, LINES), (SIMPLIFIED, SIMPLIFIED_LINES)])
def test_a_return_gives_the_lines_in_the_order_of_the_table(boxes, lines):
    heading, *rows = LIASSE(pasted(boxes), 2026)
    amounts = [spec for spec in SCHEMA["Accounts"].values() if spec.type == "amount"]
    assert heading == ["Line", "Amount"]
    assert [row[0] for row in rows] == [spec.label_en for spec in amounts]
    assert [row[1] for row in rows] == [lines.get(spec.name, "") for spec in amounts]


def test_in_french_as_its_accountant_reads_it():
    handle = CREDIT_BOOK("2026-11-20", INVOICES, [["key", "value"], ["language", "fr"]])
    heading, first, *_ = LIASSE(pasted(NORMAL), "", handle)
    assert (heading, first) == (["Rubrique", "Montant"], ["Chiffre d'affaires", 1_000_000])


def test_what_does_not_tie_stands_below():
    rows = LIASSE(pasted(NORMAL, DI=24_000, DG=41_000))
    assert rows[27] == ["Box HN says €25,000.00, but DI makes €24,000.00. Check these boxes.", ""]
    assert len(LIASSE(pasted(NORMAL))) == 27


def test_codes_amounts_and_labels_as_they_are_pasted():
    rows = LIASSE([["Code", "Libellé", "Montant"], ["2051 DL", "Capitaux propres", "170 000"],
                   ["fl", "Chiffre d\u2019affaires", "1 000 000,00"], ["", "", None]])
    assert {name: value for name, value in rows[1:] if value != ""} == {"Turnover": 1_000_000, "Equity": 170_000}


def test_the_scores_read_a_return_as_it_is_or_as_its_lines():
    """Z'': 6.56 x 126/554 + 3.26 x 45/554 + 6.72 x 40/554 + 1.05 x 170/370 = 2.7244"""
    boxes = pasted(NORMAL)
    assert round(ALTMAN_Z("Z2", boxes), 4) == 2.7244
    assert ALTMAN_Z("Z2", LIASSE(boxes)) == ALTMAN_Z("Z2", boxes)
    assert CONAN_HOLDER([*boxes, ["code NAF", "16.23Z"]]) == CONAN_HOLDER(boxes)
    # CA is a box of form 2050 beside others, and turnover by itself.
    assert round(ALTMAN_Z("Z2", [*boxes, ["CA", 0]]), 4) == 2.7244


@pytest.mark.parametrize(("boxes", "year", "kind", "sentence"), [
    ([*pasted(NORMAL), ["142", 5]], None, WrongArgument, "belong to two different returns"),
    ([["Total", 1]], None, WrongArgument, "No code is a box of forms"),
    ("DL", None, WrongArgument, "boxes is a range of two columns"),
    (pasted(NORMAL), 26, OutOfRange, "26 is no year of a form. Write it as 2026."),
    (pasted(NORMAL), "x", WrongArgument, 'form_year: "x" is not a number'),
])
def test_what_is_no_return_is_refused(boxes, year, kind, sentence):
    with pytest.raises(CreditError) as raised:
        LIASSE(boxes, year)
    assert type(raised.value) is kind
    assert sentence in str(raised.value)
    assert raised.value.sentence("fr") != str(raised.value)


@given(st.lists(st.lists(st.one_of(st.none(), st.text(max_size=4), st.floats(), st.sampled_from([*NORMAL, "142"])),
                         min_size=2, max_size=3), max_size=6), st.one_of(st.none(), st.floats(), st.text(max_size=4)))
def test_no_cells_crash_it(cells, year):
    try:
        told = str(LIASSE(cells, year))
    except CreditError as error:
        told = error.sentence("fr")
    assert told
