Attribute VB_Name = "CreditBooks"
' The cells that make a Book. A Python that was started again does not know the Books of the one before: their cells
' are calculated once for each handle, after the calculation that met it, since no function in a cell may do that.
Option Explicit
Option Private Module

' The handle of a Book holds twelve hex digits.
Private Const HEX_DIGIT As String = "[0-9a-f]"
Private Const HEX_DIGITS As Long = 12

' Handles that Python did not know: those to look for, and those looked for already.
Private lostBooks As Object
Private soughtBooks As Object
Private isSeeking As Boolean

Public Sub ForgetLost()
    Set lostBooks = Nothing
    Set soughtBooks = Nothing
End Sub

' Whether a text can be the handle of a Book.
Public Function IsHandle(value As Variant) As Boolean
    If VarType(value) <> vbString Then Exit Function
    IsHandle = value Like "*" & Replace(String$(HEX_DIGITS, "x"), "x", HEX_DIGIT) & "*"
End Function

' Among the arguments of a function that answered that its Book is lost.
Public Sub NoteLost(values As Variant)
    Dim value As Variant
    For Each value In values
        If IsHandle(value) Then
            If Not soughtBooks Is Nothing Then
                ' Calculated already and still unknown: the handle stands somewhere as text.
                If soughtBooks.Exists(value) Then Exit Sub
            End If
            If lostBooks Is Nothing Then Set lostBooks = CreateObject("Scripting.Dictionary")
            lostBooks(value) = True
            Exit Sub
        End If
    Next value
End Sub

' A Book that its cell has made is lost no more.
Public Sub NoteMade(book As Variant)
    If VarType(book) <> vbString Then Exit Sub
    If IsLost(book) Then lostBooks.Remove book
    If soughtBooks Is Nothing Then Exit Sub
    If soughtBooks.Exists(book) Then soughtBooks.Remove book
End Sub

' Whether it is known already that Python does not know this Book: a sheet has thousands of cells that would ask.
Public Function IsLost(book As Variant) As Boolean
    If Not lostBooks Is Nothing Then IsLost = lostBooks.Exists(book)
End Function

' After every calculation of a sheet.
Public Sub FindLostBooks()
    Dim book As Variant
    If isSeeking Or lostBooks Is Nothing Then Exit Sub
    isSeeking = True
    On Error GoTo Done
    If soughtBooks Is Nothing Then Set soughtBooks = CreateObject("Scripting.Dictionary")
    For Each book In lostBooks.Keys
        soughtBooks(book) = True
    Next book
    Set lostBooks = Nothing
    CalculateBooks
Done:
    isSeeking = False
End Sub

' Calculate every cell that makes a Book, and what takes it unless the user calculates by hand.
Public Sub CalculateBooks()
    Dim definedName As Name, cell As Range
    For Each definedName In ThisWorkbook.Names
        Set cell = BookCell(definedName)
        If Not cell Is Nothing Then EnterAgain cell
    Next definedName
    If Application.Calculation <> xlCalculationManual Then Application.Calculate
End Sub

' A formula that is entered again is calculated, and what takes its cell is due. Range.Dirty would do that only for the
' active sheet, whatever the sheet of its range; Range.Calculate leaves alone what takes the cell.
Private Sub EnterAgain(ByVal cell As Object)
    On Error GoTo NotAllowed
    ' In a cell of texts the formula would become one; on a protected sheet Excel refuses.
    If cell.NumberFormat = "@" Then GoTo NotAllowed
    cell.Formula2 = cell.Formula2
    Exit Sub
NotAllowed:
    cell.Calculate
End Sub

Private Function BookCell(definedName As Name) As Range
    Dim found As Range
    ' Most names refer to something else, some to no range at all.
    On Error GoTo Other
    Set found = definedName.RefersToRange
    If found.Cells.Count = 1 Then
        If InStr(1, found.Formula, "CREDIT_BOOK(", vbTextCompare) > 0 Then Set BookCell = found
    End If
Other:
End Function

