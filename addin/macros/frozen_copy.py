"""*Frozen copy*: the workbook as it stands for who has no Python: values only, no macros."""

from __future__ import annotations

from pathlib import Path

from addin.hosts import Host
from addin.macros.new_name import unused
from addin.ooxml.freeze import frozen
from addin.readers.errors import InputRefused
from udfs.texts import say


def frozen_copy(host: Host) -> str:
    """Write the frozen copy beside the workbook, under a name with its date."""
    target = usual_copy(host)
    target.parent.mkdir(parents=True, exist_ok=True)
    return frozen_sentence(freeze(host, target), host.language)


def frozen_sentence(file: Path, language: str) -> str:
    """Where the copy is, and what it is."""
    return say("macros.frozen", language, file=str(file))


def usual_copy(host: Host) -> Path:
    """Where a copy goes unless another place is given."""
    stem = Path(host.workbook.replace("\\", "/")).stem
    return unused(host.letters_folder.parent / f"{stem} {host.as_of.isoformat()}.xlsx")


def freeze(host: Host, target: Path) -> Path:
    """Write the frozen copy to a file that is not there yet."""
    if target.exists():
        raise InputRefused.of("macros.exists", target)
    if target.suffix.lower() != ".xlsx":
        raise InputRefused.of("macros.not_xlsx", target)
    if not target.parent.is_dir():
        raise InputRefused.of("macros.no_such_folder", target, folder=str(target.parent))
    frozen(host.copy()).write(target)
    return target
