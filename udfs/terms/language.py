"""Read a payment term as accountants and ERPs write it, in French or English, in one payment or in several.

The order of the words tells what is counted first: "fin de mois 45 jours" is the end of the month, then 45
days. "45 jours fin de mois" has two lawful readings (DOMAIN 3.3), so the policy's default decides; an
explicit method wins over the words. Shares total 100 %. What is not understood is refused, never guessed.

>>> read_terms("45 j FDM").words("fr"), read_terms("FDM + 45 j").words("fr")
('45 jours puis fin de mois', 'fin de mois puis 45 jours')
>>> read_terms("45 j FDM", default_method="EOM_THEN_DAYS").words("fr")
'fin de mois puis 45 jours'
>>> read_terms("Due in 60 days, end of month, on the 10th").words("en")
'60 days then end of month on day 10'
>>> read_terms("30% deposit, remainder on delivery").words("en")
'deposit of 30% due on order, 70% due on delivery'
>>> nearest("45 jorus fin de mois")
'45 jours fin de mois'
"""

from __future__ import annotations

import datetime as dt
import difflib
import re
from functools import lru_cache
from typing import Any

import numpy as np

from udfs.errors import WrongArgument
from udfs.tables.cells import is_blank
from udfs.tables.schema import choices, plain
from udfs.terms import instalments
from udfs.terms.grammar import Refusal
from udfs.terms.lexicon import letters
from udfs.terms.term import DAYS_OF_MONTH, Terms

MOST_DAYS = 999
LONGEST_TEXT = 2000
# What is proposed where no form resembles a text so much.
LEAST_LIKENESS, USUAL = 0.5, "{days} jours fin de mois"

# What is proposed when a text is not understood, with the number that the text holds.
FORMS = (
    "{days} jours nets", "{days} jours fin de mois", "{days} j fdm", "fin de mois {days} jours",
    "{days} jours fin de mois le 10", "{days} jours date de livraison", "{days} jours fin de décade",
    "{months} mois", "LCR {days} jours", "comptant", "à réception de facture", "à la livraison",
    "à la commande", "fin de mois", "fin du mois suivant", "le 10 du mois suivant", "{days} days net",
    "{days} days end of month", "end of month {days} days", "{days} days end of month on the 10th",
    "{days} days from delivery", "due on receipt", "end of next month",
    "30 % à la commande, solde à {days} jours", "acompte de 30 %, solde à la livraison",
    "50 % à la commande, 50 % à la livraison", "1/3 30 j, 1/3 60 j, 1/3 90 j", "30/60/90 jours", "Ech. 30/50/20 %",
    "3 mensualités", "3 mensualités à {days} jours fin de mois", "{days} jours le 10 et le 25",
    "{days} jours, retenue de garantie de 5 %", "2 % 10 jours, net 30",
    "escompte de 2 % au comptant, sinon {days} jours nets", "50% on order, 50% on delivery",
    "30% deposit, balance at {days} days", "3 monthly instalments", "2/10 net 30",
)

# 31/12/2026, 2026-12-31, 31.12.26; but 30/60/90 and 40/40/20 are instalments.
_DATE = re.compile(r"\b(?:[0-9]{1,2}([./-])[0-9]{1,2}\1[0-9]{4}|[0-9]{4}([/-])[0-9]{1,2}\2[0-9]{1,2}"
                   r"|(?:0?[1-9]|[12][0-9]|3[01])([./-])(?:0?[1-9]|1[0-2])\3[0-9]{2})\b(?!\s*%)")


def read_terms(value: str | float | int, method: str | None = None, default_method: str = "DAYS_THEN_EOM"
               ) -> Terms:
    """The term that a cell holds; WrongArgument says what is wrong with it.

    `method` is one of the four conventions, in French or English, and wins over the order of the words;
    `default_method` decides where the words leave it open.
    """
    found = try_terms(value, method, default_method)
    if isinstance(found, Refusal):
        text = shown(int(value) if isinstance(value, float) and value.is_integer() else value)
        raise WrongArgument(found.code, text=text, nearest=nearest(text), most=MOST_DAYS, total=found.total)
    return found


def try_terms(value: Any, method: str | None = None, default_method: str = "DAYS_THEN_EOM"
              ) -> Terms | Refusal:
    """The same for whole columns: a refusal is returned, not raised."""
    chosen, default = method_code(method or ""), method_code(default_method)
    if is_blank(value):
        return Refusal("terms.empty")
    if isinstance(value, dt.date | np.datetime64):
        return Refusal("terms.is_a_date")
    if isinstance(value, float | np.floating) and float(value).is_integer():
        value = int(value)
    return _read(str(value), chosen, default)


def method_code(word: str) -> str:
    """The code of an end-of-month convention, written in French or English; an empty text stays empty."""
    code = choices("terms_method").get(plain(word), "")
    if not code and word.strip():
        known = ", ".join(dict.fromkeys(choices("terms_method").values()))
        raise WrongArgument("terms.unknown_method", text=shown(word), known=known)
    return code


def nearest(text: str) -> str:
    """The understood form that resembles the text most."""
    number = re.search("[0-9]{1,3}", text)
    said = int(number[0]) if number else 0
    days, months = said if 0 < said <= 120 else 30, said if 0 < said <= 12 else 2
    forms = {letters(form): form for form in (form.format(days=days, months=months) for form in FORMS)}
    found = difflib.get_close_matches(letters(text), forms, 1, LEAST_LIKENESS)
    return forms[found[0]] if found else USUAL.format(days=days)


def shown(value: Any) -> str:
    """A cell as a sentence quotes it: one line, not too long."""
    text = " ".join(str(value).split())
    return text if len(text) <= 60 else text[:59] + "…"


@lru_cache(maxsize=4096)
def _read(text: str, method: str, default_method: str) -> Terms | Refusal:
    if len(text) > LONGEST_TEXT:
        return Refusal("terms.not_understood")
    if _DATE.search(text):
        return Refusal("terms.is_a_date")
    found = instalments.read(text, method, default_method or "DAYS_THEN_EOM")
    if isinstance(found, Refusal):
        return found
    dates = [one.maturity for one in found.instalments] + ([found.discount.maturity] if found.discount else [])
    if any(date.days + DAYS_OF_MONTH * date.months > MOST_DAYS for date in dates):
        return Refusal("terms.too_long")
    return found
