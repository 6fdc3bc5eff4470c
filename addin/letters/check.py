"""No letter is better than a wrong one: what is checked before a letter is written.

Everything that is missing is named at once, with the sheet and the column to fill. Then the figures: each
line adds up, each invoice is late and owed, the total agrees with the ledger, the deadline is to come.
"""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterator
from typing import Any, TypeGuard

from addin.letters.case import Amount, LetterCase, total
from addin.letters.safe_text import safe
from udfs.errors import CreditError, NotAvailable, OutOfRange, WrongArgument
from udfs.tables.schema import SCHEMA
from udfs.texts import LANGUAGES, say
from udfs.texts.writing import cents

TEMPLATES = {("reminder", 1): "reminder_1", ("reminder", 2): "reminder_2", ("reminder", 3): "reminder_3",
             ("formal_notice", 4): "formal_notice"}

# C.com R123-237 and R123-238: name, legal form and capital, seat and register on the papers of a company;
# the rest is what a debtor needs to pay and to answer.
FIRM = ("company_name", "company_form", "company_address1", "company_postcode", "company_city", "company_rcs",
        "company_iban", "signatory_name", "signatory_title")
CLIENT = ("client", "name", "address1", "city")


class MissingFields(NotAvailable):
    """Facts that a letter cannot do without; `fields` are pairs of sheet and column."""

    def __init__(self, client: str, fields: list[tuple[str, str]]) -> None:
        super().__init__("letters.missing", client=client, fields="")
        self.fields = fields

    def sentence(self, language: str = "en") -> str:
        """Which cells to fill, all at once."""
        parts = [say(f"letters.missing_{'policy' if sheet == 'Policy' else 'column'}", language,
                     sheet=_named(sheet, language),
                     column=column if sheet == "Policy" else SCHEMA[sheet][column].label(language))
                 for sheet, column in self.fields]
        return say(self.code, language, client=self.values["client"], fields="; ".join(parts))


def _named(table: str, language: str) -> str:
    """A table by the name of its sheet in the workbook, and by its own, which files bear."""
    sheet = say(f"workbook.sheet_{table.lower()}", language)
    return table if sheet == table else f"{sheet} ({table})"


def check(case: LetterCase) -> None:
    """Raise the reason why this letter cannot be written, if there is one."""
    client = safe(case.client.get("client"), 40)
    if (case.kind, case.level) not in TEMPLATES:
        raise WrongArgument("letters.unknown_letter", kind=case.kind, level=case.level)
    if case.language not in LANGUAGES:
        raise WrongArgument("letters.unknown_language", found=case.language)
    if not case.invoices:
        raise NotAvailable("letters.no_invoice", client=client)
    if missing := list(dict.fromkeys(_missing(case))):
        raise MissingFields(client, missing)
    for fault in _faults(case, client):
        raise fault


def _missing(case: LetterCase) -> Iterator[tuple[str, str]]:
    for key in FIRM:
        if not safe(case.firm.get(key)):
            yield "Policy", key
    if not safe(case.firm.get("company_phone")) and not safe(case.firm.get("company_email")):
        yield "Policy", "company_email"
    for column in (*CLIENT, "country" if case.foreign_buyer else "postcode"):
        if not safe(case.client.get(column)):
            yield "Clients", column
    for line in case.invoices:
        if not safe(line.invoice):
            yield "Invoices", "invoice"
        for column in ("date", "due_date"):
            if not isinstance(getattr(line, column), dt.date):
                yield "Invoices", column


def _faults(case: LetterCase, client: str) -> Iterator[CreditError]:
    for line in case.invoices:
        name = safe(line.invoice, 40)
        amounts = (line.amount, line.paid, line.balance, line.interest, line.retention)
        if not all(map(_is_amount, amounts)) or line.interest < 0:
            yield WrongArgument("letters.unreadable_amount", invoice=name)
            continue
        amount, paid, balance, _, retention = (cents(float(value)) for value in amounts)
        if amount - paid - retention != balance:
            yield WrongArgument("letters.line_total", invoice=name, balance=balance,
                                expected=amount - paid - retention)
        if balance <= 0:
            yield OutOfRange("letters.nothing_owed", invoice=name)
        if line.days_late <= 0:
            yield OutOfRange("letters.not_late", invoice=name)
    if not _is_amount(case.credits) or case.credits < 0:
        yield OutOfRange("letters.negative_credits", client=client)
    elif case.principal <= 0:
        yield OutOfRange("letters.nothing_due", client=client)
    elif _is_amount(case.total_due) and total([case.total_due]) != case.principal:
        yield WrongArgument("letters.total", client=client, principal=case.principal,
                            expected=total([case.total_due]))
    if case.business_buyer and case.client.get("buyer_type") == "consumer":
        yield WrongArgument("letters.consumer", client=client)
    if case.deadline <= case.date:
        yield OutOfRange("letters.deadline", deadline=case.deadline, date=case.date)
    if case.rate_basis not in ("contract", "default"):
        yield WrongArgument("letters.rate_basis", basis=case.rate_basis)
    if case.annual_rate is not None and not 0 < case.annual_rate <= 1:
        yield OutOfRange("letters.rate", rate=case.annual_rate)
    if not _is_amount(case.indemnity_each) or case.indemnity_each < 0:
        yield OutOfRange("letters.indemnity", amount=case.indemnity_each)


def _is_amount(value: Any) -> TypeGuard[Amount]:
    return value is not None and math.isfinite(value)
