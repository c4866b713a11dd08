"""Random weights: the same numbers from the same seed on every machine, whatever the number of threads.

What that rests on: uniforms are the upper 53 bits of PCG64's integers, a stream that numpy promises to keep; block k of
the draws has a stream of its own, spawned from the seed by its number; and everything after that is addition,
multiplication, division and comparison, in an order written here, which IEEE 754 settles to the last bit. numpy's own
distributions may change their streams, and logarithms and exponentials differ between libraries in their last bit; a
rejected variate would shift all that follow. Hence the two written out at the end.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from .arrays import Array

BLOCK = 1024  # draws from one stream
_TOLERANCE = 1e-9  # of sums of weights, to 1
_LN2 = 0.6931471805599453


def stream(seed: int, *number: int) -> np.random.Generator:
    """The generator that ``SeedSequence.spawn`` would give the child of that number, without spawning those before it.

    >>> child = np.random.SeedSequence(1).spawn(3)[2]
    >>> bool(np.random.Generator(np.random.PCG64(child)).random() == stream(1, 2).random())
    True
    """
    return np.random.Generator(np.random.PCG64(np.random.SeedSequence(seed, spawn_key=number)))


def uniforms(rng: np.random.Generator, *shape: int) -> Array:
    """Uniform numbers in [0, 1), multiples of 2^-53.

    Parameters
    ----------
    rng : numpy.random.Generator
        Its bit generator must give 64 bits a time, as PCG64 does.
    *shape : int
        Shape of the result.

    Returns
    -------
    array of float, that shape [0-1]

    Raises
    ------
    ValueError
        Where the generator is not PCG64.

    Examples
    --------
    >>> uniforms(stream(0), 2, 3).shape
    (2, 3)
    """
    bits = rng.bit_generator
    if not isinstance(bits, np.random.PCG64):
        raise ValueError(f"rng: expected a Generator on PCG64, found {type(bits).__name__}")
    return (bits.random_raw(shape) >> np.uint64(11)).astype(np.float64) * 2.0**-53


def relative(weights: Array, families: npt.ArrayLike | None = None, *, spread: float, uniforms: Array) -> Array:
    """Each weight times a factor uniform in 1 ± spread, rescaled to sum to one within its family.

    Parameters
    ----------
    weights : array, shape (n_indicators,) [any measure]
    families : array, shape (n_indicators,), optional
        Children of one parent have the same label. All are one family without it.
    spread : float [0-1)
        0.25 draws between three and five quarters of the weight.
    uniforms : array, shape (..., n_indicators) [0-1)

    Returns
    -------
    array, shape (..., n_indicators) [0-1]

    Raises
    ------
    ValueError
        Where the spread is outside [0, 1), a weight negative, a family without weight, or a shape differs.

    References
    ----------
    Saisana, Saltelli, Tarantola, Uncertainty and sensitivity analysis techniques as tools for the quality assessment of
    composite indicators, Journal of the Royal Statistical Society A 168(2), 2005, 307-323,
    doi:10.1111/j.1467-985X.2005.00350.x, where weights are drawn around those given.

    Examples
    --------
    >>> relative(np.array([0.5, 0.5, 1.0]), [0, 0, 1], spread=0.2, uniforms=np.array([[0.0, 0.75, 0.1]]))
    array([[0.42105263, 0.57894737, 1.        ]])
    """
    if not 0.0 <= spread < 1.0:
        raise ValueError(f"spread: expected at least 0 and less than 1, found {spread}")
    _check_weights(weights)
    if uniforms.shape[-1:] != weights.shape:
        raise ValueError(f"uniforms: expected {weights.size} in the last axis, found shape {uniforms.shape}")
    labels = np.zeros(weights.size) if families is None else np.asarray(families)
    if labels.shape != weights.shape:
        raise ValueError(f"families: expected shape {weights.shape}, found {labels.shape}")
    drawn = weights * (1.0 + spread * (2.0 * uniforms - 1.0))
    for label in np.unique(labels):
        members = np.flatnonzero(labels == label)
        if not weights[members].any():
            raise ValueError(f"weights: expected some weight in family {label}, found none")
        drawn[..., members] /= _total(drawn[..., members])
    return drawn


def dirichlet(weights: Array, *, concentration: float, rng: np.random.Generator, n: int) -> Array:
    """Weights of a Dirichlet distribution with the given ones as its mean.

    The variance of weight w is w (1 - w) / (concentration + 1). A weight of zero stays zero.

    Parameters
    ----------
    weights : array, shape (n_indicators,) [0-1]
        They sum to one.
    concentration : float
        More than 0; the number of indicators, with equal weights, is uniform on the simplex.
    rng : numpy.random.Generator
        On PCG64.
    n : int
        Draws.

    Returns
    -------
    array, shape (n, n_indicators) [0-1]

    Raises
    ------
    ValueError
        Where a weight is negative, the weights do not sum to one, or the concentration is not a positive number.

    References
    ----------
    Devroye, Non-uniform random variate generation, Springer 1986, doi:10.1007/978-1-4613-8643-8: XI.4.1 (normalised
    gamma variates) and IX.3.5 (gamma variates with less than one degree
    of freedom from those with one more).

    Examples
    --------
    >>> dirichlet(np.array([0.5, 0.3, 0.2]), concentration=50.0, rng=stream(1), n=20_000).mean(axis=0).round(2)
    array([0.5, 0.3, 0.2])
    """
    _check_weights(weights)
    if abs(float(weights.sum()) - 1.0) > _TOLERANCE:
        raise ValueError(f"weights: expected a sum of 1, found {float(weights.sum())}")
    if not 0.0 < concentration < np.inf:
        raise ValueError(f"concentration: expected a positive number, found {concentration}")
    drawn = np.zeros((n, weights.size))
    used = np.flatnonzero(weights)
    shape = np.broadcast_to(concentration * weights[used], (n, used.size))
    # Of small shapes all may be too small for floating point; logarithms are not, and one of their weights is 1.
    logs = _log(_gamma_above_one(shape, rng)) + _log(1.0 - uniforms(rng, n, used.size)) / shape
    gammas = _exp(logs - logs.max(axis=-1, keepdims=True))
    drawn[:, used] = gammas / _total(gammas)
    return drawn


def _check_weights(weights: Array) -> None:
    if weights.ndim != 1 or not weights.size:
        raise ValueError(f"weights: expected shape (n_indicators,), found {weights.shape}")
    if not (np.isfinite(weights).all() and (weights >= 0.0).all()):
        raise ValueError("weights: expected finite numbers of at least 0, found another")


def _total(values: Array) -> Array:
    """Sum over the last axis, from first to last, kept as an axis."""
    total = np.zeros((*values.shape[:-1], 1))
    for k in range(values.shape[-1]):
        total += values[..., k : k + 1]
    return total


def _gamma_above_one(shape: Array, rng: np.random.Generator) -> Array:
    """Gamma variates of shape + 1.

    By rejection from Student's t with two degrees of freedom: Best, letter to the editor, Applied Statistics 27, 1978,
    181; Devroye IX.3.3, algorithm XG.
    """
    wanted = shape.ravel()
    found, pending = np.empty(wanted.size), np.arange(wanted.size)
    while pending.size:
        b = wanted[pending]
        u, v = uniforms(rng, 2, pending.size)
        v = 1.0 - v
        w = np.maximum(u * (1.0 - u), 2.0**-60)  # u = 0, once in 2^53, is refused below
        y = np.sqrt((3.0 * b + 2.25) / w) * (u - 0.5)
        x = b + y
        safe = np.where(x > 0.0, x, 1.0)
        taken = (x > 0.0) & (_log(64.0 * w * w * w * v * v) <= 2.0 * (b * _log(safe / b) - y))
        found[pending[taken]] = x[taken]
        pending = pending[~taken]
    return found.reshape(shape.shape)


def _log(x: Array) -> Array:
    """Natural logarithm, to some 2e-16 of the greater of 1 and itself: 2 artanh((m - 1) / (m + 1)) + e ln 2."""
    mantissa, exponent = np.frexp(x)
    low = mantissa < 0.7071067811865476
    mantissa, exponent = np.where(low, 2.0 * mantissa, mantissa), exponent - low
    s = (mantissa - 1.0) / (mantissa + 1.0)
    squared, series = s * s, np.zeros_like(s)
    for odd in range(23, 0, -2):
        series = series * squared + 1.0 / odd
    logs: Array = exponent * _LN2 + 2.0 * s * series
    return logs


def _exp(x: Array) -> Array:
    """Exponential of numbers of at most 0; Taylor's series within half a power of two."""
    x = np.maximum(x, -745.0)  # the rest is 0
    power = np.rint(x / _LN2)
    rest = x - power * _LN2
    series = np.ones_like(x)
    for k in range(15, 0, -1):
        series = 1.0 + series * rest / k
    return np.ldexp(series, power.astype(np.int32))
