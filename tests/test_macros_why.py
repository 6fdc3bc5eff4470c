"""Why?: which formula is asked, and of which client."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from addin.hosts import Formula
from addin.macros.formula_call import first_call
from tests.plain_host import PlainHost, press
from udfs.errors import NotAvailable

TABLES = {
    "Invoices": [["client", "invoice", "date", "due_date", "amount"], ["C1", "F1", "2026-11-01", "2026-12-01", 9000.0]],
    "Clients": [["client", "name", "share_capital"], ["C1", "Dupont", 10000]],
}


def asked(formula: str, row: int = 0, column: int = 0, answer: object = "Because.", selected: tuple[str, ...] = ()
          ) -> tuple[str, list[str]]:
    """What is told, and what was evaluated beside the cell."""
    questions: list[str] = []

    def evaluate(text: str) -> object:
        questions.append(text)
        return answer

    host = PlainHost(__import__("pathlib").Path(), TABLES, selected=selected,
                     formula=Formula(formula, evaluate, row, column))
    return press("why", host), questions


@pytest.mark.parametrize(("formula", "question"), [
    ("=CREDIT_LIMIT(A2,Book)", 'CREDIT_WHY("CREDIT_LIMIT",A2,Book)'),
    ("=IFERROR(credit_limit( A2 , Book )/2,0)", 'CREDIT_WHY("CREDIT_LIMIT",A2,Book)'),
    ('="CREDIT_SCORE("&CREDIT_RATING("C,1",Book)', 'CREDIT_WHY("CREDIT_RATING","C,1",Book)'),
    ("='CREDIT_SCORE(1)'!A1+CREDIT_DECISION('It''s, (me)'!A2,Book,SUM(1,2))",
     "CREDIT_WHY(\"CREDIT_DECISION\",'It''s, (me)'!A2,Book,SUM(1,2))"),
    ("=CREDIT_EXPOSURE(INDEX(Clients[[#Data],[Nom, '[usuel)]],3),Book)",
     "CREDIT_WHY(\"CREDIT_EXPOSURE\",INDEX(Clients[[#Data],[Nom, '[usuel)]],3),Book)"),
    ('=CREDIT_LIMIT({"C1","C2"},Book)', 'CREDIT_WHY("CREDIT_LIMIT",{"C1","C2"},Book)'),
])
def test_the_function_of_the_cell_is_asked_with_its_own_arguments(formula, question):
    assert asked(formula) == ("Because.", [question])


def test_in_a_column_that_spills_the_client_of_the_row_is_meant():
    told, questions = asked("=CREDIT_LIMIT(Clients[Client],Book)", row=2)
    assert questions == ['CREDIT_WHY("CREDIT_LIMIT",INDEX(Clients[Client],3,1),Book)']
    assert told == "Because."


def test_the_formula_comes_before_the_client_of_the_row():
    assert asked("=CREDIT_LIMIT(A2,Book)", selected=("C1",))[0] == "Because."


def test_a_row_of_the_portfolio_explains_its_client():
    """CREDIT_TABLE answers for everybody: in its spill the client of the row is meant, for whom 3,000 binds."""
    told, questions = asked("=CREDIT_TABLE(Book)", row=1, selected=("C1",))
    assert questions == []
    assert told.startswith("C1 · Dupont\n\nWARN: ")
    assert "Limit €3,000.00: starter line binds" in told


def test_another_function_of_ours_tells_what_it_is():
    assert asked("=DUE_DATE(A1,A2)")[1] == ['CREDIT_WHY("DUE_DATE",A1,A2)']


@pytest.mark.parametrize("formula", ["=SUM(A1:A9)", '="CREDIT_LIMIT(A1,Book)"', "=CREDIT_LIMIT", "=MY_CREDIT_LIMIT(1)"])
def test_a_cell_without_our_functions_has_nothing_to_explain(formula):
    with pytest.raises(NotAvailable, match="Nothing to explain here"):
        asked(formula)


def test_no_formula_and_no_client_has_nothing_to_explain(tmp_path):
    with pytest.raises(NotAvailable, match="Nothing to explain here"):
        press("why", PlainHost(tmp_path, TABLES))


@pytest.mark.parametrize(("formula", "answer"), [
    ("=CREDIT_LIMIT([@Client],Book)", -2146826273), ("=CREDIT_LIMIT(" + "A1&" * 100 + "A1,Book)", "Because.")])
def test_what_excel_cannot_evaluate_is_refused_with_the_way_out(formula, answer):
    with pytest.raises(NotAvailable, match='Write =CREDIT_WHY\\("CREDIT_LIMIT", …\\)'):
        asked(formula, answer=answer)


@given(st.text(alphabet="CREDIT_LIMIT(),'\"[]{}!A1 é", max_size=60))
def test_no_text_stops_the_search(text):
    found = first_call(text)
    assert found is None or found.name in text.upper()
