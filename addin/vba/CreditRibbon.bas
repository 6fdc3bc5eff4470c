Attribute VB_Name = "CreditRibbon"
' The buttons of the ribbon. A button runs its macro in Python from the top; where the macro asks, it stops, the user
' replies here, and it runs again with one reply more. It writes nothing before its last question is answered.
Option Explicit

Private Const LONGEST_MESSAGE As Long = 1000

Public Sub CreditPress(control As IRibbonControl)
    Dim refusal As String, calculationMode As Long
    calculationMode = Application.Calculation
    On Error GoTo Failed
    If Not PythonReady() Then refusal = MeetPython()
    If Len(refusal) = 0 Then
        Application.StatusBar = Conf("text_working")
        TakeTurns control.ID
    End If
    LeaveAsFound calculationMode
    If Len(refusal) > 0 Then MsgBox Left$(refusal, LONGEST_MESSAGE), vbExclamation, Conf("text_title")
    Exit Sub
Failed:
    If Err.Number = ANSWER_LOST Then
        refusal = Conf("text_answer_lost")
    Else
        refusal = Sentence("text_failed", Err.Description)
    End If
    LeaveAsFound calculationMode
    MsgBox Left$(refusal, LONGEST_MESSAGE), vbExclamation, Conf("text_title")
End Sub

' A macro calculates by hand while it writes; had Python ended meanwhile, Excel would stay so.
Private Sub LeaveAsFound(ByVal calculationMode As Long)
    Application.StatusBar = False
    If Application.Calculation <> calculationMode Then Application.Calculation = calculationMode
End Sub

Private Sub TakeTurns(ByVal button As String)
    Dim replies() As Variant, count As Long, turn As Variant, reply As String
    Do
        If count = 0 Then
            turn = Rectangle(Hop("press", Array(button, Empty), True))
        Else
            turn = Rectangle(Hop("press", Array(button, replies), True))
        End If
        Select Case turn(1, 1)
        Case "ask"
            reply = InputBox(turn(1, 2), Conf("text_title"), turn(1, 3))
            ' Cancel gives a text that is nowhere; OK on an empty box gives an empty one.
            If StrPtr(reply) = 0 Then Exit Sub
        Case "confirm"
            reply = IIf(MsgBox(turn(1, 2), vbYesNo + vbQuestion, Conf("text_title")) = vbYes, "yes", "no")
        Case "tell"
            MsgBox turn(1, 2), vbInformation, Conf("text_title")
            Exit Sub
        Case "refuse"
            MsgBox turn(1, 2), vbExclamation, Conf("text_title")
            Exit Sub
        Case Else
            Exit Sub
        End Select
        ReDim Preserve replies(0 To count)
        replies(count) = reply
        count = count + 1
    Loop
End Sub
