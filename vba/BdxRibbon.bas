Attribute VB_Name = "BdxRibbon"
Option Explicit
' Callbacks of customUI.xml. A control's tag is the action that it stands for.

Private ribbon As IRibbonUI
Private bdxNothingKept As String ' the workbook for which Python has said that there is nothing to restore

Public Sub BdxOnLoad(ui As IRibbonUI)
    Set ribbon = ui
End Sub

Public Sub BdxOnAction(control As IRibbonControl)
    Select Case control.Tag
        Case "help"
            BdxHelp
        Case "compare"
            BdxCompare
        Case Else
            BdxRun control.Tag
    End Select
End Sub

Public Sub BdxGetEnabled(control As IRibbonControl, ByRef enabled As Variant)
    ' Results to restore are kept on disk and outlive Excel: until Python has been asked, there may be some.
    enabled = True
    If control.Tag = "restore" And Len(bdxNothingKept) > 0 Then
        If Not ActiveWorkbook Is Nothing Then enabled = ActiveWorkbook.FullName <> bdxNothingKept
    End If
End Sub

Public Sub BdxAskWhatIsKept(book As Workbook)
    ' After a run Python is there and answers at once.
    Dim kept As Boolean
    On Error Resume Next
    kept = True
    kept = BdxPy.Var(BdxPy.Eval("__import__('bdindex_xl.buttons').buttons.may_restore()"))
    bdxNothingKept = ""
    If Not kept Then bdxNothingKept = book.FullName
End Sub

Public Sub BdxRefreshRibbon()
    ' The reference to the ribbon is gone after an error has reset the project; then states stay as they are.
    If Not ribbon Is Nothing Then ribbon.Invalidate
End Sub
