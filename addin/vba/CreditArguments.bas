Attribute VB_Name = "CreditArguments"
' The arguments of a formula as Python takes them: ranges as arrays of Value2, missing ones Empty.
Option Explicit
Option Private Module

' False when a cell is not calculated yet: the function answers #N/A, and Excel calls it again when the cell is.
' `places` are, for what is a range, its sheet, first row and first column.
Public Function ReadArguments(given As Variant, values() As Variant, places() As Variant) As Boolean
    Dim place As Long, area As Range
    ReDim values(0 To UBound(given))
    ReDim places(0 To UBound(given))
    For place = 0 To UBound(given)
        places(place) = ""
        If IsObject(given(place)) Then
            Set area = Used(given(place))
            If Not area Is Nothing Then
                values(place) = area.Value2
                If IsUncalculated(area, values(place)) Then Exit Function
                places(place) = Array(area.Worksheet.Name, CDbl(area.Row), CDbl(area.Column))
            End If
        ElseIf Not IsMissing(given(place)) Then
            values(place) = AsCell(given(place))
        End If
    Next place
    ReadArguments = True
End Function

' The arguments, then those of a ParamArray, ranges kept as ranges.
Public Function Joined(given As Variant, more As Variant) As Variant
    Dim together() As Variant, argument As Variant, place As Long
    ReDim together(0 To UBound(given) + UBound(more) + 1)
    For Each argument In given
        If IsObject(argument) Then Set together(place) = argument Else together(place) = argument
        place = place + 1
    Next argument
    For Each argument In more
        If IsObject(argument) Then Set together(place) = argument Else together(place) = argument
        place = place + 1
    Next argument
    Joined = together
End Function

' 0 for one value, 1 for a row written as {1,2,3}, 2 for a range.
Public Function Dimensions(value As Variant) As Long
    Dim bound As Long
    If Not IsArray(value) Then Exit Function
    Dimensions = 1
    On Error GoTo OneOnly
    bound = UBound(value, 2)
    Dimensions = 2
OneOnly:
End Function

' Whole columns end where the sheet does. A range of several areas would be read by its first one only.
Private Function Used(area As Variant) As Range
    If area.Areas.Count > 1 Then Err.Raise 13
    If area.Rows.Count = area.Worksheet.Rows.Count Then
        Set Used = Application.Intersect(area, area.Worksheet.UsedRange)
    Else
        Set Used = area
    End If
End Function

' Whether some formula has no value yet. Columns are asked first: an input table has no formula and many empty cells.
Private Function IsUncalculated(area As Range, value As Variant) As Boolean
    Dim column As Range, cell As Range
    If Not IsArray(value) Then
        If IsEmpty(value) Then IsUncalculated = area.HasFormula
        Exit Function
    End If
    If Not HasSomeFormula(area) Then Exit Function
    For Each column In area.Columns
        If HasSomeFormula(column) Then
            For Each cell In column.Cells
                If IsEmpty(cell.Value2) Then
                    If cell.HasFormula Then
                        IsUncalculated = True
                        Exit Function
                    End If
                End If
            Next cell
        End If
    Next column
End Function

' Null means that some cells hold a formula and others do not.
Private Function HasSomeFormula(area As Range) As Boolean
    Dim whole As Variant
    whole = area.HasFormula
    If IsNull(whole) Then
        HasSomeFormula = True
    Else
        HasSomeFormula = whole
    End If
End Function

' Every number is a Double, as in cells: Python takes an integer for an error cell.
Private Function AsCell(value As Variant) As Variant
    Select Case VarType(value)
    Case vbByte, vbInteger, vbLong, vbSingle, vbCurrency, vbDecimal, vbDate
        AsCell = CDbl(value)
    Case Else
        AsCell = value
    End Select
End Function
