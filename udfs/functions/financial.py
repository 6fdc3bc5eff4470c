"""Worksheet functions of the published scores: Altman, Conan and Holder, our own, and the sentences of CREDIT_WHY."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import partial
from typing import Any

import numpy as np

from udfs.book.financial_analysis import COLUMNS, financial_rows
from udfs.errors import InWords, NotAvailable, WrongArgument
from udfs.functions.accounts import GivenAccounts, line_label, read_accounts
from udfs.functions.border import book_of, client_place, only, spill
from udfs.functions.registry import worksheet
from udfs.rating import altman, conan_holder
from udfs.rating.financial_score import RATIOS, FinancialScore, financial_ratios, financial_score, least_known
from udfs.rating.model_words import domain_words, zone_words
from udfs.rating.ratios import ratio
from udfs.tables.cells import is_blank, written
from udfs.tables.issues import shown
from udfs.texts import say

CONAN_HOLDER_MODEL = "conan_holder"
SPELLINGS = {"Z": "z", "Z'": "z1", "Z1": "z1", "Z''": "z2", "Z2": "z2", "Z''EM": "z2_em", "Z2EM": "z2_em"}


@worksheet("calculators")
def ALTMAN_Z(model: Any, accounts: Any, book: Any = None) -> float:
    """One of Altman's scores from a year of accounts: Z (listed), Z' (Z1), Z'' (Z2) or Z2_EM (emerging markets).

    `accounts` are rows of a line of the Accounts table, or a box of a tax return, and its amount; Z also needs the line
    market_value. NotAvailable names the line that is missing, or below the bar and not positive.

    >>> round(ALTMAN_Z("Z''", {"total assets": 1500, "current assets": 700, "current debt": 500, "EBIT": 120,
    ...                        "retained earnings": 250, "equity": 600, "total debt": 900}), 3)
    2.656
    """
    return _score(_altman_model(model), read_accounts(accounts))


@worksheet("calculators")
def CONAN_HOLDER(accounts: Any, book: Any = None) -> float:
    """The score of Conan and Holder from a year of accounts of an industrial firm; no probability.

    >>> round(CONAN_HOLDER({"ebitda": 120, "total debt": 670, "equity": 330, "long-term debt": 270, "stocks": 150,
    ...                     "total assets": 1000, "current assets": 500, "financial charges": 20, "turnover": 2000,
    ...                     "personnel": 250, "value added": 400}), 2)
    15.98
    """
    return _score(CONAN_HOLDER_MODEL, read_accounts(accounts))


@worksheet("calculators")
def FINANCIAL_SCORE(accounts: Any, book: Any = None) -> float:
    """Our statistical score of a year of accounts, 0 (weak) to 100 (strong); an opinion, no probability.

    >>> FINANCIAL_SCORE({"total assets": 1500, "equity": 600, "retained earnings": 250, "current assets": 700,
    ...                  "stocks": 260, "current debt": 500, "total debt": 900, "turnover": 2400, "net income": 90,
    ...                  "depreciation": 50})
    62.0
    """
    return float(_own_score(read_accounts(accounts)).score[0])


@worksheet("rating", spills=True)
def FINANCIAL_RATIOS(client: Any, book: Any) -> list[list[Any]]:
    """The ratios and scores of a client's latest accounts, beside those of the year before, under a heading row."""
    found = book_of(book)
    return spill(found, COLUMNS, financial_rows(found, client_place(client, found)), "financial.no_accounts")


def altman_sentence(given: Mapping[str, Any], language: str) -> str:
    """The zone of an Altman score by each of its sources, and the firms it was made for."""
    return _model_sentence(_altman_model(given["model"]), read_accounts(given["accounts"]), language)


def conan_holder_sentence(given: Mapping[str, Any], language: str) -> str:
    """The zone of the score by each of its sources, and the firms it was made for."""
    return _model_sentence(CONAN_HOLDER_MODEL, read_accounts(given["accounts"]), language)


def financial_score_sentence(given: Mapping[str, Any], language: str) -> str:
    """The points of each ratio, and what the score is not."""
    accounts = read_accounts(given["accounts"])
    found = _own_score(accounts)
    unknown = {name for name, values in financial_ratios(accounts.lines).items() if np.isnan(values[0])}
    parts = ", ".join(say("financial.points_of_missing" if name in unknown else "financial.points_of", language,
                          ratio=say(f"financial.ratio_{name}", language), points=float(points[0]))
                      for name, points in found.points.items())
    return " ".join([say("financial.points", language, score=float(found.score[0]), points=parts),
                     say("financial.opinion", language), *_unread(accounts, language)])


def _altman_model(value: Any) -> str:
    """The model of a name as people write it: Z', Z″ and Z2-EM are understood."""
    text = re.sub(r"[\s_\-–()]", "", written(only(value)).upper())
    text = re.sub("[’′‘´`]", "'", re.sub("[\"”“″]", "''", text))
    if is_blank(only(value)):
        raise WrongArgument("errors.missing_argument", argument="model")
    if text not in SPELLINGS:
        raise WrongArgument("financial.unknown_model", value=shown(only(value)))
    return SPELLINGS[text]


def _score(model: str, accounts: GivenAccounts) -> float:
    """The score, or why there is none."""
    lines = accounts.lines
    if model == CONAN_HOLDER_MODEL:
        (score,), (missing,), (below,) = (rule(lines) for rule in (
            conan_holder.conan_holder, conan_holder.missing, conan_holder.not_positive))
    else:
        (score,), (missing,), (below,) = (rule(model, lines) for rule in (
            altman.altman, altman.missing, altman.not_positive))
    if not np.isnan(score):
        return float(score)
    line = missing or below
    named = {"model": InWords(partial(say, f"financial.model_{model}")), "line": InWords(partial(line_label, line))}
    if line in accounts.amounts:
        raise NotAvailable("financial.line_not_positive", **named, amount=accounts.amounts[line])
    unread = ", ".join(accounts.unread)
    raise NotAvailable("financial.line_missing_unread" if unread else "financial.line_missing", **named, unread=unread)


def _model_sentence(model: str, accounts: GivenAccounts, language: str) -> str:
    score = _score(model, accounts)
    turnover = float(ratio("turnover", accounts.lines)[0])
    return " ".join([
        say("financial.score", language, model=say(f"financial.model_{model}", language), score=score,
            zones=zone_words(model, score, language)),
        domain_words(model, accounts.naf, turnover, language), say("financial.no_probability", language),
        *_unread(accounts, language)])


def _own_score(accounts: GivenAccounts) -> FinancialScore:
    """Our score, or why there is none."""
    found = financial_score(accounts.lines)
    if not np.isnan(found.score[0]):
        return found
    missing = dict.fromkeys(line for lines in RATIOS.values() for line in lines if line not in accounts.amounts)
    lines = InWords(lambda language: ", ".join(line_label(line, language) for line in missing))
    raise NotAvailable("financial.too_few_ratios" if missing else "financial.no_sense_in_ratios", lines=lines,
                       least=least_known(), known=int(found.known[0]))


def _unread(accounts: GivenAccounts, language: str) -> Iterator[str]:
    """What of the accounts was not read, and what is to be said of the rest."""
    if accounts.unread:
        yield say("financial.unread", language, unread=", ".join(accounts.unread))
    yield from (remark.sentence(language) for remark in accounts.remarks)
