"""One payment term with a single maturity, as a value that prints itself back in clear words.

The end-of-month convention says what is counted first (DOMAIN 3.2):
DAYS_THEN_EOM   the days, then the end of that month              "45 jours fin de mois"
EOM_THEN_DAYS   the end of the invoice month, then the days       "fin de mois 45 jours"
EOM_THEN_15TH   the same with months of 30 days, so that 45 days end on the 15th of the second month
MONTHS_THEN_EOM the days as months of 30, then the end of that month (a shortcut of many ERPs)

Effective days are the mean a client takes under the term, in days, as the credit need uses them (DOMAIN 0):
the net days, a month for 30, an end of month for 15 more.

>>> Terms(days=45, end_of_month="DAYS_THEN_EOM").effective_days
60
>>> Terms(days=45, end_of_month="EOM_THEN_DAYS").effective_days
60
>>> Terms(months=1).effective_days, Terms(end_of_month="DAYS_THEN_EOM", on_day=10).effective_days
(30, 25)
>>> Terms(days=30, end_of_month="DAYS_THEN_EOM", on_day=10, means="LCR").words("fr")
'30 jours puis fin de mois le 10, par LCR'
"""

from __future__ import annotations

from dataclasses import dataclass

from udfs.texts import say

EFFECTIVE_DAYS_OF_END_OF_MONTH = 15
EFFECTIVE_DAYS_OF_DECADE = 5
DAYS_OF_MONTH = 30


@dataclass(frozen=True)
class Terms:
    """Days and months counted from a base date, then what the convention adds; empty and 0 mean "not said".

    `end_of_month` is one of the four conventions or ""; `on_day` the payment day in the month (1 to 31);
    `decade` counts from the end of the ten-day period; `base` is invoice, delivery or order; `means` a code
    such as LCR.
    """

    days: int = 0
    months: int = 0
    end_of_month: str = ""
    on_day: int = 0
    decade: bool = False
    base: str = "invoice"
    means: str = ""

    @property
    def counted(self) -> tuple[int, int]:
        """Months and days as the convention counts them: two of the four turn 30 days into a month."""
        if self.end_of_month in ("EOM_THEN_15TH", "MONTHS_THEN_EOM"):
            return self.months + self.days // DAYS_OF_MONTH, self.days % DAYS_OF_MONTH
        return self.months, self.days

    @property
    def effective_days(self) -> int:
        """Mean days from the base date to the due date, a month taken for 30 days."""
        days = self.days + DAYS_OF_MONTH * self.months
        if self.decade:
            days += EFFECTIVE_DAYS_OF_DECADE
        if self.end_of_month:
            return days + EFFECTIVE_DAYS_OF_END_OF_MONTH + min(self.on_day, DAYS_OF_MONTH)
        # The next 10th of the month comes after half a month on average, whatever the day.
        return days + (DAYS_OF_MONTH // 2 if self.on_day else 0)

    def words(self, language: str = "en") -> str:
        """The term in clear words, which the parser reads back to the same due dates."""
        text = self._count_in_words(language)
        if self.base != "invoice" and self._is_counted:
            text = say(f"terms.from_{self.base}", language, term=text)
        if self.means:
            text = say("terms.by", language, term=text, means=say(f"terms.means_{self.means}", language))
        return text

    @property
    def _is_counted(self) -> bool:
        return bool(self.days or self.months or self.end_of_month or self.on_day or self.decade)

    def _count_in_words(self, language: str) -> str:
        if not self._is_counted:
            return say(f"terms.on_{self.base}", language)
        months, days = self.counted
        day = say("terms.day_number", language, count=self.on_day)
        span = self._span_in_words(months, days, language)
        if self.decade:
            text = say("terms.decade_then", language, span=span) if span else say("terms.decade", language)
        elif self.end_of_month and not span:
            if self.on_day:
                return say("terms.day_of_next_month", language, day=day)
            return say("terms.end_of_month", language)
        elif self.end_of_month in ("EOM_THEN_DAYS", "EOM_THEN_15TH"):
            next_month = (months, days, self.on_day) == (1, 0, 0)
            code = "terms.end_of_next_month" if next_month else "terms.end_of_month_then"
            text = say(code, language, span=span)
        elif self.end_of_month:
            text = say("terms.then_end_of_month", language, span=span)
        elif span:
            text = say("terms.net", language, span=span, count=months + days)
        else:
            return say("terms.day", language, day=day)
        return say("terms.on_day", language, term=text, day=day) if self.on_day else text

    @staticmethod
    def _span_in_words(months: int, days: int, language: str) -> str:
        in_months = say("terms.months", language, count=months) if months else ""
        in_days = say("terms.days", language, count=days) if days else ""
        if months and days:
            return say("terms.months_and_days", language, months=in_months, days=in_days)
        return in_months or in_days
