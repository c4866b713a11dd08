"""Colours of charts, native or drawn: those of the workbook's theme, and their lighter and darker steps."""

from __future__ import annotations

from ..workbook.theme import COLOURS

INK, SLATE = COLOURS["dk2"], COLOURS["accent5"]
RISE_OR_FALL = {True: COLOURS["accent2"], False: COLOURS["accent3"]}  # whether it is the red one

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
NO_DATA = "E4E7EB"


def between(at: float) -> str:
    """The colour of a heat scale, 0 to 1.

    >>> between(0.0), between(0.5), between(1.0)
    ('FCF3DC', 'EBB25A', '9C2B14')
    """
    low, high = (HEAT[0], HEAT[1]) if at < 0.5 else (HEAT[1], HEAT[2])
    part = 2 * at if at < 0.5 else 2 * at - 1
    return "".join(f"{round(a + part * (b - a)):02X}" for a, b in zip(_rgb(low), _rgb(high), strict=True))


def is_dark(colour: str) -> bool:
    """Whether white text reads better on it than dark text.

    >>> is_dark("2A5783"), is_dark("FCF3DC")
    (True, False)
    """
    red, green, blue = (((c / 255 + 0.055) / 1.055) ** 2.4 if c > 10 else c / 255 / 12.92 for c in _rgb(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue < 0.24


def _rgb(colour: str) -> tuple[int, int, int]:
    return int(colour[:2], 16), int(colour[2:4], 16), int(colour[4:], 16)
