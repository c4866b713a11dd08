"""Weights that people give: from pairwise comparisons, and mixed with weights from data."""

from __future__ import annotations

from typing import Literal, NamedTuple

import numpy as np
import numpy.typing as npt

from .arrays import Array
from .weight import Families, shares

# Mean consistency indices of random matrices of order 1, 2, ... (Saaty 1980).
RANDOM_INDEX = (0.0, 0.0, 0.58, 0.90, 1.12, 1.24, 1.32, 1.41, 1.45, 1.49, 1.51, 1.48, 1.56, 1.57, 1.59)


class PairwiseWeights(NamedTuple):
    """What pairwise comparisons say.

    weights : array, shape (n,) [share], sum 1.
    consistency_ratio : float [share of a random matrix's inconsistency], 0 where all comparisons agree; up to 0.1 is
        held to be acceptable.
    """

    weights: Array
    consistency_ratio: float


def ahp(pairwise: npt.ArrayLike, *, tolerance: float = 0.05) -> PairwiseWeights:
    """Weights and consistency ratio of a matrix of pairwise comparisons (analytic hierarchy process).

    Parameters
    ----------
    pairwise : array, shape (n, n), n from 1 to 15 [how many times as important as the column's the row's child is]
        1 on the diagonal. A missing entry (NaN) is taken from its mirror image, so one triangle is enough.
    tolerance : float [share]
        How far a pair's product may be from 1; the default lets pass 1/7 written as 0.14. Where it is not exactly 1,
        both entries are used as they are.

    Returns
    -------
    Compared
        Principal eigenvector scaled to sum to 1, and (lambda - n) / (n - 1) over the random index of order n. The ratio
        is 0 for one or two children, which cannot contradict each other.

    Raises
    ------
    ValueError
        Where the matrix is not square, of another order, or the tolerance not within 0 to 1; for all entries at once
        where they are not positive or missing with their mirror image, not 1 on the diagonal, or not reciprocal.

    References
    ----------
    Saaty, The Analytic Hierarchy Process, McGraw-Hill, 1980. Saaty, Decision making with the analytic hierarchy
    process, International Journal of Services Sciences 1(1), 2008, 83-98, doi:10.1504/IJSSCI.2008.017590.

    Examples
    --------
    >>> nan = np.nan
    >>> weights, ratio = ahp([[1, 2, 4], [nan, 1, 2], [nan, nan, 1]])
    >>> weights.round(3), round(ratio, 6)
    (array([0.571, 0.286, 0.143]), 0.0)
    """
    matrix = _reciprocal(np.asarray(pairwise, dtype=np.float64), tolerance)
    n = len(matrix)
    values, vectors = np.linalg.eig(matrix)
    principal = values.real.argmax()
    weights = np.abs(vectors[:, principal].real)
    index = max(float(values[principal].real) - n, 0.0) / max(n - 1, 1)
    return PairwiseWeights(weights / weights.sum(), index / RANDOM_INDEX[n - 1] if n > 2 else 0.0)


def _reciprocal(matrix: Array, tolerance: float) -> Array:
    """The matrix with missing entries filled in."""
    if not 0 <= tolerance <= 1:
        raise ValueError(f"tolerance: expected 0 to 1, found {tolerance}")
    if matrix.ndim != 2 or matrix.shape[0] != matrix.shape[1] or not 1 <= len(matrix) <= len(RANDOM_INDEX):
        raise ValueError(f"pairwise: expected a square matrix of order 1 to {len(RANDOM_INDEX)}, found {matrix.shape}")
    wrong = [place for place in np.ndindex(matrix.shape) if not np.isnan(matrix[place])]
    wrong = [(row, column) for row, column in wrong if not 0 < matrix[row, column] < np.inf]
    faults = [_fault(row, column, "a positive number", matrix) for row, column in wrong]
    if not faults:
        mirrored = 1.0 / matrix.T
        np.fill_diagonal(mirrored, 1.0)
        matrix = np.where(np.isnan(matrix), mirrored, matrix)
        faults = _contradictions(matrix, tolerance)
    if faults:
        raise ValueError("; ".join(faults))
    return matrix


