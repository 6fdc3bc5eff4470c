"""The shipped table of points: udfs/reference/financial_score.csv."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from pathlib import Path

from calibration.model import LEAST_KNOWN
from udfs.rating.financial_score import RatioPoints

PATH = Path(__file__).resolve().parent.parent / "udfs" / "reference" / "financial_score.csv"
COLUMNS = ("part", "ratio", "from", "to", "points", "note")
SOURCE = {
    "data": "Polish companies bankruptcy, first-year file (polish_1year): 64 ratios of a year and whether the firm was"
            " bankrupt five years later; UCI Machine Learning Repository, doi 10.24432/C5F600; source EMIS",
    "date": "2026-11",
    "licence": "CC BY 4.0",
    "citation": "Zięba, M., Tomczak, S. K., Tomczak, J. M. (2016), Ensemble boosted trees with synthetic features"
                " generation in application to bankruptcy prediction, Expert Systems with Applications 58, 93-101",
    "changes": "points derived from the data by `python -m calibration`; not French, no legal default, no probability",
}


def content(points: Mapping[str, RatioPoints]) -> str:
    """The file: where it comes from, then each ratio's bands from the lowest, then the points of a missing ratio."""
    file = io.StringIO()
    writer = csv.writer(file, lineterminator="\n")
    writer.writerow(COLUMNS)
    writer.writerows(("source", name, "", "", "", text) for name, text in SOURCE.items())
    writer.writerow(("least_known", "", "", "", LEAST_KNOWN, "with fewer known ratios there is no score"))
    for name, one in points.items():
        edges = ["", *(f"{edge:g}" for edge in one.edges), ""]
        writer.writerows(("band", name, low, high, f"{worth:g}", "")
                         for low, high, worth in zip(edges[:-1], edges[1:], one.points, strict=True))
        writer.writerow(("missing", name, "", "", f"{one.missing:g}", ""))
    return file.getvalue()
