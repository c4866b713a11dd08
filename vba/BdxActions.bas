Attribute VB_Name = "BdxActions"
Option Explicit
' What the ribbon and the button on the guide sheet do: call Python, and say what to do where Python is missing.
' All work is done in Python, in bdindex_xl.buttons.

Public Sub BdxRecalculate()
    BdxRun "recalculate"
End Sub

Public Sub BdxCheck()
    BdxRun "check"
End Sub

Public Sub BdxNewYear()
    BdxRun "new_year"
End Sub

Public Sub BdxRestore()
    BdxRun "restore"
End Sub

Public Sub BdxShare()
    BdxRun "share"
End Sub

Public Sub BdxReport()
    BdxRun "report"
End Sub

Public Sub BdxVerify()
    BdxRun "verify"
End Sub

Public Sub BdxCompare()
    Dim book As Workbook
    Dim file As Variant
    Set book = BdxTarget()
    If book Is Nothing Then Exit Sub
    #If Mac Then
        file = Application.GetOpenFilename()
    #Else
        file = Application.GetOpenFilename("Excel (*.xlsx; *.xlsm), *.xlsx; *.xlsm", , BdxMessage("choose_copy"))
    #End If
    If VarType(file) <> vbBoolean Then BdxCall "compare", book, CStr(file)
End Sub

Public Sub BdxHelp()
    ' Needs no Python: whoever lacks it finds on the guide sheet what to do.
    Dim book As Workbook
    Dim status As Range
    Set book = BdxTarget()
    If book Is Nothing Then Exit Sub
    On Error GoTo failed
    Set status = book.Names("bdx_status").RefersToRange
    status.Worksheet.Visible = xlSheetVisible
    status.Worksheet.Activate
    ActiveWindow.ScrollRow = 1
    Exit Sub
failed:
    BdxTell BdxMessage("no_guide")
End Sub

Private Function BdxHexadecimal(text As String) As String
    ' Digits alone, whatever a path holds: quotes, backslashes, Chinese.
    Dim i As Long
    For i = 1 To Len(text)
        BdxHexadecimal = BdxHexadecimal & Right$("000" & Hex$(AscW(Mid$(text, i, 1)) And &HFFFF&), 4)
    Next i
End Function

Public Sub BdxRun(action As String)
    Dim book As Workbook
    Set book = BdxTarget()
    If Not book Is Nothing Then BdxCall action, book
End Sub

Public Sub BdxCall(action As String, book As Workbook, Optional file As String = "")
    Dim command As String
    Dim reason As String
    Dim alerts As Boolean
    Dim events As Boolean
    Dim calculating As Long
    command = "import bdindex_xl.buttons as buttons; buttons.run('" & action & "', '" & BDX_VERSION & "'"
    If Len(file) > 0 Then command = command & ", '" & BdxHexadecimal(file) & "'"
    command = command & ")"
    #If Mac Then
        RunPython command
    #Else
        On Error Resume Next ' without a workbook that is open, there is no way of calculation
        alerts = Application.DisplayAlerts
        events = Application.EnableEvents
        calculating = Application.Calculation
        On Error GoTo failed
        ' Excel would ask every minute whether to go on waiting; and Esc, which stops an analysis, would stop this macro.
        Application.DisplayAlerts = False
        Application.EnableCancelKey = xlDisabled
        BdxForget
        BdxPy.SetAttr BdxPy.Module("xlwings._xlwindows"), "BOOK_CALLER", book
        BdxPy.Exec command
        BdxAskWhatIsKept book
        Application.DisplayAlerts = alerts
        Application.EnableCancelKey = xlInterrupt
    #End If
    BdxRefreshRibbon
    Exit Sub
failed:
    ' Python may have ended in the middle, with Excel held still.
    reason = Err.Description
    On Error Resume Next
    Application.DisplayAlerts = alerts
    Application.EnableCancelKey = xlInterrupt
    Application.EnableEvents = events
    Application.Calculation = calculating
    Application.StatusBar = False
    Application.ScreenUpdating = True
    On Error GoTo 0
    BdxTell BdxExplain(reason)
End Sub
