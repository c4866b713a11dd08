"""From a framework, raw data and a method to scores: `compute`, and its steps prepare, normalise, weigh, aggregate."""
