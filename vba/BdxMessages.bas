Attribute VB_Name = "BdxMessages"
Option Explicit
' Texts stand in named cells of the configuration sheet, in the workbook's language: this source is ASCII, so that it
' reads alike in every code page.

Public Function BdxMessage(key As String) As String
    On Error Resume Next
    BdxMessage = ThisWorkbook.Names("bdx_message_" & key).RefersToRange.Value
    If Len(BdxMessage) = 0 Then BdxMessage = "bdindex: " & key
End Function

Public Function BdxExplain(description As String) As String
    ' What to do about an error on the way to Python; of one in Python, its last line.
    Dim lines() As String, i As Long
    #If Mac Then
        ' Buttons tell their own errors there; only worksheet functions come here.
        BdxExplain = BdxMessage("no_functions")
        Exit Function
    #End If
    If BdxHolds(description, "No module named 'bdindex_xl'") Then
        BdxExplain = BdxMessage("no_package")
    ElseIf BdxHolds(description, "No module named 'bdindex_xl.") _
        Or BdxHolds(description, "No module named 'xlwings") Then
        BdxExplain = BdxMessage("old_package")
    ElseIf BdxHolds(description, "xlwings64-") Or BdxHolds(description, "xlwings32-") Then
        BdxExplain = BdxMessage("no_library")
    ElseIf BdxHolds(description, "COM server") Or BdxHolds(description, "Python process exited") Then
        BdxExplain = BdxMessage("no_python")
    Else
        lines = Split(Replace(description, vbCr, ""), vbLf)
        For i = UBound(lines) To 0 Step -1
            If Len(Trim$(lines(i))) > 0 Then
                BdxExplain = Trim$(lines(i))
                Exit For
            End If
        Next i
        If Len(BdxExplain) = 0 Then BdxExplain = BdxMessage("no_python")
    End If
End Function

Public Sub BdxTell(text As String)
    ' MsgBox shows only what the system's code page holds; the shell's box on Windows shows any script.
    #If Mac Then
        MsgBox text, vbExclamation, BdxMessage("title")
    #Else
        WScript.Popup text, 0, BdxMessage("title"), vbExclamation
    #End If
End Sub

Public Sub BdxDescribe()
    ' Help on the worksheet functions for the function wizard, from the table on the formulas sheet:
    ' function, argument (blank on the function's own row), text.
    Dim cells As Variant, row As Long, first As Long, last As Long, i As Long
    Dim arguments() As String, saved As Boolean
    On Error Resume Next
    saved = ThisWorkbook.Saved
    cells = ThisWorkbook.Names("bdx_function_help").RefersToRange.Value
    If IsEmpty(cells) Then Exit Sub
    first = 1
    Do While first < UBound(cells, 1)
        last = first
        Do While last < UBound(cells, 1)
            If cells(last + 1, 1) <> cells(first, 1) Then Exit Do
            last = last + 1
        Loop
        If last > first Then
            ReDim arguments(1 To last - first)
            For i = first + 1 To last
                arguments(i - first) = CStr(cells(i, 3))
            Next i
            Application.MacroOptions _
                Macro:="'" & Replace(ThisWorkbook.Name, "'", "''") & "'!" & cells(first, 1), _
                Description:=CStr(cells(first, 3)), Category:="BDINDEX", ArgumentDescriptions:=arguments
        End If
        first = last + 1
    Loop
    ThisWorkbook.Saved = saved
End Sub

Private Function BdxHolds(text As String, part As String) As Boolean
    BdxHolds = InStr(1, text, part, vbTextCompare) > 0
End Function
