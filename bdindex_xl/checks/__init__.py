"""What may be asked of a finished workbook: whether its results are true, what changed, what others have filled in."""
