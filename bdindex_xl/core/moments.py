"""Means, standard deviations and correlations of children over units, block by block; no weights."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from itertools import chain, pairwise
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from .arrays import Array
from .gaps import any_missing, number_missing, sums_over_units, zero_for_missing
from .parallel import blocks, parts, spread
from .weight import Families

# Scores come from divisions: of one value repeated, what is left of a deviation is rounding.
ROUNDING = 1e-12

_ONE_THREAD = 200_000  # multiplications below which OpenBLAS stays in the thread that calls it (262,144)


class Moments(NamedTuple):
    """How children's scores lie over the units that have a value.

    counts : array, shape (n_years, n_children), number of units with a value.
    means : array, shape (n_years, n_children) [as the scores], 0 for a child without any value.
    deviations : array, shape (n_years, n_children) [as the scores], standard deviations with divisor n; exactly 0 for
        a child without any value, or whose values differ by rounding only.
    """

    counts: Array
    means: Array
    deviations: Array


def by_units(scores: Array, families: Families, *, axis: int) -> Array:
    """A view of the scores with units on axis 1 and children on axis 2.

    Parameters
    ----------
    scores : array, shape (n_years, n_units, n_children) or (n_years, n_children, n_units) [0-1]
    families : Families
    axis : int
        The axis of units, 1 or 2.

    Returns
    -------
    array, shape (n_years, n_units, n_children) [0-1]

    Raises
    ------
    ValueError
        Where the axis is neither 1 nor 2, or the scores are not of that shape.

    Examples
    --------
    >>> by_units(np.zeros((1, 2, 5)), Families.of_sizes([2]), axis=2).shape
    (1, 5, 2)
    """
    if axis not in (1, 2):
        raise ValueError(f"axis: expected 1 or 2, found {axis}")
    if scores.ndim != 3 or scores.shape[3 - axis] != families.owner.size:
        raise ValueError(
            f"scores: expected 3 axes and {families.owner.size} children on axis {3 - axis}, found shape {scores.shape}"
        )
    return scores if axis == 1 else scores.swapaxes(1, 2)


def moments(units: Array) -> Moments:
    """Counts, means and standard deviations over units.

    Parameters
    ----------
    units : array, shape (n_years, n_units, n_children) [0-1, or any measure]
        NaN is missing and left out.

    Returns
    -------
    Moments

    Raises
    ------
    ValueError
        Where a value is infinite.

    References
    ----------
    Chan, Golub & LeVeque, Algorithms for computing the sample variance, The American Statistician 37(3), 1983,
    242-247, doi:10.1080/00031305.1983.10483115 (how the parts of blocks add up).

    Examples
    --------
    >>> moments(np.array([[[1.0], [3.0], [np.nan]]]))
    Moments(counts=array([[2.]]), means=array([[2.]]), deviations=array([[1.]]))
    """
    found = spread(lambda block: _of_block(units[:, block]), blocks(units.shape[1]))
    counts, means, squares = (np.stack(kind) for kind in zip(*chain.from_iterable(found), strict=True))
    total = counts.sum(axis=0)
    some = np.maximum(total, 1.0)
    with np.errstate(invalid="ignore"):
        mean = (counts * means).sum(axis=0) / some
    if not np.isfinite(mean).all():
        raise ValueError("scores: expected finite values, found an infinite one")
    variance = (squares + counts * (means - mean) ** 2).sum(axis=0) / some
    deviation = np.sqrt(np.maximum(variance, 0.0))
    return Moments(total, mean, np.where(deviation > ROUNDING * np.abs(mean), deviation, 0.0))


def filled(block: Array, sums: Array) -> tuple[Array, Array, Array, npt.NDArray[np.bool_] | None]:
    """A block with 0 for missing values, with its counts, sums and, where any value is missing, which.

    Parameters
    ----------
    block : array, shape (n_years, n_units, n_children) [0-1, or any measure]
    sums : array, shape (n_years, n_children) [as the block]
        NaN where a value is missing.

    Returns
    -------
    block, counts, sums, missing

    Examples
    --------
    >>> filled(np.array([[[0.5], [np.nan]]]), np.array([[np.nan]]))[1:3]
    (array([[1.]]), array([[0.5]]))
    """
    counts = np.full(sums.shape, float(block.shape[1]))
    if not np.isnan(sums).any():
        return block, counts, sums, None
    missing = np.isnan(block)
    block = np.where(missing, 0.0, block)
    return block, counts - number_missing(missing, axis=1), block.sum(axis=1), missing


def _of_block(block: Array) -> list[tuple[Array, Array, Array]]:
    """Counts, means and sums of squared deviations from them, shape (n_years, n_children) each, of each of its parts:
    of the whole where nothing is missing.
    """
    if any_missing(block):
        every = parts(block.shape[1])
        rooms = _rooms(2, block, every)
        return [_of_part(block[:, part], rooms[:, :, : part.stop - part.start]) for part in every]
    with np.errstate(invalid="ignore"):
        means = block.sum(axis=1) / max(block.shape[1], 1)
        deviations = block - means[:, None]
        squares = np.einsum("yuc,yuc->yc", deviations, deviations)
    return [(np.full(means.shape, float(block.shape[1])), means, squares)]


def _rooms(number: int, block: Array, every: list[slice]) -> Array:
    """Room for so many temporaries of a part, asked for once: fresh memory takes as long as the work."""
    return np.empty((number, len(block), every[0].stop, block.shape[2]))


def _of_part(part: Array, rooms: Array) -> tuple[Array, Array, Array]:
    room, further = rooms
    counts = part.shape[1] - number_missing(np.isnan(part), axis=1).astype(np.float64)
    with np.errstate(invalid="ignore"):
        means = sums_over_units(zero_for_missing(part, out=room, room=further)) / np.maximum(counts, 1.0)
        squares = np.subtract(part, means[:, None], out=room)
        squares *= squares
    np.fmax(squares, 0.0, out=squares)  # 0 for what is missing
    return counts, means, sums_over_units(squares)


class _Products(NamedTuple):
    """Sums over the units that two children of a family have in common, shape (n_years, n_siblings, n_siblings) each.

    Entry (j, k) is of child j's deviation where child k has a value too.
    """

    counts: Array
    sums: Array
    squares: Array
    crossed: Array


def correlations(units: Array, families: Families, means: Array) -> list[Array]:
    """Pearson correlations between siblings, each pair over the units that have a value in both.

    Parameters
    ----------
    units : array, shape (n_years, n_units, n_children) [0-1, or any measure]
        NaN is missing.
    families : Families
    means : array, shape (n_years, n_children) [as the units]
        From `moments`.

    Returns
    -------
    list of arrays, shape (n_years, n_siblings, n_siblings) each [-1 to 1]
        One a parent. 1 on the diagonal; 0 for a pair that has fewer than two units in common, or of which one does
        not vary over those; exactly 1 or -1 where it is so but for rounding.

    Examples
    --------
    >>> units = np.array([[[0.0, 1.0], [1.0, 0.5], [0.5, np.nan]]])
    >>> correlations(units, Families.of_sizes([2]), moments(units).means)
    [array([[[ 1., -1.],
            [-1.,  1.]]])]
    """
    edges = [*families.starts, families.owner.size]
    own = [slice(start, end) for start, end in pairwise(edges)]
    found = spread(lambda block: _products_of_block(units[:, block], own, means), blocks(units.shape[1]))
    return [_correlation(_sum(family)) for family in zip(*found, strict=True)]


def _sum(parts: Sequence[_Products]) -> _Products:
    return _Products(*(np.sum(kind, axis=0) for kind in zip(*parts, strict=True)))


def _products_of_block(block: Array, own: list[slice], means: Array) -> list[_Products]:
    if any_missing(block):
        every = parts(block.shape[1])
        rooms = _rooms(3, block, every)
        found = [_products_of_part(block[:, p], own, means, rooms[:, :, : p.stop - p.start]) for p in every]
        return [_sum(family) for family in zip(*found, strict=True)]
    deviations = block - means[:, None]
    off = deviations.sum(axis=1)
    return [_complete(deviations[..., family], off[:, family]) for family in own]


def _products_of_part(part: Array, own: list[slice], means: Array, rooms: Array) -> list[_Products]:
    deviations, present, room = rooms
    np.equal(part, part, out=present)
    np.subtract(part, means[:, None], out=room)
    zero_for_missing(room, out=deviations, room=room)
    return [_pairwise(deviations[..., family], present[..., family], room[..., family]) for family in own]


def _complete(deviations: Array, off: Array) -> _Products:
    crossed = _product(deviations, deviations)
    alike = partial(np.broadcast_to, shape=crossed.shape)
    squares = alike(np.diagonal(crossed, axis1=1, axis2=2)[:, :, None])
    return _Products(alike(np.array(float(deviations.shape[1]))), alike(off[:, :, None]), squares, crossed)


def _pairwise(deviations: Array, present: Array, room: Array) -> _Products:
    """Products over the units that both have; `room` is written over.

    Of something with itself, a matrix product of two copies takes two thirds of the time of one that sees it.
    """
    np.copyto(room, present)
    counts = _product(present, room)
    np.copyto(room, deviations)
    crossed = _product(deviations, room)
    room *= deviations
    return _Products(counts, _product(deviations, present), _product(room, present), crossed)


def _product(left: Array, right: Array) -> Array:
    """Sums over units of products, shape (n_years, n_siblings, n_siblings), in matrix products of one thread each."""
    n_years, n_units, n = left.shape
    step = max(1, _ONE_THREAD // (n * n))
    times = n_units // step
    whole = times * step
    stacks = [side[:, :whole].reshape(n_years, times, step, n) for side in (left, right)]
    product: Array = (stacks[0].swapaxes(2, 3) @ stacks[1]).sum(axis=1)
    return product + left[:, whole:].swapaxes(1, 2) @ right[:, whole:]


def _correlation(products: _Products) -> Array:
    counts, sums, squares, crossed = products
    some = np.maximum(counts, 1.0)
    variation = squares - sums * sums / some
    varies = variation > ROUNDING * squares  # never so with fewer than two units
    varies &= varies.swapaxes(1, 2)
    # Square roots one by one: the product of two small variations may fall below the smallest number.
    root = np.sqrt(np.where(varies, variation, 1.0))
    found = (crossed - sums * sums.swapaxes(1, 2) / some) / (root * root.swapaxes(1, 2))
    found = np.where(varies, np.clip(found, -1.0, 1.0), 0.0)
    found = np.where(np.abs(found) > 1.0 - ROUNDING, np.sign(found), found)
    diagonal = np.arange(found.shape[-1])
    found[:, diagonal, diagonal] = 1.0
    return found
