"""From raw data to scores 0-1."""

from __future__ import annotations

import numpy as np

from .arrays import Array
from .parallel import blocks, spread

_FOLD = 16


def data_bounds(raw: Array, *, over_years: bool) -> tuple[Array, Array]:
    """Least and greatest raw value of each indicator.

    Parameters
    ----------
    raw : array, shape (n_years, n_units, n_indicators) [measure of each indicator]
        NaN is missing.
    over_years : bool
        One pair for all years instead of one a year.

    Returns
    -------
    lower, upper : arrays, shape (n_years, n_indicators) [measure of each indicator]
        NaN where an indicator has no value at all.

    Raises
    ------
    ValueError
        Where a value is infinite, or a range is beyond the largest number.

    Examples
    --------
    >>> data_bounds(np.array([[[1.0], [3.0], [np.nan]]]), over_years=False)
    (array([[1.]]), array([[3.]]))
    """
    lower, upper = extremes(raw, over_years=over_years)
    with np.errstate(over="ignore", invalid="ignore"):
        span = upper - lower
    if not np.isfinite(span[~np.isnan(lower)]).all():
        raise ValueError("raw: expected finite values whose range is finite, found an infinite one")
    return lower, upper


def extremes(values: Array, *, over_years: bool) -> tuple[Array, Array]:
    """As `data_bounds`, of any values whatever their range.

    >>> extremes(np.array([[[1.0], [np.inf], [np.nan]]]), over_years=False)
    (array([[1.]]), array([[inf]]))
    """
    if not values.shape[1]:
        values = np.full((values.shape[0], 1, values.shape[2]), np.nan)
    parts = spread(lambda b: (_reduce(np.fmin, values[:, b]), _reduce(np.fmax, values[:, b])), blocks(values.shape[1]))
    lower = np.fmin.reduce([low for low, _ in parts], axis=0)
    upper = np.fmax.reduce([high for _, high in parts], axis=0)
    if over_years:
        lower = np.broadcast_to(np.fmin.reduce(lower, axis=0), lower.shape)
        upper = np.broadcast_to(np.fmax.reduce(upper, axis=0), upper.shape)
    return lower, upper


def min_max(
    raw: Array, lower: Array, upper: Array, *, direction: Array, clip: bool = False, out: Array | None = None
) -> Array:
    """Scores by min-max normalisation: where a value lies between two bounds.

    Parameters
    ----------
    raw : array, shape (n_years, n_units, n_indicators) [measure of each indicator]
        NaN is missing, and stays so.
    lower, upper : arrays, shape (n_years, n_indicators) [measure of each indicator]
        Bounds. Where they are equal the indicator tells nothing: its scores are missing.
    direction : array, shape (n_indicators,) [+1 or -1]
        +1 gives (x - lower) / (upper - lower), -1 gives (upper - x) / (upper - lower).
    clip : bool
        Hold scores to 0-1, for bounds that are not those of the data.
    out : array, optional
        Where to put the scores; may be `raw` itself.

    Returns
    -------
    array, shape (n_years, n_units, n_indicators) [0-1]

    Raises
    ------
    ValueError
        Where a direction is neither +1 nor -1.

    References
    ----------
    OECD/JRC, Handbook on Constructing Composite Indicators, 2008, doi:10.1787/9789264043466-en, step 5.

    Examples
    --------
    >>> ends = np.array([[2.0]]), np.array([[6.0]])
    >>> min_max(np.array([[[3.0]]]), *ends, direction=np.array([-1]))
    array([[[0.75]]])
    """
    direction = np.asarray(direction)
    if (direction * direction != 1).any():
        raise ValueError("direction: expected +1 or -1 for every indicator")
    # (upper - x) / (upper - lower) = (x - upper) / (lower - upper): one formula for both directions.
    zero = np.where(direction > 0, lower, upper)
    span = np.where(direction > 0, upper - lower, lower - upper)
    span[span == 0] = np.nan
    scores = np.empty_like(raw) if out is None else out
    fold = min(_fold(raw), _fold(scores))
    wide = _folded(scores, fold)
    with np.errstate(over="ignore" if clip else "warn"):  # what lies beyond all numbers is held at an end
        np.subtract(_folded(raw, fold), np.tile(zero, fold)[:, None, :], out=wide)
        wide /= np.tile(span, fold)[:, None, :]
    return np.clip(scores, 0.0, 1.0, out=scores) if clip else scores


def _fold(array: Array) -> int:
    """How many units to take side by side: the last axis alone is too short for the processor's vector units."""
    side_by_side = array.strides[1:] == (array.shape[2] * array.itemsize, array.itemsize)
    return _FOLD if side_by_side and array.shape[1] and array.shape[1] % _FOLD == 0 else 1


def _folded(array: Array, fold: int) -> Array:
    """The same memory, `fold` units side by side on the last axis."""
    if fold == 1:
        return array
    return array.reshape(array.shape[0], -1, array.shape[2] * fold)


def _reduce(ufunc: np.ufunc, raw: Array) -> Array:
    """Least or greatest over units, shape (n_years, n_indicators)."""
    fold = _fold(raw)
    reduced: Array = ufunc.reduce(_folded(raw, fold), axis=1)
    if fold > 1:
        reduced = ufunc.reduce(reduced.reshape(len(raw), fold, raw.shape[2]), axis=1)
    return reduced
