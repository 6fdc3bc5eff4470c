"""A payment term as a value: its instalments, each with a maturity, the means, the discount of an early payment.

The end-of-month convention of a maturity says what is counted first (DOMAIN 3.2):
DAYS_THEN_EOM   the days, then the end of that month              "45 jours fin de mois"
EOM_THEN_DAYS   the end of the invoice month, then the days       "fin de mois 45 jours"
EOM_THEN_15TH   the same with months of 30 days, so that 45 days end on the 15th of the second month
MONTHS_THEN_EOM the days as months of 30, then the end of that month (a shortcut of many ERPs)

Effective days are the mean a client takes under the term, in days, as the credit need uses them (DOMAIN 0):
the net days, a month for 30, an end of month for 15 more; of instalments the mean weighted by their shares.

>>> Terms.net(days=45, end_of_month="DAYS_THEN_EOM").effective_days
60
>>> Terms.net(months=1).effective_days, Terms.net(end_of_month="DAYS_THEN_EOM", on_days=(10,)).effective_days
(30, 25)
>>> third = Fraction(1, 3)
>>> Terms(tuple(Instalment(third, Maturity(days=days)) for days in (30, 60, 90))).effective_days
60
"""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

EFFECTIVE_DAYS_OF_END_OF_MONTH = 15
EFFECTIVE_DAYS_OF_DECADE = 5
DAYS_OF_MONTH = 30
BILLS = ("LCR", "note")


@dataclass(frozen=True)
class Maturity:
    """Days and months counted from a base date, then what the convention adds; empty and 0 mean "not said".

    `end_of_month` is one of the four conventions or ""; `on_days` the payment days in the month (1 to 31,
    ascending); `decade` counts from the end of the ten-day period; `base` is invoice, receipt, delivery or order;
    `later` is months after the date that all this gives, for an instalment anchored on the first.
    """

    days: int = 0
    months: int = 0
    end_of_month: str = ""
    on_days: tuple[int, ...] = ()
    decade: bool = False
    base: str = "invoice"
    later: int = 0

    @property
    def counted(self) -> tuple[int, int]:
        """Months and days as the convention counts them: two of the four turn 30 days into a month."""
        if self.end_of_month in ("EOM_THEN_15TH", "MONTHS_THEN_EOM"):
            return self.months + self.days // DAYS_OF_MONTH, self.days % DAYS_OF_MONTH
        return self.months, self.days

    @property
    def effective_days(self) -> int:
        """Mean days from the base date to the due date, a month taken for 30 days."""
        days = self.days + DAYS_OF_MONTH * (self.months + self.later)
        if self.decade:
            days += EFFECTIVE_DAYS_OF_DECADE
        # Of several days in the month the first to come counts: on average half the time between two of them.
        wait = DAYS_OF_MONTH // (2 * len(self.on_days)) if self.on_days else 0
        if not self.end_of_month:
            return days + wait
        after_end = min(self.on_days[0], DAYS_OF_MONTH) if self.on_days else 0
        return days + EFFECTIVE_DAYS_OF_END_OF_MONTH + after_end


@dataclass(frozen=True)
class Instalment:
    """A share of the invoice and when it falls due; `kind` is "", deposit or retention."""

    share: Fraction
    maturity: Maturity
    kind: str = ""


@dataclass(frozen=True)
class Discount:
    """What is taken off an invoice that is paid early, and until when."""

    share: Fraction
    maturity: Maturity


WHOLE = Fraction(1)


@dataclass(frozen=True)
class Terms:
    """Instalments whose shares total 1, in the order of the text; `means` is a code such as LCR."""

    instalments: tuple[Instalment, ...] = (Instalment(WHOLE, Maturity()),)
    means: str = ""
    discount: Discount | None = None

    @classmethod
    def net(cls, days: int = 0, months: int = 0, end_of_month: str = "", on_days: tuple[int, ...] = (),
            decade: bool = False, base: str = "invoice", means: str = "") -> Terms:
        """A term with a single maturity."""
        return cls((Instalment(WHOLE, Maturity(days, months, end_of_month, on_days, decade, base)),), means)

    @property
    def maturity(self) -> Maturity:
        """The maturity that ends the term: of the last instalment that is not a retention."""
        due = [one for one in self.instalments if one.kind != "retention"] or self.instalments
        return due[-1].maturity

    @property
    def is_split(self) -> bool:
        """Whether there is more than one instalment."""
        return len(self.instalments) > 1

    @property
    def is_bill(self) -> bool:
        """Whether the term is paid by a bill of exchange or a promissory note."""
        return self.means in BILLS

    @property
    def effective_days(self) -> int:
        """Mean days from the base date to the due date, weighted by the shares."""
        return round(sum(one.share * one.maturity.effective_days for one in self.instalments))

    def words(self, language: str = "en") -> str:
        """The term in clear words, which the parser reads back to the same value."""
        from udfs.terms.wording import in_words

        return in_words(self, language)
