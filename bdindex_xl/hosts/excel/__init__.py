"""Workbooks that are open in Excel, through xlwings (its BSD part only): the buttons, and the worksheet functions."""
