"""Figures as programs of spreadsheets draw them: classic charts on cells, and cells with conditional colours."""
