Attribute VB_Name = "BdxPython"
Option Explicit
Option Private Module
' The way to Python. xlwings waits two minutes for a Python that does not answer, in every cell that asks: so a failure
' is remembered, and for some minutes every cell is told of it at once. A button asks anew.

Private Const BDX_REMEMBERED As Long = 300 ' seconds

Private bdxFailure As String
Private bdxFailedAt As Date
Private bdxStarted As Boolean

Public Function BdxPy() As Object
    Dim reason As String
    If Len(bdxFailure) > 0 Then
        If Abs(DateDiff("s", bdxFailedAt, Now)) < BDX_REMEMBERED Then Err.Raise 1000, "BDIndex", bdxFailure
    End If
    On Error GoTo failed
    If bdxStarted Then
        Set BdxPy = XLPy
    Else
        Set BdxPy = BdxStart()
        bdxStarted = True
    End If
    bdxFailure = ""
    Exit Function
failed:
    reason = Err.Description
    If Len(reason) = 0 Then reason = "COM server"
    bdxFailure = reason
    bdxFailedAt = Now
    Err.Raise 1000, "BDIndex", reason
End Function

Public Sub BdxForget()
    bdxFailure = ""
End Sub

Private Function BdxStart() As Object
    ' Python takes no code from the folder that Excel happens to be in. Other workbooks start theirs as they like.
    Dim variables As Object, before As String, number As Long, reason As String
    On Error Resume Next
    Set variables = WScript.Environment("Process")
    before = variables.Item("PYTHONSAFEPATH")
    variables.Item("PYTHONSAFEPATH") = "1"
    Err.Clear
    Set BdxStart = XLPy
    number = Err.Number
    reason = Err.Description
    If Len(before) > 0 Then
        variables.Item("PYTHONSAFEPATH") = before
    Else
        variables.Remove "PYTHONSAFEPATH"
    End If
    On Error GoTo 0
    If number <> 0 Then Err.Raise 1000, "BDIndex", reason
End Function
