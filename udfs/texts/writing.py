"""Amounts, dates and shares as the reader's language writes them.

>>> money(1234.5, "fr")
'1\\u202f234,50\\xa0€'
>>> money(1234.5, "en")
'€1,234.50'
>>> date(np.datetime64("2026-11-20"), "fr"), date(np.datetime64("2026-11-20"), "en")
('20/11/2026', '20 Nov 2026')
>>> percent(0.1215, "fr")
'12,15\\xa0%'
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import numpy as np

LOCALES = {"en": "en_IE", "fr": "fr_FR"}


def money(value: float, language: str, currency: str = "EUR") -> str:
    """An amount with its currency, rounded half-up to the cent."""
    from babel.numbers import format_currency

    return format_currency(cents(value), currency, locale=LOCALES[language])


def number(value: float, language: str, decimals: int = 0) -> str:
    """A number with at most two decimals, and at least so many."""
    from babel.numbers import format_decimal

    return format_decimal(cents(value), "#,##0." + "0" * decimals + "#" * (2 - decimals), locale=LOCALES[language])


def percent(value: float, language: str) -> str:
    """A fraction as a percentage with at most two decimals."""
    from babel.numbers import format_percent

    return format_percent(round(float(value), 6), "#,##0.##%" if language == "en" else "#,##0.##\xa0%",
                          locale=LOCALES[language])


def date(value: Any, language: str) -> str:
    """A day: 20/11/2026 in French, 20 Nov 2026 in English, which no reader takes for another day."""
    from babel.dates import format_date

    day = np.datetime64(value, "D").astype(dt.date)
    if day is None:
        return "–"
    return format_date(day, "dd/MM/yyyy" if language == "fr" else "d MMM yyyy", locale=LOCALES[language])


def cents(value: float) -> Any:
    """Half-up to the cent, in decimal: 1.005 is written 1.01.

    >>> cents(1.005), cents(-2.675)
    (Decimal('1.01'), Decimal('-2.68'))
    """
    from decimal import ROUND_HALF_UP, Decimal

    return Decimal(repr(float(value))).quantize(Decimal("0.01"), ROUND_HALF_UP)


WRITERS: dict[str, Callable[[Any, str], str]] = {
    "money": money, "number": number, "percent": percent, "date": date,
}
