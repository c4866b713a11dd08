"""Workbooks of other programs, read as the tables that a new workbook is made from."""
