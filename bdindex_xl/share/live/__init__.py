"""The live twin: the result sheets as plain formulas on the raw data, readable step by step."""
