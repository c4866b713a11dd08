"""What an index is made of, as frozen values: framework, panel and method. Checked when made; computed elsewhere."""
