"""Unified social credit codes: whether their check character is right, and the division that gave them out."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

CHARACTERS = "0123456789ABCDEFGHJKLMNPQRTUWXY"
LENGTH = 18
WEIGHTS = np.array([pow(3, place, 31) for place in range(LENGTH - 1)] + [1])
_VALUES = np.full(128, -1)
_VALUES[[ord(character) for character in CHARACTERS]] = range(31)


def plain_code(code: str) -> str:
    """A code in capital letters of half width, without blanks.

    >>> plain_code(" ９１440300708461136t ")
    '91440300708461136T'
    """
    return "".join(unicodedata.normalize("NFKC", code).upper().split())


def valid(codes: Sequence[str]) -> NDArray[np.bool_]:
    """Whether codes are right by their check character.

    Parameters
    ----------
    codes
        As `plain_code` gives them, shape (n,).

    Returns
    -------
    True where a code has 18 characters of the 31, the third to the eighth digits, and the last one is the check
    character of the others, shape (n,).

    Notes
    -----
    The character values, each times 3 to the power of its place modulo 31, add up to a multiple of 31.

    References
    ----------
    GB 32100-2015, Coding rule of the unified social credit identifier for legal entities and other organizations, 4.6.

    Examples
    --------
    >>> valid(["91440300708461136T", "914403007084611360", ""])
    array([ True, False, False])
    """
    if not len(codes):
        return np.zeros(0, dtype=np.bool_)
    letters = np.array(codes, dtype=f"U{LENGTH + 1}").view(np.uint32).reshape(len(codes), LENGTH + 1)
    fits = (letters[:, LENGTH] == 0) & (letters[:, :LENGTH] < len(_VALUES)).all(axis=1)
    values = _VALUES[np.where(fits[:, None], letters[:, :LENGTH], 0)]
    digits = (values[:, 2:8] < 10).all(axis=1)
    right: NDArray[np.bool_] = fits & (values >= 0).all(axis=1) & digits & ((values @ WEIGHTS) % 31 == 0)
    return right


def division_code(code: str) -> str:
    """Digits 3 to 8: the code of the division whose authority registered it."""
    return code[2:8]
