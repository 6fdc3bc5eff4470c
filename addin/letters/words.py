"""A letter's figures in words: every name that a template may use.

Amounts, dates and rates are already written in the reader's language; names and addresses are made safe.
All columns of Clients (`client.city`) and all `company_*` and `signatory_*` keys of Policy
(`firm.company_iban`) are there, empty where the user left them empty: only a misspelt name is an error.

>>> import datetime as dt
>>> long_date(dt.date(2026, 12, 1), "fr"), long_date(dt.date(2026, 12, 1), "en")
('1er\\xa0décembre\\xa02026', '1\\xa0December\\xa02026')
>>> grouped("fr7630006000011234567890189")
'FR76 3000 6000 0112 3456 7890 189'
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from addin.letters.case import InvoiceLine, LetterCase, total
from addin.letters.safe_text import safe
from udfs.reference import rows
from udfs.tables.schema import SCHEMA
from udfs.texts import say, writing

INVOICE_LENGTH = 40


def context(case: LetterCase) -> dict[str, Any]:
    """Everything a template may name."""
    language = case.language

    def money(value: Any) -> str:
        return writing.money(value, language, case.currency)

    client = {column: safe(case.client.get(column)) for column in SCHEMA["Clients"]}
    client["country_name"] = _country(client["country"], language)
    firm = {key: safe(case.firm.get(key)) for key in _firm_keys()}
    firm["company_iban"] = grouped(firm["company_iban"])
    numbers = list(dict.fromkeys(safe(line.invoice, INVOICE_LENGTH) for line in case.invoices))
    claimed = money(case.claimed)
    if case.indemnity and case.currency != "EUR":
        claimed = say("letters.and", language, first=claimed, second=writing.money(case.indemnity, language))
    return {
        "kind": case.kind, "level": case.level, "client": client, "firm": firm,
        "business_buyer": case.business_buyer, "foreign_buyer": case.foreign_buyer,
        "public_buyer": case.law == "public",
        "date": writing.date(case.date, language), "date_long": long_date(case.date, language),
        "deadline": long_date(case.deadline, language), "deadline_days": (case.deadline - case.date).days,
        "previous_letter": _previous(case),
        "lines": [_line(line, case) for line in case.invoices],
        "count": len(numbers), "one": len(numbers) == 1,
        "reference": " / ".join(filter(None, (client["client"], numbers[0] if len(numbers) == 1 else ""))),
        "total_amount": money(total(line.amount for line in case.invoices)),
        "total_paid": money(total(line.paid for line in case.invoices)),
        "total_balance": money(total(line.balance for line in case.invoices)),
        "retention": _unless_zero(total(line.retention for line in case.invoices), money),
        "credits": _unless_zero(-writing.cents(float(case.credits)), money),
        "principal": money(case.principal), "penalties": money(case.penalties),
        "indemnity": writing.money(case.indemnity, language),
        "indemnity_each": writing.money(case.indemnity_each, language),
        "claimed": claimed, "demanded": claimed if case.kind == "formal_notice" else money(case.principal),
        "penalties_apply": case.penalties_apply, "indemnity_applies": case.indemnity_applies,
        "annual_rate": writing.percent(case.annual_rate or 0, language),
        "rate_words": _if(case.penalties_apply, f"letters.rate_{case.rate_basis}_{case.law}", language),
        "rate_moves": case.rate_basis == "default" and case.law != "public",
        "indemnity_words": _if(case.indemnity_applies, f"letters.indemnity_{case.law}", language),
        "contact": _contact(firm["company_phone"], firm["company_email"], language),
        "legal_mentions": " – ".join(filter(None, (
            firm["company_name"], firm["company_form"], _address(firm), firm["company_rcs"],
            firm["company_vat_number"] and say("letters.vat", language, number=firm["company_vat_number"])))),
    }


def long_date(day: dt.date, language: str) -> str:
    """The day as a letter writes it, never broken at the end of a line: 20 novembre 2026."""
    from babel.dates import format_date

    first = "'1er'" if language == "fr" and day.day == 1 else "d"
    return format_date(day, f"{first}\xa0MMMM\xa0yyyy", locale=writing.LOCALES[language])


def grouped(iban: str) -> str:
    """An IBAN in groups of four, as banks print it."""
    compact = "".join(iban.split()).upper()
    return " ".join(compact[start:start + 4] for start in range(0, len(compact), 4))


def _line(line: InvoiceLine, case: LetterCase) -> dict[str, str]:
    language, currency = case.language, case.currency
    return {
        "invoice": safe(line.invoice, INVOICE_LENGTH),
        "date": writing.date(line.date, language), "due_date": writing.date(line.due_date, language),
        "days_late": writing.number(line.days_late, language),
        **{name: writing.money(getattr(line, name), language, currency)
           for name in ("amount", "paid", "balance", "interest")},
    }


def _previous(case: LetterCase) -> str:
    if case.previous_letter is None:
        return ""
    level = case.previous_level if case.previous_level in (1, 2, 3) else 0
    date = long_date(case.previous_letter, case.language)
    return say(f"letters.previous_{level}", case.language, date=date)


def _if(applies: bool, code: str, language: str) -> str:
    return say(code, language) if applies else ""


def _contact(phone: str, email: str, language: str) -> str:
    code = "both" if phone and email else "phone" if phone else "email"
    return say(f"letters.contact_{code}", language, phone=phone.replace(" ", "\xa0"), email=email)


def _address(firm: dict[str, str]) -> str:
    town = f"{firm['company_postcode']} {firm['company_city']}"
    return ", ".join(filter(None, (firm["company_address1"], firm["company_address2"], town)))


def _country(code: str, language: str) -> str:
    from babel import Locale

    return Locale.parse(writing.LOCALES[language]).territories.get(code.upper(), code)


def _firm_keys() -> list[str]:
    return [row["key"] for row in rows("policy") if row["key"].startswith(("company_", "signatory_"))]


def _unless_zero(amount: Any, money: Any) -> str:
    return money(amount) if amount else ""