def _contradictions(matrix: Array, tolerance: float) -> list[str]:
    """What is wrong in a matrix of positive numbers whose entries are missing with their mirror image if at all."""
    faults = []
    for row in range(len(matrix)):
        if abs(matrix[row, row] - 1.0) > 1e-12:
            faults.append(_fault(row, row, "1 on the diagonal", matrix))
        for column in range(row + 1, len(matrix)):
            if np.isnan(matrix[row, column]):
                faults.append(_fault(row, column, "a number here or in the mirror image", matrix))
            elif abs(matrix[row, column] * matrix[column, row] - 1.0) > tolerance + 1e-12:
                mirror = f"1 / {matrix[row, column]:g}, as row {row + 1}, column {column + 1} has it"
                faults.append(_fault(column, row, mirror, matrix))
    return faults


def _fault(row: int, column: int, expected: str, matrix: Array) -> str:
    value = matrix[row, column]
    found = "none" if np.isnan(value) else f"{value:g}"
    return f"pairwise row {row + 1}, column {column + 1}: expected {expected}, found {found}"


def mix(
    subjective: Array,
    objective: Array,
    families: Families,
    *,
    share: float,
    how: Literal["arithmetic", "multiplicative"] = "arithmetic",
) -> Array:
    """Weights between those that people give and those from data.

    With a the share and s, o each scaled to sum to 1 within a parent, w is in proportion to a s + (1 - a) o, or to
    s^a o^(1-a). The plain product s o has the same weights as the multiplicative mix of s² and o² with share 0.5.

    Parameters
    ----------
    subjective, objective : arrays, broadcastable to (n_years, n_children) [any measure, >= 0]
        A set that is 0 for all of a parent's children leaves that parent to the other.
    families : Families
    share : float [share of the subjective set, 0-1]
    how : {"arithmetic", "multiplicative"}
        A child that is 0 in one of the sets keeps its part of the other one in an arithmetic mix, and nothing in a
        multiplicative one; where that leaves a parent with nothing, its mix is arithmetic.

    Returns
    -------
    array, shape (n_years, n_children) [share of the parent]
        Exactly the one set where the share is 1 and the other where it is 0. All 0 where both sets are.

    Raises
    ------
    ValueError
        Where the share is not within 0 to 1, `how` is something else, a weight is not a number >= 0, or the last axis
        is not the families' children.

    References
    ----------
    Hwang & Yoon, Multiple Attribute Decision Making, Springer, 1981, doi:10.1007/978-3-642-48318-9, where weights given
    beforehand are multiplied with those of entropy; the exponents that give the two unequal parts are ours.

    Examples
    --------
    >>> given, found = np.array([[0.8, 0.2]]), np.array([[0.2, 0.8]])
    >>> mix(given, found, Families.of_sizes([2]), share=0.75)
    array([[0.65, 0.35]])
    >>> mix(given, found, Families.of_sizes([2]), share=0.75, how="multiplicative").round(3)
    array([[0.667, 0.333]])
    """
    if not 0 <= share <= 1:
        raise ValueError(f"share: expected 0 to 1, found {share}")
    if how not in ("arithmetic", "multiplicative"):
        raise ValueError(f"how: expected arithmetic or multiplicative, found {how}")
    given, found = _within("subjective", subjective, families), _within("objective", objective, families)
    given, found = _instead(given, found, families), _instead(found, given, families)
    mixed = share * given + (1.0 - share) * found
    if how == "multiplicative":
        mixed = _instead(given**share * found ** (1.0 - share), mixed, families)
    return shares(mixed, np.ones_like(mixed), families)


def _within(name: str, weights: Array, families: Families) -> Array:
    """The weights as shares of the parent, 0 where all are 0."""
    weights = np.atleast_2d(np.asarray(weights, dtype=np.float64))
    if weights.shape[-1] != families.owner.size:
        raise ValueError(f"{name}: expected {families.owner.size} children, found {weights.shape[-1]}")
    if not (np.isfinite(weights) & (weights >= 0)).all():
        raise ValueError(f"{name}: expected numbers >= 0, found {weights.tolist()}")
    return shares(weights, np.ones_like(weights), families)


def _instead(weights: Array, other: Array, families: Families) -> Array:
    """The weights, or the other ones where a parent's are all 0."""
    totals = np.add.reduceat(weights, families.starts, axis=-1)[..., families.owner]
    return np.where(totals > 0, weights, other)
