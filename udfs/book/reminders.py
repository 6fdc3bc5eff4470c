"""The letters due for a Book: the ladder of its policy, its register of letters, its promises and plans."""

from __future__ import annotations

import re

import numpy as np

from udfs.book.assembly import Assembly
from udfs.book.receivables import Receivables
from udfs.dunning.reminders import LettersSent, Reminder, Step, reminders_due
from udfs.tables.columns import first_known
from udfs.tables.words import YES, same_code


def due(book: Assembly, found: Receivables, held: np.ndarray) -> list[Reminder]:
    """The letters due at the as-of date; `held` are the documents that are asked for in no letter."""
    policy, clients = book.policy, book.clients
    numbers = book.tables["Invoices"]["invoice"]
    kind, judged = clients.column("insolvency_kind"), clients.column("judgment_date")
    credits = 0.0 - found.components["credit_notes"] - found.components["unallocated"]
    retention = np.nan_to_num(book.tables["Invoices"]["retention"])
    claims = np.maximum(found.ledger.open - retention, 0)
    return reminders_due(found.ledger, numbers, claims, held, credits,
                         (kind != "") & ~(judged > book.as_of), letters_sent(book), steps(book),
                         policy.days("dunning_interval_days"), policy.number("dunning_minimum"))


def steps(book: Assembly) -> list[Step]:
    """The active steps of the ladder that write a letter about what is late, by level."""
    found = [Step(int(float(row["level"])), row["kind"], int(float(row["days_late"])),
                  int(float(row.get("deadline_days") or Step.deadline_days)))
             for row in book.policy.reference("dunning")
             if row["active"].casefold() in YES and row["kind"] in ("reminder", "formal_notice")]
    return sorted(found, key=lambda step: step.level)


def held_back(book: Assembly) -> np.ndarray:
    """Documents promised for today or later, in a payment plan, or sold to a factor, who collects them."""
    invoices, client = book.tables["Invoices"], book.client_of["Invoices"]
    numbers = invoices["invoice"]
    held: np.ndarray = (invoices["promise_date"] >= book.as_of) | invoices["factored"]
    journal, promiser = book.tables["Journal"], book.client_of["Journal"]
    for row in np.flatnonzero((journal["event"] == "promise") & (journal["due"] >= book.as_of)).tolist():
        held |= _meant(client, numbers, int(promiser[row]), journal["invoice"][row])
    plans, debtor = book.tables["Plans"], book.client_of["Plans"]
    # A plan holds while it runs; once its last instalment is past, what is left is late again.
    runs = plans["due"] >= book.as_of
    for debtor_place, number in dict.fromkeys(zip(debtor[runs].tolist(), plans["invoice"][runs], strict=True)):
        held |= _meant(client, numbers, debtor_place, number)
    return held


def _meant(client: np.ndarray, numbers: np.ndarray, debtor: int, number: str) -> np.ndarray:
    """The documents of a client that a row means: one invoice, or all where it names none."""
    own = np.asarray(client == debtor)
    for row in np.flatnonzero(own).tolist() if number else ():
        own[row] = same_code(numbers[row]) == same_code(number)
    return own


def letters_sent(book: Assembly) -> LettersSent:
    """The register of letters as the ladder reads it."""
    letters = book.tables["Letters"]
    # A reminder recorded without its level counts as the first one: no level is ever skipped.
    levels = {step.kind: step.level for step in reversed(steps(book))}
    of_ladder = np.isin(letters["kind"], list(levels))
    own = np.array([levels.get(kind, 0) for kind in letters["kind"]], dtype=np.float64)
    level = np.where(of_ladder, first_known(letters["level"], own), 0)
    return LettersSent(book.client_of["Letters"], letters["date"], level,
                       [frozenset(same_code(number) for number in re.split(r"[,;]", text) if number.strip())
                        for text in letters["invoices"]])
