"""A picture as a list of shapes in place, before anything is said of a file. Lengths are pixels of 1/96 inch."""

from __future__ import annotations

from dataclasses import dataclass, replace

Colour = str  # RRGGBB
Point = tuple[float, float]
SIZE = 12.0  # of text
SMALL = 10.5
MARGIN = 4.0  # around it, for what a shape has beyond its place
_MIDDLE = 0.36  # from the base line up to the middle of a character, by its size


@dataclass(frozen=True, slots=True)
class Label:
    """A text; `y` is its base line, `anchor` where `x` is: start, middle or end. `turned` is counter-clockwise.

    `tip` is what a pointer or a screen reader is told of a shape.
    """

    x: float
    y: float
    text: str
    colour: Colour
    size: float = SIZE
    anchor: str = "start"
    bold: bool = False
    turned: float = 0.0
    tip: str = ""


@dataclass(frozen=True, slots=True)
class Rectangle:
    """A filled rectangle."""

    x: float
    y: float
    width: float
    height: float
    colour: Colour
    radius: float = 0.0
    tip: str = ""


@dataclass(frozen=True, slots=True)
class Stroke:
    """A line through points; `closed` ones may be filled with a transparent colour of theirs."""

    points: tuple[Point, ...]
    colour: Colour
    width: float = 1.0
    dashed: bool = False
    closed: bool = False
    filled: float = 0.0  # opacity
    tip: str = ""


@dataclass(frozen=True, slots=True)
class Disc:
    """A filled circle; a thin rim of the page's colour keeps neighbours apart."""

    x: float
    y: float
    radius: float
    colour: Colour
    tip: str = ""
    rim: bool = True


@dataclass(frozen=True, slots=True)
class Triangle:
    """A small filled triangle that points up or down; `y` is its middle."""

    x: float
    y: float
    size: float
    colour: Colour
    up: bool


Drawn = Label | Rectangle | Stroke | Disc | Triangle


@dataclass(frozen=True, slots=True)
class Drawing:
    """A picture: its size and its shapes, the last ones on top."""

    width: float
    height: float
    shapes: tuple[Drawn, ...]


def centred(x: float, y: float, label: Label) -> Label:
    """The label with the middle of its characters at a height."""
    return replace(label, x=x, y=y + _MIDDLE * label.size)
