"""Other readings of the improved vector method than `weight.improved_vector`: ours, too, not the source's.

The report on the China Big Data Industry Development Index (2024) names the method and the distance of children to the
optimal vector, not how distances become weights. All here take what `weight.squared_distances` gives; d is the root
mean square of 1 - z over the units that have a value, that is the distance over the greatest there can be, sqrt(n).
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from .arrays import Array
from .weight import Families, equal_if_nought, improved_vector, shares


def inverse_distance(sums: Array, counts: Array, families: Families) -> Array:
    """Weights in proportion to 1 / d: milder than the 1 / d² of the improved vector method.

    Parameters
    ----------
    sums, counts : arrays, shape (n_years, n_children)
        From `squared_distances`; add up over years for weights that are the same in all.
    families : Families

    Returns
    -------
    array, shape (n_years, n_children) [share of the parent]
        0 for a child without any value; children at distance 0 share everything; all 0 where a parent's children
        have no value at all.

    Raises
    ------
    ValueError
        Where the shapes of sums and counts differ.

    References
    ----------
    Ma, Fan & Huang, A subjective and objective integrated approach to determine attribute weights, European Journal
    of Operational Research 112(2), 1999, 397-404, doi:10.1016/S0377-2217(98)00141-6, for the distance.

    Examples
    --------
    >>> inverse_distance(np.array([[1.0, 0.25]]), np.array([[1.0, 1.0]]), Families.of_sizes([2])).round(3)
    array([[0.333, 0.667]])
    """
    distance = _distance(sums, counts)
    # Relative to the least distance among siblings: no overflow, and distance 0 takes everything.
    reached = np.where(counts > 0, distance, np.inf)
    least = np.minimum.reduceat(reached, families.starts, axis=-1)[..., families.owner]
    with np.errstate(invalid="ignore", divide="ignore"):
        closeness = np.where(least == 0, distance == 0, least / distance)
    return shares(closeness, counts, families)


def one_minus_distance(sums: Array, counts: Array, families: Families) -> Array:
    """Weights in proportion to 1 - d.

    Parameters
    ----------
    sums, counts : arrays, shape (n_years, n_children)
        From `squared_distances`; add up over years for weights that are the same in all.
    families : Families

    Returns
    -------
    array, shape (n_years, n_children) [share of the parent]
        0 for a child without any value, or as far from the optimal vector as can be (all scores 0); equal where all
        children are; all 0 where a parent's children have no value at all.

    Raises
    ------
    ValueError
        Where the shapes of sums and counts differ.

    References
    ----------
    Ma, Fan & Huang, A subjective and objective integrated approach to determine attribute weights, European Journal
    of Operational Research 112(2), 1999, 397-404, doi:10.1016/S0377-2217(98)00141-6, for the distance.

    Examples
    --------
    >>> one_minus_distance(np.array([[1.0, 0.25]]), np.array([[4.0, 4.0]]), Families.of_sizes([2]))
    array([[0.4, 0.6]])
    """
    return equal_if_nought(np.maximum(1.0 - _distance(sums, counts), 0.0), counts, families)


def inverse_one_plus_distance(sums: Array, counts: Array, families: Families) -> Array:
    """Weights in proportion to 1 / (1 + d): from 1/2 for the farthest to 1, the mildest of the readings.

    Parameters
    ----------
    sums, counts : arrays, shape (n_years, n_children)
        From `squared_distances`; add up over years for weights that are the same in all.
    families : Families

    Returns
    -------
    array, shape (n_years, n_children) [share of the parent]
        0 for a child without any value; all 0 where a parent's children have no value at all.

    Raises
    ------
    ValueError
        Where the shapes of sums and counts differ.

    References
    ----------
    Ma, Fan & Huang, A subjective and objective integrated approach to determine attribute weights, European Journal
    of Operational Research 112(2), 1999, 397-404, doi:10.1016/S0377-2217(98)00141-6, for the distance.

    Examples
    --------
    >>> inverse_one_plus_distance(np.array([[0.0, 1.0]]), np.array([[1.0, 1.0]]), Families.of_sizes([2])).round(3)
    array([[0.667, 0.333]])
    """
    return shares(1.0 / (1.0 + _distance(sums, counts)), counts, families)


def _distance(sums: Array, counts: Array) -> Array:
    """Root mean square distance to the optimal vector, shape (n_years, n_children) [0-1]; 0 without any value."""
    if sums.shape != counts.shape:
        raise ValueError(f"counts: expected shape {sums.shape}, found {counts.shape}")
    distance: Array = np.sqrt(sums / np.maximum(counts, 1.0))
    return distance


# What computes a weighting that follows from distances to the optimum, by its name.
BY_DISTANCES: dict[str, Callable[[Array, Array, Families], Array]] = {
    "improved vector": improved_vector,
    "inverse distance": inverse_distance,
    "one minus distance": one_minus_distance,
    "inverse one plus distance": inverse_one_plus_distance,
}
