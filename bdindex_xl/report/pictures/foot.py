"""The numbers under a picture's axis."""

from __future__ import annotations

from .. import palette
from .drawing import SMALL, Drawn, Label, Rectangle
from .look import FAINT, Look
from .metrics import text_width
from .scales import Axis, tick_texts

_APART = 8.0


def foot_of(axis: Axis, y: float, look: Look) -> list[Drawn]:
    """Marks and numbers below a line; within the width, and without those that have no room beside the one before."""
    shapes: list[Drawn] = []
    end = -look.width
    for tick, text in tick_texts(axis):
        half = text_width(text, SMALL) / 2
        x = max(min(axis.at(tick), look.width - half), half)
        shapes.append(Rectangle(axis.at(tick) - 0.5, y, 1.0, 4.0, FAINT))
        if x - half >= end + _APART:
            shapes.append(Label(x, y + 16.0, text, palette.SLATE, SMALL, "middle"))
            end = x + half
    return shapes
