"""Where the weights of children go that a unit lacks; parameters are as in `means`."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from .arrays import Array, Flags
from .family_block import Values, over_families
from .gaps import zero_for_missing
from .parallel import blocks, parts, spread
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
    spread_out = np.empty(scores.shape)

    def work(part: Array, own: Array, made: Array) -> None:
        heard = (~np.isnan(part)).astype(np.float64)
        heard *= own
        say = (heard > 0).astype(np.float64)
        lost, n = (over_families(np.add, each, families) for each in (own - heard, say))
        lost /= np.maximum(n, 1.0)
        say *= lost[:, families.owner]
        np.add(heard, say, out=made)

    _by_parts(work, scores, weights, spread_out)
    return spread_out


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
    of = np.bincount(families.owner, minlength=families.starts.size)[:, None]
    found = np.empty((scores.shape[0], families.starts.size, scores.shape[2]), dtype=np.bool_)

    def work(part: Array, own: Array, made: Flags) -> None:
        present = ~np.isnan(part)
        counts = over_families(np.add, present.astype(np.float64), families)
        some = over_families(np.logical_or, present & (own > 0), families)
        # Shares such as 13/20 are not exact in binary: a hair's breadth below a limit still reaches it.
        np.logical_and(counts >= (min_available - 1e-12) * of, some, out=made)

    _by_parts(work, scores, weights, found)
    return found


def with_zeros(scores: Array) -> Array:
    """A copy with 0 for missing scores, units side by side in memory.

    >>> with_zeros(np.array([[[0.5, np.nan]]]))
    array([[[0.5, 0. ]]])
    """
    filled = np.empty(scores.shape)

    def work(part: Array, _: Array, made: Array) -> None:
        made[...] = zero_for_missing(part)

    _by_parts(work, scores, np.empty(scores.shape[:2]), filled)
    return filled


def _by_parts(work: Callable[[Array, Array, Values], None], scores: Array, weights: Array, made: Values) -> None:
    """Work on scores and weights of some units at a time, and on their place in what is made."""

    def of_block(b: slice) -> None:
        for part in parts(scores[0, 0, b].size if scores.size else 0):
            at = slice(b.start + part.start, b.start + part.stop)
            own = weights[:, :, at] if weights.ndim == 3 else weights[:, :, None]
            work(np.ascontiguousarray(scores[:, :, at]), own, made[:, :, at])

    spread(of_block, blocks(scores.shape[2]))
