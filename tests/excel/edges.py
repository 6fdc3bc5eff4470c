"""What a workbook's VBA asks of Excel and Windows that pyOpenVBA has not: recorded, or answered as they would.

Each is a member added to pyOpenVBA's own classes; it finds the running `Excel` through the application.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pyopenvba._a1 import MAX_COLUMNS, MAX_ROWS
from pyopenvba.apps.excel import _events
from pyopenvba.apps.excel._calc import Calculator
from pyopenvba.apps.excel._io import save_workbook
from pyopenvba.apps.excel._model import Application, Range, Workbook, Workbooks, Worksheet
from pyopenvba.interpreter import EMPTY, MISSING, VBAArray, VBAErrorValue, VBAInt, VBAObject, member, method
from pyopenvba.interpreter._objects import MemberSpec
from pyopenvba.interpreter._values import error, to_bool, to_integer, to_text

from tests.excel.french import INTERNATIONAL
from tests.excel.windows import WINDOW

if TYPE_CHECKING:
    from tests.excel.excel import Excel

FILE_NOT_FOUND = 53
REFUSED = 1004


class NoText(str):
    """The text without an address that a cancelled InputBox gives: StrPtr of it is 0."""


class RibbonControl(VBAObject):
    """A button of the ribbon as its callback receives it."""

    vba_type_name = "IRibbonControl"

    def __init__(self, name: str) -> None:
        self.name = name

    @member
    def ID(self) -> object:
        return self.name


class Shell(VBAObject):
    """WScript.Shell: commands are recorded, never run."""

    vba_type_name = "IWshShell3"

    def __init__(self, excel: Excel) -> None:
        self.excel = excel

    @method
    def ExpandEnvironmentStrings(self, text: object = MISSING) -> object:
        return re.sub(r"%([^%]+)%", lambda name: self.excel.environment.get(name[1].upper(), name[0]), to_text(text))

    @method
    def Run(self, command: object = MISSING, style: object = MISSING, wait: object = MISSING) -> object:
        self.excel.opened.append(to_text(command))
        return VBAInt(0, "Long")

    @method
    def Popup(self, text: object = MISSING, seconds: object = MISSING, title: object = MISSING,
              style: object = MISSING) -> object:
        self.excel.messages.append(to_text(text))
        return VBAInt(1, "Long")


class Library(VBAObject):
    """The two functions of Windows and of xlwings' DLL that xlwings.bas declares."""

    def __init__(self, excel: Excel) -> None:
        self.excel = excel

    @method
    def LoadLibrary(self, name: object = MISSING) -> object:
        return VBAInt(0 if self.excel.server.missing else 1, "Long")

    @method
    def Activate(self, command: object = MISSING) -> object:
        if self.excel.server.missing:
            raise error(FILE_NOT_FOUND)
        return self.excel.server.activate(to_text(command))


class SheetwiseCalculator(Calculator):
    """A calculator that leaves the sheets alone whose EnableCalculation is False, and knows which ones it worked on."""

    def __init__(self, book: Workbook) -> None:
        super().__init__(book)
        self.worked: set[str] = set()

    def calculate_all(self) -> None:
        """Every stale cell; when Excel is said to begin with the dependents, last cells first."""
        if self.book.application.excel.dependents_first:
            self.build()
            stale = [(sheet.name, *place) for sheet in self.book.sheets_
                     for place, cell in sheet.cells_.items() if cell.formula and cell.stale]
            for sheet, row, column in reversed(stale):
                self.value_of(sheet, row, column)
        super().calculate_all()

    def _value(self, sheet: str, row: int, column: int, force: bool) -> object:
        owner = self.book.sheet_named(sheet)
        if getattr(owner, "enable_calculation", True):
            return super()._value(sheet, row, column, force)
        cell = owner.cell(row, column)
        return EMPTY if cell is None else cell.value

    def _computed(self, compiled: Any, sheet: str, row: int, column: int) -> object:
        self.worked.add(sheet.lower())
        return super()._computed(compiled, sheet, row, column)


