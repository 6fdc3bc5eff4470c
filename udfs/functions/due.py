"""Worksheet functions of payment terms: due dates, schedules, the terms in clear words."""

from __future__ import annotations

from functools import partial
from typing import Any, NamedTuple

import numpy as np

from udfs.errors import OutOfRange, WrongArgument
from udfs.functions.border import only, policy_of, word
from udfs.functions.columns import Columns
from udfs.functions.registry import worksheet
from udfs.tables.cells import is_blank
from udfs.tables.policy import Policy
from udfs.terms.calendars import known_calendar, roll_bills
from udfs.terms.calendars import roll as roll_dates
from udfs.terms.due_dates import Moments, due_dates
from udfs.terms.language import read_terms
from udfs.terms.months import Dates, Numbers
from udfs.terms.schedule import schedule
from udfs.terms.term import Terms
from udfs.texts import say

ROLLS = ("following", "modified_following", "preceding", "none")
COLUMNS = ("due_date", "amount", "share", "what")
# What Excel can show as a date.
FIRST_DAY, LAST_DAY = np.datetime64("1900-01-01"), np.datetime64("9999-12-31")


@worksheet("terms")
def DUE_DATE(invoice_date: Any, terms: Any, method: Any = None, delivery_date: Any = None, calendar: Any = None,
             roll: Any = None, order_date: Any = None, receipt_date: Any = None, book: Any = None) -> Any:
    """The due date of an invoice, or of a column of them, from its payment terms.

    `method` is the end-of-month convention; empty, the words decide, and where they leave it open the policy of
    `book`. `calendar` (FR, FR-AM, TARGET, DE-BY ...) and `roll` (following, modified_following, preceding, none) move
    a day on which banks are closed; with neither, a bill of exchange moves to the next French bank day.

    >>> DUE_DATE("2025-01-15", "45 jours fin de mois")
    datetime.date(2025, 3, 31)
    """
    unmoved = is_blank(only(calendar)) and is_blank(only(roll))
    rule = word(roll, "roll", ROLLS, "following", "functions.roll_")
    banks = "FR" if is_blank(only(calendar)) else known_calendar(str(only(calendar)))
    columns = Columns(invoice_date=invoice_date, terms=terms, method=method, delivery_date=delivery_date,
                      order_date=order_date, receipt_date=receipt_date)
    asked = _read(columns, policy_of(book))
    due = due_dates(asked.moments, asked.terms, asked.place)
    if unmoved:
        due = roll_bills(due, asked.terms, asked.place)
    elif rule != "none":
        due = roll_dates(due, banks, rule)
    _refuse_beyond_excel(columns, due, np.arange(columns.count))
    return columns.answer(due)


@worksheet("terms", spills=True)
def DUE_SCHEDULE(invoice_date: Any, terms: Any, amount: Any, method: Any = None, delivery_date: Any = None,
                 order_date: Any = None, receipt_date: Any = None, book: Any = None) -> list[list[Any]]:
    """What is due when: a row for each deposit, instalment and retention, under a heading row.

    Of a column of invoices the first column is the place of each in it. The amounts of an invoice total its own to
    the cent. A bill of exchange moves to the next French bank day.

    >>> DUE_SCHEDULE("2026-01-15", "60 jours", "1 250,50 €")[1]
    [datetime.date(2026, 3, 16), 1250.5, 1.0, 'whole amount']
    """
    policy = policy_of(book)
    columns = Columns(invoice_date=invoice_date, terms=terms, amount=amount, method=method,
                      delivery_date=delivery_date, order_date=order_date, receipt_date=receipt_date)
    asked = _read(columns, policy)
    found = schedule(asked.moments, asked.terms, asked.place, columns.numbers("amount", negative=True))
    place = asked.place.take(found.row)
    due = roll_bills(found.due, asked.terms, place)
    _refuse_beyond_excel(columns, due, found.row)
    names = [_names(one, policy.language) for one in asked.terms]
    what = [names[which][number - 1] for which, number in zip(place.tolist(), found.number.tolist(), strict=True)]
    heading = [say(f"schedule.column_{name}", policy.language) for name in COLUMNS]
    lines = zip(found.row.tolist(), due.tolist(), found.amount.tolist(), found.share.tolist(), what, strict=True)
    if columns.count == 1:
        columns.check()
        return [heading, *(cells for _, *cells in lines)]
    rows = [[row + 1, *cells] for row, *cells in lines if row not in columns.errors]
    rows += [[row + 1, error, error, "", ""] for row, error in columns.errors.items()]
    return [[say("schedule.column_row", policy.language), *heading], *sorted(rows, key=lambda cells: cells[0])]


@worksheet("terms")
def TERMS_TEXT(terms: Any, language: Any = None, method: Any = None, book: Any = None) -> Any:
    """Payment terms in clear words, as they are understood, of one cell or of a column.

    >>> TERMS_TEXT("45 j FDM", "fr")
    '45 jours puis fin de mois'
    """
    policy = policy_of(book)
    spoken = word(language, "language", "language", policy.language)
    columns = Columns(terms=terms, method=method)
    found, place = _terms(columns, policy)
    return columns.answer(np.array([one.words(spoken) for one in found], dtype=object).take(place))


class _Asked(NamedTuple):
    """The dates and terms of each row; what is wrong with a row is noted in its columns."""

    moments: Moments
    terms: list[Terms]
    place: Numbers


def _read(columns: Columns, policy: Policy) -> _Asked:
    bases = [base for base in ("delivery", "order", "receipt") if columns.given(f"{base}_date")]
    issued = columns.dates("invoice_date")
    others = {base: columns.dates(f"{base}_date", needed=False) for base in bases}
    return _Asked(Moments(issued, **others), *_terms(columns, policy))


def _terms(columns: Columns, policy: Policy) -> tuple[list[Terms], Numbers]:
    """The terms found, and the place of each row in them; each different cell is read once for each method."""
    default, none = policy.text("end_of_month_method"), Terms()
    methods, method_of = columns.each("method", lambda cell: word(cell, "method", "terms_method"), "")
    found, place = list[Terms](), np.zeros(columns.count, np.intp)
    for number, method in enumerate(methods):
        read = partial(read_terms, method=method, default_method=default)
        terms, cell_of = columns.each("terms", read, none)
        place = np.where(method_of == number, len(found) + cell_of, place)
        found += terms
    empty = np.array([one is none for one in found], dtype=bool).take(place)
    columns.refuse(empty, lambda row: WrongArgument("errors.missing_argument", argument="terms"))
    return found, place


def _refuse_beyond_excel(columns: Columns, due: Dates, row: Numbers) -> None:
    """Refuse the rows that have a due date which Excel cannot show."""
    for line in np.flatnonzero((due < FIRST_DAY) | (due > LAST_DAY)).tolist():
        columns.errors.setdefault(int(row[line]), OutOfRange("schedule.beyond_excel", date=str(due[line])))


def _names(terms: Terms, language: str) -> list[str]:
    """What each instalment is, in words."""
    if not terms.is_split:
        return [say("schedule.whole", language)]
    kinds = [one.kind for one in terms.instalments]
    plain, names = kinds.count(""), list[str]()
    for place, kind in enumerate(kinds):
        if kind or plain == 1:
            names.append(say(f"schedule.{kind or 'balance'}", language))
        else:
            names.append(say("schedule.instalment", language, number=kinds[:place].count("") + 1, of=plain))
    return names
