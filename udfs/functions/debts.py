"""What all functions of interest on late payment are given, read once: debts, their rate, and what lowered one."""

from __future__ import annotations

from typing import Any

import numpy as np

from udfs.errors import WrongArgument
from udfs.functions.border import ROWS, listed, only, policy_of, word
from udfs.functions.columns import Column, Columns
from udfs.late.modes import moving_rates
from udfs.late.rates import penalty_floor
from udfs.late.running import IMPUTATIONS, Line, Payment, lines
from udfs.tables.cells import is_blank
from udfs.tables.issues import shown
from udfs.tables.schema import choices, plain

FROZEN = ("PUBLIC", "INVOICE")
# Kinds of documents that lower a debt, and are not asked for here.
LOWER = ("payment", "bill", "credit_note")


class Debts:
    """Amounts, due dates and the day each is counted to; what is wrong with a row is noted in `asked`."""

    def __init__(self, amount: Any, due_date: Any, paid_or_as_of: Any, annual_rate: Any, mode: Any,
                 invoice_date: Any, book: Any) -> None:
        self.policy = policy_of(book)
        self.day_count = self.policy.text("day_count")
        self.asked = Columns(amount=amount, due_date=due_date, paid_or_as_of=paid_or_as_of, annual_rate=annual_rate,
                             invoice_date=invoice_date)
        self.mode = self._mode(mode)
        self.moving = moving_rates(self.mode, self.policy)
        self.amount = self.asked.numbers("amount")
        self.due, self.until = self.asked.dates("due_date"), self.asked.dates("paid_or_as_of")
        # Without a mode a row of no contract rate bears that of the law; under CONTRACT it lacks something.
        contract = self.asked.shares("annual_rate", mode_needs_rate(mode), above="late.rate_out_of_range")
        self.fixed = self._frozen() if self.mode in FROZEN else contract

    def lines(self, payments: Any, imputation: Any) -> list[Line]:
        """The lines of the one debt asked for."""
        how = read_imputation(imputation)
        if self.asked.count != 1:
            raise WrongArgument("late.one_debt")
        self.asked.check()
        floor = penalty_floor(self.policy) if self.mode == "CONTRACT" else None
        return lines(float(self.amount[0]), self.due[0], self.until[0], self.moving, read_payments(payments), how,
                     float(self.fixed[0]), self.day_count, floor)

    def _mode(self, mode: Any) -> str:
        given = self.asked.given("annual_rate")
        found = word(mode, "mode", "late_mode", "CONTRACT" if given else "HALF_YEAR")
        if given and found != "CONTRACT":
            raise WrongArgument("late.rate_with_mode", mode=found)
        return found

    def _frozen(self) -> Column:
        """The rate of the half-year in which the delay began, or of the invoice's."""
        begun = self.due + 1
        if self.mode == "INVOICE":
            begun = self.asked.dates("invoice_date", needed=False)
            self.asked.refuse(np.isnat(begun), lambda row: WrongArgument("late.no_invoice_date"))
        fixed = self.moving.at(begun)
        late = (self.until > self.due) & ~np.isnat(begun)
        self.asked.refuse(np.isnan(fixed) & late, lambda row: self.moving.refusal(begun[row]))
        return fixed


def mode_needs_rate(mode: Any) -> bool:
    """Whether a mode was written that lives by a contract rate."""
    return not is_blank(mode) and word(mode, "mode", "late_mode") == "CONTRACT"


def read_imputation(value: Any) -> str:
    """The order in which a payment lowers a debt."""
    return word(value, "imputation", "imputation", IMPUTATIONS[0])


def read_payments(value: Any) -> list[Payment]:
    """Rows of date and amount, of a credit note with its kind in a third cell; blank rows are none."""
    rows = listed(value)
    if is_blank(rows):
        return []
    if not isinstance(rows, ROWS):
        raise WrongArgument("late.payments_rows")
    rows = [list(row) if isinstance(row, ROWS) else [row] for row in (
        rows if any(isinstance(row, ROWS) for row in rows) else [rows])]
    rows = [row for row in rows if not all(map(is_blank, row))]
    if not rows:
        return []
    if min(map(len, rows)) < 2:
        raise WrongArgument("late.payments_rows")
    read = Columns(date=[row[0] for row in rows], amount=[row[1] for row in rows])
    days, amounts = read.dates("date"), read.numbers("amount")
    read.check()
    return [Payment(day, amount, _is_credit_note(row)) for day, amount, row in zip(
        days, amounts.tolist(), rows, strict=True)]


def _is_credit_note(row: list[Any]) -> bool:
    cell = only(row[2]) if len(row) > 2 else None
    said = plain("" if is_blank(cell) else str(cell))
    kind = LOWER[0] if not said or said in choices("means") else choices("invoice_kind").get(said)
    if kind not in LOWER:
        raise WrongArgument("errors.unknown_choice", value=shown(cell), known=", ".join(LOWER))
    return kind == "credit_note"
