"""Reminders as Word files, against docxtpl opening, filling and saving the same template for each."""

from __future__ import annotations

import datetime as dt
import io
from typing import Any

from docxtpl import DocxTemplate

from addin.letters.case import InvoiceLine, LetterCase
from addin.letters.check import TEMPLATES
from addin.letters.render import FOLDER, render
from addin.letters.words import context
from bench.measure import Row, Task, best
from bench.size import Size

KIND, LEVEL, LANGUAGE = "reminder", 2, "fr"
TEMPLATE = FOLDER / LANGUAGE / f"{TEMPLATES[KIND, LEVEL]}.docx"
AS_OF = dt.date(2026, 11, 20)
FIRM = {
    "company_name": "Atelier du Rhône", "company_form": "SAS au capital de 50 000 €",
    "company_address1": "12 quai Perrache", "company_postcode": "69002", "company_city": "Lyon",
    "company_rcs": "RCS Lyon 732 829 320", "company_email": "credit@atelier.example",
    "company_iban": "FR7630006000011234567890189", "signatory_name": "Claire Fontaine",
    "signatory_title": "Responsable crédit",
}


def letters(size: Size) -> list[Row]:
    """One reminder for each of many clients, in memory."""
    cases = [case(number) for number in range(size.letters)]
    words = [context(one) for one in cases]
    ours, theirs = best(Task(lambda: list(map(render, cases))), Task(lambda: list(map(with_docxtpl, words))),
                        turns=size.long_turns)
    return [Row(f"{size.letters} reminders of three invoices each", ours,
                "docxtpl: open, render, save for each, its words ready-made", theirs)]


def with_docxtpl(words: dict[str, Any]) -> bytes:
    """The yardstick: what the manual of docxtpl shows."""
    template, target = DocxTemplate(TEMPLATE), io.BytesIO()
    template.render(words, autoescape=True)
    template.save(target)
    return target.getvalue()


def case(number: int) -> LetterCase:
    """A client with three invoices that are late."""
    lines = [InvoiceLine(f"F{number:05d}-{place}", AS_OF - dt.timedelta(late + 30), AS_OF - dt.timedelta(late),
                         amount, 0, amount, late, 12.5) for place, (late, amount) in
             enumerate(((64, 6000.0), (36, 3254.4), (28, 1180.56)), start=1)]
    return LetterCase(
        kind=KIND, level=LEVEL, language=LANGUAGE, date=AS_OF, deadline=AS_OF + dt.timedelta(8), firm=FIRM,
        client={"client": f"C{number:05d}", "name": f"Client {number}", "address1": "8 rue des Lilas",
                "postcode": "38000", "city": "Grenoble", "country": "FR"},
        invoices=lines, annual_rate=0.124, indemnity_each=40, previous_letter=AS_OF - dt.timedelta(10),
        previous_level=LEVEL - 1)
