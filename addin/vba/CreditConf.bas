Attribute VB_Name = "CreditConf"
' The hidden sheet credit.conf: versions, and the sentences that must be there without Python.
' This module holds no text of its own: VBA source is ASCII, and the sentences are in the user's language.
Option Explicit
Option Private Module

Public Function Conf(ByVal key As String) As String
    Dim cell As Range
    Set cell = ConfCell(key)
    If Not cell Is Nothing Then Conf = CStr(cell.Value2)
End Function

' Kept as text: Excel would make a date of 2026-11-20 08:31. Nothing is written that is there already: AutoSave would
' save again what each saving has changed.
Public Sub SetConf(ByVal key As String, ByVal content As String)
    Dim cell As Range
    Set cell = ConfCell(key)
    If cell Is Nothing Then Exit Sub
    If CStr(cell.Value2) = content Then Exit Sub
    cell.NumberFormat = "@"
    cell.Value2 = content
End Sub

' A sentence with its values: %1, %2.
Public Function Sentence(ByVal key As String, ByVal first As String, Optional ByVal second As String) As String
    Sentence = Replace(Replace(Conf(key), "%1", first), "%2", second)
End Function

' The banner of the Home sheet; empty, it is not seen.
Public Sub ShowState(ByVal content As String)
    Dim banner As Range
    On Error Resume Next
    Set banner = ThisWorkbook.Names("PythonState").RefersToRange
    If CStr(banner.Value2) <> content Then banner.Value2 = content
End Sub

Private Function ConfCell(ByVal key As String) As Range
    Dim place As Long
    place = 1
    Do While Len(CStr(shCreditConf.Cells(place, 1).Value2)) > 0
        If CStr(shCreditConf.Cells(place, 1).Value2) = key Then
            Set ConfCell = shCreditConf.Cells(place, 2)
            Exit Function
        End If
        place = place + 1
    Loop
End Function
