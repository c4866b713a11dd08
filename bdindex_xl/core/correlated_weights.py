"""Weights from how children's scores go together, each parent's children among themselves.

Common to all: scores have shape (n_years, n_units, n_children) for axis=1 or (n_years, n_children, n_units) for
axis=2, children of several parents side by side. NaN is missing: a correlation is over the units that have a value in
both children, and 0 for two that vary but have no two such units. A child without any value has weight 0; where no
child of a parent tells anything by the method's measure, those with a value share equally; weights of a parent sum to
1 unless none of its children has a value, when all are 0.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from .arrays import Array
from .moments import by_units, correlations, moments
from .weight import Families, equal_if_nought, told_or

_EQUAL = 1e-9  # eigenvalues that differ by less are taken as the same, and directions that explain less as none
_PATIENCE, _ROUNDS = 3, 50  # rounds without progress until entries change sides singly, and in all besides those
_RIDGE = 1e-6  # makes children that stand for each other share, where any split would be as good


def critic(scores: Array, families: Families, *, axis: int) -> Array:
    """Weights by contrast and conflict (CRITIC): standard deviation times the sum over siblings of 1 - correlation.

    The scores are taken as they are: the method's own normalisation to 0-1 has been done, by bounds of the data or by
    goalposts. The divisor of standard deviations is n; which one matters only where counts differ.

    Parameters
    ----------
    scores : array, shape (n_years, n_units, n_children) or (n_years, n_children, n_units) [0-1]
        NaN is missing; a correlation is over the units that have a value in both children.
    families : Families
    axis : int
        The axis of units, 1 or 2.

    Returns
    -------
    array, shape (n_years, n_children) [share of the parent]
        A constant child has 0 and counts as no sibling. Two that vary but never over common units count as
        uncorrelated. Equal where nothing is in conflict: an only child, all constant, all correlated by 1.

    Raises
    ------
    ValueError
        Where the shape does not fit the families, or a value is infinite.

    References
    ----------
    Diakoulaki, Mavrotas & Papayannakis, Determining objective weights in multiple criteria problems: the CRITIC
    method, Computers & Operations Research 22(7), 1995, 763-770, doi:10.1016/0305-0548(94)00059-H.

    Examples
    --------
    >>> scores = np.array([[[0.0, 1.0, 0.5], [1.0, 0.5, 0.5]]])
    >>> critic(scores, Families.of_sizes([3]), axis=1).round(3)
    array([[0.667, 0.333, 0.   ]])
    """
    units = by_units(scores, families, axis=axis)
    found = moments(units)
    varies = (found.deviations > 0).astype(np.float64)
    conflict = np.zeros_like(varies)
    for parent, correlation in enumerate(correlations(units, families, found.means)):
        own = families.owner == parent
        conflict[:, own] = np.einsum("yjk,yk->yj", 1.0 - correlation, varies[:, own])
    information = told_or(found.deviations * conflict, varies, families)
    return equal_if_nought(information, found.counts, families)


def pca(scores: Array, families: Families, *, axis: int) -> Array:
    """Squared loadings of the first principal component of the siblings' correlation matrix.

    A squared loading is the part of a child's variance that the component explains; scaled to sum to 1 within the
    parent. Only the first component is taken and none is rotated: a parent has one score.

    Parameters
    ----------
    scores : array, shape (n_years, n_units, n_children) or (n_years, n_children, n_units) [0-1]
        NaN is missing.
    families : Families
    axis : int
        The axis of units, 1 or 2.

    Returns
    -------
    array, shape (n_years, n_children) [share of the parent]
        A constant child has 0 beside one that is not. Where several components explain as much as the first (all
        uncorrelated, for instance), the mean of their squared loadings, which does not depend on how they are turned.

    Raises
    ------
    ValueError
        Where the shape does not fit the families, or a value is infinite.

    References
    ----------
    OECD/JRC, Handbook on Constructing Composite Indicators, 2008, doi:10.1787/9789264043466-en, step 6, weights based
    on principal components analysis or factor analysis. Nicoletti, Scarpetta & Boylaud, Summary indicators of product
    market regulation, OECD Economics Department Working Papers 226, 2000, doi:10.1787/215182844604.

    Examples
    --------
    >>> scores = np.array([[[0.0, 1.0, 0.5], [1.0, 0.5, 0.5]]])
    >>> pca(scores, Families.of_sizes([3]), axis=1).round(3)
    array([[0.5, 0.5, 0. ]])
    """
    units = by_units(scores, families, axis=axis)
    found = moments(units)
    information = np.zeros_like(found.counts)
    for parent, correlation in enumerate(correlations(units, families, found.means)):
        first = families.starts[parent]
        for year, matrix in enumerate(correlation):
            own = first + np.flatnonzero(found.deviations[year, first : first + len(matrix)])
            if own.size:
                information[year, own] = _first_component(matrix[np.ix_(own - first, own - first)])
    return equal_if_nought(information, found.counts, families)


def _first_component(correlation: Array) -> Array:
    """Squared loadings of the first component scaled to sum to 1, shape (n_siblings,)."""
    values, vectors = np.linalg.eigh(correlation)
    first = vectors[:, values > values[-1] - _EQUAL]
    squared: Array = (first * first).mean(axis=1)
    return squared


def equal_importance(scores: Array, families: Families, *, axis: int, importance: npt.ArrayLike | None = None) -> Array:
    """Weights with which the squared correlations of children with their parent's score are as important as asked.

    A parent's score is sum w_j z_j; with R the correlations between siblings and v_j = w_j times the standard
    deviation, children correlate with it in proportion to R v. For squares in proportion to importances, R v must be
    in proportion to their roots t: v = R⁻¹ t. Where that needs a weight below 0, importances cannot be had in full;
    then v >= 0 is taken with the least angle between R v and t, the one point of the cone nearest to t, found by
    non-negative least squares in finitely many steps. The source leaves this to a numerical search, with the sum of
    squared differences of the squares as its measure.

    Parameters
    ----------
    scores : array, shape (n_years, n_units, n_children) or (n_years, n_children, n_units) [0-1]
        NaN is missing. Where values are, correlations are of pairs and so those with the score are approximate.
    families : Families
    axis : int
        The axis of units, 1 or 2.
    importance : array, shape (n_children,), optional [any measure, >= 0]
        Relative within a parent; equal without.

    Returns
    -------
    array, shape (n_years, n_children) [share of the parent]
        Where weights >= 0 reach the importances, correlations are within 1e-9 of those asked for. Children that stand
        for each other share. A constant child has 0 beside one that is not. Weights are in proportion to 1 / standard
        deviation where no score correlates with what is asked for (two children correlated by -1, say).

    Raises
    ------
    ValueError
        Where the shape does not fit the families, a value is infinite, or an importance is not a number >= 0.

    References
    ----------
    Becker, Saisana, Paruolo & Vandecasteele, Weights and importance in composite indicators: closing the gap,
    Ecological Indicators 80, 2017, 12-22, doi:10.1016/j.ecolind.2017.03.056. Lawson & Hanson, Solving Least Squares
    Problems, SIAM, 1995, chapter 23, doi:10.1137/1.9781611971217.

    Examples
    --------
    >>> scores = np.array([[[0.0, 0.5], [1.0, 0.5], [0.0, 0.75], [1.0, 0.75]]])
    >>> equal_importance(scores, Families.of_sizes([2]), axis=1)
    array([[0.2, 0.8]])
    """
    units = by_units(scores, families, axis=axis)
    aim = np.sqrt(_importance(importance, families))
    found = moments(units)
    information = np.zeros_like(found.counts)
    for parent, correlation in enumerate(correlations(units, families, found.means)):
        first = families.starts[parent]
        for year, matrix in enumerate(correlation):
            own = first + np.flatnonzero(found.deviations[year, first : first + len(matrix)])
            if own.size:
                standardised = _reaching(matrix[np.ix_(own - first, own - first)], aim[own])
                information[year, own] = standardised / found.deviations[year, own]
    return equal_if_nought(information, found.counts, families)


def _importance(importance: npt.ArrayLike | None, families: Families) -> Array:
    if importance is None:
        return np.ones(families.owner.size)
    asked = np.asarray(importance, dtype=np.float64)
    if asked.shape != families.owner.shape:
        raise ValueError(f"importance: expected shape {families.owner.shape}, found {asked.shape}")
    if not (np.isfinite(asked) & (asked >= 0)).all():
        raise ValueError(f"importance: expected numbers >= 0, found {asked.tolist()}")
    return asked


def _reaching(correlation: Array, aim: Array) -> Array:
    """v >= 0 with R v in proportion to the aim, or at the least angle to it; ones where nothing is better than 0."""
    best = _shortest(correlation, aim)
    if best is None:
        ridge = np.vstack([correlation, _RIDGE * np.eye(len(aim))])
        rough = _non_negative(ridge, np.concatenate([aim, np.zeros(len(aim))]))
        free = rough > 0
        refined = _shortest(correlation[:, free], aim) if free.any() else None
        best = rough
        if refined is not None:
            best[free] = refined
    return best if best.any() else np.ones_like(best)


def _shortest(matrix: Array, aim: Array) -> Array | None:
    """The shortest of the least squares solutions; none where it has an entry below 0 that is not rounding."""
    found = np.asarray(np.linalg.lstsq(matrix, aim, rcond=_EQUAL)[0], dtype=np.float64)
    return np.maximum(found, 0.0) if found.min() >= -_EQUAL * np.abs(found).max() else None


def _non_negative(matrix: Array, aim: Array) -> Array:
    """Least squares solution with no entry below 0, of a matrix whose columns are independent, shape (n_columns,).

    There is one, whatever the way to it. All entries on the wrong side change sides at once, which takes a few rounds
    whatever their number; where that does not get on, one at a time: Portugal, Judice & Vicente, Mathematics of
    Computation 63, 1994, 625-643, doi:10.1090/S0025-5718-1994-1250776-4.
    """
    n = matrix.shape[1]
    free = np.ones(n, dtype=bool)
    fewest, patience = n + 1, _PATIENCE
    for _ in range(_ROUNDS + n):
        solution = _on(free, matrix, aim)
        slope = matrix.T @ (aim - matrix @ solution)
        enough = 1e-14 * max(1.0, np.abs(aim).max())
        wrong = np.where(free, solution <= 0, slope > enough)
        count = int(wrong.sum())
        if not count:
            return np.maximum(solution, 0.0)
        if count < fewest:
            fewest, patience = count, _PATIENCE
        elif patience:
            patience -= 1
        else:
            wrong[: np.flatnonzero(wrong)[-1]] = False
        free ^= wrong
    return _one_by_one(matrix, aim)


def _one_by_one(matrix: Array, aim: Array) -> Array:
    """The same by Lawson & Hanson, which ends whatever rounding does."""
    n = matrix.shape[1]
    solution: Array = np.zeros(n)
    free = np.zeros(n, dtype=bool)
    enough = 1e-14 * max(1.0, np.abs(aim).max())
    # Each round lowers the distance and so no set of free entries comes back; the bound is for rounding.
    for _ in range(10 * n):
        slope = np.where(free, -np.inf, matrix.T @ (aim - matrix @ solution))
        if slope.max() <= enough:
            break
        free[slope.argmax()] = True
        trial = _on(free, matrix, aim)
        while free.any() and trial[free].min() <= 0:
            falling = np.flatnonzero(free & (trial <= 0))
            steps = solution[falling] / np.maximum(solution[falling] - trial[falling], np.finfo(np.float64).tiny)
            solution += steps.min() * (trial - solution)
            free[falling[steps.argmin()]] = False
            solution = np.where(free, solution, 0.0)
            trial = _on(free, matrix, aim)
        solution = np.where(free, trial, 0.0)
    return solution


def _on(free: npt.NDArray[np.bool_], matrix: Array, aim: Array) -> Array:
    solution = np.zeros(free.size)
    q, r = np.linalg.qr(matrix[:, free])
    solution[free] = np.linalg.solve(r, q.T @ aim)
    return solution
