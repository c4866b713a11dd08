"""A macro-free copy of a workbook for people without Python: its formulas, its message, its way by e-mail."""
