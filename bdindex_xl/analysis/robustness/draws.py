"""The random part of a robustness analysis: which alternatives, weights and noise a draw has. Computes no index.

Every source has streams of its own, and a perturbation of weights or a set of noise has a number from which alone it
follows. Hence a source that is made certain leaves the draws of the others as they were, and draws may be computed in
any order and grouping.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from ...core import random_weights
from ...core.arrays import Array, Index
from ...core.random_weights import BLOCK, stream, uniforms
from ...engine.stages import stages
from ...model.framework import Framework
from .uncertain import DISCRETE, Source, Uncertainty

# First part of the number of a stream.
_STREAMS = {source: k for k, source in enumerate(Source)}
_NOUGHT = 1e-300  # weights below have lost digits: means by them alone would be of rounding


class Points(NamedTuple):
    """Draws, each a number: shape (n,) each.

    combination: place among all combinations of alternatives, the last source running fastest. perturbation: number of
    its perturbation of the weights. noise: number of its noise.
    """

    combination: Index
    perturbation: Index
    noise: Index

    def part(self, rows: Index | slice) -> Points:
        """Some of them."""
        return Points(*(of[rows] for of in self))


def block(number: int, n: int, sizes: dict[Source, int], *, seed: int) -> Points:
    """The first `n` of the 1,024 draws of a block, in which all sources vary at once.

    `sizes` has the number of alternatives of each choice.
    """
    cuts = {}
    for source, size in sizes.items():
        cuts[source] = uniforms(stream(seed, _STREAMS[source], number), n) if size > 1 else np.zeros(n)
    numbers = np.arange(n, dtype=np.intp) + number * BLOCK
    return Points(combinations(cuts, sizes), numbers, numbers)


def combinations(cuts: dict[Source, Array], sizes: dict[Source, int]) -> Index:
    """Places among all combinations, from a uniform number a source that is cut into equal parts."""
    at = np.zeros(1, dtype=np.intp)
    for source in DISCRETE:
        at = at * sizes[source] + (cuts[source] * sizes[source]).astype(np.intp)
    return at


class Perturbations:
    """Weights around those of a combination; each follows from its number.

    Shapes are of the framework's nodes in joint order, indicators first.
    """

    def __init__(self, framework: Framework, uncertainty: Uncertainty, *, seed: int) -> None:
        n_joint = len(framework.joint_codes)
        self._uncertainty, self._seed = uncertainty, seed
        self._siblings: list[Index] = []
        self._parent = np.full(n_joint, -1)
        for stage in stages(framework):
            for owner in range(len(stage.parents)):
                children = stage.children[stage.families.owner == owner]
                self._parent[children] = len(self._siblings)
                self._siblings.append(children)

    def of(self, weights: Array, numbers: Index, *, combination: int) -> Array:
        """Perturbed weights, shape (n, n_nodes) [share of the parent]; one row, as they are, where they are certain.

        Parameters
        ----------
        weights : array, shape (n_nodes,) [share of the parent]
            Those of the combination.
        numbers : array of int, shape (n,)
        combination : int
            Its place; Dirichlet weights of two combinations are drawn apart, having different means.
        """
        if Source.WEIGHTS not in self._uncertainty.sources:
            return weights[np.newaxis]
        found = np.ones((len(numbers), weights.size))
        for number in np.unique(numbers // BLOCK):
            rows = np.flatnonzero(numbers // BLOCK == number)
            if self._uncertainty.concentration is None:
                found[rows] = self._relative(weights, int(number), numbers[rows] % BLOCK)
            else:
                found[rows] = self._dirichlet(weights, int(number), combination)[numbers[rows] % BLOCK]
        return found

    def _relative(self, weights: Array, number: int, rows: Index) -> Array:
        drawn = uniforms(stream(self._seed, _STREAMS[Source.WEIGHTS], number), BLOCK, weights.size)[rows]
        found = np.tile(weights, (len(rows), 1))
        used = np.flatnonzero(self._used(weights))
        if used.size:
            found[:, used] = random_weights.relative(
                weights[used], self._parent[used], spread=self._uncertainty.spread, uniforms=drawn[:, used]
            )
        return found

    def _dirichlet(self, weights: Array, number: int, combination: int) -> Array:
        assert self._uncertainty.concentration is not None
        found = np.tile(weights, (BLOCK, 1))
        used = self._used(weights)
        for k, children in enumerate(self._siblings):
            if used[children[0]] and children.size > 1:
                rng = stream(self._seed, _STREAMS[Source.WEIGHTS], number, combination, k)
                own = weights[children] / weights[children].sum()
                found[:, children] = random_weights.dirichlet(
                    own, concentration=self._uncertainty.concentration, rng=rng, n=BLOCK
                )
        found[found < _NOUGHT] = 0.0
        return found

    def _used(self, weights: Array) -> npt.NDArray[np.bool_]:
        """Nodes whose parent has a child with weight; a parent of which no child has a value gives none."""
        used = np.zeros(weights.size, dtype=np.bool_)
        for children in self._siblings:
            used[children] = weights[children].any()
        return used


def noise(numbers: Index, *shape: int, seed: int) -> Array:
    """Standard normal noise, shape (n, *shape); each set follows from its number."""
    size = int(np.prod(shape))
    found = np.empty((len(numbers), size))
    for row, number in zip(found, numbers, strict=True):
        row[:] = normals(stream(seed, _STREAMS[Source.NOISE], int(number)), size)
    return found.reshape(len(numbers), *shape)


def normals(rng: np.random.Generator, n: int) -> Array:
    """Standard normal numbers by the polar method: points of the unit disc, stretched.

    What is refused hinges on multiplication and comparison alone, so that the last bit of the logarithm, in which
    machines may differ, moves a number by a hair and never those after it.

    Parameters
    ----------
    rng : numpy.random.Generator
        On PCG64.
    n : int

    Returns
    -------
    array, shape (n,)

    Raises
    ------
    ValueError
        Where the generator is not PCG64.

    References
    ----------
    Marsaglia, Bray, A convenient method for generating normal variables, SIAM Review 6(3), 1964, 260-264,
    doi:10.1137/1006063.

    Examples
    --------
    >>> found = normals(stream(1), 100_000)
    >>> round(abs(float(found.mean())), 2), round(float(found.std()), 2)
    (0.0, 1.0)
    """
    parts: list[Array] = []
    missing = n
    while missing > 0:
        # Some 79 of 100 points lie in the disc, and each gives two numbers.
        points = 2.0 * uniforms(rng, missing * 2 // 3 + 8, 2) - 1.0
        square = points[:, 0] * points[:, 0] + points[:, 1] * points[:, 1]
        taken = (square > 0.0) & (square < 1.0)
        square = square[taken]
        parts.append((points[taken] * np.sqrt(-2.0 * np.log(square) / square)[:, np.newaxis]).ravel())
        missing -= parts[-1].size
    return np.concatenate([*parts, np.empty(0)])[:n]
