Attribute VB_Name = "ThisWorkbook"
Option Explicit

Private WithEvents host As Application

Private Sub Workbook_Open()
    ' Excel describes no macro of a hidden workbook, which an add-in is. Where it cannot be, Excel starts all the same.
    On Error Resume Next
    Set host = Application
    Application.ScreenUpdating = False
    Me.IsAddin = False
    BdxDescribe
    Me.IsAddin = True
    Me.Saved = True
    Application.ScreenUpdating = True
End Sub

Private Sub host_WindowActivate(ByVal Wb As Workbook, ByVal Wn As Window)
    BdxRefreshRibbon
End Sub

Private Sub host_WindowDeactivate(ByVal Wb As Workbook, ByVal Wn As Window)
    ' The last window may have gone.
    BdxRefreshRibbon
End Sub
