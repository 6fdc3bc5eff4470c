Attribute VB_Name = "CreditServer"
' The way to Python. XLPy() of xlwings reads its settings anew at each call, so its object is kept here; a server that
' is gone is started again once.
Option Explicit
Option Private Module

Public Const NO_PYTHON As Long = vbObjectError + 513
Public Const ANSWER_LOST As Long = vbObjectError + 514

Private Const SERVER_MODULE As String = "addin.server"
' The number of every Python exception; xlwings tells its description backwards. The server that says so is alive.
Private Const PYTHON_RAISED As Long = &H80004005
Private Const LOST_MARK As String = "lost "

Private pythonServer As Object
Private pythonIsAbsent As Boolean
Private absentBecause As String

' One call of a function of addin/server.py. With the workbook for those that work on it; a cell needs none. What works
' on the workbook is not called again when it may have done its work already.
Public Function Hop(ByVal called As String, arguments As Variant, Optional ByVal withWorkbook As Boolean) As Variant
    On Error GoTo Failed
    Hop = CallPython(called, arguments, withWorkbook)
    Exit Function
Failed:
    If Err.Number = NO_PYTHON Or Err.Number = PYTHON_RAISED Then
        Err.Raise Err.Number, , Err.Description
    ElseIf withWorkbook And Not WasGoneBefore(Err.Number) Then
        ForgetServer
        Err.Raise ANSWER_LOST
    End If
    Resume Again
Again:
    On Error GoTo 0
    ForgetServer
    Hop = CallPython(called, arguments, withWorkbook)
End Function

Public Function PythonReady() As Boolean
    PythonReady = Not pythonServer Is Nothing
End Function

' From here on every call answers at once that there is no Python: each attempt to start it takes seconds.
Public Sub GiveUp(ByVal because As String)
    Set pythonServer = Nothing
    pythonIsAbsent = True
    absentBecause = because
End Sub

' The next call starts anew, and what the old server answered is forgotten.
Public Sub ForgetServer()
    Set pythonServer = Nothing
    pythonIsAbsent = False
    absentBecause = ""
    ForgetAnswers
    ForgetLost
End Sub

' The rows of an answer as an array from 1, with true errors and dates. Its first row is no value: its first cell says
' which cells are errors or dates, so that no text in a cell can pass for an error.
Public Function Rectangle(framed As Variant, Optional ByRef isLost As Boolean) As Variant
    Dim values() As Variant, marks As String, mark As Variant, parts() As String
    Dim firstRow As Long, firstColumn As Long, row As Long, column As Long

    isLost = False
    If Not IsArray(framed) Then Err.Raise 13
    firstRow = LBound(framed, 1)
    firstColumn = LBound(framed, 2)
    ReDim values(1 To UBound(framed, 1) - firstRow, 1 To UBound(framed, 2) - firstColumn + 1)
    For row = 1 To UBound(values, 1)
        For column = 1 To UBound(values, 2)
            values(row, column) = framed(firstRow + row, firstColumn + column - 1)
        Next column
    Next row
    marks = CStr(framed(firstRow, firstColumn))
    If Left$(marks, Len(LOST_MARK)) = LOST_MARK Then
        isLost = True
        marks = Mid$(marks, Len(LOST_MARK) + 1)
    End If
    If Len(marks) > 0 Then
        For Each mark In Split(marks, " ")
            parts = Split(mark, ",")
            row = CLng(parts(0)) + 1
            column = CLng(parts(1)) + 1
            If parts(2) = "0" Then
                values(row, column) = CDate(values(row, column))
            Else
                values(row, column) = CVErr(CLng(parts(2)))
            End If
        Next mark
    End If
    Rectangle = values
End Function

Private Function CallPython(ByVal called As String, arguments As Variant, ByVal withWorkbook As Boolean) As Variant
    If pythonServer Is Nothing Then Connect
    If withWorkbook Then
        CallPython = pythonServer.CallUDF(SERVER_MODULE, called, arguments, ThisWorkbook)
    Else
        CallPython = pythonServer.CallUDF(SERVER_MODULE, called, arguments)
    End If
End Function

' Whether an error of COM says that the call never reached the server.
Private Function WasGoneBefore(ByVal number As Long) As Boolean
    Select Case number
    Case 462, &H800706BA, &H800706BF, &H80010012, &H80010108, &H800401FD, &H80040154
        ' server unavailable (in VBA's words, and in RPC's), call not executed, server died before it, disconnected,
        ' object not connected, class not registered
        WasGoneBefore = True
    End Select
End Function

Private Sub Connect()
    If pythonIsAbsent Then Err.Raise NO_PYTHON, , absentBecause
    On Error GoTo Absent
    Set pythonServer = XLPy()
    Exit Sub
Absent:
    GiveUp Err.Description
    Err.Raise NO_PYTHON, , absentBecause
End Sub
