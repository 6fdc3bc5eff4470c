"""The back-test: the grades of an earlier day against what has been paid since, a row a grade.

Each item is a part payment received after that day, or what is late and unpaid today.

    days late    = payment date (today for what is unpaid) - due date
    fallen due   = items that fell due from that day on and before today: not late yet when the grade was given
    late share   = fallen due and paid or still waited for after the due date / fallen due
    bad          = a client with an undisputed item, due whenever, that was more than 90 days late on any day since;
                   or that became insolvent since
    bad share    = bad clients / clients

The bad share stands beside the yearly probability of default (PD) that the policy gives the grade, and is its test when
the grades are twelve months old. More than 90 days: the definition of default of Regulation (EU) 575/2013, art. 178.
A rating that tells good payers from bad ones has both shares rise from the first grade to the last. A client whose
grade came from an item already that late is bad by the same item: its bad share confirms more than it predicts.
Amounts in one currency; grades as ranks, 1 the best, 0 not rated, -1 for who was no client then.

Client 0 had an A, client 1 a C. Of 1,000 each, the first paid 600 on its due day and 400 ten days later, the second has
paid nothing for 100 days:

>>> day = lambda *texts: np.array(texts, "datetime64[D]")
>>> items = Items(client=np.array([0, 0, 1]), due_date=day("2026-03-01", "2026-03-01", "2026-08-12"),
...     end=day("2026-03-01", "2026-03-11", "2026-11-20"), amount=np.array([600.0, 400.0, 1000.0]),
...     unpaid=np.array([False, False, True]), disputed=np.array([False, False, False]))
>>> found = back_test(np.array([1, 3]), np.array([0.0, 5000.0]), items, day("NaT", "NaT"),
...     then=day("2025-11-20")[0], today=day("2026-11-20")[0], grades=4, minimum=10)
>>> found.clients.tolist(), found.exposure.tolist(), found.bad.tolist()
([1, 0, 1, 0, 0, 2], [0.0, 0.0, 5000.0, 0.0, 0.0, 5000.0], [0, 0, 1, 0, 0, 1])
>>> found.paid[0].tolist(), found.paid[2].tolist(), found.late_share[[0, 1, 2, 5]].tolist()
([600.0, 400.0, 0.0, 0.0], [0.0, 0.0, 0.0, 1000.0], [0.4, nan, 1.0, 0.7])
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from udfs.tables.columns import NOTHING, count_by, days_between, sum_by

# The upper edges of the columns: on time, up to 30 days late, up to 90; beyond the last edge a client is bad.
EDGES = (0, 30, 90)


@dataclass(frozen=True)
class Items:
    """Payments received since, and what is late and unpaid; `end` is the day of the payment, today for the unpaid."""

    client: np.ndarray
    due_date: np.ndarray
    end: np.ndarray
    amount: np.ndarray
    unpaid: np.ndarray
    disputed: np.ndarray

    @property
    def days_late(self) -> np.ndarray:
        """Days from the due date to the payment or today, below 0 where it came before."""
        return days_between(self.due_date, self.end)


@dataclass(frozen=True)
class BackTest:
    """A row a grade, the best first, then the clients not rated, then all; `paid` has a column for each delay."""

    clients: np.ndarray
    exposure: np.ndarray
    paid: np.ndarray
    unpaid: np.ndarray
    bad: np.ndarray

    @property
    def fallen_due(self) -> np.ndarray:
        """What fell due since, whether it was paid or is late."""
        return np.asarray(self.paid.sum(axis=1))

    @property
    def late_share(self) -> np.ndarray:
        """The late part of what fell due, NaN where nothing did."""
        due = self.fallen_due
        return np.asarray(np.divide(due - self.paid[:, 0], due, out=np.full(len(due), np.nan), where=due > NOTHING))

    @property
    def bad_share(self) -> np.ndarray:
        """The bad ones of the clients, NaN where there are none."""
        none = np.full(len(self.bad), np.nan)
        return np.asarray(np.divide(self.bad, self.clients, out=none, where=self.clients > 0))

    @property
    def rises(self) -> bool | None:
        """Whether the late share rises from each grade to the next; None where fewer than two have one."""
        shares = self.late_share[:-2]
        shares = shares[~np.isnan(shares)]
        return bool((np.diff(shares) > 0).all()) if len(shares) > 1 else None


def back_test(rank: np.ndarray, exposure: np.ndarray, items: Items, insolvent_on: np.ndarray, then: np.datetime64,
              today: np.datetime64, grades: int, minimum: float) -> BackTest:
    """The grades and exposures of the day `then`, by client, against the items since; below `minimum` none is bad."""
    # Those who were no client fall in a row beyond the last, which is cut off.
    row = np.where(rank > 0, rank - 1, np.where(rank == 0, grades, grades + 1))
    fell_due = (items.due_date >= then) & (items.due_date < today)
    delay = np.searchsorted(EDGES, items.days_late, side="left")
    width = len(EDGES) + 1
    place = row[items.client[fell_due]] * width + delay[fell_due]
    paid = sum_by(place, items.amount[fell_due], (grades + 2) * width).reshape(grades + 2, width)
    waiting = fell_due & items.unpaid
    unpaid = sum_by(row[items.client[waiting]], items.amount[waiting], grades + 2)
    bad = bad_clients(items, minimum, len(rank)) | ((insolvent_on > then) & (insolvent_on <= today))
    found = (count_by(row, grades + 2), sum_by(row, exposure, grades + 2), paid, unpaid,
             count_by(row[bad], grades + 2))
    return BackTest(*(np.concatenate((rows := values[:grades + 1], rows.sum(axis=0, keepdims=True)))
                      for values in found))


def bad_clients(items: Items, minimum: float, clients: int) -> np.ndarray:
    """The clients with an undisputed item more than 90 days late, residues below the minimum apart."""
    very_late = (items.days_late > EDGES[-1]) & ~items.disputed & (items.amount >= minimum - NOTHING)
    return np.asarray(count_by(items.client[very_late], clients) > 0)
