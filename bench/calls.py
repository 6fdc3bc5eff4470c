"""A worksheet function that needs no Book: a column of due dates."""

from __future__ import annotations

import numpy as np

from bench.measure import Row, Task, best
from bench.size import Size
from udfs.terms.due_dates import due_date_column

WORDINGS = ("{} jours", "{} days net", "{} jours fin de mois", "fin de mois {} jours", "{} j FDM le 10")


def due_dates(size: Size) -> list[Row]:
    """Due dates of a column whose rows name one of many terms, against adding 30 days to every date."""
    chance = np.random.default_rng(20261120)
    dates = np.datetime64("2024-01-01") + chance.integers(0, 1000, size.dates)
    wordings = [WORDINGS[number % len(WORDINGS)].format(number // len(WORDINGS) + 1) for number in range(size.terms)]
    terms = np.array(wordings, dtype=object)[chance.integers(0, size.terms, size.dates)]
    assert not due_date_column(dates, terms)[1].any(), "each wording must be one that is understood"
    ours, theirs = best(Task(lambda: due_date_column(dates, terms)),
                        Task(lambda: dates + np.timedelta64(30, "D")), turns=size.turns)
    return [Row(f"{size.dates:,} due dates under {size.terms} different terms", ours, "numpy: adding 30 days to each",
                theirs)]
