"""Which numbers are the same, whatever program saved them. Arrays in, arrays out.

A double needs 17 significant digits. Excel saves as many, openpyxl 16, LibreOffice 15: a file that is opened and saved
holds other doubles, and the same numbers.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from .arrays import Array

_TINY = 1e-290  # below it a unit of the 15th digit is hardly a number
_FAR = 1e-12  # numbers that are further apart than such a part of them are not the same with 15 digits
_PLACES, _SHORT = 1e6, 1e9  # numbers below the latter with so many decimals at most have 15 digits anyway


def saved(values: npt.ArrayLike) -> tuple[Array, Array]:
    """Numbers as they are after being saved with 15 digits: at once, and after a program that keeps 16.

    The two are the same but where the 16th digit is a 5: there the one rounds down and the other up. All that any chain
    of such programs makes of a number is the number itself, the same to 16 digits, or one of these two.

    Parameters
    ----------
    values : array of any shape
        NaN is missing and stays so.

    Returns
    -------
    two arrays of that shape; no minus nought

    Examples
    --------
    >>> direct, by_way = saved([0.1 + 0.2, 23.464043487103847])
    >>> direct.tolist(), by_way.tolist()
    ([0.3, 23.4640434871038], [0.3, 23.4640434871039])
    """
    given = np.asarray(values, dtype=np.float64)
    raw = given.ravel()
    with np.errstate(over="ignore", invalid="ignore"):
        plain = (np.abs(raw) < _SHORT) & (np.rint(raw * _PLACES) / _PLACES == raw)
    long = ~plain & np.isfinite(raw)
    direct, by_way = raw + 0.0, raw + 0.0
    direct[long] = by_way[long] = _with_digits(raw[long], 15)
    halves = long.copy()
    halves[long] = _near_a_half(raw[long], direct[long])
    by_way[halves] = _with_digits(_with_digits(raw[halves], 16), 15)
    return direct.reshape(given.shape), by_way.reshape(given.shape)


def _with_digits(values: Array, digits: int) -> Array:
    texts = (f"%.{digits}g " * len(values)) % tuple(values.tolist())
    return np.array(texts.split(), dtype=np.float64)


def _near_a_half(values: Array, rounded: Array) -> npt.NDArray[np.bool_]:
    """Where the 16th digit may be a 5; or where the unit of the 15th is not sure: by powers of ten, next to nought."""
    sizes = np.abs(values)
    with np.errstate(all="ignore"):
        off = np.abs(rounded - values) / 10.0 ** (np.floor(np.log10(sizes)) - 14)
    return (np.abs(off - 0.5) < 0.1) | (np.abs(off - 0.05) < 0.01) | (np.abs(off - 5) < 1) | (sizes < _TINY)


def same(one: npt.ArrayLike, other: npt.ArrayLike) -> npt.NDArray[np.bool_]:
    """Whether numbers are the same, element by element; missing is the same as missing.

    Parameters
    ----------
    one, other : arrays of one shape

    Returns
    -------
    array of bool, of that shape

    Examples
    --------
    >>> same([1 / 3, 1.0, np.nan], [0.333333333333333, 1.00000000000001, np.nan]).tolist()
    [True, False, True]
    """
    a, b = np.atleast_1d(np.asarray(one, dtype=np.float64)), np.atleast_1d(np.asarray(other, dtype=np.float64))
    alike: npt.NDArray[np.bool_] = np.atleast_1d((a == b) | (np.isnan(a) & np.isnan(b)))
    with np.errstate(over="ignore", invalid="ignore"):
        open_ = ~alike & (np.abs(a - b) <= _FAR * np.maximum(np.abs(a), np.abs(b)))
    if open_.any():
        for left in saved(a[open_]):
            for right in saved(b[open_]):
                alike[open_] |= left == right
    return alike.reshape(np.shape(one))