def recalculated(book: Workbook) -> None:
    """What follows an edit: everything stale is calculated, and each sheet worked on raises Calculate."""
    calculator = book.calculator
    calculator.recalculated()
    if not isinstance(calculator, SheetwiseCalculator):
        return
    worked, calculator.worked = calculator.worked, set()
    if book.application.enable_events:
        for sheet in book.sheets_:
            if sheet.name.lower() in worked:
                _events._both(sheet, "Calculate", [])


def created(excel: Excel, name: str) -> object:
    """CreateObject."""
    known = {"wscript.shell": Shell, "excelwithoutexcel.library": Library}
    if name.lower() not in known:
        raise error(429)
    return known[name.lower()](excel)


def intrinsics(excel: Excel, known: dict[str, Any]) -> dict[str, Any]:
    """VBA's own functions, with those that look outside looking at `excel` instead."""
    def environ(interpreter: Any, arguments: list[Any], named: dict[str, Any]) -> object:
        return excel.environment.get(to_text(arguments[0]).upper(), "")

    def attributes(interpreter: Any, arguments: list[Any], named: dict[str, Any]) -> object:
        raise error(FILE_NOT_FOUND)

    return {**known, "environ": environ, "getattr": attributes,
            "doevents": lambda interpreter, arguments, named: VBAInt(0, "Integer"),
            "strptr": lambda interpreter, arguments, named: VBAInt(0 if isinstance(arguments[0], NoText) else 4096)}


def _excel(thing: Any) -> Excel:
    """The running Excel of an application, workbook, sheet or range."""
    if isinstance(thing, Range):
        thing = thing.sheet
    if isinstance(thing, Worksheet):
        thing = thing.book
    return (thing if isinstance(thing, Application) else thing.application).excel


def _changing(excel: Excel, what: str) -> None:
    """A function called from a cell may not change anything but its cell."""
    if excel.callers:
        raise error(REFUSED, f"{what} in a function called from a cell")


def _property(owner: type[VBAObject], name: str, get: Callable[..., object],
              put: Callable[..., None] | None = None, *parameters: str) -> None:
    owner._vba_members[name.lower()] = MemberSpec(name, "property", get, put, parameters=parameters)


def _method(owner: type[VBAObject], name: str, call: Callable[..., object], *parameters: str) -> None:
    owner._vba_members[name.lower()] = MemberSpec(name, "method", call, parameters=parameters)


def _caller(application: Application) -> object:
    callers = _excel(application).callers
    return callers[-1] if callers else VBAErrorValue(2023)


def _international(application: Application, index: object = MISSING) -> object:
    value = INTERNATIONAL[_excel(application).language].get(int(to_integer(index)))
    if value is None:
        raise error(REFUSED)
    return VBAInt(value, "Long") if isinstance(value, int) else value


def _macro_options(application: Application, *given: Any) -> object:
    excel = _excel(application)
    _changing(excel, "MacroOptions")
    macro, description, category, arguments = given
    excel.macro_options[to_text(macro)] = {
        "description": to_text(description), "category": to_text(category),
        "arguments": [] if arguments is MISSING else [to_text(one) for one in arguments.items]}
    return EMPTY


def _on_time(application: Application, *given: Any) -> object:
    excel = _excel(application)
    _changing(excel, "OnTime")
    _, procedure, _, schedule = given
    if schedule is not MISSING and not to_bool(schedule):
        raise error(REFUSED)
    excel.timers.append(to_text(procedure))
    return EMPTY


def _range(application: Application, first: object = MISSING, second: object = MISSING) -> object:
    """Range(one cell, another): the sheet is that of the cells, also when another workbook is in front."""
    sheet = first.sheet if isinstance(first, Range) else application._require_sheet()
    return sheet.vba_get("Range", [first, second])


