Attribute VB_Name = "BdxAddin"
Option Explicit
' What the ribbon of the add-in has more than that of a workbook: a button, and that it hides.

Public Sub BdxNew()
    ' A new index workbook, at a place of the user's choice.
    Dim file As Variant
    #If Mac Then
        file = Application.GetSaveAsFilename(BdxMessage("new_name"))
    #Else
        file = Application.GetSaveAsFilename(BdxMessage("new_name"), "Excel (*.xlsm), *.xlsm")
    #End If
    If VarType(file) = vbBoolean Then Exit Sub
    #If Mac Then
        ' There Python finds Excel through a workbook that is open.
        If ActiveWorkbook Is Nothing Then Workbooks.Add
    #End If
    BdxCall "new", ThisWorkbook, CStr(file)
End Sub

Public Sub BdxOnNew(control As IRibbonControl)
    BdxNew
End Sub

Public Sub BdxGetVisible(control As IRibbonControl, ByRef visible As Variant)
    ' A workbook that brings our macros has a tab of its own, which acts on it.
    visible = True
    If Not ActiveWorkbook Is Nothing Then visible = Not BdxBringsItsOwn(ActiveWorkbook)
End Sub

Private Function BdxBringsItsOwn(book As Workbook) As Boolean
    Dim found As Name
    On Error Resume Next
    Set found = book.Names("bdx_message_title")
    BdxBringsItsOwn = book.HasVBProject And Not found Is Nothing
End Function
