"""The demonstration starts anew each time: what its last run wrote into the folder is taken away first."""

from __future__ import annotations

from pathlib import Path

from addin.letters import register
from udfs.errors import WrongArgument


def renew(folder: Path, as_of: str) -> None:
    """Remove the register and the letters of an earlier demonstration; any other register is refused.

    Only files that the register itself lists, written for the demonstration's date, are removed.
    """
    place = folder / register.FILE
    if not place.is_file():
        return
    headings, *rows = register.read(place).rows
    letters = [dict(zip(headings, row, strict=False)) for row in rows]
    if any(letter.get("date") != as_of or not str(letter.get("client", "")).startswith("C0") for letter in letters):
        raise WrongArgument("cli.not_the_demo", folder=str(folder))
    for letter in letters:
        name = Path(str(letter.get("file") or "")).name
        if name.startswith(as_of) and name.endswith(".docx"):
            (folder / name).unlink(missing_ok=True)
    place.unlink()
