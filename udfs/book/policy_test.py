"""A Book under another Policy table: whose limit or decision would change, as rows of a sheet.

The other table stands beside the present one: a key that it does not name stays as it is, an empty value is the
reference one. The tables of the Book are not read again, so that two parameters of the reading stay as well: the order
of day and month, and the reporting currency; so does the language. A row that cannot be used is told, as the issues of
the Book would. Who counts as changed, and what is at stake, stands in `udfs/portfolio/policy_test.py`.

A new client has the starter line of 3,000; one of 1,000 leaves 200 of its exposure above the limit:

>>> from udfs.tables.raw import RawTable
>>> invoices = [["client", "invoice", "date", "amount"], ["C1", "F1", "2026-11-02", 1200.0]]
>>> book = Book("2026-11-20", [RawTable(invoices)])
>>> heading, total, client = policy_test_rows(book, RawTable([["starter_line", 1000]]))
>>> total[:2], total[4:6], client[4:]
(['Total', '1 client changes: 0 blocked, 0 to review, 1 warned, 0 released'], [3000.0, 1000.0], \
[3000.0, 1000.0, 'RELEASE', 'WARN', 1200.0, 200.0])
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from udfs.book import cache
from udfs.book.assembly import policy_of
from udfs.book.book import Book
from udfs.decision.decide import BLOCK, DECISIONS, RELEASE, REVIEW, WARN
from udfs.errors import WrongArgument
from udfs.portfolio.policy_test import PolicyTest, Stand, compared
from udfs.tables.cells import is_blank
from udfs.tables.columns import round_cents
from udfs.tables.issues import Issue, shown
from udfs.tables.policy import default_policy
from udfs.tables.raw import RawTable
from udfs.tables.recognise import heading_texts, recognise
from udfs.tables.table import Table, joined
from udfs.texts import say

# What one row tells, in order.
COLUMNS = ("client", "name", "grade_before", "grade_after", "limit_before", "limit_after", "decision_before",
           "decision_after", "exposure", "at_stake")
BECOME = {"blocked": BLOCK, "to_review": REVIEW, "warned": WARN, "released": RELEASE}
# What the cells were read by: under others they would have to be read again.
OF_READING = ("date_order", "reporting_currency")


@dataclass(frozen=True)
class Trial:
    """A Book, the same under the other policy, how they compare, and the rows of that policy that cannot be used."""

    book: Book
    other: Book
    found: PolicyTest
    issues: list[Issue]


def policy_test_rows(book: Book, policy: RawTable) -> list[list[Any]]:
    """A heading row, the total, a row for each row of the policy that cannot be used, a row a client that changes."""
    language, tested = book.policy.language, under(book, policy)
    sums = totals(tested)
    total = {**dict.fromkeys(COLUMNS), **sums, "client": say("policy_test.total", language),
             "name": total_sentence(sums, language)}
    issues = [{**dict.fromkeys(COLUMNS), "client": say(f"book.severity_{issue.severity}", language),
               "name": issue.sentence(language)} for issue in tested.issues]
    rows = [total, *issues, *records(tested)]
    return [headings(language), *(["" if row[name] is None else row[name] for name in COLUMNS] for row in rows)]


def headings(language: str) -> list[str]:
    """The heading of each column."""
    return [say(f"policy_test.column_{name}", language) for name in COLUMNS]


def total_sentence(sums: dict[str, Any], language: str) -> str:
    """How many clients change, and to what."""
    return say("policy_test.changes", language, count=sums["clients"], **{name: sums[name] for name in BECOME})


def totals(tested: Trial) -> dict[str, Any]:
    """The clients that change, how many get each decision that they did not have, the limits of all, the stake."""
    found = tested.found
    return {"clients": len(found.clients), **{name: int(found.become[code]) for name, code in BECOME.items()},
            "limit_before": found.limits[0], "limit_after": found.limits[1], "at_stake": found.stake}


def records(tested: Trial) -> list[dict[str, Any]]:
    """The clients that change, by names that no language changes; what is not known is None."""
    book, other, places = tested.book, tested.other, tested.found.clients
    columns = (
        [book.clients.codes[place] for place in places], [book.clients.names[place] for place in places],
        [book.grades[place] for place in places], [other.grades[place] for place in places],
        _amounts(book.limits.in_force[places]), _amounts(other.limits.in_force[places]),
        [DECISIONS[code] for code in book.decisions.code[places]],
        [DECISIONS[code] for code in other.decisions.code[places]],
        _amounts(other.exposure[places]), _amounts(tested.found.at_stake),
    )
    return [dict(zip(COLUMNS, row, strict=True)) for row in zip(*columns, strict=True)]


def under(book: Book, policy: RawTable) -> Trial:
    """The Book under another Policy table, which may come without its heading row."""
    source = say("policy_test.source", book.policy.language)
    own = _policy_table(policy, source)
    read = book.assembly.read_tables
    present = read.get("Policy", Table("Policy"))
    left = replace(present.where(~np.isin(present["key"], own["key"])), issues=())
    # Rows that stay are told from those tested by their sign.
    tables = {**read, "Policy": joined([replace(left, row_numbers=-left.row_numbers), own])}
    found = policy_of(tables)
    known = {(issue.code, issue.value) for issue in book.policy.issues}
    told = [replace(issue, row=max(issue.row, 0), source=source) for issue in (*own.issues, *found.issues)
            if issue.table == "Policy" and issue.severity != "info"
            and (issue.row > 0 or (issue.code, issue.value) not in known)]
    for key in OF_READING:
        if key in own["key"] and found.values[key] != book.policy.values[key]:
            row = int(own.row_numbers[own["key"] == key][-1])
            told.append(Issue("warning", "Policy", row, "value", shown(found.text(key)), "policy_test.kept",
                              {"kept": book.policy.text(key)}, source))
    found.values |= {key: book.policy.values[key] for key in (*OF_READING, "language")}
    other = book.under(found, tables)
    return Trial(book, other, compared(_stand(book), _stand(other), other.exposure), told)


def policy_among(tables: Iterable[RawTable]) -> RawTable:
    """The Policy table among others, or the only table there is."""
    given = list(tables)
    found = [one for one in given if (known := recognise(one.rows, one.name)) and known.table == "Policy"]
    headings = "; ".join("; ".join(heading_texts(one.rows)) for one in given)
    if len(found) > 1:
        raise WrongArgument("policy_test.two_policies", names=", ".join(one.name for one in found))
    if not found and len(given) != 1:
        raise WrongArgument("policy_test.no_policy", headings=shown(headings) or "–")
    return (found or given)[0]


def _policy_table(policy: RawTable, source: str) -> Table:
    """The rows as a Policy table; any other table is refused."""
    first = next((row for row in policy.rows if not all(map(is_blank, row))), ())
    if first and str(first[0]).strip() in default_policy().values:
        numbers = policy.row_numbers or range(1, len(policy.rows) + 1)
        policy = RawTable([["key", "value"], *policy.rows], row_numbers=[0, *numbers])
    found = recognise(policy.rows, "Policy")
    if found is None or found.table != "Policy":
        raise WrongArgument("policy_test.no_policy", headings=shown("; ".join(heading_texts(policy.rows))) or "–")
    return cache.read(replace(policy, name=source))


def _stand(book: Book) -> Stand:
    return Stand(book.limits.in_force, book.decisions.code)


def _amounts(values: np.ndarray) -> list[float | None]:
    return [None if value != value else value for value in round_cents(values).tolist()]
