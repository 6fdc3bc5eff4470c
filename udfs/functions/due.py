"""Worksheet functions of payment terms."""

from __future__ import annotations

from typing import Any

import numpy as np

from udfs.errors import CreditError, WrongArgument
from udfs.functions.border import dates, day, like, only, word
from udfs.functions.registry import worksheet
from udfs.tables.cells import each, is_blank
from udfs.tables.dates import read_dates
from udfs.tables.issues import shown
from udfs.tables.policy import Policy
from udfs.terms.calendars import roll as roll_dates
from udfs.terms.due_dates import due_date_column
from udfs.terms.language import read_terms


@worksheet("terms")
def DUE_DATE(invoice_date: Any, terms: Any, method: Any = None, delivery_date: Any = None, calendar: Any = None,
             roll: Any = None) -> Any:
    """The due date of an invoice, or of a column of them, from its payment terms.

    `method` is the end-of-month convention where the words leave it open; `calendar` (FR or TARGET) and
    `roll` (following, modified_following, preceding) move a day on which banks are closed.
    """
    rule = word(roll, "roll", ("following", "modified_following", "preceding", "none"),
                "none" if is_blank(calendar) else "following")
    place = word(calendar, "calendar", ("FR", "TARGET"), "TARGET")
    chosen = "" if is_blank(method) else word(method, "method", "terms_method")
    if isinstance(invoice_date, list | tuple) and len(invoice_date) != 1:
        return _column(invoice_date, terms, chosen, delivery_date, place, rule)
    issued, term = dates(invoice_date), only(terms)
    if np.isnat(issued[0]):
        raise WrongArgument("errors.missing_argument", argument="invoice_date")
    read = read_terms(term, chosen or None, Policy().text("end_of_month_method"))
    base = issued if is_blank(delivery_date) or read.base != "delivery" else dates(delivery_date)
    due, _ = due_date_column(base, np.array([term], dtype=object), None, np.array([chosen], dtype=object))
    return day(_rolled(due, place, rule)[0])


def _column(invoice_date: Any, terms: Any, method: str, delivery_date: Any, calendar: str, rule: str) -> Any:
    """A due date a row; a row that cannot be read carries its error."""
    cells = _flat(invoice_date)
    texts = _spread(terms, len(cells))
    issued, bad_dates = read_dates(cells, "day_first")
    delivered, _ = read_dates(_spread(delivery_date, len(cells)), "day_first")
    due, _ = due_date_column(issued, np.array([*texts, None], dtype=object)[:-1], delivered,
                             np.full(len(cells), method, dtype=object))
    due = _rolled(due, calendar, rule)
    answers: list[Any] = [None if np.isnat(one) else day(one) for one in due]
    for row, _problem in bad_dates:
        answers[row] = WrongArgument("errors.unreadable_date", value=shown(cells[row]))
    refusals, index, _ = each(texts, lambda text: _refusal(text, method), None)
    for row, answer in enumerate(answers):
        if answer is None:
            answers[row] = refusals[index[row]] or WrongArgument(
                "errors.missing_argument", argument="invoice_date" if np.isnat(issued[row]) else "terms")
    return like(invoice_date, answers)


def _refusal(text: Any, method: str) -> CreditError | None:
    try:
        read_terms(text, method or None)
    except CreditError as error:
        return error
    return None


def _rolled(due: np.ndarray, calendar: str, rule: str) -> np.ndarray:
    return due if rule == "none" else roll_dates(due, calendar, rule)


def _flat(values: Any) -> list[Any]:
    return [only(cell) if isinstance(cell, list | tuple) else cell for cell in values]


def _spread(value: Any, length: int) -> list[Any]:
    """A column of the length asked, or one value for all its rows."""
    if isinstance(value, list | tuple) and len(value) != 1:
        if len(value) != length:
            raise WrongArgument("errors.lengths", first=length, second=len(value))
        return _flat(value)
    return [only(value)] * length
