"""Unified social credit codes of companies that do not exist."""

from __future__ import annotations

_CHARACTERS = "0123456789ABCDEFGHJKLMNPQRTUWXY"  # GB 32100-2015: no I, O, S, V, Z
_OF_ORGANISATIONS = (3, 7, 9, 10, 5, 8, 4, 2)  # weights of GB 11714
_NUMBERS = {c: n for n, c in enumerate(_CHARACTERS)}
_OF_COMPANIES = tuple(pow(3, k, 31) for k in range(17))


def credit_code(region: str, serial: int) -> str:
    """The code of a company (91) that registered in `region`, with both of its check characters.

    >>> credit_code("330106", 17)
    '91330106XX00001739'
    """
    organisation = f"XX{serial:06d}"  # nobody's: those that are given out begin with MA, or with a digit
    weighted = sum(weight * int(c, 36) for weight, c in zip(_OF_ORGANISATIONS, organisation, strict=True))
    body = f"91{region}{organisation}{'0123456789X'[-weighted % 11]}"
    checked = sum(_NUMBERS[c] * weight for weight, c in zip(_OF_COMPANIES, body, strict=True))
    return body + _CHARACTERS[-checked % 31]
