"""One file -> its tables as found. What the file holds decides how it is read, not its name.

An .xls export that is tabbed text is text; an .xlsx that is no zip is refused; a web page saved as .xls is
refused with the way out.
"""

from __future__ import annotations

import os
from pathlib import Path

from addin.readers.delimited import records
from addin.readers.encoding import decoded, is_binary
from addin.readers.errors import InputRefused
from addin.readers.workbook import COMPOUND, ZIP, read_workbook
from udfs.tables.raw import RawTable

TEXTS = (".csv", ".txt", ".tsv")
WORKBOOKS = (".xlsx", ".xlsm", ".xls", ".ods")
PACKAGES = (".xlsx", ".xlsm", ".ods")
LARGEST = 2**30
WEB_PAGE = (b"<!doctype", b"<html", b"<?xml", b"<table", b"<meta", b"<style")


def tables_of(path: Path) -> list[RawTable]:
    """The tables of one file, whatever it is; otherwise it is refused with the reason."""
    if os.path.isdir(path):
        raise InputRefused.of("readers.folder_not_file", path)
    try:
        size = path.stat().st_size
        data = path.read_bytes() if size <= LARGEST else b""
    except (FileNotFoundError, NotADirectoryError):
        raise InputRefused.of("readers.missing", path) from None
    except (OSError, ValueError):
        raise InputRefused.of("readers.unreadable", path) from None
    if size > LARGEST:
        raise InputRefused.of("readers.too_big", path)
    if data.startswith((ZIP, COMPOUND)):
        return read_workbook(data, path)
    return [_read_text(data, path)]


def files_of(folder: Path) -> list[Path]:
    """The files of a folder that can hold tables, by name; hidden and lock files are none."""
    try:
        found = sorted((path for path in folder.iterdir() if path.suffix.lower() in TEXTS + WORKBOOKS
                        and not path.name.startswith((".", "~$")) and path.is_file()),
                       key=lambda path: (path.name.casefold(), path.name))
    except OSError:
        raise InputRefused.of("readers.unreadable", folder) from None
    if not found:
        raise InputRefused.of("readers.empty_folder", folder)
    return found


def _read_text(data: bytes, path: Path) -> RawTable:
    if data.removeprefix(b"\xef\xbb\xbf").lstrip()[:16].lower().startswith(WEB_PAGE):
        raise InputRefused.of("readers.web_page", path)
    text = decoded(data)
    if not text.strip():
        raise InputRefused.of("readers.empty", path)
    if is_binary(text) or data.startswith(b"%PDF") or path.suffix.lower() in PACKAGES:
        raise InputRefused.of("readers.not_a_table", path)
    rows, numbers = records(text)
    if not rows:
        raise InputRefused.of("readers.empty", path)
    return RawTable(rows, path.stem, numbers)
