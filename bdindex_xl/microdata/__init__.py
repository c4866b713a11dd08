"""Company records and policy texts in, raw indicators and hot words out."""
