Attribute VB_Name = "CreditStart"
' Opening and saving the workbook: Python met, or the values kept as they are and the user told from when they are.
Option Explicit
Option Private Module

Private Const OLDEST_EXCEL As Long = 16

Public Sub WorkbookOpened()
    Dim wasSaved As Boolean
    wasSaved = ThisWorkbook.Saved
    ' Whatever happens here, the workbook opens.
    On Error GoTo Done
    RegisterHelp
    MeetPython
Done:
    Application.StatusBar = False
    ThisWorkbook.Saved = wasSaved
End Sub

' When the values were calculated is told to whoever opens the file without Python. One who calculates by hand may
' save values that are older, so nothing is claimed then.
Public Sub NoteCalculation()
    On Error Resume Next
    If PythonReady() And Application.Calculation <> xlCalculationManual Then
        SetConf "calculated_at", Format$(Now, "yyyy-mm-dd hh:nn")
    End If
End Sub

' Start Python, compare versions, let the sheets calculate. When that cannot be, the values are kept, and the answer is
' the sentence that says why.
Public Function MeetPython() As String
    Dim told As Variant, installed As String, refusal As String
    If ExcelIsTooOld() Then
        refusal = Conf("text_old_excel")
        KeepValues refusal
        MeetPython = refusal
        Exit Function
    End If
    Application.StatusBar = Conf("text_starting")
    ForgetServer
    On Error GoTo NoPython
    told = Rectangle(Hop("hello", Array()))
    On Error GoTo 0
    installed = told(1, 1) & ", xlwings " & told(1, 2)
    If told(1, 5) <> Conf("schema") Then
        refusal = WrongVersion(installed)
        KeepValues refusal
        MeetPython = refusal
        Exit Function
    End If
    Calculating True
    If told(1, 1) = Conf("version") And told(1, 2) = Conf("xlwings") Then
        ShowState ""
    Else
        ShowState WrongVersion(installed)
    End If
    CalculateBooks
    Exit Function
NoPython:
    MeetPython = Sentence("text_button_no_python", Err.Description)
    KeepValues Sentence("text_no_python", Conf("calculated_at"))
End Function

Private Function WrongVersion(ByVal installed As String) As String
    WrongVersion = Sentence("text_wrong_version", Conf("version") & ", xlwings " & Conf("xlwings"), installed)
End Function

' Without Python every function would become an error at its next calculation.
Private Sub KeepValues(ByVal because As String)
    GiveUp because
    Calculating False
    ShowState because
End Sub

Private Sub Calculating(ByVal wanted As Boolean)
    Dim sheet As Worksheet, functions As Variant
    functions = shIntelliSense.UsedRange.Columns(1).Value2
    For Each sheet In ThisWorkbook.Worksheets
        If sheet.EnableCalculation <> wanted Then
            If wanted Then
                sheet.EnableCalculation = True
            ElseIf UsesFunctions(sheet, functions) Then
                sheet.EnableCalculation = False
            End If
        End If
    Next sheet
End Sub

Private Function UsesFunctions(sheet As Worksheet, functions As Variant) As Boolean
    Dim formulas As Variant, formula As Variant, called As Variant
    formulas = sheet.UsedRange.HasFormula
    If Not IsNull(formulas) Then
        If Not formulas Then Exit Function
    End If
    formulas = sheet.UsedRange.Formula
    If Not IsArray(formulas) Then formulas = Array(formulas)
    For Each formula In formulas
        If Left$(formula, 1) = "=" Then
            For Each called In functions
                If Len(called) > 0 And InStr(1, formula, called & "(", vbTextCompare) > 0 Then
                    UsesFunctions = True
                    Exit Function
                End If
            Next called
        End If
    Next formula
End Function

' Excel 2021 or 365: the workbook lives by formulas that spill.
Private Function ExcelIsTooOld() As Boolean
    Dim cell As Object, formula As Variant
    If Val(Application.Version) < OLDEST_EXCEL Then
        ExcelIsTooOld = True
        Exit Function
    End If
    On Error GoTo TooOld
    Set cell = shHome.Range("A1")
    formula = cell.Formula2
    Exit Function
TooOld:
    ExcelIsTooOld = True
End Function

' The texts of the function wizard, in the user's language, which VBA source cannot hold.
Private Sub RegisterHelp()
    Dim place As Long, count As Long, texts() As Variant
    ' Some Excel, somewhere, refuses; the functions work without.
    On Error Resume Next
    place = 2
    Do While Len(HelpCell(place, 1)) > 0
        count = 0
        Do While Len(HelpCell(place, 4 + 2 * count)) > 0
            ReDim Preserve texts(0 To count)
            texts(count) = HelpCell(place, 5 + 2 * count)
            count = count + 1
        Loop
        Application.MacroOptions Macro:=HelpCell(place, 1), Description:=HelpCell(place, 2), _
            Category:=Conf("text_title"), ArgumentDescriptions:=texts
        place = place + 1
    Loop
End Sub

' The sheet _IntelliSense_: function, description, help address, then name and help of each argument.
Private Function HelpCell(ByVal row As Long, ByVal column As Long) As String
    HelpCell = Left$(CStr(shIntelliSense.Cells(row, column).Value2), 255)
End Function
