"""Figures: the data, the sentences and the form of each table and picture of a report; drawn elsewhere."""
