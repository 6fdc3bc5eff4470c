"""A way to a limit in words: its name, the sum that makes it, what is missing, who published it."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from udfs.book.book import Book
from udfs.limits.methods import METHODS, missing
from udfs.tables.schema import SCHEMA
from udfs.texts import say

CRITERION, LINE = "criterion_", "line_"
# Methods that take the largest or the least of others.
CHOSEN_AMONG = ("need", "capacity")


def method_name(name: str, language: str) -> str:
    """The name of a method or of another constraint; of a criterion that the policy adds, the line of accounts."""
    if name.startswith(CRITERION):
        return line_name(name.removeprefix(CRITERION), language)
    return say(f"limits.method_{name}", language)


def line_name(line: str, language: str) -> str:
    """A line of accounts within a sentence; the working capital is none of them."""
    spec = SCHEMA["Accounts"].get(line)
    label = spec.label(language) if spec else say("limits.input_working_capital", language)
    return label if label.isupper() else label[:1].lower() + label[1:]


def source_of(name: str, language: str) -> str:
    """Who published the method; a criterion that the policy adds is of the same make as ours."""
    return METHODS[name if name in METHODS else "net_worth"].source or say("limits.house_rule", language)


def stands_on(book: Book, client: int, name: str) -> str:
    """The sum behind a method's amount, or that it is not assessed and what is missing."""
    found, language = book.limits, book.policy.language
    if name in CHOSEN_AMONG and not np.isnan(found.amounts[name][client]):
        # One of several decides: its name and its sum tell more than that it was the larger or the least.
        decides = next(one for one in found.methods[name].inputs
                       if found.amounts[one][client] == found.amounts[name][client])
        told = stands_on(book, client, decides)
        return told if name == "capacity" else say("limits.of", language, name=method_name(decides, language), sum=told)
    if np.isnan(found.amounts[name][client]):
        return say("limits.not_assessed", language, missing=missing_words(book, client, name))
    values = {one: float(column[client]) for one, column in {**found.inputs, **found.amounts}.items()}
    values |= {"grade": book.grades[client]}  # type: ignore[dict-item]
    times = say("limits.times", language, **values) if values["behaviour"] != 1 else ""
    line = name.removeprefix(CRITERION)
    if line != name:
        return say("limits.formula_criterion", language, **values, times=times, line=line_name(line, language),
                   base=values[f"{LINE}{line}"], share=values[f"share_of_{LINE}{line}"])
    if name == "need_average" and np.isnan(book.clients.column("sales_forecast")[client]):
        name = "need_invoiced"
    return say(f"limits.formula_{name}", language, **values, times=times)


def missing_words(book: Book, client: int, name: str) -> str:
    """What one client's method lacks."""
    found, language = book.limits, book.policy.language
    method = found.methods[name]
    words = [_input_words(one, language) for one in missing(method, {**found.inputs, **found.amounts}, client)]
    return _joined(list(dict.fromkeys(words)), "or" if method.any_of else "and", language)


def capped_sentence(book: Book, client: int) -> str:
    """Why the limit in force is what the group leaves."""
    groups, language = book.limits.groups, book.policy.language
    group = int(groups.of[client])
    return say("limits.capped", language, limit=float(book.limits.in_force[client]), group=groups.codes[group],
               group_limit=float(groups.limit[group]),
               others=float(groups.exposure[group] - book.exposure[client]))


def _input_words(name: str, language: str) -> str:
    if name.startswith(f"share_of_{LINE}"):
        return say("limits.input_share_by_grade", language)
    if name.startswith((CRITERION, LINE)):
        return line_name(name.removeprefix(CRITERION).removeprefix(LINE), language)
    return say(f"limits.input_{name}", language)


def _joined(words: Sequence[str], last: str, language: str) -> str:
    if len(words) < 2:
        return "".join(words)
    return say(f"limits.{last}", language, first=", ".join(words[:-1]), last=words[-1])
