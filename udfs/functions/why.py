"""CREDIT_WHY: the sentence behind any answer or error, for the cell beside it."""

from __future__ import annotations

import datetime as dt
import difflib
from collections.abc import Mapping
from typing import Any

from udfs.book.book import Book
from udfs.book.figures import figure_sentence
from udfs.book.reasons import sentence
from udfs.book.securities import exposure_part_sentence, utilisation_sentence
from udfs.errors import CreditError, WrongArgument
from udfs.functions.books import figure_named
from udfs.functions.border import book_of, number, only, rows_of
from udfs.functions.exposures import exposure_part
from udfs.functions.financial import altman_sentence, conan_holder_sentence, financial_score_sentence
from udfs.functions.late_interest import late_sentence
from udfs.functions.legal_maximum import legal_sentence
from udfs.functions.limits import method_sentence
from udfs.functions.order_room import room_sentence
from udfs.functions.registry import RATES, REGISTRY, Function, worksheet
from udfs.functions.scorecards import scorecard_sentence
from udfs.tables.cells import is_blank
from udfs.texts import say, writing

# Functions of plain arguments whose rule tells a sentence of its own.
TOLD = {"DUE_CHECK": legal_sentence, "DUE_LEGAL_MAX": legal_sentence, "LATE_INTEREST": late_sentence,
        "LATE_DETAIL": late_sentence, "ALTMAN_Z": altman_sentence, "CONAN_HOLDER": conan_holder_sentence,
        "FINANCIAL_SCORE": financial_score_sentence, "SCORECARD": scorecard_sentence}


@worksheet("book")
def CREDIT_WHY(function: Any, *argument: Any) -> str:
    """Why a function answers what it answers, or what is wrong with its arguments.

    `function` is its name, the rest are the arguments as the function takes them.
    """
    name = str(only(function) or "").strip().strip("=").upper()
    asked = REGISTRY.get(name)
    if asked is None:
        nearest = difflib.get_close_matches(name, REGISTRY, 1, 0.0)[0]
        raise WrongArgument("errors.unknown_function", value=name, nearest=nearest)
    language = "en"
    try:
        _check_number_of_arguments(asked, argument)
        given = dict(zip((one.name for one in asked.arguments), argument, strict=False))
        if not is_blank(only(given.get("book"))):
            language = book_of(given["book"]).policy.language
        if asked.of_client:
            # Of a column of clients the first one is told.
            code = next(iter(rows_of(given["client"])), "")
            answer = asked.call(code, *argument[1:])
            book = book_of(given["book"])
            place = book.clients.find(code)
            order = number(given.get("order_ht"), "order_ht", 0.0)
            told = "" if place is None else (
                _of_exposure(name, book, place, given) or sentence(name, book, place, order)
                or room_sentence(name, book, place, order))
            if told:
                return told
        else:
            answer = asked.call(*argument)
            if name == "BOOK_FIGURE":
                return figure_sentence(book_of(given["book"]), figure_named(given["figure"]))
            told = TOLD[name](given, language) if name in TOLD else ""
            if told:
                return told
    except CreditError as error:
        return error.sentence(language)
    return say("reasons.answer", language, function=asked.syntax(language), help=asked.help(language),
               answer=_short(answer, language, name in RATES))


def _of_exposure(name: str, book: Book, place: int, given: Mapping[str, Any]) -> str:
    """What is told of the use of the limit, of one method, of one part of the exposure; the rest is told with all."""
    if name == "CREDIT_UTILISATION":
        return utilisation_sentence(book, place)
    if name == "CREDIT_LIMIT":
        return method_sentence(book, place, given.get("method"))
    part = exposure_part(given.get("component")) if name == "CREDIT_EXPOSURE" else "total"
    return "" if part == "total" else exposure_part_sentence(book, place, part)


def _check_number_of_arguments(asked: Function, argument: tuple[Any, ...]) -> None:
    needed = [one for one in asked.arguments if not one.optional and not one.repeated]
    if len(argument) < len(needed):
        raise WrongArgument("errors.missing_argument", argument=needed[len(argument)].name)
    most = len(asked.arguments)
    if len(argument) > most and not any(one.repeated for one in asked.arguments):
        raise WrongArgument("errors.too_many_arguments", function=asked.name, most=most, given=len(argument))


def _short(answer: Any, language: str, rate: bool) -> str:
    """An answer in the reader's words, a rate in per cent; of a range its size, of one cell that cell or its fault."""
    while isinstance(answer, list) and len(answer) == 1:
        answer = answer[0]
    if isinstance(answer, CreditError):
        return answer.sentence(language)
    if isinstance(answer, list):
        return f"{len(answer)} × {len(answer[0]) if answer and isinstance(answer[0], list) else 1}"
    if isinstance(answer, float):
        return writing.percent(answer, language) if rate else writing.number(answer, language)
    return writing.date(answer, language) if isinstance(answer, dt.date) else str(answer)
