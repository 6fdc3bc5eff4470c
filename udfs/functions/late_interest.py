"""Worksheet functions of interest on late payment: days, interest, its lines, the fixed compensation."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np

from udfs.errors import WrongArgument
from udfs.functions.border import day, flat, policy_of, word
from udfs.functions.columns import Columns
from udfs.functions.debts import Debts, read_imputation
from udfs.functions.registry import worksheet
from udfs.late.indemnity import indemnity
from udfs.late.interest import late_interest, refusal
from udfs.late.rates import penalty_floor
from udfs.late.running import Line
from udfs.tables.cells import is_blank
from udfs.tables.columns import round_cents
from udfs.tables.issues import shown
from udfs.tables.words import read_flags
from udfs.texts import say


@worksheet("late")
def DAYS_LATE(due_date: Any, paid_or_as_of: Any) -> Any:
    """Days from the due date to the payment, or to a date; 0 where it is not late.

    >>> DAYS_LATE("2025-05-31", "2025-09-15")
    107
    """
    asked = Columns(due_date=due_date, paid_or_as_of=paid_or_as_of)
    due, paid = asked.dates("due_date"), asked.dates("paid_or_as_of")
    return asked.answer(np.where(paid > due, (paid - due).astype(np.int64), 0))


@worksheet("late")
def LATE_INTEREST(amount: Any, due_date: Any, paid_or_as_of: Any, annual_rate: Any = None, mode: Any = None,
                  payments: Any = None, imputation: Any = None, invoice_date: Any = None, book: Any = None) -> Any:
    """The interest on a debt paid late, or still owed on a date, to the cent; 0 where it is not late.

    `payments` are rows of date and amount that lowered one debt on the way, and in a third cell `credit note` where
    they were one.

    >>> LATE_INTEREST(12_000, "2025-05-31", "2025-09-15")
    437.28
    """
    debts = Debts(amount, due_date, paid_or_as_of, annual_rate, mode, invoice_date, book)
    if debts.asked.count and not all(map(is_blank, flat(payments))):
        found = np.array([sum(line.interest for line in debts.lines(payments, imputation))])
        return debts.asked.answer(round_cents(found))
    read_imputation(imputation)
    found = late_interest(debts.amount, debts.due, debts.until, debts.moving, debts.fixed, debts.day_count, "nan")
    unknown = np.isnan(found)
    debts.asked.refuse(unknown, lambda row: refusal(debts.due[row], debts.until[row], debts.moving,
                                                    float(debts.fixed[row])))
    return debts.asked.answer(round_cents(found))


@worksheet("late", spills=True)
def LATE_DETAIL(amount: Any, due_date: Any, paid_or_as_of: Any, annual_rate: Any = None, mode: Any = None,
                payments: Any = None, imputation: Any = None, invoice_date: Any = None, book: Any = None
                ) -> list[list[Any]]:
    """The interest on one debt line by line, with a total row.

    Lines are shown to the cent and add up to the total, which is LATE_INTEREST: the last one takes the difference.
    Beside a contract rate below the floor of the law stands the rate that would count without it.
    """
    debts = Debts(amount, due_date, paid_or_as_of, annual_rate, mode, invoice_date, book)
    found = debts.lines(payments, imputation)
    language = debts.policy.language
    total, interests = _in_cents(found)
    headings = [say(f"late.column_{name}", language) for name in (
        "from", "to", "days", "balance", "annual_rate", "interest", "lawful")]
    rows = [[day(line.first_day), day(line.last_day), line.days, float(round_cents(line.balance)), round(line.rate, 6),
             interest, _lawful(line, language)] for line, interest in zip(found, interests, strict=True)]
    return [headings, *rows, [say("late.total", language), "", sum(line.days for line in found), "", "", total, ""]]


@worksheet("late")
def LATE_INDEMNITY(late_invoices: Any, insolvency: Any = None, buyer_type: Any = None, book: Any = None) -> Any:
    """The fixed compensation for recovery: 40 EUR for each late invoice; none in insolvency or from a consumer.

    >>> LATE_INDEMNITY(3)
    120.0
    """
    policy = policy_of(book)
    asked = Columns(late_invoices=late_invoices, insolvency=insolvency, buyer_type=buyer_type)
    count = asked.numbers("late_invoices")
    asked.refuse(count % 1 > 0, lambda row: WrongArgument("late.not_whole", value=float(count[row])))
    flags, flag_of = asked.each("insolvency", _flag, False)
    buyers, buyer_of = asked.each("buyer_type", lambda cell: word(cell, "buyer_type", "buyer_type"), "company")
    owed = indemnity(count, policy, np.array(flags, dtype=bool).take(flag_of), np.array(buyers).take(buyer_of))
    return asked.answer(round_cents(owed))


def _flag(cell: Any) -> bool:
    (yes,), problems = read_flags([cell])
    if problems:
        raise WrongArgument("errors.unknown_choice", value=shown(cell), known="yes, no")
    return bool(yes)


def late_sentence(given: Mapping[str, Any], language: str) -> str:
    """How the interest on one debt comes about, and where its contract rate is below the floor; "" for a column."""
    shared = ("amount", "due_date", "paid_or_as_of", "annual_rate", "mode", "invoice_date", "book")
    debts = Debts(*map(given.get, shared))
    if debts.asked.count != 1:
        return ""
    found = debts.lines(given.get("payments"), given.get("imputation"))
    if not found:
        return say("late.why_nothing", language, due=debts.due[0])
    total, interests = _in_cents(found)
    parts = ", ".join(say("late.why_line", language, count=line.days, balance=line.balance, rate=line.rate,
                          interest=interest) for line, interest in zip(found, interests, strict=True))
    return " ".join([say("late.why", language, lines=parts, total=total), *_floor_sentences(found, debts, language)])


def _in_cents(found: list[Line]) -> tuple[float, list[float]]:
    """The total to the cent, and the interest of each line so that they add up to it: the last takes the difference."""
    total = float(round_cents(sum(line.interest for line in found)))
    first = [float(round_cents(line.interest)) for line in found[:-1]]
    return total, [*first, float(round_cents(total - sum(first)))][:len(found)]


def _floor_sentences(found: list[Line], debts: Debts, language: str) -> Iterator[str]:
    """Where a contract rate is below the floor, or that is not known."""
    for line in found:
        if line.lawful is not None:
            floor = float(penalty_floor(debts.policy).at(line.first_day))
            yield say("late.why_floor_unknown" if np.isnan(floor) else "late.why_below_floor", language,
                      rate=line.rate, floor=floor, lawful=line.lawful, start=line.first_day, end=line.last_day)


def _lawful(line: Line, language: str) -> Any:
    if line.lawful is None:
        return ""
    return say("late.not_known", language) if np.isnan(line.lawful) else round(line.lawful, 6)
