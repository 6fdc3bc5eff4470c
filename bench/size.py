"""How much is measured: in full for the figures that count, small to see that every measure runs."""

from __future__ import annotations

from dataclasses import dataclass

INVOICES_OF_A_CLIENT = 20


@dataclass(frozen=True)
class Size:
    """Rows and turns of one run."""

    invoices: int
    grown_from: int
    grown_to: int
    dates: int
    terms: int
    letters: int
    turns: int
    long_turns: int


FULL = Size(invoices=200_000, grown_from=100_000, grown_to=1_000_000, dates=1_000_000, terms=200, letters=100,
            turns=9, long_turns=5)
QUICK = Size(invoices=1_000, grown_from=500, grown_to=2_000, dates=1_000, terms=10, letters=2, turns=1, long_turns=1)
