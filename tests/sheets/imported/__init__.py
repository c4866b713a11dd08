"""Mirrors bdindex_xl.sheets.imported."""
