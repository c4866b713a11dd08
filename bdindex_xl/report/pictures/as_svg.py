"""Drawings as SVG: texts stay text, and every colour has a class, so that a page may give it another in the dark."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape

from ...language import Lang
from .drawing import MARGIN, Disc, Drawing, Drawn, Label, Rectangle, Stroke, Triangle
from .faces import PREFERRED


def written(drawing: Drawing, lang: Lang, title: str, told: str) -> str:
    """The file, which may stand in a page as it is."""
    faces = ", ".join([*(f"'{face}'" for face in PREFERRED[lang]), "sans-serif"])
    width, height = _n(drawing.width + 2 * MARGIN), _n(drawing.height + 2 * MARGIN)
    size = f'width="{width}" height="{height}"'
    view = f'viewBox="{_n(-MARGIN)} {_n(-MARGIN)} {width} {height}"'
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" {size} {view} role="img" lang="{_LANG[lang]}" '
        f'font-family="{faces}" font-size="12">'
    )
    desc = f"<desc>{escape(told)}</desc>" if told else ""
    body = "\n".join(map(_element, drawing.shapes))
    return f"{head}<title>{escape(title)}</title>{desc}\n{body}\n</svg>\n"


def _element(shape: Drawn) -> str:
    match shape:
        case Label():
            return _label(shape)
        case Rectangle():
            return _rectangle(shape)
        case Stroke():
            return _stroke(shape)
        case Disc():
            return _disc(shape)
        case Triangle():
            return _triangle(shape)


def _label(shape: Label) -> str:
    colour = f'class="t{shape.colour}" fill="#{shape.colour}"'
    tip = f"<title>{escape(shape.tip)}</title>" if shape.tip else ""
    extra = "" if shape.size == 12 else f' font-size="{_n(shape.size)}"'
    extra += "" if shape.anchor == "start" else f' text-anchor="{shape.anchor}"'
    extra += ' font-weight="bold"' if shape.bold else ""
    at = f"{_n(shape.x)} {_n(shape.y)}"
    extra += f' transform="rotate({_n(-shape.turned)} {at})"' if shape.turned else ""
    return f'<text x="{_n(shape.x)}" y="{_n(shape.y)}" {colour}{extra}>{tip}{escape(shape.text)}</text>'


def _rectangle(shape: Rectangle) -> str:
    rounded = f' rx="{_n(shape.radius)}"' if shape.radius else ""
    box = f'x="{_n(shape.x)}" y="{_n(shape.y)}" width="{_n(shape.width)}" height="{_n(shape.height)}"'
    return _tipped("rect", f"{box} {_filled(shape.colour)}{rounded}", shape.tip)


def _stroke(shape: Stroke) -> str:
    points = " ".join(f"{_n(x)},{_n(y)}" for x, y in shape.points)
    fill = f'fill="#{shape.colour}" fill-opacity="{_n(shape.filled)}"' if shape.filled else 'fill="none"'
    line = f'class="s{shape.colour}" stroke="#{shape.colour}" stroke-width="{_n(shape.width)}"'
    dash = ' stroke-dasharray="3 3"' if shape.dashed else ""
    name = "polygon" if shape.closed else "polyline"
    return _tipped(name, f'points="{points}" {fill} {line}{dash} stroke-linejoin="round"', shape.tip)


def _disc(shape: Disc) -> str:
    at = f'cx="{_n(shape.x)}" cy="{_n(shape.y)}" r="{_n(shape.radius)}"'
    rim = ' stroke="#FFFFFF" stroke-width="0.75"' if shape.rim else ""
    return _tipped("circle", f"{at} {_filled(shape.colour, 'rim ' if shape.rim else '')}{rim}", shape.tip)


def _triangle(shape: Triangle) -> str:
    points = " ".join(f"{_n(x)},{_n(y)}" for x, y in corners(shape))
    return f'<polygon points="{points}" {_filled(shape.colour)}/>'


def corners(shape: Triangle) -> tuple[tuple[float, float], ...]:
    """The three points of a triangle."""
    half, tall = shape.size / 2, 0.43 * shape.size * (-1 if shape.up else 1)
    return (shape.x - half, shape.y - tall), (shape.x + half, shape.y - tall), (shape.x, shape.y + tall)


def _filled(colour: str, also: str = "") -> str:
    return f'class="{also}f{colour}" fill="#{colour}"'


def _tipped(name: str, attributes: str, tip: str) -> str:
    return f"<{name} {attributes}><title>{escape(tip)}</title></{name}>" if tip else f"<{name} {attributes}/>"


def _n(value: float) -> str:
    """A length, to a hundredth of a pixel."""
    text = f"{value:.2f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


_LANG: Mapping[Lang, str] = {"zh": "zh-CN", "en": "en"}
