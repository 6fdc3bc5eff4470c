"""*Diagnostic*: what must be in place, each point ok or not, with what to do; also `credit-manager doctor`.

The report names versions, folders and counts, and no client: it may be sent to whoever helps.
"""

from __future__ import annotations

import platform
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import addin
import udfs
from addin import WORKBOOK_SCHEMA, log
from addin.hosts import Host, conf, user
from addin.letters.write import replace
from addin.macros.about import installed
from addin.macros.self_test import outcome, results
from addin.ooxml.package import Package
from addin.readers.own_workbook import own_tables
from addin.table_names import in_excel
from udfs.book.book import Book
from udfs.errors import CreditError
from udfs.tables.schema import SCHEMA
from udfs.texts import say

REPORT = "diagnostic.txt"
# Programs of the Microsoft Store live there; they cannot start each other.
STORE = "windowsapps"
TABLES = tuple(SCHEMA)


class Check(NamedTuple):
    """One point: its code, whether it is in place, and what was found."""

    code: str
    ok: bool
    found: str

    def sentence(self, language: str) -> str:
        """The point, what was found, and the remedy where it is not in place."""
        point = say(f"macros.check_{self.code}", language)
        told = say("macros.check_ok" if self.ok else "macros.check_not_ok", language, point=point,
                   found=self.found.rstrip("."))
        return told if self.ok else f"{told} {say(f'macros.remedy_{self.code}', language)}"


def diagnostic(host: Host) -> str:
    """Look at everything, write the report, and tell what is not in place."""
    language, found = host.language, list(checks(host))
    report = write_report(found, language)
    told = [summary_sentence(found, language), *(check.sentence(language) for check in found if not check.ok)]
    if report is not None:
        told.append(say("macros.report_written", language, file=str(report)))
    return "\n".join(told)


def summary_sentence(found: Sequence[Check], language: str) -> str:
    """How many points are in place."""
    wrong = sum(not check.ok for check in found)
    if wrong:
        return say("macros.not_in_place", language, count=wrong, all=len(found))
    return say("macros.all_in_place", language, count=len(found))


def write_report(found: Sequence[Check], language: str) -> Path | None:
    """Write every point beside the log; None where that cannot be."""
    path = log.path().with_name(REPORT)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        replace(path, "\r\n".join(check.sentence(language) for check in found).encode("utf-8-sig"))
    except (OSError, CreditError):
        return None
    return path


def checks(host: Host | None) -> Iterator[Check]:
    """Every point, of this installation and of a workbook if there is one."""
    yield Check("python", sys.version_info >= (3, 11) and STORE not in sys.executable.casefold(),
                f"{platform.python_version()}, {platform.architecture()[0]}, {sys.executable}")
    folder = Path(addin.__file__).parent.parent
    yield Check("package", Path(udfs.__file__).parent.parent == folder, f"{udfs.__version__}, {folder}")
    if sys.platform == "win32":
        yield Check("xlwings", installed("xlwings") != "–", installed("xlwings"))
        yield _dll()
    yield Check("log", _writable(log.path().parent), str(log.path()))
    yield _letters_folder(host)
    if host is not None:
        yield from _workbook(host)


def _workbook(host: Host) -> Iterator[Check]:
    if host.program:
        yield Check("program", STORE not in host.program.casefold(), host.program)
    yield Check("place", "://" not in host.workbook, host.workbook)
    package = host.copy()
    known = conf.settings(package)
    yield Check("version", known.get("version") == udfs.__version__, f"{known.get('version')}, {udfs.__version__}")
    yield Check("schema", known.get("schema") == WORKBOOK_SCHEMA, f"{known.get('schema')}, {WORKBOOK_SCHEMA}")
    if installed("xlwings") != "–":
        yield Check("pinned", known.get("xlwings") == installed("xlwings"),
                    f"{known.get('xlwings')}, {installed('xlwings')}")
    missing = [name for name in TABLES if in_excel(name) not in package.tables]
    yield Check("tables", not missing, ", ".join(missing) or str(len(TABLES)))
    yield _book(package, host.as_of, host.language)
    tests = results(package)
    yield Check("tests", all(tests.values()), outcome(tests, host.language))


def _book(package: Package, as_of: Any, language: str) -> Check:
    started = time.perf_counter()
    try:
        book = Book(as_of, own_tables(package) or ())
        counts = say("macros.book_counts", language, clients=len(book.clients), invoices=len(book.ledger.amount),
                     decided=len(book.decisions.code), seconds=round(time.perf_counter() - started, 2))
    except CreditError as error:
        return Check("book", False, error.sentence(language))
    return Check("book", True, counts)


def _dll() -> Check:
    """The library through which VBA reaches Python, which antivirus programs like to take away: where VBA looks."""
    name, python = f"xlwings64-{installed('xlwings')}.dll", Path(sys.executable)
    found = next((folder / name for folder in python.parents[:2] if (folder / name).is_file()), None)
    return Check("dll", found is not None, str(found or name))


def _letters_folder(host: Host | None) -> Check:
    folder = user.documents() if host is None else host.letters_folder
    return Check("folder", _writable(folder), str(folder))


def _writable(folder: Path) -> bool:
    """Whether a file can be made in the folder, or in the nearest one above that exists."""
    place = next((one for one in (folder, *folder.parents) if one.is_dir()), None)
    try:
        with tempfile.TemporaryFile(dir=place):
            return place is not None
    except OSError:
        return False
