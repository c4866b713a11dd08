"""Colours that tell the series of a chart apart, native or drawn; those of the theme where it has them."""

from __future__ import annotations

from xlsxwriter.color import Color

from ..theme import COLOURS

# Told apart by those who do not see all colours, and in grey where neighbours: dark and light ones in turn.
SERIES = (
    COLOURS["accent1"],
    "E2A63B",
    COLOURS["accent2"],
    "58B09C",
    COLOURS["accent6"],
    "9CB8D3",
    "7A5A17",
    "D98C7A",
    COLOURS["accent3"],
    "B9A3C2",
    COLOURS["accent5"],
    "C9C2A4",
)
HEAT = ("FCF3DC", "EBB25A", "9C2B14")  # the least, the middle and the greatest value
HEAT_OF_CELLS = (*HEAT[:2], "D0603A")  # in cells, whose text stays black
_ACCENTS = [name for name in COLOURS if name.startswith("accent")]


def of_theme(colour: str) -> Color | str:
    """The theme's own colour where it is one, so that a user who changes the theme changes charts too."""
    accents = [COLOURS[name] for name in _ACCENTS]
    return Color.theme(4 + accents.index(colour), 0) if colour in accents else f"#{colour}"


def is_dark(colour: str) -> bool:
    """Whether white text reads better on it than dark text.

    >>> is_dark("2A5783"), is_dark("FCF3DC")
    (True, False)
    """
    red, green, blue = (((c / 255 + 0.055) / 1.055) ** 2.4 if c > 10 else c / 255 / 12.92 for c in rgb(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue < 0.24


def rgb(colour: str) -> tuple[int, int, int]:
    """Red, green and blue, 0 to 255."""
    return int(colour[:2], 16), int(colour[2:4], 16), int(colour[4:], 16)
