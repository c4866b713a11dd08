"""Drawings as PNG: painted by matplotlib's renderer, without its layout, its settings or a display."""

from __future__ import annotations

import io
import math
from functools import cache
from typing import TYPE_CHECKING, Any

from ...language import Lang
from .as_svg import corners
from .drawing import MARGIN, Disc, Drawing, Drawn, Label, Rectangle, Stroke, Triangle
from .faces import CHINESE, PREFERRED, require

if TYPE_CHECKING:
    from matplotlib.font_manager import FontProperties
    from matplotlib.path import Path

_INCH = 96.0  # pixels of a drawing
_POINT = 72.0 / _INCH
_DASH = 3.0
_COLOURS = 160  # of a picture, with the steps of its text to the page

_NEARLY_WHITE = 252  # which the few colours make of white


def painted(drawing: Drawing, lang: Lang, dpi: float) -> bytes:
    """The file. Raises FileRefused where a Chinese face is missing that it needs."""
    from matplotlib.backends.backend_agg import RendererAgg
    from PIL import Image

    faces = _faces(drawing, lang)
    scale = dpi / _INCH
    width, height = (round((side + 2 * MARGIN) * scale) for side in (drawing.width, drawing.height))
    renderer = RendererAgg(width, height, dpi)  # type: ignore[no-untyped-call]
    painter = _Painter(renderer, scale, height, faces)
    painter.page(width, height)
    for shape in drawing.shapes:
        painter.paint(shape)
    pixels = renderer.buffer_rgba()  # type: ignore[no-untyped-call]
    image = Image.frombuffer("RGBA", (width, height), pixels).convert("RGB")
    few = image.quantize(_COLOURS, method=Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE)
    few.putpalette([255 if part >= _NEARLY_WHITE else part for part in few.getpalette() or []])
    out = io.BytesIO()
    few.save(out, "PNG", dpi=(dpi, dpi))
    return out.getvalue()


def _faces(drawing: Drawing, lang: Lang) -> tuple[str, ...]:
    """Faces that are installed, for text of these characters: matplotlib asks each one for each character."""
    installed = _installed()
    texts = "".join(shape.text for shape in drawing.shapes if isinstance(shape, Label))
    require(texts, installed)
    chinese = next((face for face in CHINESE if face in installed), "")
    first = next((face for face in PREFERRED[lang] if face in installed), "")
    return tuple(dict.fromkeys(filter(None, (first, chinese, _OWN))))


@cache
def _installed() -> frozenset[str]:
    from matplotlib.font_manager import fontManager

    return frozenset(font.name for font in fontManager.ttflist)


@cache
def _font(faces: tuple[str, ...], size: float, bold: bool) -> FontProperties:
    from matplotlib.font_manager import FontProperties

    return FontProperties(family=list(faces), size=size * _POINT, weight="bold" if bold else "normal")


class _Painter:
    """Shapes onto a renderer, whose paths go up and whose texts go down the page."""

    def __init__(self, renderer: Any, scale: float, height: int, faces: tuple[str, ...]) -> None:
        from matplotlib.transforms import Affine2D

        self._renderer, self._scale, self._height, self._faces = renderer, scale, height, faces
        self._places = Affine2D().translate(MARGIN, MARGIN).scale(scale, -scale).translate(0.0, height)

    def page(self, width: float, height: float) -> None:
        """White paper."""
        from matplotlib.path import Path

        self._fill(Path([(-MARGIN, -MARGIN), (width, -MARGIN), (width, height), (-MARGIN, height)]), "FFFFFF")

    def paint(self, shape: Drawn) -> None:
        from matplotlib.path import Path

        match shape:
            case Label():
                self._label(shape)
            case Rectangle():
                self._fill(_rounded(shape), shape.colour)
            case Disc():
                self._fill(Path.circle((shape.x, shape.y), shape.radius), shape.colour, rim=shape.rim)
            case Triangle():
                self._fill(Path(corners(shape)), shape.colour)
            case Stroke():
                self._stroke(shape)

    def _label(self, shape: Label) -> None:
        font = _font(self._faces, shape.size, shape.bold)
        part = _BEFORE[shape.anchor]
        before = part * self._renderer.get_text_width_height_descent(shape.text, font, False)[0] if part else 0.0
        turn = math.radians(shape.turned)
        x = (shape.x + MARGIN) * self._scale - before * math.cos(turn)
        y = (shape.y + MARGIN) * self._scale + before * math.sin(turn)
        gc = self._renderer.new_gc()
        gc.set_foreground(f"#{shape.colour}")
        self._renderer.draw_text(gc, x, y, shape.text, font, shape.turned)

    def _fill(self, path: Path, colour: str, *, rim: bool = False) -> None:
        gc = self._renderer.new_gc()
        gc.set_linewidth(0.75 * self._scale if rim else 0.0)
        gc.set_foreground("#FFFFFF" if rim else f"#{colour}")
        self._renderer.draw_path(gc, path, self._places, _rgb(colour))

    def _stroke(self, shape: Stroke) -> None:
        from matplotlib.path import Path

        points = [*shape.points, shape.points[0]] if shape.closed and shape.points else shape.points
        if len(points) < 2:
            return
        if shape.filled:
            gc = self._renderer.new_gc()
            gc.set_linewidth(0.0)
            gc.set_alpha(shape.filled)
            self._renderer.draw_path(gc, Path(points), self._places, _rgb(shape.colour))
        gc = self._renderer.new_gc()
        gc.set_foreground(f"#{shape.colour}")
        gc.set_linewidth(shape.width * self._scale)
        gc.set_joinstyle("round")
        if shape.dashed:
            gc.set_dashes(0, [_DASH * self._scale, _DASH * self._scale])
        self._renderer.draw_path(gc, Path(points), self._places)


def _rounded(shape: Rectangle) -> Path:
    from matplotlib.patches import FancyBboxPatch
    from matplotlib.path import Path

    left, top, right, bottom = shape.x, shape.y, shape.x + shape.width, shape.y + shape.height
    corner = min(shape.radius, shape.width / 2, shape.height / 2)
    if not corner:
        return Path([(left, top), (right, top), (right, bottom), (left, bottom)])
    style = f"round,pad=0,rounding_size={corner}"
    return FancyBboxPatch((left, top), shape.width, shape.height, style).get_path()


def _rgb(colour: str) -> tuple[float, float, float]:
    red, green, blue = bytes.fromhex(colour)
    return red / 255, green / 255, blue / 255


_OWN = "DejaVu Sans"  # comes with matplotlib
_BEFORE = {"start": 0.0, "middle": 0.5, "end": 1.0}
