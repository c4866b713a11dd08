"""Sets a user's computer up for the workbook, says what is wrong with it, and takes back what it did."""
