"""The steps of a computation, from the model's values to `core`'s arrays: prepare, normalise, weigh, aggregate."""
