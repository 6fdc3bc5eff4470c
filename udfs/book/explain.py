"""The way from the inputs of one client to its limit, line by line, and what would close the gap to its need.

Each line has its step, what it is, the value, the parameter that counts and where the figure or the rule comes from.

>>> from udfs.tables.raw import RawTable
>>> invoices = [["client", "invoice", "date", "amount"], ["C1", "F1", "2026-11-02", 900.0]]
>>> for row in explain_rows(Book("2026-11-20", [RawTable(invoices)]), 0):
...     print(row[0], "|", row[1], "|", row[2])
Need | Days from order to payment | 30.0
Method | Starter line | 3000.0
Least | Least of the amounts that form the limit: starter line | 3000.0
Limit | Computed limit | 3000.0
In force | Limit in force | 3000.0
In force | Months after which a limit granted today is to be reviewed | 3
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np

from udfs.book.book import Book
from udfs.book.limit_words import method_name, source_of, stands_on
from udfs.limits.levers import levers
from udfs.limits.methods import NEEDS
from udfs.tables.columns import round_cents
from udfs.texts import say, writing

COLUMNS = ("step", "what", "value", "parameter", "source")
Row = list[Any]


def explain_rows(book: Book, client: int) -> list[Row]:
    """Step, what, value, parameter, source."""
    return [*_need(book, client), *_methods(book, client), *_caps(book, client), *_limit(book, client),
            *_in_force(book, client), *_levers(book, client)]


def _need(book: Book, client: int) -> Iterator[Row]:
    """What the need is made of."""
    inputs = {name: float(column[client]) for name, column in book.limits.inputs.items()}
    stated = not np.isnan(book.clients.column("sales_forecast")[client])
    if not np.isnan(inputs["sales"]):
        yield _row(book, "need", "forecast" if stated else "invoiced", float(round_cents(inputs["sales"])),
                   "sales_forecast" if stated else "need_months_minimum",
                   _say(book, "source_client" if stated else "source_invoices"))
        yield _row(book, "need", "months", inputs["months"], "forecast_months" if stated else "", "")
    if stated or not np.isnan(inputs["peak_month_sales"]):
        own = not np.isnan(book.clients.column("vat_rate")[client])
        yield _row(book, "need", "vat", inputs["vat_rate"], "vat_rate",
                   _say(book, "source_client" if own else "source_policy"))
    if not np.isnan(inputs["peak_month_sales"]):
        yield _row(book, "need", "peak", inputs["peak_month_sales"], "peak_month_sales", _say(book, "source_client"))
    yield _row(book, "need", "need_days", inputs["need_days"],
               "order_to_invoice_days" if book.policy.number("order_to_invoice_days") else "",
               _say(book, "source_terms"))
    found = book.limits
    if not np.isnan(found.need[client]) and ("need" not in found.constraints
                                             or np.isnan(found.constraints["need"][client])):
        # It forms no limit, and yet the gap is told from it.
        yield _method(book, client, "need", found.need, "need")


def _methods(book: Book, client: int) -> Iterator[Row]:
    """Each method that forms the limit, with the sum that makes it; those not assessed say what is missing."""
    found = book.limits
    if book.rating.grading.rank[client]:
        yield _row(book, "methods", "grade", book.grades[client], "", _say(book, "source_rating"))
    if found.small[client]:
        yield _row(book, "methods", "small", book.policy.optional("small_limit"), "small_limit",
                   _say(book, "house_rule"))
    for name in found.methods:
        formed = found.constraints.get(name)
        if formed is not None and not np.isnan(formed[client]):
            yield _method(book, client, name, formed, "methods")


def _method(book: Book, client: int, name: str, amounts: np.ndarray, step: str) -> Row:
    """One method by its name, with its amount and the sum that makes it."""
    language = book.policy.language
    words = method_name(name, language)
    return [_say(book, f"step_{step}"), words[:1].upper() + words[1:], float(round_cents(amounts[client])),
            stands_on(book, client, name), source_of(name, language)]


def _caps(book: Book, client: int) -> Iterator[Row]:
    """What caps the limit whatever the amounts."""
    found = book.limits
    if not np.isnan(found.constraints["insolvency"][client]):
        yield _row(book, "caps", "insolvency", 0.0, "insolvency_kind", _say(book, "source_client"))
    if not np.isnan(found.constraints["grade"][client]):
        yield _row(book, "caps", "ceiling", float(found.constraints["grade"][client]), "ceiling",
                   _say(book, "source_policy"))
    if not np.isnan(found.constraints["group"][client]):
        group = int(found.groups.of[client])
        yield [_say(book, "step_caps"),
               _say(book, "what_group", group=found.groups.codes[group],
                    exposure=float(found.groups.exposure[group])),
               float(round_cents(found.groups.room[client])),
               writing.money(float(found.groups.limit[group]), book.policy.language),
               _say(book, "source_parent" if found.groups.of_parent[group] else "source_policy")]


def _limit(book: Book, client: int) -> Iterator[Row]:
    """The least, its rounding, the computed limit."""
    found = book.limits
    least, computed = float(found.before_rounding[client]), float(found.computed[client])
    if np.isnan(computed):
        yield _row(book, "limit", "no_limit", None, "", "")
        return
    binding = method_name(str(found.binding[client]), book.policy.language)
    yield [_say(book, "step_least"), _say(book, "what_least", binding=binding), float(round_cents(least)), "", ""]
    if round_cents(least) != round_cents(computed):
        step = "large" if least >= book.policy.number("rounding_large_from") else (
            "medium" if least >= book.policy.number("rounding_medium_from") else
            "small" if least >= book.policy.number("rounding_step_small") else "tiny")
        yield _row(book, "limit", "rounded", computed, f"rounding_step_{step}", _say(book, "source_policy"))
    yield _row(book, "limit", "computed", computed, "", "")


def _in_force(book: Book, client: int) -> Iterator[Row]:
    """The granted limit with its state, and the limit in force."""
    found, grants = book.limits, book.grants
    granted, until = float(grants.amount[client]), grants.valid_until[client]
    if not np.isnan(granted):
        state = "expired" if found.expired[client] else "endless" if np.isnat(until) else "valid"
        yield _row(book, "in_force", "granted", granted, "", _say(book, f"source_{state}", until=until))
    if np.isnan(found.in_force[client]):
        return
    insolvent = book.rating.grading.facts["insolvency"][client] and not np.isnan(granted)
    state = ("capped" if found.capped[client] else "insolvent" if insolvent else
             "grant" if found.granted[client] else "provisional" if found.provisional[client] else "computed")
    yield _row(book, "in_force", "in_force", float(round_cents(found.in_force[client])), "",
               _say(book, f"source_{state}", months=book.policy.days("provisional_months")))
    if np.isnan(granted) or found.expired[client]:
        yield _row(book, "in_force", "review", int(found.valid_months[client]),
                   "provisional_months" if found.provisional[client] else "limit_months", _say(book, "source_policy"))


def _levers(book: Book, client: int) -> Iterator[Row]:
    """What alone would close the gap between the need and the computed limit."""
    need, limit = float(book.limits.need[client]), float(book.limits.computed[client])
    if np.isnan(need) or np.isnan(limit):
        return
    source = _say(book, "source_levers")
    # A rounding step is no gap that anybody would close.
    gap = None if book.limits.binding[client] in NEEDS else levers(
        need, limit, float(book.receivables.need_days[client]))
    if gap is None:
        yield _row(book, "lever", "no_gap", None, "", "")
        return
    yield _row(book, "lever", "gap", float(round_cents(need - limit)), "", "")
    if gap.term_days:
        yield _row(book, "lever", "term", gap.term_days, "GAP_TERM", source)
    yield _row(book, "lever", "deposit", gap.deposit_share, "GAP_DEPOSIT", source)
    yield _row(book, "lever", "guarantee", float(round_cents(gap.guarantee)), "GAP_GUARANTEE", source)


def _row(book: Book, step: str, what: str, value: Any, parameter: str, source: str) -> Row:
    return [_say(book, f"step_{step}"), _say(book, f"what_{what}"), value, parameter, source]


def _say(book: Book, name: str, **values: Any) -> str:
    return say(f"limits.{name}", book.policy.language, **values)
