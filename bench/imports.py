"""What a new process pays before the first formula, the bare interpreter taken off."""

from __future__ import annotations

import subprocess
import sys

from bench.measure import Row, Task, best
from bench.size import Size

STATEMENTS = ("pass", "import numpy", "import udfs", "from udfs import CREDIT_LIMIT")


def imports(size: Size) -> list[Row]:
    """Importing the package, and its first function with all that it needs."""
    bare, numpy, package, function = best(*(Task(lambda code=code: process(code)) for code in STATEMENTS),
                                          turns=size.turns)
    # The package alone loads so little that the clock may say less than nothing.
    return [Row(statement, max(taken - bare, 0.0), "import numpy", numpy - bare, 2.0)
            for statement, taken in zip(STATEMENTS[2:], (package, function), strict=True)]


def process(code: str) -> None:
    """One statement in an interpreter of its own."""
    subprocess.run([sys.executable, "-c", code], check=True)
