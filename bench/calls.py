"""Due dates and schedules of a column, the rules behind functions that need no Book."""

from __future__ import annotations

import numpy as np

from bench.measure import Row, Task, best
from bench.size import Size
from udfs.terms.columns import read_terms_column
from udfs.terms.due_dates import due_dates as dates_due
from udfs.terms.schedule import schedule
from udfs.terms.term import Terms

WORDINGS = ("{} jours", "{} days net", "{} jours fin de mois", "fin de mois {} jours", "{} j FDM le 10")
# What is due in instalments, for the schedules: one term in five.
SPLIT = "30 % à la commande, solde {} jours"


def due_dates(size: Size) -> list[Row]:
    """Due dates of a column whose rows name one of many terms, against adding 30 days to every date.

    Once the terms are read (a list of terms and the place of each row in it), as a Book has them, from the cells, and
    as a schedule with amounts.
    """
    chance = np.random.default_rng(20261120)
    dates = np.datetime64("2024-01-01") + chance.integers(0, 1000, size.dates)
    cells = _cells(WORDINGS, size, chance)
    terms, place = _read(cells)
    in_parts, part = _read(_cells((*WORDINGS[:-1], SPLIT), size, chance))
    amounts = chance.integers(100, 10_000_000, size.dates) / 100
    read, from_cells, schedules, theirs = best(
        Task(lambda: dates_due(dates, terms, place)), Task(lambda: dates_due(dates, *_read(cells))),
        Task(lambda: schedule(dates, in_parts, part, amounts)), Task(lambda: dates + np.timedelta64(30, "D")),
        turns=size.turns)
    yardstick = "numpy: adding 30 days to each"
    return [
        Row(f"{size.dates:,} due dates under {size.terms} different terms", read, yardstick, theirs, 10),
        Row("the same from the cells, each different term read once", from_cells, yardstick, theirs),
        Row("the schedules of as many, one term in five in two instalments: dates, shares, amounts, kinds", schedules,
            yardstick, theirs),
    ]


def _cells(wordings: tuple[str, ...], size: Size, chance: np.random.Generator) -> np.ndarray:
    """A column of cells that each hold one of the different terms."""
    count = len(wordings)
    texts = [wordings[number % count].format(number // count + 1) for number in range(size.terms)]
    return np.array(texts, dtype=object)[chance.integers(0, size.terms, size.dates)]


def _read(cells: np.ndarray) -> tuple[list[Terms], np.ndarray]:
    found, place = read_terms_column(cells)
    terms = [one for one in found if isinstance(one, Terms)]
    assert len(terms) == len(found), "each wording must be one that is understood"
    return terms, place
