"""Between the model and blocks of cells. No spreadsheet library is known here."""
