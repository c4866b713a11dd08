Attribute VB_Name = "BdxRibbon"
Option Explicit
' Callbacks of customUI.xml. A control's tag is the action that it stands for.

Private ribbon As IRibbonUI

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
    ' Results to restore are kept on disk and outlive Excel: Python says where there are none.
    enabled = True
End Sub

Public Sub BdxRefreshRibbon()
    ' The reference to the ribbon is gone after an error has reset the project; then states stay as they are.
    If Not ribbon Is Nothing Then ribbon.Invalidate
End Sub
