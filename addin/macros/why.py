"""*Why?*: the sentence behind the answer in the selected cell, else behind the selected client.

The cell's own formula is asked: CREDIT_WHY with the name of its function and the same arguments, evaluated where
the cell stands. Of a column that spills, the client of the selected row is meant.
"""

from __future__ import annotations

from addin.hosts import Formula, Host
from addin.macros.explain import explain
from addin.macros.formula_call import Call, first_call
from udfs.errors import NotAvailable
from udfs.functions import REGISTRY

# A longer text is no formula to Evaluate.
LONGEST = 255
SECTIONS = ("decision", "rating", "limit")


def why(host: Host) -> str:
    """Why the cell says what it says, or why the client is decided on as it is."""
    formula = host.selected_formula()
    call = first_call(formula.text) if formula else None
    if formula and call and REGISTRY[call.name].of_client:
        return _why_of_cell(formula, call)
    selected = host.selected_clients()
    if selected:
        return why_client(host, selected[0])
    if formula and call and call.name != "CREDIT_WHY":
        return _why_of_cell(formula, call)
    raise NotAvailable("macros.nothing_to_explain")


def why_client(host: Host, code: str) -> str:
    """The sentences on decision, rating and limit of a client."""
    found = explain(host.book, code)
    sentences = [" ".join(section.sentences) for section in found.sections if section.code in SECTIONS]
    return "\n\n".join([f"{found.code} · {found.name}", *sentences])


def _why_of_cell(formula: Formula, call: Call) -> str:
    first, *others = call.arguments or ("",)
    if formula.row or formula.column:
        first = f"INDEX({first},{formula.row + 1},{formula.column + 1})"
    question = f'CREDIT_WHY("{call.name}",{",".join([first, *others])})'
    answer = formula.evaluate(question) if len(question) <= LONGEST else None
    if not isinstance(answer, str) or not answer:
        raise NotAvailable("macros.not_evaluated_there", function=call.name)
    return answer
