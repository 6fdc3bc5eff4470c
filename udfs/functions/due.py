"""Worksheet functions of payment terms."""

from __future__ import annotations

from typing import Any

import numpy as np

from udfs.errors import CreditError, NotAvailable, WrongArgument
from udfs.functions.border import day, flat, like, listed, word
from udfs.functions.registry import worksheet
from udfs.tables.cells import each, error_name, is_blank
from udfs.tables.dates import read_dates
from udfs.tables.issues import shown
from udfs.terms.calendars import roll as roll_dates
from udfs.terms.due_dates import due_date_column
from udfs.terms.language import read_terms
from udfs.terms.term import Terms


@worksheet("terms")
def DUE_DATE(invoice_date: Any, terms: Any, method: Any = None, delivery_date: Any = None, calendar: Any = None,
             roll: Any = None) -> Any:
    """The due date of an invoice, or of a column of them, from its payment terms.

    `method` is the end-of-month convention where the words leave it open; `calendar` (FR or TARGET) and
    `roll` (following, modified_following, preceding) move a day on which banks are closed.

    >>> DUE_DATE("2025-01-15", "45 jours fin de mois")
    datetime.date(2025, 3, 31)
    """
    rule = word(roll, "roll", ("following", "modified_following", "preceding", "none"),
                "none" if is_blank(calendar) else "following", "functions.roll_")
    place = word(calendar, "calendar", ("FR", "TARGET"), "TARGET")
    chosen = "" if is_blank(method) else word(method, "method", "terms_method")
    given = [listed(one) for one in (invoice_date, terms, delivery_date)]
    columns = [flat(one) for one in given]
    # The longest range gives the shape of the answer: a column of terms for one date is a column of answers.
    longest = max(range(3), key=lambda one: len(columns[one]))
    count = len(columns[longest]) if columns[0] else 0
    answers = _answers([_spread(column, count) for column in columns], chosen, place, rule)
    asked = given[longest] if isinstance(given[longest], list | tuple) else given[0]
    if isinstance(asked, list | tuple):
        return like(asked, answers) if count else []
    if isinstance(answers[0], CreditError):
        raise answers[0]
    return answers[0]


def _answers(columns: list[list[Any]], method: str, calendar: str, rule: str) -> list[Any]:
    """A due date a row of invoice date, terms and delivery date; a row that cannot be read carries its error."""
    invoice_dates, terms, delivery_dates = columns
    issued, bad_dates = read_dates(invoice_dates, "day_first")
    delivered, bad_deliveries = read_dates(delivery_dates, "day_first")
    cells = np.empty(len(terms), dtype=object)
    cells[:] = terms
    due, _ = due_date_column(issued, cells, delivered, np.full(len(terms), method, dtype=object))
    if rule != "none":
        due = roll_dates(due, calendar, rule)
    answers: list[Any] = [None if np.isnat(one) else day(one) for one in due]
    nothing: Terms | CreditError = WrongArgument("errors.missing_argument", argument="terms")
    found, index, _ = each(terms, lambda text: _read(text, method), nothing)
    for row in np.flatnonzero(np.isnat(due)).tolist():
        read = found[index[row]]
        answers[row] = read if isinstance(read, CreditError) else WrongArgument(
            "errors.missing_argument", argument="invoice_date")
    for row, _problem in bad_deliveries:
        read = found[index[row]]
        if isinstance(read, Terms) and read.base == "delivery":
            answers[row] = _no_date(delivery_dates[row])
    for row, _problem in bad_dates:
        answers[row] = _no_date(invoice_dates[row])
    return answers


def _read(text: Any, method: str) -> Terms | CreditError:
    if error_name(text):
        return NotAvailable("errors.unreadable_cell", value=error_name(text))
    try:
        return read_terms(text, method or None)
    except CreditError as error:
        return error


def _no_date(cell: Any) -> CreditError:
    if error_name(cell):
        return NotAvailable("errors.unreadable_cell", value=error_name(cell))
    return WrongArgument("errors.unreadable_date", value=shown(cell))


def _spread(cells: list[Any], length: int) -> list[Any]:
    """A column of the length asked, or one cell for all its rows."""
    if len(cells) == 1:
        return cells * length
    if len(cells) != length:
        raise WrongArgument("errors.lengths", first=length, second=len(cells))
    return cells
