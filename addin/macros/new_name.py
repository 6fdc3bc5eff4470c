"""A file name that no file has yet."""

from __future__ import annotations

import itertools
from pathlib import Path


def unused(path: Path) -> Path:
    """The path itself, else with (2), (3) … before its ending."""
    numbered = (path.with_name(f"{path.stem} ({count}){path.suffix}") for count in itertools.count(2))
    return next(found for found in itertools.chain([path], numbered) if not found.exists())
