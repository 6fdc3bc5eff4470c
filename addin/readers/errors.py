"""The refusal of a file: one sentence that names the file and what to do."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from udfs.errors import CreditError


class InputRefused(CreditError):
    """A file or folder that cannot be read at all; nothing of it was used.

    >>> raise InputRefused.of("readers.missing", Path("ledger.txt"))
    Traceback (most recent call last):
    ...
    addin.readers.errors.InputRefused: "ledger.txt" is not there. Check the name and the folder.
    """

    @classmethod
    def of(cls, code: str, path: Path, **values: Any) -> InputRefused:
        """The refusal of one file, shown by its name."""
        return cls(code, file=path.name or str(path), **values)
