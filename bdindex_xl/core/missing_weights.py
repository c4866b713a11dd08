"""Where the weights of children go that a unit lacks; parameters are as in `means`."""

from __future__ import annotations

import numpy as np

from .arrays import Array, Flags
from .weight import Families


def spread_equally(scores: Array, weights: Array, families: Families) -> Array:
    """Weights, shape (n_years, n_children, n_units): of what a unit lacks, in equal parts to the children it has.

    A child of weight 0 has no say, and gets nothing.

    Parameters
    ----------
    scores, weights, families
        As above.

    Returns
    -------
    array, shape (n_years, n_children, n_units) [share of the parent]
        0 for what is missing.

    References
    ----------
    Hsu et al., 2016 Environmental Performance Index, Yale University: where an issue does not apply to a country, its
    weight goes to the remaining ones in equal parts: 25, 10, 10, 5, 25 and 25 without the fourth's sibling of 25 become
    30, 15, 15, 10 and 30.

    Examples
    --------
    >>> scores = np.array([[[np.nan], [1.0], [1.0]]])
    >>> spread_equally(scores, np.array([[0.5, 0.25, 0.25]]), Families.of_sizes([3])).ravel()
    array([0. , 0.5, 0.5])
    """
    own = weights if weights.ndim == 3 else weights[:, :, None]
    heard = np.where(np.isnan(scores), 0.0, own)
    lost, n = (
        np.add.reduceat(part, families.starts, axis=1)[:, families.owner]
        for part in (own - heard, (heard > 0).astype(np.float64))
    )
    return np.asarray(np.where(heard > 0, heard + lost / np.maximum(n, 1.0), 0.0))


def enough(scores: Array, weights: Array, families: Families, *, min_available: float) -> Flags:
    """Which units have enough of a parent's children, and one that carries weight, shape (n_years, n_parents, n_units).

    Parameters
    ----------
    scores, weights, families
        As above.
    min_available : float [share of a parent's children, 0-1]

    Returns
    -------
    array of bool, shape (n_years, n_parents, n_units)

    Examples
    --------
    >>> enough(np.array([[[1.0], [np.nan]]]), np.array([[0.5, 0.5]]), Families.of_sizes([2]), min_available=0.65)
    array([[[False]]])
    """
    present = ~np.isnan(scores)
    heard = np.where(present, weights if weights.ndim == 3 else weights[:, :, None], 0.0)
    totals, counts = (np.add.reduceat(part, families.starts, axis=1) for part in (heard, present.astype(np.float64)))
    of = np.bincount(families.owner, minlength=families.starts.size)[:, None]
    # Shares such as 13/20 are not exact in binary: a hair's breadth below a limit still reaches it.
    return np.asarray((counts >= (min_available - 1e-12) * of) & (totals > 0))
