"""Benefit of the doubt: every unit weighted as suits it best, by a linear programme each.

The one module of the core that needs more than numpy: scipy, imported where a programme is solved.
"""

from __future__ import annotations

import numpy as np

from .arrays import Array
from .family_block import FamilyBlock, by_blocks
from .weight import Families

FREE = (0.0, 1.0)  # shares of a child in a unit's score: none is asked for
_AT_ONCE = 200  # programmes solved together, which costs far less than one by one
_EXACT = 1e-9  # what solvers leave of a score of 1
_PAIRS = 1 << 20  # pairs of units compared at once


def benefit_of_the_doubt(
    scores: Array,
    weights: Array,
    families: Families,
    *,
    min_available: float,
    over_years: bool = False,
    shares: tuple[float, float] = FREE,
) -> Array:
    """The greatest weighted sum that a unit's own choice of weights gives it, with which no unit has more than 1.

    Weights are at least 0, and are no shares: they measure by the best. With `shares`, each child makes up at least and
    at most such a share of the unit's sum, as in Compind's ci_bod_constr; where that leaves no weights, as with fewer
    children than 1 over the greatest share, children make up equal shares. A child that a unit lacks adds nothing to
    its sum. The weights of the children matter only where they are 0.

    Parameters
    ----------
    scores, weights, families
        As in `means`; scores [0 or more].
    min_available : float [share of a parent's children, 0-1]
    over_years : bool
        Units are measured by those of all years together instead of each year.
    shares : pair of float [share of a unit's sum, 0-1]
        The least and the greatest of each child.

    Returns
    -------
    array, shape (n_years, n_parents, n_units) [0-1]
        1 for every unit that is the best by some weights. With a least share, 0 for a unit with any score of 0.

    Raises
    ------
    ValueError
        Where a score is negative or infinite, `shares` do not run from 0 to 1, `min_available` is not within 0-1,
        shapes do not fit, or a programme has no solution.
    ImportError
        Without scipy.

    References
    ----------
    Cherchye, Moesen, Rogge & Van Puyenbroeck, An introduction to 'benefit of the doubt' composite indicators, Social
    Indicators Research 82, 2007, 111-145, doi:10.1007/s11205-006-9029-7; Fusco, Vidoli & Sahoo, Compind (R package).

    Examples
    --------
    >>> three = np.array([[[1.0, 0.5, 0.4], [0.2, 1.0, 0.4]]]), np.array([[0.5, 0.5]]), Families.of_sizes([2])
    >>> benefit_of_the_doubt(*three, min_available=0.65).round(3)
    array([[[1.   , 1.   , 0.578]]])
    """
    if not 0 <= shares[0] <= shares[1] <= 1:
        raise ValueError(f"shares: expected two from 0 to 1, the lesser first, found {shares}")
    least = np.fmin.reduce(scores, axis=None, initial=0.0)
    if least < 0:
        raise ValueError(f"scores: expected at least 0, found {least}")
    enough = ~np.isnan(by_blocks(_any, scores, weights, families, min_available))
    made = np.full(enough.shape, np.nan)
    scopes = [list(range(len(scores)))] if over_years else [[year] for year in range(len(scores))]
    for years in scopes:
        for parent in range(enough.shape[1]):
            own = np.flatnonzero((families.owner == parent) & (weights[years] > 0).any(axis=0))
            compared = enough[years, parent]
            if compared.any():
                units = scores[years][:, own].swapaxes(1, 2)[compared]
                made[years, parent] = _placed(_best_sums(units, shares), compared)
    return made


def _any(block: FamilyBlock) -> Array:
    return block.totals


def _placed(values: Array, where: Array) -> Array:
    whole = np.full(where.shape, np.nan)
    whole[where] = values
    return whole


def _best_sums(units: Array, shares: tuple[float, float]) -> Array:
    """The greatest sum of each unit, shape (n_units,), of scores of shape (n_units, n_children)."""
    greatest = np.fmax.reduce(units, axis=0, initial=0.0)
    # Sums do not depend on the measure of a child; by its greatest score, numbers are fit for a solver.
    scaled = units[:, greatest > 0] / greatest[greatest > 0]
    if not scaled.shape[1]:
        return np.zeros(len(units))
    distinct, back = np.unique(scaled, axis=0, return_inverse=True)
    frontier = _undominated(np.nan_to_num(distinct))
    parts = [_solved(distinct[k : k + _AT_ONCE], frontier, shares) for k in range(0, len(distinct), _AT_ONCE)]
    sums = np.concatenate(parts)
    sums = np.where(np.abs(sums - 1.0) < _EXACT, 1.0, np.where(sums < _EXACT, 0.0, sums))
    found: Array = sums[back.reshape(-1)]
    return found


def _undominated(units: Array) -> Array:
    """Units with which no other is at least even in every child: the others' sums are never greater."""
    kept = np.ones(len(units), dtype=bool)
    step = max(1, _PAIRS // max(units.size, 1))
    for start in range(0, len(units), step):
        part = units[start : start + step]
        even = (units[None] >= part[:, None]).all(axis=2)
        kept[start : start + step] = even.sum(axis=1) == 1  # itself: units are distinct
    return units[kept]


def _solved(units: Array, frontier: Array, shares: tuple[float, float]) -> Array:
    """Greatest sums of some units: their programmes side by side in one, which fall apart in the solver."""
    from scipy import sparse
    from scipy.optimize import linprog

    n, m = units.shape
    values = np.nan_to_num(units)
    limits = [sparse.kron(sparse.identity(n), frontier)]
    ends = [np.ones(n * len(frontier))]
    for rows in _share_rows(units, values, shares):
        limits.append(sparse.block_diag(rows))
        ends.append(np.zeros(n * m))
    found = linprog(
        -values.ravel(),
        A_ub=sparse.vstack(limits).tocsr(),
        b_ub=np.concatenate(ends),
        bounds=(0, None),
        method="highs-ds",
    )
    if found.status != 0:
        raise ValueError(f"weights: expected a solution, found none ({found.message})")
    sums: Array = (values * found.x.reshape(n, m)).sum(axis=1)
    return sums


def _share_rows(units: Array, values: Array, shares: tuple[float, float]) -> list[list[Array]]:
    """Rows of at most 0, a square for each unit, that hold children to their shares; none where they are free."""
    present = ~np.isnan(units)
    equal = 1.0 / np.maximum(present.sum(axis=1), 1)
    rows = []
    for sign, share in ((-1.0, np.minimum(shares[0], equal)), (1.0, np.maximum(shares[1], equal))):
        if (share > 0).any() if sign < 0 else (share < 1).any():
            squares = sign * (np.eye(units.shape[1]) - share[:, None, None]) * values[:, None, :]
            rows.append(list(squares * present[:, :, None]))
    return rows
