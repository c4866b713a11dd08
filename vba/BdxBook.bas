Attribute VB_Name = "BdxBook"
Option Explicit
Option Private Module
' Which workbook a button acts on. The add-in has a module of this name of its own.

Public Function BdxTarget() As Workbook
    Set BdxTarget = ThisWorkbook
End Function
