"""The firms: our six ratios and Altman's scores from the 64 ratios of the Polish file.

Polish companies bankruptcy, first-year file: ratios of one year, and whether the firm was bankrupt five years
later. Attr1 ... Attr64 are named in the data set's own description. Rows that repeat another one are left out, so
that no firm stands on both sides of a test. What the file does not give is NaN.
"""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

FILE = Path("polish_bankruptcy") / "polish_1year.csv"


@dataclass(frozen=True)
class Sample:
    """By firm: bankrupt or not, the ratios of the score, Z'' and Z', log of assets, whether interest cover is there."""

    failed: np.ndarray
    ratios: Mapping[str, np.ndarray]
    z2: np.ndarray
    z1: np.ndarray
    size: np.ndarray
    has_interest_cover: np.ndarray

    def __len__(self) -> int:
        return len(self.failed)

    def only(self, chosen: np.ndarray) -> Sample:
        """Some of the firms."""
        return replace(self, ratios={name: values[chosen] for name, values in self.ratios.items()},
                       **{name: getattr(self, name)[chosen]
                          for name in ("failed", "z2", "z1", "size", "has_interest_cover")})


def read(folder: Path, distinct: bool = True) -> Sample:
    """The firms of the file in a data folder, without repeated rows unless they are asked for."""
    with (folder / FILE).open(encoding="utf-8", newline="") as file:
        headings, *rows = csv.reader(file)
    if distinct:
        rows = list(dict.fromkeys(map(tuple, rows)))
    table = np.array([[float(cell) if cell not in ("", "?") else np.nan for cell in row] for row in rows])
    columns = dict(zip(headings, table.T, strict=True))
    attr = {number: columns[f"Attr{number}"] for number in range(1, 65)}
    with np.errstate(divide="ignore", invalid="ignore"):
        cash_flow_to_turnover = attr[26] * attr[2] / np.where(attr[36] > 0, attr[36], np.nan)
    return Sample(
        failed=columns["class"] == 1,
        ratios={
            "equity_to_assets": attr[10], "retained_earnings_to_assets": attr[6],
            "working_capital_to_assets": attr[3], "quick_ratio": attr[46],
            "cash_flow_to_turnover": cash_flow_to_turnover, "cash_flow_to_debt": attr[26],
        },
        z2=6.56 * attr[3] + 3.26 * attr[6] + 6.72 * attr[7] + 1.05 * attr[8],
        z1=0.717 * attr[3] + 0.847 * attr[6] + 3.107 * attr[7] + 0.420 * attr[8] + 0.998 * attr[9],
        size=attr[29],
        has_interest_cover=~np.isnan(attr[27]),
    )
