"""Which numbers are the same, whatever program saved them. Arrays in, arrays out.

A double needs 17 significant digits. Excel saves as many, openpyxl 16, LibreOffice 15: a file that is opened and saved
holds other doubles, and the same numbers.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Array = npt.NDArray[np.float64]

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
    direct[long] = [float(f"{value:.15g}") for value in raw[long].tolist()]
    by_way[long] = [float(f"{float(f'{value:.16g}'):.15g}") for value in raw[long].tolist()]
    return direct.reshape(given.shape), by_way.reshape(given.shape)


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
    open_ = ~alike
    for left in saved(a[open_]):
        for right in saved(b[open_]):
            alike[open_] |= left == right
    return alike.reshape(np.shape(one))
