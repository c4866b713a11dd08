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
    in the cache.
    """
    # Of each parent, what its children weigh, then which are its own: one product gives weight and number there.
    both = [
        np.concatenate([weights, np.broadcast_to(belongs, weights.shape)], axis=1) for _, weights, belongs in children
    ]
    of = sum(belongs.sum(axis=-1) for _, _, belongs in children)
    # Shares such as 13/20 are not exact in binary: a hair's breadth below the limit still reaches it.
    least = ((min_available - 1e-12) * np.asarray(of))[:, None]
    n_years, _, n_units = children[0][0].shape
    step = part_of(sum(one.shape[2] for one in both))
    # Room is asked for once: fresh memory would take longer than the work.
    rooms = [(np.empty_like(scores[:, :, :step]), np.empty_like(scores[:, :, :step])) for scores, *_ in children]
    sums = np.empty((n_years, 3 * len(least), min(step, n_units)))
    means = np.empty((n_years, len(least), n_units))
    for start in range(0, n_units, step):
        part = slice(start, min(start + step, n_units))
        scores = [one[:, :, part] for one, *_ in children]
        _add_up(scores, both, rooms, out=sums[:, :, : part.stop - start])
        _divide(sums[:, :, : part.stop - start], least, out=means[:, :, part])
    return means


def _add_up(
    scores: Sequence[Array], both: Sequence[Array], rooms: Sequence[tuple[Array, Array]], *, out: Array
) -> None:
    """Of each parent the weighted sum of its children that are there, what these weigh, and how many they are."""
    n_parents = out.shape[1] // 3
    for k, (values, weights, room) in enumerate(zip(scores, both, rooms, strict=True)):
        there, filled = (each[:, :, : out.shape[2]] for each in room)
        into = out if k == 0 else np.empty_like(out)
        np.equal(values, values, out=there)
        _product(weights, there, out=into[:, n_parents:])
        _product(weights[:, :n_parents], zero_for_missing(values, out=filled, room=there), out=into[:, :n_parents])
        if k:
            out += into


def _divide(sums: Array, least: Array, *, out: Array) -> None:
    """Means from what was added up; no branch hangs on which are missing: it would be mispredicted."""
    n = len(least)
    value, weight, count = sums[:, :n], sums[:, n : 2 * n], sums[:, 2 * n :]
    enough = np.greater_equal(count, least, out=count)
    with np.errstate(invalid="ignore"):
        value *= enough
        weight *= enough
        np.divide(value, weight, out=out)  # 0 / 0 where too few are there, or nothing that carries weight


def _product(weights: Array, scores: Array, *, out: Array) -> None:
    """As `_weighted`, in matrix products of one thread each."""
    step = max((_ONE_THREAD - 1) // max(weights.shape[1] * weights.shape[2], 1), 1)
    if scores.shape[2] <= step:
        np.matmul(weights, scores, out=out)
        return
    times = scores.shape[2] // step
    whole = times * step
    some, into = (each[:, :, :whole].reshape(*each.shape[:2], times, step).swapaxes(1, 2) for each in (scores, out))
    np.matmul(weights[:, None], some, out=into)
    if whole < scores.shape[2]:
        np.matmul(weights, scores[:, :, whole:], out=out[:, :, whole:])
