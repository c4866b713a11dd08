"""Scores rounded as they are published."""

from __future__ import annotations

import numpy as np

from .arrays import Array
from .rank import TIE


def rounded(scores: Array, decimals: Array | int, *, scale: float) -> Array:
    """Scores to so many decimals on the scale that they are shown on; halves go away from zero, as on sheets.

    A score that rounding errors have put within 1e-12 below a half counts as that half, as two scores so close count
    as equal: in which order a sum was added up must not decide.

    Parameters
    ----------
    scores : array [0-1, or any measure]
        NaN is missing, and stays so.
    decimals : int, or array of int that goes with the scores
        At least 0.
    scale : float
        What a score of 1 is shown as.

    Returns
    -------
    array, shape of the scores [as the scores]
        Scores that are shown alike are equal to the last bit.

    Raises
    ------
    ValueError
        Where decimals are negative, or the scale is not above 0.

    References
    ----------
    UNDP, Human Development Report 2021/22, Technical notes: ranks go by values of three decimals.

    Examples
    --------
    >>> rounded(np.array([0.61849, 0.6185, 0.1 + 0.2 - 0.2005, np.nan]), 3, scale=1.0)
    array([0.618, 0.619, 0.1  ,   nan])
    """
    if np.any(np.asarray(decimals) < 0) or not scale > 0:
        raise ValueError(f"decimals, scale: expected at least 0, and above 0, found {decimals}, {scale}")
    steps = scale * 10.0 ** np.asarray(decimals)
    in_steps = np.abs(scores) * steps
    whole = np.floor(in_steps + (0.5 + np.minimum(TIE * steps, 1e-3)))
    # 0.0 for what is rounded to nothing from below; a division, so that 0.619 is what 0.619 is read as.
    found: Array = np.copysign(whole, scores) / 10.0 ** np.asarray(decimals) / scale + 0.0
    return found
