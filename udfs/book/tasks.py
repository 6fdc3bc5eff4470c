"""One thing to do: for whom, how many euros are at stake, until when, and the sentence that says what."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

import numpy as np

from udfs.book.book import Book
from udfs.exposure.ledger import EMPTY
from udfs.tables.issues import shown
from udfs.texts import say

NO_DOCUMENTS = np.zeros(0, dtype=np.int64)
NAMED = 3


class Task(NamedTuple):
    """One line of the work list; `on` is its day, NaT where there is none.

    `text` is the text of the room `book` that tells it and `facts` what it names, made when it is shown: a list of a
    thousand lines shows a dozen.
    """

    kind: str
    client: int
    amount: float
    text: str
    on: np.datetime64 = EMPTY
    documents: np.ndarray = NO_DOCUMENTS
    facts: Mapping[str, Any] = {}

    def days_left(self, book: Book) -> int | None:
        """Days until its day, negative when that is past."""
        return None if np.isnat(self.on) else int((self.on - book.as_of).astype(int))

    def sentence(self, book: Book) -> str:
        """What there is to do, in the policy's language."""
        facts = {name: value() if callable(value) else value for name, value in self.facts.items()}
        return say(f"book.todo_{self.text}", book.policy.language, amount=self.amount, on=self.on,
                   invoices=invoices_named(book, self.documents), **facts)


def invoices_named(book: Book, documents: np.ndarray) -> str:
    """The numbers of some documents, the oldest due first whatever the order of the table."""
    numbers = book.assembly.tables["Invoices"]["invoice"][documents].tolist()
    in_order = sorted(zip(book.ledger.due_date[documents].tolist(), numbers, strict=True))
    return named(list(dict.fromkeys(number for _, number in in_order)))


def named(codes: list[str]) -> str:
    """Some codes in a sentence, the first ones where there are many.

    >>> named(["F1", "F2"]), named(["F1", "F2", "F3", "F4"])
    ('F1, F2', 'F1, F2, F3 …')
    """
    return ", ".join(map(shown, codes[:NAMED])) + (" …" if len(codes) > NAMED else "")
