"""What the writer of a letter should know and its reader should not: shown beside the letter, never in it."""

from __future__ import annotations

from addin.letters.case import LetterCase
from udfs.texts import say


def advice(case: LetterCase, language: str) -> list[str]:
    """Sentences for the user, in the user's language; a reminder needs none.

    A formal notice does not interrupt the time bar (Cass. com., 18 May 2022, 20-23.204), hence the oldest
    due date; its proof is the registered letter, first presented at the right address.
    """
    if case.kind != "formal_notice":
        return []
    oldest = min(line.due_date for line in case.invoices)
    return [say("letters.advice_registered", language), say("letters.advice_time_bar", language, date=oldest)]
