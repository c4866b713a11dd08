"""From units' scores to those of groups of units."""

from __future__ import annotations

import numpy as np

from .arrays import Array


def means(scores: Array, members: Array) -> Array:
    """Mean of the members' scores, over the members that have one.

    Parameters
    ----------
    scores : array, shape (..., n_units) [0-1]
        NaN where a unit has no score.
    members : array, shape (n_groups, n_units)
        1 where a unit belongs to a group, else 0.

    Returns
    -------
    array, shape (..., n_groups) [0-1]
        NaN for a group none of whose members has a score.

    Raises
    ------
    ValueError
        Where scores and members are of different numbers of units.

    Examples
    --------
    >>> means(np.array([0.2, 0.4, np.nan]), np.array([[1.0, 1.0, 1.0], [0.0, 0.0, 1.0]]))
    array([0.3, nan])
    """
    if scores.shape[-1] != members.shape[-1]:
        raise ValueError(f"members: expected {scores.shape[-1]} units, found {members.shape[-1]}")
    present = ~np.isnan(scores)
    total = np.where(present, scores, 0.0) @ members.T
    count = present.astype(np.float64) @ members.T
    mean = np.full(total.shape, np.nan)
    np.divide(total, count, out=mean, where=count > 0)
    return mean
