"""A payment term in clear words, for a letter, which the parser reads back to the same term.

Days that a convention counts as months are written as months: "fin de mois puis 1 mois et 15 jours".

>>> from udfs.terms.term import Discount
>>> rest = Instalment(Fraction(7, 10), Maturity(days=30, end_of_month="DAYS_THEN_EOM", on_days=(10, 25)))
>>> deposit = Instalment(Fraction(3, 10), Maturity(base="order"), "deposit")
>>> in_words(Terms((deposit, rest), "LCR"), "fr").replace(chr(160), " ")
'acompte de 30 % à la commande, 70 % à 30 jours puis fin de mois les 10 et 25, par LCR'
>>> in_words(Terms(discount=Discount(Fraction(1, 50), Maturity(days=8))), "en")
'payable immediately, cash discount of 2% if paid at 8 days net'
"""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction

from udfs.terms.clauses import MOST_PARTS
from udfs.terms.term import Instalment, Maturity, Terms
from udfs.texts import say

# A share with more decimals than these is written as a fraction.
PERCENTAGE_DECIMALS = 4
APART = {"monthly": 1, "quarterly": 3}


def in_words(terms: Terms, language: str) -> str:
    """The instalments in their order, then the means, then the discount."""
    parts = []
    rest = list(terms.instalments)
    while rest:
        apart, count = _regular(rest)
        parts.append(_series_in_words(rest[:count], apart, terms, language) if count > 1
                     else _payment_in_words(rest[0], terms, language))
        rest = rest[count:]
    text = ", ".join(parts)
    if terms.means:
        text = say("terms.by", language, term=text, means=say(f"terms.means_{terms.means}", language))
    if terms.discount:
        share = say("terms.discount_if_paid", language, share=_share(terms.discount.share, language))
        text = f"{text}, {_at(share, _maturity_in_words(terms.discount.maturity, language), language)}"
    return text


def _regular(instalments: list[Instalment]) -> tuple[str, int]:
    """How many of the first instalments are equal and regular, and how far apart they are."""
    first = instalments[0]
    if first.kind or first.maturity.later:
        return "", 1
    counts = dict.fromkeys(APART, 1)
    for apart, months in APART.items():
        while instalments[counts[apart]:][:1] == [_after(first, counts[apart] * months)]:
            counts[apart] += 1
    return max(counts.items(), key=lambda pair: pair[1])


def _after(first: Instalment, months: int) -> Instalment:
    return replace(first, maturity=replace(first.maturity, later=months))


def _series_in_words(series: list[Instalment], apart: str, terms: Terms, language: str) -> str:
    count = len(series)
    text = say(f"terms.{apart}", language, number=count)
    if count < len(terms.instalments):
        text = say(f"terms.share_{apart}", language, share=_share(count * series[0].share, language), number=count)
    return _at(text, _maturity_in_words(series[0].maturity, language), language)


def _payment_in_words(instalment: Instalment, terms: Terms, language: str) -> str:
    when = _maturity_in_words(instalment.maturity, language)
    if not terms.is_split:
        return when
    share = _share(instalment.share, language)
    if instalment.kind:
        share = say(f"terms.{instalment.kind}", language, share=share)
    return _at(share, when, language)


def _at(share: str, when: str, language: str) -> str:
    """ "30 % à 60 jours", but "30 % fin de mois"."""
    return say("terms.share_after" if when[0].isdigit() else "terms.share", language, share=share, term=when)


def _share(share: Fraction, language: str) -> str:
    scaled = share * 100 * 10 ** PERCENTAGE_DECIMALS
    if scaled.denominator == 1:
        whole, part = divmod(int(scaled), 10 ** PERCENTAGE_DECIMALS)
        decimals = f"{part:0{PERCENTAGE_DECIMALS}}".rstrip("0")
        mark = "," if language == "fr" else "."
        return say("terms.percentage", language, number=f"{whole}{mark}{decimals}" if decimals else str(whole))
    return str(share) if share.denominator <= MOST_PARTS else say("terms.fraction", language, number=str(share))


def _maturity_in_words(maturity: Maturity, language: str) -> str:
    text = _count_in_words(maturity, language)
    counted = maturity.days or maturity.months or maturity.end_of_month or maturity.on_days or maturity.decade
    if maturity.decade or (counted and maturity.base != "invoice"):
        text = say(f"terms.from_{maturity.base}", language, term=text)
    if maturity.later:
        months = say("terms.months", language, count=maturity.later)
        text = say("terms.months_later", language, term=text, months=months)
    return text


def _count_in_words(maturity: Maturity, language: str) -> str:
    """What is counted, in the order in which it is counted."""
    months, days = maturity.counted
    span = _span_in_words(months, days, language)
    on_days = _days_in_words(maturity.on_days, language)
    several = len(maturity.on_days) > 1
    if maturity.decade:
        text = say("terms.decade_then", language, span=span) if span else say("terms.decade", language)
    elif maturity.end_of_month and not span:
        if several:
            return say("terms.several_days_of_next_month", language, days=on_days)
        return (say("terms.day_of_next_month", language, day=on_days) if on_days
                else say("terms.end_of_month", language))
    elif maturity.end_of_month in ("EOM_THEN_DAYS", "EOM_THEN_15TH"):
        if months == 1 and not on_days and not days:
            text = say("terms.end_of_next_month", language)
        elif months == 1 and not on_days and maturity.end_of_month == "EOM_THEN_DAYS":
            text = say("terms.end_of_next_month_then", language, span=_span_in_words(0, days, language))
        else:
            text = say("terms.end_of_month_then", language, span=span)
    elif maturity.end_of_month:
        text = say("terms.then_end_of_month", language, span=span)
    elif span:
        text = say("terms.net", language, span=span, count=months + days)
    elif several:
        return say("terms.several_days", language, days=on_days)
    else:
        return say("terms.day", language, day=on_days) if on_days else say(f"terms.on_{maturity.base}", language)
    if several:
        return say("terms.on_several_days", language, term=text, days=on_days)
    return say("terms.on_day", language, term=text, day=on_days) if on_days else text


def _days_in_words(on_days: tuple[int, ...], language: str) -> str:
    """1er; 10 et 25; 10, 20 et 30."""
    days = [say("terms.day_number", language, count=day) for day in on_days]
    if len(days) < 2:
        return "".join(days)
    return say("terms.list_of_days", language, days=", ".join(days[:-1]), last=days[-1])


def _span_in_words(months: int, days: int, language: str) -> str:
    in_months = say("terms.months", language, count=months) if months else ""
    in_days = say("terms.days", language, count=days) if days else ""
    if months and days:
        return say("terms.months_and_days", language, months=in_months, days=in_days)
    return in_months or in_days
