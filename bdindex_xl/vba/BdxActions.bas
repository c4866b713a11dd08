Attribute VB_Name = "BdxActions"
Option Explicit
' What the ribbon and the button on the guide sheet do: call Python, and say what to do where Python is missing.
' All work is done in Python, in bdindex_xl.buttons.

Private succeeded As Boolean

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

Public Sub BdxHelp()
    ' Needs no Python: whoever lacks it finds on the guide sheet what to do.
    Dim status As Range
    On Error GoTo failed
    Set status = ThisWorkbook.Names("bdx_status").RefersToRange
    status.Worksheet.Visible = xlSheetVisible
    status.Worksheet.Activate
    ActiveWindow.ScrollRow = 1
    Exit Sub
failed:
    BdxTell BdxMessage("no_guide")
End Sub

Public Sub BdxRun(action As String)
    Dim command As String
    command = "import bdindex_xl.buttons as buttons; buttons.run('" & action & "', '" & BDX_VERSION & "')"
    succeeded = False
    #If Mac Then
        RunPython command
        succeeded = True
    #Else
        On Error GoTo failed
        XLPy.SetAttr XLPy.Module("xlwings._xlwindows"), "BOOK_CALLER", ThisWorkbook
        XLPy.Exec command
        succeeded = True
    #End If
    BdxRefreshRibbon
    Exit Sub
failed:
    Application.StatusBar = False
    Application.ScreenUpdating = True
    BdxTell BdxExplain(Err.Description)
End Sub

Public Function BdxHasRun() As Boolean
    BdxHasRun = succeeded
End Function
