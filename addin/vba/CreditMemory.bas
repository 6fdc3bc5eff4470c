Attribute VB_Name = "CreditMemory"
' Answers of functions of (client, book), fetched once a Book and function: a call of Python costs a millisecond or so,
' and a sheet has thousands of such cells. A Book never changes under its handle, so an answer is never stale.
Option Explicit
Option Private Module

Private Const KEPT_BOOKS As Long = 8
Private Const CODES As String = ""

' Handle -> (function -> (client code -> answer)); under CODES the client codes, in the order of Python's columns.
Private knownBooks As Object

Public Sub ForgetAnswers()
    Set knownBooks = Nothing
End Sub

' The answer for one client, or an array of them for a range; #N/A while the Book is lost.
Public Function Remembered(ByVal worksheetFunction As String, clients As Variant, ByVal book As String) As Variant
    Dim answers As Object, found() As Variant, row As Long, column As Long
    Remembered = CVErr(xlErrNA)
    Set answers = AnswersOf(worksheetFunction, book)
    If answers Is Nothing Then Exit Function
    If Not LearnOthers(worksheetFunction, clients, book, answers) Then Exit Function
    If Not IsArray(clients) Then
        Remembered = answers(KeyOf(clients))
        Exit Function
    End If
    ReDim found(LBound(clients, 1) To UBound(clients, 1), LBound(clients, 2) To UBound(clients, 2))
    For row = LBound(clients, 1) To UBound(clients, 1)
        For column = LBound(clients, 2) To UBound(clients, 2)
            found(row, column) = answers(KeyOf(clients(row, column)))
        Next column
    Next row
    Remembered = found
End Function

' The answers of one function by client code; Nothing when Python does not know the Book.
Private Function AnswersOf(ByVal worksheetFunction As String, ByVal book As String) As Object
    Dim functions As Object, answers As Object, clientCodes As Variant, found As Variant, row As Long
    Set functions = FunctionsOf(book)
    If functions Is Nothing Then Exit Function
    If Not functions.Exists(worksheetFunction) Then
        found = Fetched("column", Array(worksheetFunction, book), book)
        If IsEmpty(found) Then Exit Function
        clientCodes = functions(CODES)
        If UBound(found, 1) <> UBound(clientCodes, 1) Then Err.Raise 9
        Set answers = CreateObject("Scripting.Dictionary")
        For row = 1 To UBound(clientCodes, 1)
            ' A Book without clients answers one empty row, as every answer has a cell.
            If Len(clientCodes(row, 1)) > 0 Then answers(clientCodes(row, 1)) = found(row, 1)
        Next row
        functions.Add worksheetFunction, answers
    End If
    Set AnswersOf = functions(worksheetFunction)
End Function

Private Function FunctionsOf(ByVal book As String) As Object
    Dim functions As Object, clientCodes As Variant
    If knownBooks Is Nothing Then Set knownBooks = CreateObject("Scripting.Dictionary")
    If Not knownBooks.Exists(book) Then
        If IsLost(book) Or Not IsHandle(book) Then Exit Function
        clientCodes = Fetched("clients", Array(book), book)
        If IsEmpty(clientCodes) Then Exit Function
        ' A server that was started again meanwhile has had the memory emptied.
        If knownBooks Is Nothing Then Set knownBooks = CreateObject("Scripting.Dictionary")
        If knownBooks.Count >= KEPT_BOOKS Then knownBooks.RemoveAll
        Set functions = CreateObject("Scripting.Dictionary")
        functions.Add CODES, clientCodes
        knownBooks.Add book, functions
    End If
    Set FunctionsOf = knownBooks(book)
End Function

' Codes that are not spelt as in the Book, or are in none, are asked from Python once, all together; errors are kept.
Private Function LearnOthers(ByVal worksheetFunction As String, clients As Variant, ByVal book As String, _
                             answers As Object) As Boolean
    Dim others As Object, keys As Variant, codesAsked() As Variant, client As Variant, found As Variant, row As Long
    Set others = CreateObject("Scripting.Dictionary")
    If IsArray(clients) Then
        For Each client In clients
            If Not answers.Exists(KeyOf(client)) Then others(KeyOf(client)) = client
        Next client
    ElseIf Not answers.Exists(KeyOf(clients)) Then
        others(KeyOf(clients)) = clients
    End If
    If others.Count > 0 Then
        keys = others.Keys
        ReDim codesAsked(1 To others.Count, 1 To 1)
        For row = 1 To others.Count
            codesAsked(row, 1) = others(keys(row - 1))
        Next row
        found = Fetched("answer", Array(worksheetFunction, Array(codesAsked, book), Empty), book)
        If IsEmpty(found) Then Exit Function
        If UBound(found, 1) <> others.Count Then Err.Raise 9
        For row = 1 To others.Count
            answers(keys(row - 1)) = found(row, 1)
        Next row
    End If
    LearnOthers = True
End Function

' The rows that Python answers; Empty when it does not know the Book.
Private Function Fetched(ByVal called As String, arguments As Variant, ByVal book As String) As Variant
    Dim isLost As Boolean
    Fetched = Rectangle(Hop(called, arguments), isLost)
    If isLost Then
        NoteLost Array(book)
        Fetched = Empty
    End If
End Function

' A code as Python writes it, where that is sure; else a key that no code can be.
Private Function KeyOf(client As Variant) As String
    Select Case VarType(client)
    Case vbString
        KeyOf = Trim$(client)
    Case vbDouble
        If client = Fix(client) And Abs(client) < 1E+15 Then
            KeyOf = Format$(client, "0")
        Else
            KeyOf = vbTab & CStr(client)
        End If
    Case Else
        KeyOf = vbTab & TypeName(client) & CStr(client)
    End Select
End Function
