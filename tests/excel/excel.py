"""A user's Excel: it opens a built workbook and does with it what a person does.

>>> from tests.excel.excel import NOT_AVAILABLE, Error
>>> NOT_AVAILABLE, NOT_AVAILABLE == "#N/A", NOT_AVAILABLE == Error("#N/A")
(#N/A, False, True)
"""

from __future__ import annotations

import datetime as dt
import re
import zipfile
from collections import Counter
from functools import lru_cache
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

from pyopenvba import ExcelFile, VBAModuleKind
from pyopenvba.apps.excel import ExcelApplication
from pyopenvba.apps.excel._model import Range
from pyopenvba.formula._values import ExcelError
from pyopenvba.interpreter import EMPTY, VBAArray, VBADate, VBAErrorValue, VBAInt, VBAObject
from pyopenvba.interpreter._parse import parse_module
from pyopenvba.interpreter._runtime import ModuleRuntime

from tests.excel import cells, edges, french
from tests.excel.server import Python

LIBRARY = '''Attribute VB_Name = "ExcelWithoutExcel"
Public Function LoadLibrary(ByVal Name As String) As Long
    LoadLibrary = CreateObject("ExcelWithoutExcel.Library").LoadLibrary(Name)
End Function
Public Function XLPyDLLActivateAuto(ByRef Result As Variant, Optional ByVal Config As String, _
                                    Optional ByVal Mode As Long = 1) As Long
    Set Result = CreateObject("ExcelWithoutExcel.Library").Activate(Config)
End Function
'''
LONGEST_PROMPT, LONGEST_REPLY, CODE_PAGE = 1023, 254, "cp1252"
ANSWERS = {"ok": 1, "cancel": 2, "yes": 6, "no": 7}
# A comment behind a directive, and a text compared with True, are VBA that pyOpenVBA does not read.
DIRECTIVE = re.compile(r"^(\s*#\s*(?:Const|If|ElseIf|Else|End\s+If)\b[^'\r\n]*?)\s*'[^\r\n]*", re.I | re.M)
TEXT_AS_TRUTH = re.compile(r'(GetConfig\("[^"]+"), False\) = True')


class Error:
    """An error value of a cell, never equal to the text that looks like it."""

    def __init__(self, name: str) -> None:
        self.name = name

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Error) and other.name == self.name

    def __hash__(self) -> int:
        return hash(self.name)

    def __repr__(self) -> str:
        return self.name


NOT_AVAILABLE, WRONG_VALUE, OUT_OF_RANGE = Error("#N/A"), Error("#VALUE!"), Error("#NUM!")


