"""The accounts of one client as ratios: the latest year and the one before, the trends, the published scores.

Of each line its value, that of the year before, its unit (of a score its zone by its default source), and what is to be
said: the line that is missing or not positive where there is no value, where sources disagree, whether the score was
made for such a firm. Shares are shown in per cent. Z of listed firms needs a value of the market and is not here.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from udfs.book.book import Book
from udfs.rating import altman, conan_holder, models, ratios, trends
from udfs.rating.financial_score import financial_score
from udfs.rating.latest_accounts import latest_accounts
from udfs.rating.model_words import domain_words, zone_words
from udfs.tables.columns import round_cents
from udfs.tables.schema import SCHEMA
from udfs.texts import say

COLUMNS = ("ratio", "value", "year_before", "unit", "remark")
SCORES = ("z1", "z2", "conan_holder")
Row = list[Any]


def financial_rows(book: Book, client: int) -> list[Row]:
    """The rows of one client; none where no accounts of it are known."""
    table = book.assembly.tables["Accounts"]
    years = _years(book, client)
    if years[0] < 0:
        return []
    amounts = {name: table[name] for name, spec in SCHEMA["Accounts"].items() if spec.type in ("amount", "count")}
    lines = trends.lines_of(amounts, years)
    return [_closing_row(book, np.append(table["year_end"], np.datetime64("NaT", "D"))[years], lines),
            *_ratio_rows(book, client, lines), *_trend_rows(book, lines), *_score_rows(book, client, lines)]


def _years(book: Book, client: int) -> np.ndarray:
    """The rows of the latest accounts, of those of the year before, and of the year before that; -1 where none."""
    own = np.flatnonzero(book.assembly.client_of["Accounts"] == client)
    ends = book.assembly.tables["Accounts"]["year_end"][own]
    latest = latest_accounts(np.zeros(len(own), np.int64), ends, book.as_of, 1)[0]
    before = np.append(trends.previous_accounts(np.zeros(len(own), np.int64), ends), -1)
    return np.append(own, -1)[[latest, before[latest], before[before[latest]]]]


def _closing_row(book: Book, ends: np.ndarray, lines: ratios.Lines) -> Row:
    """When the accounts closed, and whether a year had other than 12 months."""
    language, months = book.policy.language, lines["months"][0]
    remark = "" if np.isnan(months) or months == 12 else say("financial.months", language, months=months)
    return [say("financial.year_end", language), ends[0], ends[1], "", remark]


def _ratio_rows(book: Book, client: int, lines: ratios.Lines) -> Iterator[Row]:
    language = book.policy.language
    for code, row in ratios.ratios().items():
        if code == "market_value_to_debt":
            continue
        values = ratios.ratio(code, lines, float(book.vat_rate[client]))
        remark = "" if not np.isnan(values[0]) else _why_not(
            ratios.missing(code, lines)[0], ratios.not_positive(code, lines)[0], language)
        yield _row(f"ratios.{code}", values, row["unit"], remark, language)


def _trend_rows(book: Book, lines: ratios.Lines) -> Iterator[Row]:
    """From the year before to the latest, and from the one before that."""
    language = book.policy.language
    now, before = ({name: values[years] for name, values in lines.items()} for years in (slice(0, 2), slice(1, 3)))
    for code, row in trends.trends().items():
        values = trends.trend(code, now, before)
        remark = ""
        if np.isnan(values[0]):
            absent = all(np.isnan(values[0]) for values in before.values())
            remark = say("financial.not_computed_before", language) if absent else _why_not(
                ratios.missing(row["of"], now)[0] or ratios.missing(row["of"], before)[0],
                ratios.not_positive(row["of"], now)[0] or ratios.not_positive(row["of"], before)[0] or row["of"],
                language)
        yield _row(f"ratios.{code}", values, row["unit"], remark, language)


def _score_rows(book: Book, client: int, lines: ratios.Lines) -> Iterator[Row]:
    """The published scores, each with its zone and what it was made for, and our own."""
    language, naf = book.policy.language, str(book.clients.column("naf")[client])
    turnover = float(ratios.ratio("turnover", lines)[0])
    for model in SCORES:
        values = conan_holder.conan_holder(lines) if model == "conan_holder" else altman.altman(model, lines)
        missing, below = (rule[0] for rule in (
            (conan_holder.missing(lines), conan_holder.not_positive(lines)) if model == "conan_holder" else
            (altman.missing(model, lines), altman.not_positive(model, lines))))
        row = _row(f"financial.model_{model}", values, "", _why_not(missing, below, language), language)
        if not np.isnan(values[0]):
            score = float(values[0])
            row[3] = say(f"financial.zone_{models.zone(model, values[:1])[0]}", language)
            row[4] = f"{zone_words(model, score, language)}. {domain_words(model, naf, turnover, language)}"
        yield row
    values = financial_score(lines).score
    yield _row("financial.model_financial_score", values, "points", say(
        "financial.opinion" if not np.isnan(values[0]) else "financial.not_computed", language), language)


def _row(code: str, values: np.ndarray, unit: str, remark: str, language: str) -> Row:
    """The two values as they are shown: shares in per cent, all to the hundredth."""
    now, before = round_cents(values[:2] * (100 if unit == "share" else 1)).tolist()
    return [say(code, language), now, before, say(f"financial.unit_{unit}", language) if unit else "", remark]


def _why_not(missing: str, below: str, language: str) -> str:
    """Why a value is not known: the line that is not there, or the one it would be divided by."""
    if not missing and not below:
        return say("financial.not_computed", language)
    name = missing or below
    spec = SCHEMA["Accounts"].get(name)
    return say(f"financial.not_computed_{'missing' if missing else 'not_positive'}", language,
               line=spec.label(language) if spec else say(f"ratios.{name}", language))
