"""Which raw values changed since the scores were computed, worked back from the scores. Arrays in, arrays out.

Min-max puts the scores of an indicator on a line through its raw values. Where most units still lie on one line, those
that do not have changed, and the line tells what they were.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from ..core.arrays import Array

_TRIED = 12  # units from either end through which lines are laid
_OFF = 1e-9  # of the greatest raw value: further from the line is off it
_LEAST = 3  # units on the line: two are on one always


def former_values(raw: Array, scores: Array) -> Array | None:
    """Raw values as the scores have them.

    Parameters
    ----------
    raw : array, shape (n_values,) [measure of the indicator]
        Of one indicator, over the units (and years) that were normalised together. NaN is missing.
    scores : array, shape (n_values,) [0-1]
        Found in the workbook. NaN is missing.

    Returns
    -------
    array, shape (n_values,) [measure of the indicator], or None
        What each value was when the scores were computed: NaN for missing, exactly `raw` where it has not changed.
        None where the scores do not tell: fewer than three units, or less than half of them, lie on one line.

    Examples
    --------
    >>> former_values(np.array([1.0, 9.0, 3.0, 4.0, 5.0]), np.array([0.0, 0.25, 0.5, 0.75, 1.0]))
    array([1., 2., 3., 4., 5.])
    """
    both = np.flatnonzero(~np.isnan(raw) & ~np.isnan(scores))
    if both.size < _LEAST:
        return None
    x, z = raw[both], scores[both]
    line = _line(x, z)
    if line is None:
        return None
    former = np.where(np.isnan(scores), np.nan, line[0] + line[1] * scores)
    unchanged = both[_on(line, x, z)]
    former[unchanged] = raw[unchanged]
    return former


def _on(line: tuple[float, float], x: Array, z: Array) -> npt.NDArray[np.bool_]:
    on: npt.NDArray[np.bool_] = np.abs(line[0] + line[1] * z - x) <= _OFF * max(np.abs(x).max(), abs(line[1]))
    return on


def _line(x: Array, z: Array) -> tuple[float, float] | None:
    """Start and slope of the line that most points lie on; None where they are too few."""
    order = np.argsort(z, kind="stable")
    best, most = None, max(_LEAST - 1, x.size // 2)
    for i in order[:_TRIED].tolist():
        for j in order[::-1][:_TRIED].tolist():
            if z[j] - z[i] <= 1e-6 or x[j] == x[i]:
                continue
            slope = float((x[j] - x[i]) / (z[j] - z[i]))
            line = float(x[i] - slope * z[i]), slope
            n = int(_on(line, x, z).sum())
            if n > most:
                best, most = line, n
        if most == x.size:
            break
    return best
