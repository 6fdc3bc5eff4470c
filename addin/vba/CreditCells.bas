Attribute VB_Name = "CreditCells"
' What the worksheet functions of CreditFunctions answer: arguments read, Python asked or remembered, errors true.
Option Explicit
Option Private Module

Public Function Answer(ByVal worksheetFunction As String, ParamArray given() As Variant) As Variant
    Dim formulaArguments As Variant
    formulaArguments = given
    Answer = AnswerTo(worksheetFunction, formulaArguments)
End Function

' The same for a function whose last argument may be repeated.
Public Function AnswerWithMore(ByVal worksheetFunction As String, more As Variant, _
                               ParamArray given() As Variant) As Variant
    Dim formulaArguments As Variant
    formulaArguments = given
    AnswerWithMore = AnswerTo(worksheetFunction, Joined(formulaArguments, more))
End Function

' The same for a function of (client, book): without further arguments it is answered from memory.
Public Function AnswerOfClient(ByVal worksheetFunction As String, ParamArray given() As Variant) As Variant
    Dim formulaArguments As Variant, values() As Variant, places() As Variant
    On Error GoTo Failed
    formulaArguments = given
    If Not ReadArguments(formulaArguments, values, places) Then
        AnswerOfClient = CVErr(xlErrNA)
    ElseIf IsError(values(1)) Then
        AnswerOfClient = CVErr(xlErrNA)
    ElseIf CanBeRemembered(values) Then
        AnswerOfClient = Remembered(worksheetFunction, values(0), CStr(values(1)))
    Else
        AnswerOfClient = AskPython(worksheetFunction, values, Empty)
    End If
    Exit Function
Failed:
    AnswerOfClient = CVErr(ErrorFor(Err.Number))
End Function

Private Function AnswerTo(ByVal worksheetFunction As String, given As Variant) As Variant
    Dim values() As Variant, places() As Variant, book As Variant
    On Error GoTo Failed
    If Not ReadArguments(given, values, places) Then
        AnswerTo = CVErr(xlErrNA)
    ElseIf worksheetFunction = "CREDIT_BOOK" Then
        book = AskPython(worksheetFunction, values, places)
        NoteMade book
        AnswerTo = book
    Else
        AnswerTo = AskPython(worksheetFunction, values, Empty)
    End If
    Exit Function
Failed:
    AnswerTo = CVErr(ErrorFor(Err.Number))
End Function

Private Function AskPython(ByVal worksheetFunction As String, values As Variant, places As Variant) As Variant
    Dim found As Variant, isLost As Boolean
    found = Rectangle(Hop("answer", Array(worksheetFunction, values, places)), isLost)
    If isLost Then NoteLost values
    If UBound(found, 1) = 1 And UBound(found, 2) = 1 Then
        AskPython = found(1, 1)
    Else
        AskPython = found
    End If
End Function

' A client or a range of them, a handle, and nothing more.
Private Function CanBeRemembered(values As Variant) As Boolean
    Dim place As Long
    For place = 2 To UBound(values)
        If Not IsEmpty(values(place)) Then Exit Function
    Next place
    CanBeRemembered = VarType(values(1)) = vbString And Dimensions(values(0)) <> 1
End Function

Private Function ErrorFor(ByVal number As Long) As Long
    ErrorFor = IIf(number = NO_PYTHON, xlErrNA, xlErrValue)
End Function
