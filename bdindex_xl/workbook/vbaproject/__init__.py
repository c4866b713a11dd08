"""The parts of a VBA project, a module per layer of the format. `workbook.vba` puts them together."""
