"""Variance-based sensitivity: how much of the variance of an output each input accounts for, alone and in all."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from .arrays import Array
from .random_weights import uniforms

Words = npt.NDArray[np.uint64]

_BITS = 32  # of a point of the sequence
_STILL = 1e-12  # of the greatest value: outputs that vary by no more than rounding
_AT_ONCE = 1 << 22  # estimates of resamples held at a time

# Sobol' sequence: for each dimension after the first, the inner coefficients of its primitive polynomial as a number,
# then the first direction numbers, as many as its degree (Joe and Kuo 2008, set D(6), dimensions 2 to 53).
_DIRECTIONS = """
0:1 1:1,3 1:1,3,1 2:1,1,1 1:1,1,3,3 4:1,3,5,13 2:1,1,5,5,17 4:1,1,5,5,5 7:1,1,7,11,19 11:1,1,5,1,1 13:1,1,1,3,11
14:1,3,5,5,31 1:1,3,3,9,7,49 13:1,1,1,15,21,21 16:1,3,1,13,27,49 19:1,1,1,15,7,5 22:1,3,1,15,13,25
25:1,1,5,5,19,61 1:1,3,7,11,23,15,103 4:1,3,7,13,13,15,69 7:1,1,3,13,7,35,63 8:1,3,5,9,1,25,53
14:1,3,1,13,9,35,107 19:1,3,1,5,27,61,31 21:1,1,5,11,19,41,61 28:1,3,5,3,3,13,69 31:1,1,7,13,1,19,1
32:1,3,7,5,13,19,59 37:1,1,3,9,25,29,41 41:1,3,5,13,23,1,55 42:1,3,7,3,13,59,17 50:1,3,1,3,5,53,69
55:1,1,5,5,23,33,13 56:1,1,7,7,1,61,123 59:1,1,7,9,13,61,49 62:1,3,3,5,3,55,33 14:1,3,1,15,31,13,49,245
21:1,3,5,15,31,59,63,97 22:1,3,1,11,11,11,77,249 38:1,3,1,11,27,43,71,9 47:1,1,7,15,21,11,81,45
49:1,3,7,3,25,31,65,79 50:1,3,1,1,19,11,3,205 52:1,1,5,9,19,21,29,157 56:1,3,7,11,1,33,89,185
67:1,3,3,3,15,9,79,71 70:1,3,7,11,15,39,119,27 84:1,1,3,1,11,31,97,225 97:1,1,1,3,23,43,57,177
103:1,3,7,7,17,17,37,71 115:1,3,1,5,27,63,123,213 122:1,1,3,5,11,43,53,133
"""

DIMENSIONS = 53


def design(n: int, d: int, rng: np.random.Generator) -> tuple[Array, Array, Array]:
    """Points at which to evaluate a function of `d` inputs: n (d + 2) in all.

    The two base samples are the halves of a Sobol' sequence of 2 d dimensions, shifted at random bit by bit. Beyond its
    53 dimensions, that is 26 inputs, they are two Latin hypercubes.

    Parameters
    ----------
    n : int
        Points of a base sample; a power of two fills the space most evenly.
    d : int
        Inputs.
    rng : numpy.random.Generator
        On PCG64.

    Returns
    -------
    a, b : arrays, shape (n, d) [0-1)
        Base samples.
    ab : array, shape (d, n, d) [0-1)
        For each input, `a` with the column of that input from `b`.

    Raises
    ------
    ValueError
        Where `n` or `d` is less than 1.

    References
    ----------
    Saltelli et al., Variance based sensitivity analysis of model output, Computer Physics Communications 181(2), 2010,
    259-270, doi:10.1016/j.cpc.2009.09.018; Joe, Kuo, Constructing Sobol sequences with better two-dimensional
    projections, SIAM Journal on Scientific Computing 30(5), 2008, 2635-2654, doi:10.1137/070709359; Owen, Monte Carlo
    extension of quasi-Monte Carlo, Winter Simulation Conference 1998, 571-577, doi:10.1109/WSC.1998.745036, for the
    shift.

    Examples
    --------
    >>> a, b, ab = design(8, 3, np.random.default_rng(1))
    >>> bool((ab[1][:, 1] == b[:, 1]).all() and (ab[1][:, [0, 2]] == a[:, [0, 2]]).all())
    True
    """
    for name, value in (("n", n), ("d", d)):
        if value < 1:
            raise ValueError(f"{name}: expected at least 1, found {value}")
    if 2 * d <= DIMENSIONS:
        shift = (uniforms(rng, 2 * d) * 2.0**_BITS).astype(np.uint64)
        both = (sequence(n, 2 * d) ^ shift).astype(np.float64) * 2.0**-_BITS
    else:
        cells = np.argsort(uniforms(rng, n, 2 * d), axis=0, kind="stable")
        both = (cells + uniforms(rng, n, 2 * d)) / n
    a, b = both[:, :d].copy(), both[:, d:].copy()
    ab = np.repeat(a[np.newaxis], d, axis=0)
    ab[np.arange(d), :, np.arange(d)] = b.T
    return a, b, ab


def sequence(n: int, dimensions: int) -> Words:
    """The first points of the Sobol' sequence, in their natural order.

    Parameters
    ----------
    n : int
        Points, at most 2^32.
    dimensions : int
        From 1 to 53.

    Returns
    -------
    array of int, shape (n, dimensions)
        Coordinates times 2^32.

    Raises
    ------
    ValueError
        Where there are more points or dimensions.

    References
    ----------
    Bratley, Fox, Algorithm 659: implementing Sobol's quasirandom sequence generator, ACM Transactions on Mathematical
    Software 14(1), 1988, 88-100, doi:10.1145/42288.214372; Joe, Kuo, as for `design`.

    Examples
    --------
    >>> (sequence(4, 2) / 2**32).tolist()
    [[0.0, 0.0], [0.5, 0.5], [0.25, 0.75], [0.75, 0.25]]
    """
    for name, value, most in (("n", n, 1 << _BITS), ("dimensions", dimensions, DIMENSIONS)):
        if not 1 <= value <= most:
            raise ValueError(f"{name}: expected 1 to {most}, found {value}")
    directions = np.array([_directions(k) for k in range(dimensions)], dtype=np.uint64)
    points, numbers = np.zeros((n, dimensions), dtype=np.uint64), np.arange(n)
    for bit in range((n - 1).bit_length()):
        points[(numbers >> bit) & 1 == 1] ^= directions[:, bit]
    return points


def indices(f_a: Array, f_b: Array, f_ab: Array) -> tuple[Array, Array]:
    """First-order and total indices of each input.

    Parameters
    ----------
    f_a, f_b : arrays, shape (n,) or (n, n_outputs) [any measure]
        Outputs at the points of the base samples.
    f_ab : array, shape (d, n) or (d, n, n_outputs)
        Outputs at the mixed points.

    Returns
    -------
    first, total : arrays, shape (d,) or (d, n_outputs) [share of the variance]
        Estimates: they may lie a little outside 0 to 1. All are 0 for an output that does not vary, to rounding.

    Raises
    ------
    ValueError
        Where shapes differ or an output is not finite.

    References
    ----------
    First order: Saltelli et al. 2010, as for `design`, table 2 (b), with the outputs centred. Total: Jansen, Analysis
    of variance designs for model output, Computer Physics Communications 117, 1999, 35-43,
    doi:10.1016/S0010-4655(98)00154-4; table 2 (f) there.

    Examples
    --------
    >>> a, b, ab = design(1024, 2, np.random.default_rng(1))
    >>> first, total = indices(a @ [1.0, 2.0], b @ [1.0, 2.0], ab @ [1.0, 2.0])
    >>> first.round(2), total.round(2)
    (array([0.2, 0.8]), array([0.2, 0.8]))
    """
    outputs = _Outputs(f_a, f_b, f_ab)
    first, total = outputs.estimates(np.ones((1, len(f_a))), slice(None))
    return first[0].reshape(outputs.shape), total[0].reshape(outputs.shape)


def bootstrap(
    f_a: Array, f_b: Array, f_ab: Array, *, rng: np.random.Generator, resamples: int = 1000, level: float = 0.9
) -> tuple[Array, Array]:
    """Percentile intervals of the indices, from base points drawn anew with replacement.

    Points of a Sobol' sequence are spread more evenly than resampling knows: intervals are then wider than need be.
    Memory for the resamples is 8 n resamples bytes.

    Parameters
    ----------
    f_a, f_b, f_ab : arrays
        As for `indices`.
    rng : numpy.random.Generator
        On PCG64.
    resamples : int
    level : float (0-1)
        Share of the resamples between the ends; 0.9 is from 5 to 95 %.

    Returns
    -------
    first, total : arrays, shape (2, d) or (2, d, n_outputs)
        Lower and upper ends. Of zero width at 0 for an output that does not vary.

    Raises
    ------
    ValueError
        As for `indices`, and where there is no resample or the level is not between 0 and 1.

    References
    ----------
    Archer, Saltelli, Sobol, Sensitivity measures, ANOVA-like techniques and the use of bootstrap, Journal of
    Statistical Computation and Simulation 58(2), 1997, 99-120, doi:10.1080/00949659708811825.

    Examples
    --------
    >>> a, b, ab = design(256, 2, np.random.default_rng(1))
    >>> first, total = bootstrap(a[:, 0], b[:, 0], ab[:, :, 0], rng=np.random.default_rng(2))
    >>> bool(first[0, 0] <= 1 <= first[1, 0]), total[:, 1].tolist()
    (True, [0.0, 0.0])
    """
    if resamples < 1:
        raise ValueError(f"resamples: expected at least 1, found {resamples}")
    if not 0.0 < level < 1.0:
        raise ValueError(f"level: expected between 0 and 1, found {level}")
    outputs = _Outputs(f_a, f_b, f_ab)
    n, d, n_outputs = len(f_a), len(f_ab), outputs.n_outputs
    points = (uniforms(rng, resamples, n) * n).astype(np.int64) + n * np.arange(resamples)[:, np.newaxis]
    counts = np.bincount(points.ravel(), minlength=resamples * n).reshape(resamples, n).astype(np.float64)
    ends = np.empty((2, 2, d, n_outputs))
    step = max(1, _AT_ONCE // (resamples * d))
    for start in range(0, n_outputs, step):
        some = slice(start, start + step)
        for k, estimates in enumerate(outputs.estimates(counts, some)):
            ends[k, :, :, some] = np.quantile(estimates, [(1 - level) / 2, (1 + level) / 2], axis=0)
    first, total = ends.reshape(2, 2, *outputs.shape)
    return first, total


def _directions(dimension: int) -> list[int]:
    """Direction numbers of a dimension, from 0, each a fraction of 2^32."""
    if dimension == 0:
        return [1 << (_BITS - 1 - k) for k in range(_BITS)]
    coefficients, given = _DIRECTIONS.split()[dimension - 1].split(":")
    polynomial, numbers = int(coefficients), [int(number) for number in given.split(",")]
    degree = len(numbers)
    found = [number << (_BITS - 1 - k) for k, number in enumerate(numbers)]
    for k in range(degree, _BITS):
        new = found[k - degree] ^ (found[k - degree] >> degree)
        for j in range(1, degree):
            if polynomial >> (degree - 1 - j) & 1:
                new ^= found[k - j]
        found.append(new)
    return found


class _Outputs:
    """Outputs with an axis of outputs, centred."""

    def __init__(self, f_a: Array, f_b: Array, f_ab: Array) -> None:
        if f_a.ndim not in (1, 2) or not f_a.size:
            raise ValueError(f"f_a: expected shape (n,) or (n, n_outputs), found {f_a.shape}")
        if f_b.shape != f_a.shape:
            raise ValueError(f"f_b: expected shape {f_a.shape}, found {f_b.shape}")
        if f_ab.shape[1:] != f_a.shape or not f_ab.size:
            raise ValueError(f"f_ab: expected shape (d, {', '.join(map(str, f_a.shape))}), found {f_ab.shape}")
        self.shape = (len(f_ab), *f_a.shape[1:])
        base = np.stack([f_a, f_b]).reshape(2, len(f_a), -1)
        self.n_outputs = base.shape[2]
        mixed = f_ab.reshape(len(f_ab), len(f_a), -1)
        if not (np.isfinite(base).all() and np.isfinite(mixed).all()):
            raise ValueError("outputs: expected finite numbers, found another")
        still = np.ptp(base, axis=(0, 1)) <= _STILL * np.abs(base).max(axis=(0, 1))
        middle = base.mean(axis=(0, 1))
        self._a, self._b = base - middle
        self._ab = mixed - middle
        self._least = np.where(still, np.inf, _STILL * (base - middle).var(axis=(0, 1)))

    def estimates(self, counts: Array, some: slice) -> tuple[Array, Array]:
        """First and total indices, shape (n_resamples, d, n_outputs), with base points taken `counts` times."""
        a, b, n = self._a[:, some], self._b[:, some], len(self._a)
        mean = counts @ (a + b) / (2 * n)
        variance = counts @ (a * a + b * b) / (2 * n) - mean * mean
        varies = variance > self._least[some]
        share = np.where(varies, 1.0 / (n * np.where(varies, variance, 1.0)), 0.0)
        first = np.empty((len(counts), len(self._ab), a.shape[1]))
        total = np.empty_like(first)
        for k, mixed in enumerate(self._ab):
            change = mixed[:, some] - a
            first[:, k] = (counts @ (b * change) - mean * (counts @ change)) * share
            total[:, k] = (counts @ (change * change)) * (share / 2)
        return first, total
