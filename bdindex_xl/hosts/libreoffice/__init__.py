"""Workbooks that are open in LibreOffice Calc: reached through our extension there, by plain questions and answers."""
