"""The figures and facts of one letter to one client.

    principal = sum of balances - credits          what the client owes, incl. VAT
    penalties = sum of the interest of the lines   between professionals only, when a rate is known
    indemnity = number of late invoices x 40 EUR   between professionals only; once for each invoice
    claimed   = principal + penalties + indemnity  what a formal notice demands

Each line is rounded half-up to the cent before it is added: what is printed adds up. The indemnity is in
euros whatever the currency of the invoices, so `claimed` holds it only when they are in euros too.

Law: between professionals C.com L441-10 and D441-5; a public buyer CCP L2192-13, R2192-31 and D2192-35; a
buyer abroad the contract, else Directive 2011/7/EU (for a buyer outside the European Union pass the contract
rate or none, and no indemnity unless agreed); a consumer owes neither penalty nor indemnity.

>>> import datetime as dt
>>> line = InvoiceLine("F1", dt.date(2026, 8, 31), dt.date(2026, 9, 30), 1200, 200, 1000, 51, 17.33)
>>> case = LetterCase(kind="formal_notice", level=4, language="fr", date=dt.date(2026, 11, 20),
...     deadline=dt.date(2026, 11, 28), client={"client": "C1"}, firm={}, invoices=[line],
...     annual_rate=0.124, indemnity_each=40)
>>> case.principal, case.penalties, case.indemnity, case.claimed
(Decimal('1000.00'), Decimal('17.33'), Decimal('40.00'), Decimal('1057.33'))
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from udfs.book.buyers import PUBLIC_BUYERS
from udfs.texts.writing import cents

Amount = Decimal | float


@dataclass(frozen=True)
class InvoiceLine:
    """One late invoice: balance = amount - paid - retention, all incl. VAT."""

    invoice: str
    date: dt.date
    due_date: dt.date
    amount: Amount
    paid: Amount
    balance: Amount
    days_late: int
    interest: Amount
    retention: Amount = 0


@dataclass(frozen=True, kw_only=True)
class LetterCase:
    """What one letter needs; `client` holds columns of Clients, `firm` the company_* keys of Policy."""

    kind: str
    level: int
    language: str
    date: dt.date
    deadline: dt.date
    client: Mapping[str, str]
    firm: Mapping[str, str]
    invoices: Sequence[InvoiceLine]
    credits: Amount = 0
    currency: str = "EUR"
    annual_rate: float | None
    rate_basis: str = "default"
    indemnity_each: Amount
    business_buyer: bool = True
    foreign_buyer: bool = False
    previous_letter: dt.date | None = None
    previous_level: int | None = None
    total_due: Amount | None = None

    @property
    def law(self) -> str:
        """Whose rules on late payment the letter may cite: commercial, public, directive or none."""
        if not self.business_buyer:
            return "none"
        if self.foreign_buyer:
            return "directive"
        return "public" if self.client.get("buyer_type") in PUBLIC_BUYERS else "commercial"

    @property
    def penalties_apply(self) -> bool:
        """Whether penalties are recalled, shown or claimed at all."""
        return self.business_buyer and self.annual_rate is not None

    @property
    def indemnity_applies(self) -> bool:
        """Whether the fixed indemnity is recalled, shown or claimed at all."""
        return self.business_buyer and self.indemnity_each > 0

    @property
    def principal(self) -> Decimal:
        """Balances less credit notes and unallocated payments."""
        return total(line.balance for line in self.invoices) - cents(float(self.credits))

    @property
    def penalties(self) -> Decimal:
        """Late interest to date."""
        return total(line.interest for line in self.invoices) if self.penalties_apply else Decimal("0.00")

    @property
    def indemnity(self) -> Decimal:
        """The fixed indemnity of all late invoices, in euros."""
        each = cents(float(self.indemnity_each)) if self.indemnity_applies else Decimal("0.00")
        return each * len({line.invoice for line in self.invoices})

    @property
    def claimed(self) -> Decimal:
        """What a formal notice demands, in the currency of the invoices."""
        return self.principal + self.penalties + (self.indemnity if self.currency == "EUR" else 0)

    @property
    def demanded(self) -> Decimal:
        """What this letter asks to be paid: penalties are claimed from the formal notice on."""
        return self.claimed if self.kind == "formal_notice" else self.principal


def total(amounts: Iterable[Amount]) -> Decimal:
    """The sum of amounts as they are printed, each rounded to the cent."""
    return sum((cents(float(amount)) for amount in amounts), Decimal("0.00"))
