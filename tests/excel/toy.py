"""A toy workbook with a table, a name, the standalone xlwings module, a VBA module and the Python that it calls."""

from __future__ import annotations

import zipfile
from pathlib import Path

import xlsxwriter
import xlwings
from pyopenvba import ExcelFile, VBAModuleKind

VBA = '''Attribute VB_Name = "Toy"
Option Explicit
Private Server As Object

Private Function Ask(ByVal Name As String, ByVal Arguments As Variant) As Variant
    If Server Is Nothing Then Set Server = XLPy()
    Ask = Server.CallUDF("toy_functions", Name, Arguments, ThisWorkbook, Application.Caller)
End Function

Public Function ECHO(Cells As Variant) As Variant
    If TypeOf Cells Is Range Then
        ECHO = Ask("echo", Array(Cells.Value2))
    Else
        ECHO = Ask("echo", Array(Cells))
    End If
End Function

Public Function TOLD(ByVal What As String) As Variant
    TOLD = Ask("told", Array(What))
End Function

Public Function SAFE(ByVal What As String) As Variant
    On Error Resume Next
    SAFE = Ask("told", Array(What))
    If Err.Number <> 0 Then SAFE = Err.Number & ": " & Left$(Err.Description, 40)
End Function

Public Function MARKED() As Variant
    Dim Cells(1 To 2, 1 To 2) As Variant
    Cells(1, 1) = CVErr(2042): Cells(1, 2) = CDate(46346): Cells(2, 1) = True: Cells(2, 2) = "#N/A"
    MARKED = Cells
End Function

Public Function HOW_MANY(ParamArray Things() As Variant) As Variant
    HOW_MANY = UBound(Things) - LBound(Things) + 1
End Function

Public Function GIVEN(First As Variant, Optional Second As Variant) As Variant
    GIVEN = IIf(IsMissing(Second), "one", "two")
End Function

Public Function CHANGES(Target As Range) As Variant
    Target.Dirty
    CHANGES = 1
End Function

Public Function WHERE_AM_I() As Variant
    WHERE_AM_I = Application.Caller.Address(False, False)
End Function

Public Function AS_TEXT(Value As Variant) As Variant
    AS_TEXT = CStr(Value.Value)
End Function

Private Sub Double_(ByRef Number As Double)
    Number = Number * 2
End Sub

Public Function TWICE(ByVal Number As Double) As Variant
    Double_ Number
    TWICE = Number
End Function

Public Sub CreditPress(control As IRibbonControl)
    Dim Answer As String
    Select Case control.ID
    Case "name"
        Answer = InputBox("Your name?", "Toy", "Ana")
        If StrPtr(Answer) = 0 Then MsgBox "Cancelled" Else Range("A1").Value = Answer
    Case "sure"
        If MsgBox("Sure?", vbYesNo) = vbYes Then MsgBox "Done"
    Case "write"
        XLPy.SetAttr XLPy.Module("xlwings._xlwindows"), "BOOK_CALLER", ThisWorkbook
        XLPy.Exec "import toy_functions; toy_functions.write()"
    Case "later"
        Application.OnTime Now, "Later"
    Case "long"
        MsgBox String$(1024, "x")
    Case "strange"
        MsgBox ChrW$(8594)
    Case "restart"
        Set Server = Nothing
    End Select
End Sub

Public Sub Later()
    Range("A1").Value = "later"
End Sub
'''
OPENING = '''Private Sub Workbook_Open()
    Range("A1").Value = "open"
    Worksheets("Data").EnableCalculation = False
End Sub
'''
PYTHON = '''import numpy as np
import xlwings as xw

KINDS = {"none": None, "whole": 3, "text": "Été", "nested": [[1.0, [2.0]], [3.0, 4.0]], "ragged": [[1.0], [2.0, 3.0]],
         "double": np.float64(1.5), "truth": np.bool_(True), "nan": float("nan"), "nothing": [[]],
         "rows": [[1.0, "a"], [True, ""]]}

@xw.func
@xw.arg("cells", "raw")
@xw.ret("raw")
def echo(cells):
    return [[type(cells).__name__ if not isinstance(cells, tuple) else repr(cells)]]

@xw.func
@xw.ret("raw")
def told(what):
    if what == "fails":
        raise ValueError("no such thing")
    answer = KINDS[what]
    return answer if isinstance(answer, list) else [[answer]]

def write():
    sheet = xw.Book.caller().sheets["Home"]
    sheet["A1"].value = [["a", 1.5], [None, "b"]]
    sheet["A4"].value = sheet.book.name
    sheet["A5"].value = sheet.book.sheets["Data"].tables["Sales"].data_body_range.value
    sheet.book.sheets["Data"].activate()
    again = sheet.book.app.books.open(sheet.book.fullname)
    assert (again.name, sheet.book.selection.address) == ("toy.xlsm", "$A$1")
'''


def build(folder: Path) -> Path:
    """Write toy.xlsm into a folder."""
    plain, made = folder / "plain.xlsx", folder / "toy.xlsm"
    with xlsxwriter.Workbook(plain) as book:
        book.set_vba_name("ThisWorkbook")
        home, data, configuration = (book.add_worksheet(name) for name in ("Home", "Data", "xlwings.conf"))
        for sheet, name in ((home, "shHome"), (data, "shData"), (configuration, "shConfiguration")):
            sheet.set_vba_name(name)
        configuration.write_row(0, 0, ["INTERPRETER_WIN", r"%LOCALAPPDATA%\CreditManager\pythonw.exe"])
        data.add_table("A1:C3", {"name": "Sales", "columns": [{"header": one} for one in ("who", "what", "when")],
                                 "data": [["Ana", 12.5, 46346], ["Bo", "#N/A", ""]]})
        data.write_formula("E1", "=ROW()+1", None, 99)
        data.write_formula("E2", "=1/0", None, "#DIV/0!")
        book.define_name("SalesInput", "=Sales[[#Headers],[#Data],[who]:[what]]")
    with zipfile.ZipFile(plain) as old, zipfile.ZipFile(made, "w") as new:
        for name in old.namelist():
            new.writestr(name, old.read(name).replace(b"vnd.openxmlformats-officedocument.spreadsheetml.sheet.main",
                                                      b"vnd.ms-excel.sheet.macroEnabled.main"))
    with ExcelFile(Path(xlwings.__file__).with_name("quickstart_standalone.xlsm")) as given:
        modules = {name: given.get_module(name) for name in ("xlwings", "Dictionary")}
    with ExcelFile(made) as file:
        project = file.add_vba_project()
        for name, source in {**modules, "Toy": VBA}.items():
            kind = VBAModuleKind.other if name == "Dictionary" else VBAModuleKind.standard
            project.add_module(name, "\r\n".join(source.splitlines()), kind=kind)
        file.set_module("ThisWorkbook", "\r\n".join(OPENING.splitlines()))
        file.save()
    return made
