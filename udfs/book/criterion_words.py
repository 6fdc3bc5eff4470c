"""One criterion of one client in words: the value that was judged, and what it stands on or what is missing."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from udfs.book.book import Book
from udfs.rating import altman
from udfs.rating.financial_score import RATIOS
from udfs.tables.schema import SCHEMA
from udfs.texts import say

# The column of the table Clients from which a criterion comes; where it is empty, that is what is missing.
ENTERED = {"legal_form": "legal_form", "company_age": "founded", "sales_opinion": "sales_opinion",
           "trend": "order_trend", "country": "country_risk", "relation": "customer_since"}


def value(book: Book, client: int, criterion: str) -> str:
    """The value behind an answer that is known."""
    measured = book.rating.measures[criterion][client]
    if criterion in ("legal_form", "sales_opinion"):
        return _say(book, f"{criterion}_{measured}")
    if criterion in ("company_age", "relation"):
        years = math.floor(measured)
        return _say(book, "years", count=years) if years else _say(book, "first_year")
    return {"payment": _payment, "trend": _trend, "country": lambda *_: str(measured), "term": _term,
            "financial": _financial, "financial_score": _own_score}[criterion](book, client)


def remark(book: Book, client: int, criterion: str) -> str:
    """Where the value comes from or what is missing, and what takes away from it: no weight, a penalty, its age."""
    rating, weight = book.rating, book.policy.weights[criterion]
    answer = rating.answers[criterion][client]
    parts = [_missing(book, client, criterion) if np.isnan(answer) else _source(book, client, criterion)]
    if not weight:
        parts.insert(0, _say(book, "opinion"))
        return " ".join(parts)
    if answer == 1 and rating.penalties[criterion]:
        parts.append(_say(book, "penalty", penalty=-rating.penalties[criterion]))
    if criterion in rating.freshness and not np.isnan(answer) and rating.freshness[criterion][client] < 1:
        dated = criterion not in ("sales_opinion", "trend") or not np.isnat(book.clients.column("checked_on")[client])
        parts.append(_say(book, "freshness" if dated else "freshness_undated", factor=float(
            rating.freshness[criterion][client]), column=_label(book, "Clients", "checked_on")))
    return " ".join(parts)


def in_days(days: float) -> dict[str, float]:
    """Days for a text with a plural; a day and a half are days."""
    return {"days": days, "count": math.ceil(days) if days > 1 else math.floor(days)}


def _source(book: Book, client: int, criterion: str) -> str:
    rating, column, policy = book.rating, book.clients.column, book.policy
    if criterion in ("company_age", "relation"):
        given = column(ENTERED[criterion])[client]
        if criterion == "relation" and np.isnat(given):
            return _say(book, "source_first_invoice", on=rating.trade.first_invoice[client])
        return _say(book, f"source_{criterion}", on=given)
    if criterion == "payment":
        recent = float(rating.behaviour.recent_days_beyond_terms[client])
        told = _say(book, "source_payment", months=policy.days("behaviour_months"))
        return told if np.isnan(recent) else f"{told} " + _say(
            book, "source_payment_recent", months=policy.days("behaviour_recent_months"), **in_days(recent))
    if criterion == "financial":
        return _financial_source(book, client)
    if criterion == "financial_score":
        return _say(book, "source_financial_score", known=int(rating.strength.score.known[client]), ratios=len(RATIOS),
                    on=rating.strength.year_end[client])
    if criterion == "term":
        return _say(book, "source_stated_term" if np.isnan(rating.trade.term_days[client]) else "source_term")
    if not column(ENTERED[criterion])[client]:
        return _say(book, f"source_{criterion}")
    return _say(book, "source_entered")


def _financial_source(book: Book, client: int) -> str:
    strength, column = book.rating.strength, book.clients.column
    own = strength.z2[client]
    if not strength.by_note[client]:
        return _say(book, "source_financial", on=strength.year_end[client])
    on = column("external_date")[client]
    told = _say(book, "source_note" if np.isnat(on) else "source_note_dated", on=on)
    return told if np.isnan(own) else f"{told} " + _say(book, "source_note_over_accounts", z2=own)


def _missing(book: Book, client: int, criterion: str) -> str:
    strength, months = book.rating.strength, book.policy.days("behaviour_months")
    if criterion in ENTERED:
        return _say(book, "missing_trend" if criterion == "trend" else "missing_entry",
                    column=_label(book, "Clients", ENTERED[criterion]))
    if criterion in ("payment", "term"):
        return _say(book, f"missing_{criterion}", months=months)
    if not strength.has_accounts[client]:
        return _say(book, "missing_accounts")
    if criterion == "financial_score":
        return _say(book, "missing_financial_score", known=int(strength.score.known[client]), ratios=len(RATIOS))
    lines = {name: values[client:client + 1] for name, values in strength.lines.items()}
    line, cause = str(altman.missing("z2", lines)[0]), "line"
    if not line:
        line, cause = str(altman.not_positive("z2", lines)[0]), "positive"
    return _say(book, f"missing_{cause}", on=strength.year_end[client], line=_label(book, "Accounts", line))


def _payment(book: Book, client: int) -> str:
    paying = book.rating.behaviour
    days = float(paying.days_beyond_terms[client])
    if paying.prepays[client]:
        return _say(book, "prepays")
    return _say(book, "new_credit") if np.isnan(days) else _say(book, "beyond_terms", **in_days(days))


def _trend(book: Book, client: int) -> str:
    given = str(book.rating.measures["order_trend"][client])
    if given:
        return _say(book, f"order_trend_{given}")
    change = float(book.rating.measures["trend"][client])
    return _say(book, "change_up" if change > 0 else "change", change=change)


def _term(book: Book, client: int) -> str:
    return _say(book, "term_days", **in_days(float(book.rating.measures["term"][client])))


def _financial(book: Book, client: int) -> str:
    if book.rating.strength.by_note[client]:
        column = book.clients.column
        provider = _say(book, f"provider_{column('external_provider')[client]}")
        return f"{provider} {column('external_score')[client]}"
    return _say(book, "z2", z2=float(book.rating.strength.z2[client]))


def _own_score(book: Book, client: int) -> str:
    return _say(book, "of_hundred", score=float(book.rating.own_score[client]))


def _label(book: Book, table: str, column: str) -> str:
    return SCHEMA[table][column].label(book.policy.language)


def _say(book: Book, name: str, **values: Any) -> str:
    return say(f"reasons.{name}", book.policy.language, **values)
