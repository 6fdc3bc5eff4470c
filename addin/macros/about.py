"""*About* and *Functions*: what this is, and what it can do."""

from __future__ import annotations

from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

import addin
import udfs
from addin import log
from addin.hosts import Host
from udfs.texts import say


def about(host: Host) -> str:
    """Versions, licence and places."""
    return say("macros.about", host.language, version=udfs.__version__, xlwings=installed("xlwings"),
               program=host.program or "–", folder=str(Path(addin.__file__).parent.parent), log=str(log.path()))


def functions(host: Host) -> str:
    """Show the catalogue of functions."""
    host.show("functions")
    return ""


def installed(package: str) -> str:
    """The version of an installed package, a dash for one that is not there."""
    try:
        return version(package)
    except PackageNotFoundError:
        return "–"
