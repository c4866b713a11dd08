"""Weights of children within their parent.

Children of several parents lie side by side on the last axis; `Families` says which are whose.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np

from .arrays import Array, Index
from .gaps import number_missing, soon_missing, sums_over_units
from .parallel import parts


class Families(NamedTuple):
    """Which children are whose.

    starts : array, shape (n_parents,), place of each parent's first child.
    owner : array, shape (n_children,), parent of each child, 0, 0, 1, ...
    """

    starts: Index
    owner: Index

    @classmethod
    def of_sizes(cls, sizes: list[int]) -> Families:
        """Families of that many children each, at least one.

        >>> Families.of_sizes([2, 1])
        Families(starts=array([0, 2]), owner=array([0, 0, 1]))
        """
        starts = np.concatenate([[0], np.cumsum(sizes)[:-1]]).astype(np.intp)
        return cls(starts, np.repeat(np.arange(len(sizes), dtype=np.intp), sizes))


def squared_distances(scores: Array, *, axis: int) -> tuple[Array, Array]:
    """Sum over units of the squared distance (1 - z)² to the optimal vector, and the number of units with a value.

    Parameters
    ----------
    scores : array, shape (n_years, n_units, n_children) or (n_years, n_children, n_units) [0-1]
        NaN is missing and left out.
    axis : int
        The axis of units, 1 or 2.

    Returns
    -------
    sums, counts : arrays, shape (n_years, n_children)

    Examples
    --------
    >>> squared_distances(np.array([[[1.0], [0.5], [np.nan]]]), axis=1)
    (array([[0.25]]), array([[2.]]))
    """
    if not soon_missing(scores, axis=axis):
        distance = 1.0 - scores
        whole = np.einsum(_SQUARES[axis], distance, distance)
        if not np.isnan(whole).any():
            return whole, np.full(whole.shape, float(scores.shape[axis]))
    found = [
        _of_part(scores[:, b] if axis == 1 else scores[:, :, b], axis)
        for b in parts(scores.shape[axis], scores.shape[3 - axis])
    ]
    sums, counts = (np.sum(kind, axis=0) for kind in zip(*found, strict=True))
    return sums, counts


_SQUARES = {1: "yuc,yuc->yc", 2: "ycu,ycu->yc"}


def _of_part(part: Array, axis: int) -> tuple[Array, Array]:
    distance = 1.0 - part
    counts = part.shape[axis] - number_missing(np.isnan(distance), axis=axis).astype(np.float64)
    distance *= distance
    np.fmax(distance, 0.0, out=distance)  # 0 for what is missing
    return sums_over_units(distance) if axis == 1 else distance.sum(axis=2), counts


def improved_vector(sums: Array, counts: Array, families: Families) -> Array:
    """Weights that bring all units together closest to the optimal vector (improved vector method, 改进向量法).

    Minimises the sum over units i and children j of w_j² (1 - z_ij)² with weights summing to 1 within a parent:
    w_j = (1 / d_j²) / sum_k (1 / d_k²), with d_j² the mean over the units that have a value.

    Parameters
    ----------
    sums, counts : arrays, shape (n_years, n_children)
        From `squared_distances`; add up over years for weights that are the same in all.
    families : Families

    Returns
    -------
    array, shape (n_years, n_children) [share of the parent]
        0 for a child without any value; children at distance 0 share everything; all 0 where a parent's
        children have no value at all.

    Raises
    ------
    ValueError
        Where the shapes of sums and counts differ.

    References
    ----------
    Ma, Fan & Huang, A subjective and objective integrated approach to determine attribute weights, European Journal
    of Operational Research 112(2), 1999, 397-404, doi:10.1016/S0377-2217(98)00141-6. The report on the China Big Data
    Industry Development Index (2024) names the method and the distance, not this last step: it is our reading.

    Examples
    --------
    >>> improved_vector(np.array([[0.5, 0.25]]), np.array([[1.0, 1.0]]), Families.of_sizes([2])).round(3)
    array([[0.333, 0.667]])
    """
    if sums.shape != counts.shape:
        raise ValueError(f"counts: expected shape {sums.shape}, found {counts.shape}")
    with np.errstate(invalid="ignore", divide="ignore"):
        squared = sums / counts  # NaN without any value
        # Relative to the least distance among siblings: no overflow, and distance 0 takes everything.
        least = np.fmin.reduceat(squared, families.starts, axis=-1)[..., families.owner]
        closeness = np.where(least == 0, squared == 0, least / squared)
    return shares(np.where(counts > 0, closeness, 0.0), counts, families)


def shares(importance: Array, counts: Array, families: Families) -> Array:
    """Importances made to sum to 1 within each parent, leaving out children without any value.

    Parameters
    ----------
    importance : array, broadcastable to (n_years, n_children) [any measure, >= 0]
    counts : array, shape (n_years, n_children)
        Number of units with a value.
    families : Families

    Returns
    -------
    array, shape (n_years, n_children) [share of the parent]

    Examples
    --------
    >>> shares(np.array([1.0, 1.0, 1.0]), np.array([[3.0, 3.0, 0.0]]), Families.of_sizes([3]))
    array([[0.5, 0.5, 0. ]])
    """
    present = np.where(counts > 0, importance, 0.0)
    totals = np.add.reduceat(present, families.starts, axis=-1)[..., families.owner]
    return np.divide(present, totals, out=np.zeros_like(present), where=totals > 0)


def equal_if_nought(information: Array, counts: Array, families: Families) -> Array:
    """Shares of what each child tells; equal ones where none of a parent's children tells anything.

    Parameters
    ----------
    information : array, shape (n_years, n_children) [any measure, >= 0]
    counts : array, shape (n_years, n_children)
        Number of units with a value.
    families : Families

    Returns
    -------
    array, shape (n_years, n_children) [share of the parent]

    Examples
    --------
    >>> equal_if_nought(np.array([[0.0, 0.0, 3.0, 1.0]]), np.ones((1, 4)), Families.of_sizes([2, 2]))
    array([[0.5 , 0.5 , 0.75, 0.25]])
    """
    told = told_or(np.where(counts > 0, information, 0.0), 1.0, families)
    return shares(told, counts, families)


def told_or(information: Array, otherwise: Array | float, families: Families) -> Array:
    """What each child tells or, where none of a parent's children tells anything, something else.

    Parameters
    ----------
    information : array, shape (n_years, n_children) [any measure, >= 0]
    otherwise : float or array, shape (n_years, n_children) [any measure, >= 0]
    families : Families

    Returns
    -------
    array, shape (n_years, n_children)

    Examples
    --------
    >>> told_or(np.array([[0.0, 0.0, 3.0]]), 1.0, Families.of_sizes([2, 1]))
    array([[1., 1., 3.]])
    """
    totals = np.add.reduceat(information, families.starts, axis=-1)[..., families.owner]
    return np.where(totals > 0, information, otherwise)
