"""The method on plain arrays: numpy in, numpy out. Axes are (years, units, indicators); NaN is missing."""
