"""What a lost invoice costs in sales: the turnover whose margin makes up for it.

sales to recover = loss / net margin        margin: operating result / turnover, a fraction
Source: DOMAIN 6.6: 1,000 lost at a margin of 5 % take 20,000 of new sales.

>>> sales_to_recover(1_000.0, 0.05)
20000.0
"""

from __future__ import annotations

import numpy as np


def sales_to_recover(loss: np.ndarray | float, margin: np.ndarray | float) -> np.ndarray | float:
    """The sales that earn a loss back."""
    return loss / margin
