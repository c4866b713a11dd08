Attribute VB_Name = "BdxBook"
Option Explicit
Option Private Module
' Which workbook a button of the add-in acts on: the one in front, where it is an index workbook.

Public Function BdxTarget() As Workbook
    ' Nothing where there is none to act on; then the user has been told so, and may have made a new one.
    If BdxIsIndex(ActiveWorkbook) Then
        Set BdxTarget = ActiveWorkbook
    ElseIf BdxAgreed(BdxMessage("no_index")) Then
        BdxNew
    End If
End Function

Private Function BdxIsIndex(book As Workbook) As Boolean
    ' Any table of ours will do: Python says which of them are missing.
    Dim sheet As Worksheet, table As ListObject
    If book Is Nothing Then Exit Function
    For Each sheet In book.Worksheets
        For Each table In sheet.ListObjects
            If LCase$(Left$(table.Name, 4)) = "bdx_" Then
                BdxIsIndex = True
                Exit Function
            End If
        Next table
    Next sheet
End Function

Private Function BdxAgreed(question As String) As Boolean
    #If Mac Then
        BdxAgreed = MsgBox(question, vbYesNo + vbQuestion, BdxMessage("title")) = vbYes
    #Else
        BdxAgreed = WScript.Popup(question, 0, BdxMessage("title"), vbYesNo + vbQuestion + vbSystemModal) = vbYes
    #End If
End Function
