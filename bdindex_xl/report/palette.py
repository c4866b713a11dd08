"""Colours of charts, native or drawn: those of the workbook's theme, and their lighter and darker steps."""

from __future__ import annotations

from ..workbook.native.colours import HEAT, rgb
from ..workbook.native.colours import SERIES as SERIES
from ..workbook.native.colours import is_dark as is_dark
from ..workbook.theme import COLOURS

INK, SLATE = COLOURS["dk2"], COLOURS["accent5"]
RISE_OR_FALL = {True: COLOURS["accent2"], False: COLOURS["accent3"]}  # whether it is the red one

NO_DATA = "E4E7EB"


def between(at: float) -> str:
    """The colour of a heat scale, 0 to 1.

    >>> between(0.0), between(0.5), between(1.0)
    ('FCF3DC', 'EBB25A', '9C2B14')
    """
    low, high = (HEAT[0], HEAT[1]) if at < 0.5 else (HEAT[1], HEAT[2])
    part = 2 * at if at < 0.5 else 2 * at - 1
    return "".join(f"{round(a + part * (b - a)):02X}" for a, b in zip(rgb(low), rgb(high), strict=True))