class Excel:
    """Excel with one workbook of ours open, its own VBA loaded; `open()` runs what opening runs.

    `messages` are the texts shown, `questions` those asked, `opened` what was opened in the user's shell, `failures`
    VBA errors that cells turned into #VALUE!. `server` is the Python behind it. With `dependents_first` a function is
    first called while the cells it reads are not yet calculated, as Excel may.
    """

    def __init__(self, path: Path, *, no_python: bool = False, language: str = "en", version: str = "16.0",
                 folder: str = "") -> None:
        self.server = Python(no_python)
        self.language, self.version = language, version
        self.environment = {"LOCALAPPDATA": r"C:\Users\Ana\AppData\Local", "USERPROFILE": r"C:\Users\Ana",
                            "TEMP": r"C:\Users\Ana\AppData\Local\Temp"}
        self.messages: list[str] = []
        self.questions: list[str] = []
        self.replies: list[str | None] = []
        self.opened = self.server.opened
        self.failures: list[str] = []
        self.timers: list[str] = []
        self.callers: list[VBAObject] = []
        self.macro_options: dict[str, dict[str, Any]] = {}
        self.dependents_first = False
        self.application = ExcelApplication.open(path, with_vba=False)
        self.application.application.excel = self  # type: ignore[attr-defined]
        self.book = self.application.workbook
        self.book._calculator = edges.SheetwiseCalculator(self.book)
        if folder:
            self.book.path = folder
        self.interpreter = self.application.interpreter
        self.interpreter.host.create = lambda name: edges.created(self, name)  # type: ignore[method-assign]
        self.interpreter.show_message = self._show  # type: ignore[method-assign]
        self.interpreter.ask_for_input = self.ask  # type: ignore[method-assign]
        self.interpreter._intrinsics = edges.intrinsics(self, self.interpreter._intrinsics)
        self._load(path)
        self._controls = _controls(path)

    @property
    def calls(self) -> Counter[str]:
        """How often each function was called in the Python process."""
        return self.server.calls

    def open(self) -> None:
        """Open the workbook: Workbook_Open runs."""
        self._raise("Workbook_Open")
        self._settle()

    def enter(self, sheet: str, cell: str, content: Any, *, text: bool = False) -> None:
        """Type into a cell: a formula when it begins with =, a date, a number, nothing; `text` is kept as it is."""
        target = self.range(sheet, cell)
        if text:
            target.vba_set("NumberFormat", "@")
        if isinstance(content, str) and content.startswith("=") and not text:
            target.vba_set("Formula2", content)
        elif content is None:
            target.vba_get("ClearContents")
        else:
            target.vba_set("Value", VBADate.from_datetime(content) if isinstance(content, dt.date) else content)
        self._settle()

    def value(self, sheet: str, cell: str) -> Any:
        """What a cell holds: a number (dates too), a text, a truth value, an `Error`, or None."""
        return _plain(self.range(sheet, cell).vba_get("Value2"))

    def day(self, sheet: str, cell: str) -> dt.date:
        """The date in a cell."""
        return VBADate(self.value(sheet, cell)).to_datetime().date()

    def spill(self, sheet: str, cell: str) -> list[list[Any]]:
        """What the formula of a cell spilled, its own cell included."""
        self.value(sheet, cell)
        spilled = self.range(sheet, cell).vba_get("SpillingToRange")
        values = spilled.vba_get("Value2") if isinstance(spilled, Range) else None
        return _plain(values) if isinstance(values, VBAArray) else [[self.value(sheet, cell)]]

    def press(self, button: str) -> None:
        """Press a button of the ribbon."""
        control = self._controls[button] if self._controls else {"onAction": "CreditPress"}
        self.run(control["onAction"], edges.RibbonControl(button))
        self._settle()

    def reply(self, *replies: str | None) -> None:
        """What to reply to the next questions; a box with buttons: yes, no, ok, cancel; None leaves an input box."""
        self.replies.extend(replies)

    def select(self, sheet: str, cells: str) -> None:
        """Go to a sheet and select cells."""
        self.application.activate_workbook(self.book)
        self.book.sheet_named(sheet).vba_get("Activate")
        self.range(sheet, cells).vba_get("Select")

    def selection(self) -> str:
        """Where the user is: Sheet!A1."""
        chosen = self.application.application.vba_get("Selection")
        return f"{chosen.sheet.name}!{chosen.vba_get('Address', [False, False])}"

    def recalculate(self) -> None:
        """Ctrl+Alt+F9: every formula again."""
        with french.settings(self.language):
            self.application.application.vba_get("CalculateFull")
        self._settle()

    def other_workbook(self) -> None:
        """Another workbook comes to the front."""
        self.application.add_workbook()

    def save(self, path: Path) -> None:
        """Save the workbook under another name."""
        self._raise("Workbook_BeforeSave", True, False)
        self.application.save(path, workbook=self.book)

    def range(self, sheet: str, cells: str) -> Range:
        """A range as VBA sees it."""
        found = self.book.sheet_named(sheet).vba_get("Range", [cells])
        assert isinstance(found, Range)
        return found

    def run(self, procedure: str, *arguments: Any) -> Any:
        """Run a procedure of the workbook."""
        with french.settings(self.language):
            return self.interpreter.run(procedure, list(arguments))

    def ask(self, prompt: str, title: str = "", default: str = "") -> str:
        """An input box; the reply was given beforehand."""
        self.questions.append(_shown(prompt))
        assert self.replies, f"nobody replied to: {prompt}"
        reply = self.replies.pop(0)
        assert len(default) <= LONGEST_REPLY >= len(reply or ""), "longer than an input box takes"
        return edges.NoText() if reply is None else reply

    def _raise(self, event: str, *arguments: Any) -> None:
        """Run the workbook's own procedure for an event, if it has one."""
        module = self.interpreter.modules.get(self.book.code_name.lower())
        if module is not None and module.procedure(event) is not None:
            self.run(f"{self.book.code_name}.{event}", *arguments)

    def _show(self, prompt: str, style: int, title: str) -> object:
        self.messages.append(_shown(prompt))
        if not style & 7:
            return VBAInt(ANSWERS["ok"], "Integer")
        assert self.replies, f"nobody replied to: {prompt}"
        return VBAInt(ANSWERS[str(self.replies.pop(0))], "Integer")

    def _settle(self) -> None:
        """What Excel does before the user acts again: it calculates, and runs what OnTime left for later."""
        for _ in range(10):
            with french.settings(self.language):
                edges.recalculated(self.book)
            if not self.timers:
                return
            due, self.timers = self.timers, []
            for procedure in due:
                self.run(procedure)
        raise AssertionError(f"OnTime never ends: {self.timers}")

    def _load(self, path: Path) -> None:
        """The modules of the workbook; what they declare of Windows is ours."""
        modules = [("ExcelWithoutExcel", "standard", LIBRARY), *_modules(path, path.stat().st_mtime_ns)]
        for name, kind, source in modules:
            host = self.interpreter.host.global_object(name.lower())
            if kind == "class" and isinstance(host, VBAObject) and host is not self.application.application:
                kind = "document"
            module = ModuleRuntime(_parsed(name, kind, source), self.interpreter)
            self.interpreter.modules[name.lower()] = module
            if kind == "document":
                self.interpreter.bind_document(name, host)
            elif kind == "standard" and name not in ("ExcelWithoutExcel", "xlwings"):
                cells.offer(module)


