"""The kinds of figures, one function each: from results to content."""
