"""What is asked of a finished workbook or of several: whether results are true, what changed, what others filled in."""
