"""Natural breaks: values in classes that differ least within."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from .arrays import Array, Index


def natural_breaks(values: Array, n_classes: int) -> npt.NDArray[np.int32]:
    """Class of each value, such that the squared deviations from the class means add up to the least there is.

    The optimum is exact, by dynamic programming over the sorted distinct values. Where two optima tie, the greater
    class is the one with more values. Each layer is found by halving: where the last class of a prefix starts never
    moves back as the prefix grows, so that the work is n_classes · n · log n. Exact, that is, to the precision of
    running totals: spreads of less than some 1e-8 of the range of all values are too small for them to compare.

    Parameters
    ----------
    values : array, shape (n,) [any measure]
        NaN is missing.
    n_classes : int
        At least 1. With fewer distinct values, each is a class of its own.

    Returns
    -------
    array of int32, shape (n,)
        1 for the class of the greatest values, then 2, 3, ...; 0 where the value is missing.

    Raises
    ------
    ValueError
        Where `n_classes` is less than 1 or a value is infinite.

    References
    ----------
    Fisher, On grouping for maximum homogeneity, Journal of the American Statistical Association 53(284), 1958,
    789-798, doi:10.1080/01621459.1958.10501479; Jenks, The data model concept in statistical mapping, International
    Yearbook of Cartography 7, 1967, 186-190.

    Examples
    --------
    >>> natural_breaks(np.array([1.0, 2.0, 8.0, 9.0, np.nan, 20.0]), 3)
    array([3, 3, 2, 2, 0, 1], dtype=int32)
    """
    if n_classes < 1:
        raise ValueError(f"n_classes: expected at least 1, found {n_classes}")
    present = ~np.isnan(values)
    if np.isinf(values[present]).any():
        raise ValueError("values: expected finite numbers, found an infinite one")
    classes = np.zeros(values.shape, dtype=np.int32)
    if not present.any():
        return classes
    distinct, place, counts = np.unique(values[present], return_inverse=True, return_counts=True)
    starts = _starts(distinct, counts.astype(np.float64), min(n_classes, distinct.size))
    classes[present] = len(starts) + 1 - np.searchsorted(starts, place, side="right")
    return classes


def _starts(distinct: Array, counts: Array, n_classes: int) -> Index:
    """Place of the first value of each class, ascending."""
    n = distinct.size
    if n_classes == n:
        return np.arange(n, dtype=np.intp)
    centred = (distinct - distinct.mean()) / (np.ptp(distinct) or 1.0)  # sums of squares lose less that way
    sums = _Sums(counts, centred)
    least = sums.within(np.zeros(n, dtype=np.intp), np.arange(n))
    layers = []
    for k in range(1, n_classes):
        least, first = _layer(least, sums, k)
        layers.append(first)
    starts = np.zeros(n_classes, dtype=np.intp)
    end = n - 1
    for k in range(n_classes - 1, 0, -1):
        starts[k] = layers[k - 1][end]
        end = starts[k] - 1
    return starts


class _Sums:
    """Sums over values from one place to another, from running totals."""

    def __init__(self, counts: Array, values: Array) -> None:
        terms = np.stack([counts, counts * values, counts * values * values])
        self._totals = np.concatenate([np.zeros((3, 1)), np.cumsum(terms, axis=1)], axis=1)

    def within(self, first: Index, last: Index) -> Array:
        """Squared deviations from their mean of the values from `first` to `last`, both included."""
        count, total, squares = self._totals[:, last + 1] - self._totals[:, first]
        deviations: Array = np.maximum(squares - total * total / count, 0.0)
        return deviations


def _layer(before: Array, sums: _Sums, k: int) -> tuple[Array, Index]:
    """Least deviations of every prefix in k + 1 classes, and where the last class then starts.

    Prefixes are taken from the middle, all of one depth at once; what is found there bounds the search to its left
    and right.
    """
    n = before.size
    least, best = np.full(n, np.inf), np.zeros(n, dtype=np.intp)
    low, high, floor, ceiling = (np.array([value], dtype=np.intp) for value in (k, n - 1, k, n - 1))
    while low.size:
        middle = (low + high) // 2
        last = np.minimum(ceiling, middle)
        counts = last - floor + 1
        offsets = np.concatenate([[0], np.cumsum(counts)[:-1]])
        first = np.arange(counts.sum()) - np.repeat(offsets - floor, counts)
        cost = before[first - 1] + sums.within(first, np.repeat(middle, counts))
        least[middle] = np.minimum.reduceat(cost, offsets)
        ties = np.where(cost <= np.repeat(least[middle], counts), first, n)
        found = best[middle] = np.minimum.reduceat(ties, offsets)
        low, high = np.concatenate([low, middle + 1]), np.concatenate([middle - 1, high])
        floor, ceiling = np.concatenate([floor, found]), np.concatenate([found, ceiling])
        alive = low <= high
        low, high, floor, ceiling = low[alive], high[alive], floor[alive], ceiling[alive]
    return least, best
