"""Squares of a tile map: China's provinces, by direction and not by shape."""

from __future__ import annotations

from collections.abc import Sequence

from ..language import Text

CHINA: dict[str, tuple[int, int]] = {  # by code of GB/T 2260: across and down, from 1
    "110000": (6, 2), "120000": (7, 3), "130000": (6, 3), "140000": (5, 3), "150000": (5, 2), "210000": (7, 2),
    "220000": (8, 2), "230000": (8, 1), "310000": (8, 5), "320000": (7, 5), "330000": (7, 6), "340000": (6, 5),
    "350000": (6, 7), "360000": (6, 6), "370000": (6, 4), "410000": (5, 4), "420000": (5, 5), "430000": (5, 6),
    "440000": (5, 7), "450000": (4, 7), "460000": (4, 8), "500000": (4, 5), "510000": (3, 5), "520000": (4, 6),
    "530000": (3, 6), "540000": (1, 4), "610000": (4, 4), "620000": (3, 3), "630000": (2, 4), "640000": (4, 3),
    "650000": (1, 3), "710000": (7, 7), "810000": (6, 8), "820000": (5, 8),
}  # fmt: skip
WITHOUT_DATA = {
    "710000": Text("台湾省", "Taiwan"),
    "810000": Text("香港特别行政区", "Hong Kong"),
    "820000": Text("澳门特别行政区", "Macao"),
}
_MOST_OF_THEM = 0.8


def is_china(units: Sequence[str]) -> bool:
    """Whether units are China's provinces, by their codes."""
    return bool(units) and sum(code in CHINA for code in units) >= _MOST_OF_THEM * len(units)
