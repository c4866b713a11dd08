"""From children's scores to their parents'."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from .arrays import Array
from .gaps import soon_missing, zero_for_missing
from .parallel import part_of

_ONE_THREAD = 250_000  # multiplications below which OpenBLAS stays in the thread that calls it (262,144)


def arithmetic(children: Sequence[tuple[Array, Array, Array]], *, min_available: float | Array) -> Array:
    """Weighted arithmetic means of the children that a unit has.

    Parameters
    ----------
    children : sequence of (scores, weights, belongs)
        Each with scores of shape (n_years, n_children, n_units) [0-1], NaN where missing; weights of shape
        (n_years, n_parents, n_children) [share of the parent], 0 for other parents' children; belongs of shape
        (n_parents, n_children), 1 for a parent's own children. All parts together are the parents' children.
    min_available : float, or array of shape (n_parents,) [share of a parent's children, 0-1]
        A unit that has less has no score there.

    Returns
    -------
    array, shape (n_years, n_parents, n_units) [0-1]
        NaN where a unit has too few children, or none that carries weight.

    Raises
    ------
    ValueError
        Where `min_available` is not within 0-1.

    References
    ----------
    OECD/JRC, Handbook on Constructing Composite Indicators, 2008, doi:10.1787/9789264043466-en, step 6.

    Examples
    --------
    >>> two = np.array([[[1.0], [0.5]]]), np.array([[[0.75, 0.25]]]), np.array([[1.0, 1.0]])
    >>> arithmetic([two], min_available=0.65)
    array([[[0.875]]])
    """
    among = isinstance(min_available, np.ndarray)
    if not (np.all((min_available >= 0) & (min_available <= 1)) if among else 0 <= min_available <= 1):
        raise ValueError(f"min_available: expected 0 to 1, found {min_available}")
    if any(soon_missing(scores, axis=2) for scores, _, _ in children):
        return _of_those_present(children, min_available)
    means = sum(_weighted(weights, scores) for scores, weights, _ in children)
    assert isinstance(means, np.ndarray)
    total = sum(weights.sum(axis=-1) for _, weights, _ in children)
    # Any missing child makes its parent's mean NaN; so does, wrongly, a missing child of another parent (0 x NaN).
    if not np.isnan(means).any():
        return means if np.all(total) else np.where(np.asarray(total)[..., None] > 0, means, np.nan)
    return _of_those_present(children, min_available)


def _weighted(weights: Array, scores: Array) -> Array:
    """Weighted sums over children, shape (n_years, n_parents, n_units).

    A matrix product only where it is small: for large ones that library starts threads of its own, which get into
    the way of ours and on a busy machine cost ten times what they save.
    """
    if weights.shape[-2] * weights.shape[-1] * scores.shape[-1] < _ONE_THREAD:
        product: Array = weights @ scores
        return product
    sums: Array = np.einsum("ypc,ycu->ypu", weights, scores)
    return sums


def _of_those_present(children: Sequence[tuple[Array, Array, Array]], min_available: float | Array) -> Array:
    """As `arithmetic`, with weights rescaled over the children present; some units at a time, whose temporaries stay
    in the fastest cache, and whose products in one thread: that takes less than half of the time.
    """
    # Of each parent, what its children weigh, then which are its own: one product gives weight and number there.
    both = [
        np.concatenate([weights, np.broadcast_to(belongs, weights.shape)], axis=1) for _, weights, belongs in children
    ]
    of = sum(belongs.sum(axis=-1) for _, _, belongs in children)
    # Shares such as 13/20 are not exact in binary: a hair's breadth below the limit still reaches it.
    least = ((min_available - 1e-12) * np.asarray(of))[:, None]
    most = max(max(one.shape[1] * one.shape[2] for one in both), 1)
    n_children = sum(one.shape[2] for one in both)
    step = min(part_of(n_children), max((_ONE_THREAD - 1) // most, 1))
    made = [
        _of_part([(scores[:, :, k : k + step], one) for (scores, *_), one in zip(children, both, strict=True)], least)
        for k in range(0, max(children[0][0].shape[2], 1), step)
    ]
    return made[0] if len(made) == 1 else np.concatenate(made, axis=2)


def _of_part(children: Sequence[tuple[Array, Array]], least: Array) -> Array:
    n_parents = len(least)
    value: Array | float = 0.0
    carried: Array | float = 0.0
    for scores, both in children:
        there = (~np.isnan(scores)).astype(np.float64)
        value = value + _weighted(both[:, :n_parents], zero_for_missing(scores))
        carried = carried + _weighted(both, there)
    weight, count = np.asarray(carried)[:, :n_parents], np.asarray(carried)[:, n_parents:]
    means: Array = value / np.where((count >= least) & (weight > 0), weight, np.nan)
    return means
