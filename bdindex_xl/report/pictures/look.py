"""What all pictures of a report have in common."""

from __future__ import annotations

from dataclasses import dataclass

from ...language import Lang
from .. import palette
from .drawing import Colour

WIDE = 640.0
_CLOSE = 480.0
RULE: Colour = "D5DAE0"
FAINT: Colour = "A9B3BE"  # lines that are there to be seen behind others


@dataclass(frozen=True, slots=True)
class Look:
    """Language, width, and whether red is up."""

    lang: Lang
    width: float
    red_up: bool = True

    @property
    def is_narrow(self) -> bool:
        return self.width < _CLOSE

    def moved(self, change: float) -> Colour:
        """Colour of a change of rank."""
        return palette.SLATE if change == 0 else palette.RISE_OR_FALL[(change > 0) == self.red_up]


def series(k: int) -> Colour:
    """Colour of the k-th of several."""
    return palette.SERIES[k % len(palette.SERIES)]
