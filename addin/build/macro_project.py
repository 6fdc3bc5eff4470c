"""A drawn workbook becomes one with macros: VBA project, ribbon, and what XlsxWriter writes otherwise than Excel.

The VBA sources are the files of `addin/vba`, the generated wrappers, and two modules of the package xlwings
(`addin/vba/NOTICE.txt`). Excel compiles them when it opens the workbook.
"""

from __future__ import annotations

import re
import tempfile
from collections.abc import Iterator
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path

from pyopenvba import ExcelFile, VBAModuleKind

from addin import XLWINGS_VERSION
from addin.build import vba_wrappers
from addin.ooxml.archive import packed, unpacked
from addin.ooxml.relations import CONTENT_TYPES
from addin.ribbon.custom_ui import custom_ui

SOURCES = Path(__file__).parents[1] / "vba"
WORKBOOK = "xl/workbook.xml"
RELATIONS = "_rels/.rels"
PLAIN_TYPE = b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
MACRO_TYPE = b"application/vnd.ms-excel.sheet.macroEnabled.main+xml"
# A workbook last calculated by an older Excel, as XlsxWriter says, is recalculated when it opens: before Python is
# there, or where there is none, that would turn every function into an error. The AppVersion of docProps/app.xml is
# left as it is: charts drawn by XlsxWriter leave out what is taken for granted for files of 2007.
FILE_VERSION = b'<fileVersion appName="xl" lastEdited="7" lowestEdited="7" rupBuild="22228"/>'
CALCULATED_BY = b'<calcPr calcId="191029"/>'
EXTENSIBILITY = {
    "customUI/customUI.xml": "http://schemas.microsoft.com/office/2006/relationships/ui/extensibility",
    "customUI/customUI14.xml": "http://schemas.microsoft.com/office/2007/relationships/ui/extensibility",
}


def with_macros(xlsx: bytes, language: str) -> bytes:
    """The workbook of XlsxWriter's bytes with macros and ribbon; the same bytes on every run."""
    drawn = Path("workbook.xlsx")
    parts = unpacked(xlsx, drawn)
    _change(parts, CONTENT_TYPES, re.escape(PLAIN_TYPE), MACRO_TYPE)
    _change(parts, WORKBOOK, rb"<fileVersion [^>]*/>", FILE_VERSION)
    _change(parts, WORKBOOK, rb"<calcPr [^>]*/>", CALCULATED_BY)
    parts = unpacked(_with_project(packed(parts)), drawn)
    parts |= custom_ui(language)
    related = "".join(f'<Relationship Id="rIdRibbon{number}" Type="{kind}" Target="{part}"/>'
                      for number, (part, kind) in enumerate(EXTENSIBILITY.items(), start=1))
    _change(parts, RELATIONS, b"</Relationships>", f"{related}</Relationships>".encode())
    return packed(parts)


def modules() -> Iterator[tuple[str, str, VBAModuleKind]]:
    """Name, text and kind of every module that a workbook gets; those of the sheets are empty."""
    if version("xlwings") != XLWINGS_VERSION:
        raise ValueError(f"xlwings {version('xlwings')} is installed; the workbook is made for {XLWINGS_VERSION}")
    with ExcelFile(str(files("xlwings") / "quickstart_standalone.xlsm")) as quickstart:
        yield "xlwings", _crlf(quickstart.get_module("xlwings")), VBAModuleKind.standard
        yield "Dictionary", _crlf(quickstart.get_module("Dictionary")), VBAModuleKind.other
    for source in sorted(SOURCES.glob("*.bas")):
        yield source.stem, _crlf(source.read_text(encoding="ascii")), VBAModuleKind.standard
    yield vba_wrappers.MODULE, vba_wrappers.module(), VBAModuleKind.standard
    for source in sorted(SOURCES.glob("*.cls")):
        yield source.stem, _crlf(source.read_text(encoding="ascii")), VBAModuleKind.other


def _with_project(content: bytes) -> bytes:
    """The workbook with its VBA project; its document modules are those that the sheets name."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "workbook.xlsm"
        path.write_bytes(content)
        with ExcelFile(path) as workbook:
            project = workbook.add_vba_project()
            for name, text, kind in modules():
                if name in project.module_names():
                    workbook.set_module(name, text)
                else:
                    project.add_module(name, text, kind=kind)
            workbook.save()
            faults = workbook.validate()
        if faults:
            raise ValueError(f"VBA project: {', '.join(faults)}")
        return path.read_bytes()


def _change(parts: dict[str, bytes], part: str, pattern: bytes, new: bytes) -> None:
    parts[part], count = re.subn(pattern, lambda _: new, parts[part])
    if count != 1:
        raise ValueError(f"{part}: {pattern!r} found {count} times")


def _crlf(text: str) -> str:
    return re.sub("\r?\n", "\r\n", text)