def _shown(prompt: str) -> str:
    """The text of a box, which VBA would cut without a word, or show with question marks."""
    assert len(prompt) <= LONGEST_PROMPT, f"longer than a box shows: {prompt}"
    assert prompt.encode(CODE_PAGE, "replace").decode(CODE_PAGE) == prompt, f"not in {CODE_PAGE}: {prompt}"
    return prompt


def _plain(value: Any) -> Any:
    """A value of VBA as a test compares it."""
    if isinstance(value, VBAArray):
        height = value.bounds[0][1]
        return [[_plain(one) for one in value.items[row::height]] for row in range(height)]
    if value is EMPTY:
        return None
    if isinstance(value, VBAErrorValue):
        return Error(cells.ERROR_NAMES[value.number])
    if isinstance(value, ExcelError):
        return Error(value.name)
    return float(value) if isinstance(value, VBAInt) else value


@lru_cache(maxsize=64)
def _modules(path: Path, changed: int) -> tuple[tuple[str, str, str], ...]:
    """Name, kind and text of the modules of a workbook."""
    with ExcelFile(path) as file:
        return tuple((one.name, "standard" if one.kind is VBAModuleKind.standard else "class", one.source)
                     for one in file.vba_project().modules)


@lru_cache(maxsize=256)
def _parsed(name: str, kind: str, source: str) -> Any:
    source = DIRECTIVE.sub(r"\1", source)
    if name == "xlwings":
        source = TEXT_AS_TRUTH.sub(r"CBool(\1, False)) = True", source)
    parsed = parse_module(source, name=name, kind=kind)
    parsed.name = name
    parsed.declares.clear()
    return parsed


def _controls(path: Path) -> dict[str, dict[str, str]]:
    """The attributes of each control of the workbook's ribbon."""
    with zipfile.ZipFile(path) as package:
        if "customUI/customUI14.xml" not in package.namelist():
            return {}
        root = ElementTree.fromstring(package.read("customUI/customUI14.xml"))
    return {one.attrib["id"]: dict(one.attrib) for one in root.iter() if "id" in one.attrib}
