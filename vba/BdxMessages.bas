Attribute VB_Name = "BdxMessages"
Option Explicit
Option Private Module
' Texts stand in named cells of the configuration sheet, in the workbook's language: this source is ASCII, so that it
' reads alike in every code page.

Public Function BdxMessage(key As String) As String
    On Error Resume Next
    BdxMessage = ThisWorkbook.Names("bdx_message_" & key).RefersToRange.Value
    If Len(BdxMessage) = 0 Then BdxMessage = "bdindex: " & key
End Function

Public Function BdxExplain(description As String) As String
    ' What to do about an error on the way to Python, by the words that it is known by; of any other, its last line.
    Dim causes As Variant, lines() As String, key As String, i As Long
    On Error Resume Next
    causes = ThisWorkbook.Names("bdx_causes").RefersToRange.Value
    On Error GoTo 0
    If Not IsEmpty(causes) Then
        For i = 1 To UBound(causes, 1)
            If InStr(1, description, CStr(causes(i, 1)), vbTextCompare) > 0 Then
                key = CStr(causes(i, 2))
                Exit For
            End If
        Next i
    End If
    ' What the system's code page lacks has come out as question marks, so that no setting was found.
    If key = "no_library" And InStr(Environ("USERPROFILE"), "?") > 0 Then key = "code_page"
    If Len(key) = 0 Then
        lines = Split(Replace(description, vbCr, ""), vbLf)
        For i = UBound(lines) To 0 Step -1
            If Len(Trim$(lines(i))) > 0 Then
                BdxExplain = Trim$(lines(i))
                Exit Function
            End If
        Next i
        key = "no_python"
    End If
    BdxExplain = BdxMessage(key)
End Function

Public Sub BdxTell(text As String)
    ' MsgBox shows only what the system's code page holds; the shell's box on Windows shows any script,
    ' and must be told to stand before Excel.
    #If Mac Then
        MsgBox text, vbExclamation, BdxMessage("title")
    #Else
        WScript.Popup text, 0, BdxMessage("title"), vbExclamation + vbSystemModal
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
