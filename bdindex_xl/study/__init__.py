"""Analyses of a workbook: read, analysed, and written to its sheets; the same behind every host."""
