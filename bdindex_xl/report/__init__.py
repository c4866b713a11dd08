"""The report of a workbook: its figures and tables, as Excel charts, Word, PDF and a web page."""
