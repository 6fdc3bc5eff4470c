"""Dated, sourced tables of law and policy, one csv each; nothing here computes.

>>> rows("grades")[1]["share_of_net_worth"]
'0.35'
"""

import csv
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).parent


@cache
def rows(table: str) -> tuple[dict[str, str], ...]:
    """The rows of one reference table, as text, in file order."""
    with (FOLDER / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        return tuple(csv.DictReader(file))
