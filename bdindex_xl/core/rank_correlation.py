"""How alike orders are: Spearman's and Kendall's correlations."""

from __future__ import annotations

import numpy as np

from .arrays import Array, Flags, Index
from .moments import correlations, moments
from .rank_scaling import rank_score
from .weight import Families


def pearson(units: Array) -> tuple[Array, Array]:
    """Pearson correlations between all columns, each pair over the units that have a value in both.

    Parameters
    ----------
    units : array, shape (n_units, n_columns) [any measure]
        NaN is missing.

    Returns
    -------
    correlations, counts : arrays, shape (n_columns, n_columns) [-1 to 1; units]
        NaN for a pair that has fewer than two units in common, or of which one does not vary.

    Examples
    --------
    >>> pearson(np.array([[0.0, 1.0], [1.0, 0.5], [0.5, np.nan]]))[0]
    array([[ 1., -1.],
           [-1.,  1.]])
    """
    years = np.ascontiguousarray(units)[None]
    found = moments(years)
    (between,) = correlations(years, Families.of_sizes([units.shape[1]]), found.means)
    there = (~np.isnan(units)).astype(np.float64)
    counts = there.T @ there
    flat = found.deviations[0] == 0
    return np.where(flat[:, None] | flat | (counts < 2), np.nan, between[0]), counts


def spearman(units: Array) -> Array:
    """Spearman's correlations between all columns: Pearson's of the mean ranks, over the units that both have.

    Parameters
    ----------
    units : array, shape (n_units, n_columns) [any measure]
        NaN is missing.

    Returns
    -------
    array, shape (n_columns, n_columns) [-1 to 1]
        NaN for a pair that has fewer than two units in common, or of which one does not vary over those.

    References
    ----------
    Spearman, The proof and measurement of association between two things, American Journal of Psychology 15, 1904,
    72-101, doi:10.2307/1412159.

    Examples
    --------
    >>> spearman(np.array([[1.0, 1.0], [2.0, 4.0], [3.0, 90.0]]))
    array([[1., 1.],
           [1., 1.]])
    """
    found = np.full((units.shape[1],) * 2, np.nan)
    patterns, of_column = np.unique(~np.isnan(units).T, axis=0, return_inverse=True)
    of_column = of_column.reshape(-1)
    for p, one in enumerate(patterns):
        for q in range(p, len(patterns)):
            columns = np.flatnonzero((of_column == p) | (of_column == q))
            both = units[one & patterns[q]][:, columns]
            between = pearson(_mean_ranks(both))[0] if len(both) > 1 else np.full((len(columns),) * 2, np.nan)
            found[np.ix_(columns, columns)] = _kept(found[np.ix_(columns, columns)], between, of_column[columns], p, q)
    return found


def _kept(before: Array, between: Array, of_column: Index, p: int, q: int) -> Array:
    """What was found, with the pairs of two patterns of missing values put in."""
    own: Flags = (of_column[:, None] == p) & (of_column == q)
    return np.where(own | own.T, between, before)


def _mean_ranks(units: Array) -> Array:
    ranks: Array = rank_score(units[None], direction=np.ones(units.shape[1]), over_years=False)[0]
    return ranks


def kendall(first: Array, second: Array) -> float:
    """Kendall's tau-b of two sets of numbers: orders that agree less those that do not, ties allowed for.

    Parameters
    ----------
    first, second : arrays, shape (n,) [any measure]
        Pairs of which either is NaN are left out.

    Returns
    -------
    float [-1 to 1]
        NaN of fewer than two pairs, or where all numbers of one are equal.

    Raises
    ------
    ValueError
        Where the shapes differ.

    References
    ----------
    Kendall, The treatment of ties in ranking problems, Biometrika 33, 1945, 239-251, doi:10.2307/2332303; Knight, A
    computer method for calculating Kendall's tau with ungrouped data, Journal of the American Statistical Association
    61, 1966, 436-439, doi:10.1080/01621459.1966.10480879 (that n log n steps do).

    Examples
    --------
    >>> kendall(np.array([1.0, 2.0, 3.0, 4.0]), np.array([1.0, 3.0, 2.0, 4.0]))
    0.6666666666666666
    """
    if first.shape != second.shape or first.ndim != 1:
        raise ValueError(f"expected two arrays of one length, found shapes {first.shape} and {second.shape}")
    both = ~(np.isnan(first) | np.isnan(second))
    x, y = (np.unique(side[both], return_inverse=True)[1].astype(np.intp) for side in (first, second))
    n = x.size
    pairs = n * (n - 1) // 2
    tied_x, tied_y, tied = _tied(x), _tied(y), _tied(x * (n + 1) + y)
    if n < 2 or pairs in (tied_x, tied_y):
        return float("nan")
    against = _inversions(y[np.lexsort((y, x))])
    for_and_against = pairs - tied_x - tied_y + tied
    return float((for_and_against - 2 * against) / np.sqrt(float(pairs - tied_x) * float(pairs - tied_y)))


def _tied(values: Index) -> int:
    """Pairs of equal values."""
    counts = np.unique(values, return_counts=True)[1].astype(np.int64)
    return int((counts * (counts - 1) // 2).sum())


def _inversions(values: Index) -> int:
    """Pairs of which the greater comes first, bit by bit from the highest: those alike above a bit stand together."""
    found = 0
    for bit in reversed(range(int(values.max(initial=0)).bit_length())):
        values = values[np.argsort(values >> (bit + 1), kind="stable")]
        ones = values >> bit & 1
        above = values >> (bit + 1)
        starts = np.flatnonzero(np.concatenate([[True], above[1:] != above[:-1]]))
        before = np.cumsum(ones) - ones
        since = before - np.repeat(before[starts], np.diff([*starts, values.size]))
        found += int(since[ones == 0].sum())
    return found
