"""Rows of texts and numbers, with room for bars beside them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from .. import palette
from .drawing import SIZE, SMALL, Colour, Drawn, Label, Rectangle, Triangle, centred
from .look import RULE, Look, series
from .metrics import longest_word, text_width, widest, wrapped

ROW = 22.0
LEADING = 14.0
_ON_LIGHT = "1B2B43"  # beside the ink of the page, which is another in the dark: cells keep their colours there
_GAP = 12.0
LINE_OF_HEADER, HEADER_TO_ROWS = 13.0, 6.0
_WIDEST = {False: 0.36, True: 0.3}  # of the width, for names; by whether the picture is narrow
_SIZES = (SIZE, 10.5, 9.0, 8.0, 7.0)
_BARS = 40.0  # the least room for them
_WORD = 84.0  # for the longest word of one
_HEADED = {False: 72.0, True: 48.0}  # for a header over narrower numbers


@dataclass(frozen=True, slots=True)
class Entries:
    """A column of texts: numbers stand to the right, names to the left, changes of rank have an arrow.

    One `with_bars` is the last, and its header stands over the bars, too.
    """

    header: str
    texts: Sequence[str]
    is_name: bool = False
    changes: Sequence[int | None] = ()
    with_bars: bool = False

    def width(self, look: Look, size: float) -> float:
        """Room that it takes at a size of text, without its gap."""
        arrows = 11.0 if self.changes else 0.0
        found = widest([text.lstrip("▲▼") if arrows else text for text in self.texts], size) + arrows
        if self.with_bars:
            return found
        header = max(min(text_width(self.header, SMALL), _HEADED[look.is_narrow]), longest_word(self.header, SMALL))
        found = max(found, min(header, _WORD))
        return min(found, _WIDEST[look.is_narrow] * look.width) if self.is_name else found


@dataclass(frozen=True, slots=True)
class Rows:
    """Rows in place: where each begins and how high it is, where the texts end, and their shapes."""

    tops: tuple[float, ...]
    heights: tuple[float, ...]
    right: float
    bottom: float
    head: float
    shapes: tuple[Drawn, ...]

    def middle(self, k: int) -> float:
        """The middle of a row."""
        return self.tops[k] + self.heights[k] / 2


def rows(columns: Sequence[Entries], look: Look, top: float = 0.0) -> Rows:
    """Columns of texts from the left side, under their headers, from `top` on; smaller where bars have no room else."""
    for size in _SIZES:
        widths = [column.width(look, size) for column in columns]
        if sum(widths) + _GAP * len(columns) + _BARS <= look.width:
            break
    lefts = [sum(widths[:k]) + _GAP * k for k in range(len(columns))]
    heads = [_head(column, width, left, look) for column, width, left in zip(columns, widths, lefts, strict=True)]
    deepest = max((len(lines) for lines in heads), default=0)
    first = top + deepest * LINE_OF_HEADER + HEADER_TO_ROWS
    lines = [
        [wrapped(text, size, width + 0.5, 3) if column.is_name else [text] for text in column.texts]
        for column, width in zip(columns, widths, strict=True)
    ]
    heights = tuple(
        ROW if most < 2 else most * LEADING + 6.0
        for most in (max(len(own) for own in row) for row in zip(*lines, strict=True))
    )
    tops = tuple(first + sum(heights[:k]) for k in range(len(heights)))
    shapes: list[Drawn] = []
    for column, width, left, head, own in zip(columns, widths, lefts, heads, lines, strict=True):
        side = ("start", left) if column.is_name else ("end", left + width)
        down = top + (deepest - len(head)) * LINE_OF_HEADER
        shapes += heading(head, ("start", left) if column.with_bars else side, down)
        for k, texts in enumerate(own):
            shapes += _entry(column, k, texts, side, tops[k] + heights[k] / 2, look, size)
    bottom = first + sum(heights)
    return Rows(tops, heights, sum(widths) + _GAP * len(columns), bottom, first, tuple(shapes))


def _head(column: Entries, width: float, left: float, look: Look) -> list[str]:
    if column.with_bars:
        return wrapped(column.header, SMALL, look.width - left, 2)
    return wrapped(column.header, SMALL, max(width, 44.0 if column.is_name else width), 6)


def heading(lines: Sequence[str], side: tuple[str, float], top: float) -> Iterator[Label]:
    """A header of several lines."""
    anchor, x = side
    for k, line in enumerate(lines):
        yield Label(x, top + LINE_OF_HEADER * (k + 1) - 3.0, line, palette.SLATE, SMALL, anchor)


def _entry(
    column: Entries, k: int, texts: Sequence[str], side: tuple[str, float], middle: float, look: Look, size: float
) -> Iterator[Drawn]:
    anchor, x = side
    change = column.changes[k] if column.changes else 0
    if change:
        colour = look.moved(change)
        number = texts[0].lstrip("▲▼")
        yield Triangle(x - text_width(number, size) - 7.0, middle, 8.0, colour, change > 0)
        yield centred(x, middle, Label(0, 0, number, colour, size, anchor))
        return
    quiet = bool(column.changes)
    for n, text in enumerate(texts):
        down = middle + LEADING * (n - (len(texts) - 1) / 2)
        yield centred(x, down, Label(0, 0, text, palette.SLATE if quiet else palette.INK, size, anchor))


def legend(names: Sequence[str], look: Look, left: float = 0.0, top: float = 0.0) -> tuple[list[Drawn], float]:
    """Names with their colours, in as many lines as they take; and where they end."""
    shapes: list[Drawn] = []
    x, y = left, top + 8.0
    for k, whole in enumerate(names):
        name = wrapped(whole, SMALL, look.width - left - 14.0, 1)[0]
        taken = 14.0 + text_width(name, SMALL) + 14.0
        if x > left and x + taken - 14.0 > look.width:
            x, y = left, y + 17.0
        shapes.append(Rectangle(x, y - 5.0, 10.0, 10.0, series(k), 1.5))
        shapes.append(centred(x + 14.0, y, Label(0, 0, name, palette.INK, SMALL)))
        x += taken
    return shapes, y + 14.0


def rule(x: float, top: float, bottom: float) -> Drawn:
    """The line that bars stand on."""
    return Rectangle(x - 0.5, top, 1.0, bottom - top, RULE)


def on(colour: Colour) -> Colour:
    """Colour of text on it."""
    return "FFFFFF" if palette.is_dark(colour) else _ON_LIGHT
