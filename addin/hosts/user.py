"""The user at this machine: name, language, folder of documents, and what opens before his eyes."""

from __future__ import annotations

import getpass
import os
import subprocess
import sys
from pathlib import Path

OWN_FOLDER = "Credit Manager"
PERSONAL = 5  # CSIDL_PERSONAL, which follows a Documents folder that was moved


def name() -> str:
    """The user's name as the system knows it."""
    try:
        return getpass.getuser()
    except (KeyError, OSError, ImportError):
        return ""


def system_language() -> str:
    """French where the system speaks French, else empty: the Policy decides."""
    spoken = next(filter(None, (os.environ.get(name) for name in ("LC_ALL", "LC_MESSAGES", "LANG"))), "")
    return "fr" if spoken.lower().startswith("fr") else ""


def documents() -> Path:
    """Our folder among the user's documents, for what has no place beside a workbook."""
    return _documents() / OWN_FOLDER


def open_in_shell(path: Path) -> None:
    """Open a folder or a file with the program that the system has for it."""
    if sys.platform == "win32":
        os.startfile(path)
    else:
        opener = "open" if sys.platform == "darwin" else "xdg-open"
        subprocess.Popen([opener, str(path)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def _documents() -> Path:
    if sys.platform == "win32":
        import ctypes

        found = ctypes.create_unicode_buffer(260)
        if ctypes.windll.shell32.SHGetFolderPathW(None, PERSONAL, None, 0, found) == 0 and found.value:
            return Path(found.value)
    return Path.home() / "Documents"
