"""How time is measured, and one line of the report.

Tasks that are compared take turns, so that a busy moment of the machine meets all of them; the best of several
turns counts. Before each turn its input is made anew and memory is tidied, neither of which is timed.
"""

from __future__ import annotations

import gc
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Task:
    """Work to be timed, what makes its arguments before each turn, and how often it is done in one turn."""

    work: Callable[..., object]
    prepare: Callable[[], tuple[Any, ...]] = tuple
    times: int = 1

    def seconds(self) -> float:
        """One turn; the seconds that the work took once."""
        given = self.prepare()
        gc.collect()
        start = time.perf_counter()
        for _ in range(self.times - 1):
            self.work(*given)
        # Kept until the clock has stopped: taking a result apart is not part of making it.
        result = self.work(*given)
        taken = time.perf_counter() - start
        del result
        return taken / self.times


def best(*tasks: Task, turns: int) -> list[float]:
    """The best seconds of each task, the tasks taking turns."""
    rounds = [[task.seconds() for task in tasks] for _ in range(turns)]
    return list(map(min, zip(*rounds, strict=True)))


@dataclass(frozen=True)
class Row:
    """A task and its yardstick: both measures, and the most that one divided by the other may be."""

    what: str
    ours: float
    yardstick: str
    theirs: float
    budget: float | None = None
    unit: str = "s"

    @property
    def ratio(self) -> float:
        """Our measure divided by the yardstick's."""
        return self.ours / self.theirs

    @property
    def within(self) -> str:
        """Whether the budget is kept; a row without one is for information."""
        return "–" if self.budget is None else "yes" if self.ratio <= self.budget else "no"

    def cells(self) -> list[str]:
        """The row as the report shows it."""
        return [self.what, measure(self.ours, self.unit), self.yardstick, measure(self.theirs, self.unit),
                f"{self.ratio:.2f}", "–" if self.budget is None else f"{self.budget:g}", self.within]


def measure(value: float, unit: str) -> str:
    """Seconds in the unit that suits them, or a factor of growth.

    >>> measure(1.5, "s"), measure(0.0325, "s"), measure(8.4e-6, "s"), measure(11.73, "times")
    ('1.50 s', '32.5 ms', '8.4 µs', '× 11.7')
    """
    if unit == "times":
        return f"× {value:.1f}"
    if value >= 1:
        return f"{value:.2f} s"
    return f"{value * 1e3:.1f} ms" if value >= 1e-3 else f"{value * 1e6:.1f} µs"