def _values(cells: Range, *, raw: bool) -> object:
    """Value and Value2: every cell of the range, also beyond the last one used (pyOpenVBA stops there)."""
    if cells.single:
        return cells._read(cells.first.top, cells.first.left, raw=raw)
    area = cells.first if cells.first.rows < MAX_ROWS and cells.first.columns < MAX_COLUMNS else cells.bounded()
    items = [cells._read(row, column, raw=raw)
             for column in range(area.left, area.right + 1) for row in range(area.top, area.bottom + 1)]
    return VBAArray([(1, area.rows), (1, area.columns)], items=items)


def _calculate_full(application: Application) -> object:
    _changing(_excel(application), "CalculateFull")
    for book in application.workbooks_.books:
        book.calculator.rebuild()
        book.calculator.calculate_all()
        _events.calculated_all(book)
    return EMPTY


def _dirty(cells: Range) -> object:
    """Excel takes the address only, and looks it up on the active sheet."""
    _changing(_excel(cells), "Dirty")
    sheet = cells.sheet.book.application._require_sheet()
    for place in cells.cell_positions():
        cell = sheet.cells_.get(place)
        if cell is not None and cell.formula:
            cell.stale = True
            sheet.book.calculator.wrote(sheet.name, *place)
    return EMPTY


def _set_enable_calculation(sheet: Worksheet, value: object) -> None:
    _changing(_excel(sheet), "EnableCalculation")
    before, sheet.enable_calculation = getattr(sheet, "enable_calculation", True), to_bool(value)
    if sheet.enable_calculation and not before:
        for (row, column), cell in list(sheet.cells_.items()):
            if cell.formula:
                cell.stale = True
                sheet.book.calculator.wrote(sheet.name, row, column)


def _open(workbooks: Workbooks, filename: object, *rest: Any) -> object:
    """A second workbook comes to the front; its macros are not loaded."""
    _changing(_excel(workbooks), "Workbooks.Open")
    return OPEN.getter(workbooks, filename)


def _follow(book: Workbook, *given: Any) -> object:
    _excel(book).opened.append(to_text(given[0]))
    return EMPTY


def _save_copy(book: Workbook, filename: object = MISSING) -> object:
    save_workbook(book, Path(to_text(filename)))
    return EMPTY


def _constant(value: object) -> Callable[[VBAObject], object]:
    return lambda thing: value


OPEN = Workbooks._vba_members["open"]

_property(Application, "Version", lambda application: _excel(application).version)
_property(Application, "Path", _constant(r"C:\Program Files\Microsoft Office\root\Office16"))
_property(Application, "PathSeparator", _constant("\\"))
_property(Application, "Hwnd", _constant(VBAInt(WINDOW, "Long")))
_property(Application, "Caller", _caller)
_property(Application, "Range", _range, None, "Cell1", "Cell2")
_property(Application, "International", _international, None, "Index")
_method(Application, "MacroOptions", lambda application, macro, description, menu, text, shortcut, key, category, bar,
        context, help_file, arguments: _macro_options(application, macro, description, category, arguments),
        "Macro", "Description", "HasMenu", "MenuText", "HasShortcutKey", "ShortcutKey", "Category", "StatusBar",
        "HelpContextID", "HelpFile", "ArgumentDescriptions")
_method(Application, "OnTime", _on_time, "EarliestTime", "Procedure", "LatestTime", "Schedule")
_method(Application, "CalculateFull", _calculate_full)
_method(Range, "Dirty", _dirty)
Range._values = _values  # type: ignore[method-assign]
_events.recalculated = recalculated
_property(Worksheet, "EnableCalculation", lambda sheet: getattr(sheet, "enable_calculation", True),
          _set_enable_calculation)
_method(Workbooks, "Open", _open, "Filename", "UpdateLinks", "ReadOnly", "Format", "Password", "WriteResPassword",
        "IgnoreReadOnlyRecommended", "Origin", "Delimiter", "Editable", "Notify", "Converter", "AddToMru", "Local",
        "CorruptLoad")
_method(Workbook, "FollowHyperlink", _follow, "Address", "SubAddress", "NewWindow", "AddHistory")
_method(Workbook, "SaveCopyAs", _save_copy, "Filename")
