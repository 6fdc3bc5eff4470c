"""Files -> tables: exports in csv or text, workbooks, accounting files (FEC, customers' ledgers), or a folder.

Of a workbook of ours only its Excel tables count. `read` gives the tables; `load` also the issues of an accounting
file and its last day, and the as-of date of a workbook of ours. What cannot be read is refused with a sentence,
`addin.readers.errors.InputRefused`.
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

from addin.readers import fec, general_ledger
from addin.readers.errors import InputRefused
from addin.readers.files import files_of, tables_of
from addin.readers.own_workbook import read_own
from addin.readers.reading import Reading, joined
from udfs.tables.raw import RawTable


def read(path: str | os.PathLike[str], account: str = fec.ACCOUNT) -> list[RawTable]:
    """The tables of a file or folder."""
    return list(load(path, account).tables)


def load(path: str | os.PathLike[str], account: str = fec.ACCOUNT) -> Reading:
    """The tables of a file or folder, and what an accounting file or a workbook of ours tells besides.

    `account` is how the receivables accounts of an accounting file start. One file that cannot be read
    refuses the whole folder: a table left out would be a total that lies. So does a workbook of ours beside the
    files that it may have been made from.
    """
    path = Path(path)
    if not os.path.isdir(path):
        return joined(_readings(path, account))
    files = files_of(path)
    readings = [(file, reading) for file in files for reading in _readings(file, account)]
    for file, reading in readings:
        if reading.as_of and len(files) > 1:
            raise InputRefused.of("readers.own_among_others", file)
    return joined(reading for _, reading in readings)


def _readings(file: Path, account: str) -> Iterable[Reading]:
    own = read_own(file)
    return [own] if own else (_reading(table, file, account) for table in tables_of(file))


def _reading(table: RawTable, file: Path, account: str) -> Reading:
    if fec.is_fec(table):
        return fec.ledger(table, file, account)
    return general_ledger.ledger(table, file, account) or Reading((table,))
