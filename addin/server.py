"""What the workbook's VBA calls, each call one hop to this process through the COM server of xlwings.

Every answer is one rectangle of scalars, since pywin32 would guess wrongly about anything nested: a first row whose
first cell holds the marks as text, `row,column,code row,column,code`, then the value rows. The marks of an answer
about a Book that this process does not know begin with `lost `.
"""

from __future__ import annotations

import gc
import inspect
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import xlwings

import udfs
from addin import WORKBOOK_SCHEMA, cells, log
from udfs.errors import CreditError
from udfs.texts import say

Rectangle = list[list[Any]]

ALLOCATIONS = 100_000  # more rows than a column of clients has

# Message boxes know only the characters of the user's code page.
FOR_A_BOX = str.maketrans({"\u202f": "\u00a0", "\u2212": "-", "\u2192": "->", "\u2264": "<=", "\u2265": ">="})


def _for_excel(function: Callable[..., Rectangle]) -> Callable[..., Rectangle]:
    """Values come and go as VBA has them; where xlwings has no Windows engine nothing is changed."""
    for argument in inspect.signature(function).parameters:
        function = xlwings.arg(argument, "raw")(function)
    declared: Callable[..., Rectangle] = xlwings.func(xlwings.ret("raw")(function))
    return declared


@_for_excel
def answer(name: Any, arguments: Any, places: Any = None) -> Rectangle:
    """One worksheet function; `places` only for CREDIT_BOOK: where each range stands."""
    return _framed(cells.answer_rows(name, arguments, places or ()))


@_for_excel
def clients(handle: Any) -> Rectangle:
    """The client codes of a Book, one column."""
    return _framed(cells.client_rows(handle))


@_for_excel
def column(name: Any, handle: Any) -> Rectangle:
    """The answers of a function of (client, book) for all clients of a Book, in their order."""
    return _framed(cells.column_rows(name, handle))


@_for_excel
def press(button: Any, replies: Any = None) -> Rectangle:
    """One turn of a ribbon button: its macro runs from the top with the replies so far."""
    # A broken macro must not keep the functions from answering, so it is imported when a button is pressed.
    from addin.hosts import Question
    from addin.hosts.excel import ExcelHost
    from addin.macros import run

    language = "en"
    try:
        host = ExcelHost(xlwings.Book.caller(), tuple(replies or ()))
        language = host.language
        told = run(button, host)
    except Question as question:
        return _turn(question.kind, question.text, question.default)
    except CreditError as error:
        return _turn("refuse", error.sentence(language))
    except Exception as error:  # a button must answer
        log.unexpected(f"button {button}", error)
        return _turn("refuse", say("ribbon.unexpected", language, file=str(log.path())))
    return _turn("tell" if told else "done", told)


@_for_excel
def hello() -> Rectangle:
    """The versions of the package, xlwings and Python, the folder of the functions, the layout understood.

    Asked once when Excel connects, so this process learns here that it serves: a Book is a million objects, and to look
    for garbage among them while a column is answered costs more than the answer.
    """
    gc.set_threshold(ALLOCATIONS)
    return [["", "", "", "", ""],
            [udfs.__version__, xlwings.__version__, ".".join(map(str, sys.version_info[:3])),
             str(Path(udfs.__file__).parent), WORKBOOK_SCHEMA]]


def _turn(kind: str, text: str = "", default: str = "") -> Rectangle:
    return [["", "", ""], [kind, text.translate(FOR_A_BOX), default.translate(FOR_A_BOX)]]


def _framed(answer: cells.Answer) -> Rectangle:
    rows, marks = answer
    told = " ".join(",".join(map(str, mark)) for mark in marks)
    lost = "lost " if isinstance(answer, cells.Lost) else ""
    width: int = len(rows[0]) if rows else 1
    return [[lost + told, *[""] * (width - 1)], *rows]
