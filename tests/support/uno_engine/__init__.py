"""An engine of xlwings whose Excel is LibreOffice, so that code for Excel runs unchanged in tests.

What xlwings hands on in Windows is handed on here: blocks as tuples of rows, numbers as floats, blank cells as None,
errors as Excel's numbers, typed text taken for what it looks like. Asked for more than it can, it says so by name.
"""
