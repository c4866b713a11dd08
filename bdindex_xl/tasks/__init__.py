"""What can be done to any open workbook, whatever its host: recalculate, new year, audit, robustness, explain."""
