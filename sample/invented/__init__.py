"""Records that are invented, from which the sample's raw data can be counted."""
