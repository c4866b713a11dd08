"""What each child adds to its parent's score."""

from __future__ import annotations

import numpy as np

from .arrays import Array


def contributions(scores: Array, weights: Array, *, min_available: float) -> Array:
    """Parts of weighted arithmetic means, child by child; a unit's parts add up to its score.

    Parameters
    ----------
    scores : array, shape (n_units, n_children) [0-1, or any measure]
        NaN is missing.
    weights : array, shape (n_children,) [share of the parent]
    min_available : float [share of the children, 0-1]
        A unit that has less has no score, and so no parts.

    Returns
    -------
    array, shape (n_units, n_children) [as the scores]
        Weights are rescaled over the children that a unit has; a missing child has no part (NaN), and a unit
        without a score has none at all.

    Raises
    ------
    ValueError
        Where the shapes do not fit.

    Examples
    --------
    >>> contributions(np.array([[1.0, 0.5], [0.8, np.nan]]), np.array([0.75, 0.25]), min_available=0.5)
    array([[0.75 , 0.125],
           [0.8  ,   nan]])
    """
    if weights.shape != scores.shape[1:]:
        raise ValueError(f"weights: expected shape {scores.shape[1:]}, found {weights.shape}")
    present = ~np.isnan(scores)
    carried = present @ weights
    enough = (present.sum(axis=1) >= (min_available - 1e-12) * scores.shape[1]) & (carried > 0)
    with np.errstate(invalid="ignore", divide="ignore"):
        parts: Array = scores * (weights / np.where(enough, carried, np.nan)[:, None])
    return parts
