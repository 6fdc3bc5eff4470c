"""A letter into its folder, whole or not at all.

The text goes to a hidden file beside the target, which then takes the target's name in one step: a full disk
or a stopped process leaves no half letter, and nobody opens one that is still being written.
"""

from __future__ import annotations

import contextlib
import os
import secrets
from pathlib import Path

from addin.letters.case import LetterCase
from addin.letters.names import file_name
from addin.letters.render import FOLDER, render
from udfs.errors import NotAvailable


class FileInUse(NotAvailable):
    """The system does not let us write: open in Word or Excel, no right, or a full disk."""


def write_letter(case: LetterCase, folder: Path, templates: Path = FOLDER) -> Path:
    """Write one letter under a new name in `folder`; return its path. Earlier letters stay untouched."""
    content = render(case, templates)
    client = f"{case.client['client']} {case.client['name']}"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        taken = os.listdir(folder)
    except OSError as error:
        raise FileInUse("letters.file_in_use", file=folder.name, detail=error.strerror) from error
    path = folder / file_name(case.date, client, case.kind, case.level, case.language, taken)
    replace(path, content)
    return path


def replace(path: Path, content: bytes, durable: bool = False) -> None:
    """Put `content` in place of a file, or create it, in one step; `durable` also survives a power cut."""
    part = path.with_name(f".{secrets.token_hex(8)}.part")
    try:
        with part.open("xb") as file:
            file.write(content)
            if durable:
                file.flush()
                os.fsync(file.fileno())
        os.replace(part, path)
    except OSError as error:
        raise FileInUse("letters.file_in_use", file=path.name, detail=error.strerror) from error
    finally:
        with contextlib.suppress(OSError):
            part.unlink(missing_ok=True)
