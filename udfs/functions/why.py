"""CREDIT_WHY: the sentence behind any answer or error, for the cell beside it."""

from __future__ import annotations

import difflib
from typing import Any

from udfs.book.reasons import sentence
from udfs.errors import CreditError, WrongArgument
from udfs.functions.border import book_of, number, only, rows_of
from udfs.functions.registry import REGISTRY, worksheet
from udfs.texts import say


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
        if asked.of_client and len(argument) > 1:
            language = book_of(argument[1]).policy.language
        needed = [one for one in asked.arguments if not one.optional and not one.repeated]
        if len(argument) < len(needed):
            raise WrongArgument("errors.missing_argument", argument=needed[len(argument)].name)
        answer = asked.call(*argument)
        if asked.of_client:
            book = book_of(argument[1])
            place = book.clients.find(rows_of(argument[0])[0])
            order = number(argument[2], "order_ht", 0.0) if asked.family == "decision" and argument[2:] else 0.0
            told = sentence(name, book, place, order) if place is not None else ""
            if told:
                return told
    except CreditError as error:
        return error.sentence(language)
    return say("reasons.answer", language, function=asked.syntax(language), help=asked.help(language),
               answer=_short(answer))


def _short(answer: Any) -> str:
    if isinstance(answer, list):
        return f"{len(answer)} × {len(answer[0]) if answer and isinstance(answer[0], list) else 1}"
    return str(answer)
