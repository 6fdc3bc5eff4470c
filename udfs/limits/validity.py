"""How long a limit holds before it is looked at again: by grade, and shorter while it is provisional.

The policy's `limit_months` has one number of months for each grade from the best on, as 12 / 12 / 6 / 3. A limit
without accounts, or of a client without a grade, holds `provisional_months`.
Source: DOMAIN 1.5: AFDCC three months, usually a year after new accounts; the figures by grade are our choice.

Worked example: grades A and C, a provisional B, and no grade.

>>> months = read_months("12 / 12 / 6 / 3", 4)
>>> valid_months(months, np.array([1, 3, 2, 0]), np.array([False, False, True, False]), 3).tolist()
[12, 6, 3, 3]
>>> read_months("12 / 6", 4) is None
True
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np

LONGEST = 120


def read_months(text: str, grades: int) -> tuple[int, ...] | None:
    """Months by grade; None where there is not a whole number from 1 to ten years for each."""
    parts = [part.strip() for part in re.split(r"[/;]", text)]
    if len(parts) != grades or not all(re.fullmatch(r"\d{1,3}", part) for part in parts):
        return None
    months = tuple(map(int, parts))
    return months if min(months) >= 1 and max(months) <= LONGEST else None


def valid_months(by_grade: Sequence[int], rank: np.ndarray, provisional: np.ndarray, provisional_months: int
                 ) -> np.ndarray:
    """The months of each client; its grade by rank from 1, 0 for none."""
    months = np.array([*by_grade, provisional_months])[rank - 1]
    return np.asarray(np.where(provisional, np.minimum(months, provisional_months), months))
