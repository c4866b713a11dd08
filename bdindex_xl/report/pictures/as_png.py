"""Drawings as PNG: painted by matplotlib, without its own layout, its settings or a display."""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import TYPE_CHECKING, Literal

from ...language import Lang
from .as_svg import corners
from .drawing import MARGIN, Disc, Drawing, Drawn, Label, Rectangle, Stroke, Triangle
from .faces import PREFERRED, require

if TYPE_CHECKING:
    from matplotlib.artist import Artist

_INCH = 96.0  # pixels of a drawing
_POINT = 72.0 / _INCH


def painted(drawing: Drawing, lang: Lang, dpi: float) -> bytes:
    """The file. Raises FileRefused where a Chinese face is missing that it needs."""
    import matplotlib
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    faces = _faces(drawing, lang)
    out = io.BytesIO()
    with matplotlib.rc_context({"path.simplify": False}):
        size = (drawing.width + 2 * MARGIN) / _INCH, (drawing.height + 2 * MARGIN) / _INCH
        figure = Figure(size, dpi=dpi)
        for k, artist in enumerate(_artists(drawing, faces, dpi)):
            artist.set_zorder(k)
            figure.add_artist(artist)
        FigureCanvasAgg(figure).print_png(out, metadata={"Software": None})  # type: ignore[no-untyped-call]
    return out.getvalue()


def _faces(drawing: Drawing, lang: Lang) -> list[str]:
    """Faces that are installed, for text of these characters."""
    from matplotlib.font_manager import fontManager

    installed = {font.name for font in fontManager.ttflist}
    found = [face for face in PREFERRED[lang] if face in installed]
    texts = "".join(shape.text for shape in drawing.shapes if isinstance(shape, Label))
    require(texts, installed)
    return [*found, "DejaVu Sans"]  # the last comes with matplotlib


def _artists(drawing: Drawing, faces: list[str], dpi: float) -> Iterator[Artist]:
    from matplotlib import patches
    from matplotlib.lines import Line2D
    from matplotlib.text import Text as PlacedText
    from matplotlib.transforms import Affine2D

    scale = dpi / _INCH
    on_page = Affine2D().scale(scale, -scale).translate(MARGIN * scale, (drawing.height + MARGIN) * scale)

    def artist(shape: Drawn) -> Artist:
        match shape:
            case Label():
                return PlacedText(
                    shape.x, shape.y, shape.text, color=f"#{shape.colour}",
                    fontsize=shape.size * _POINT, fontfamily=faces, fontweight="bold" if shape.bold else "normal",
                    horizontalalignment=_ALIGNED[shape.anchor], verticalalignment="baseline", rotation=shape.turned,
                    rotation_mode="anchor", parse_math=False, transform=on_page,
                )  # fmt: skip
            case Rectangle():
                corner = min(shape.radius, shape.width / 2, shape.height / 2)
                style = f"round,pad=0,rounding_size={corner}" if corner else "square,pad=0"
                at = (shape.x, shape.y)
                return patches.FancyBboxPatch(
                    at, shape.width, shape.height, style, facecolor=f"#{shape.colour}", linewidth=0, transform=on_page
                )
            case Stroke():
                return _line(shape)
            case Disc():
                return patches.Circle(
                    (shape.x, shape.y), shape.radius, facecolor=f"#{shape.colour}", edgecolor="white",
                    linewidth=0.75 * _POINT * shape.rim, transform=on_page,
                )  # fmt: skip
            case Triangle():
                return patches.Polygon(corners(shape), facecolor=f"#{shape.colour}", linewidth=0, transform=on_page)

    def _line(shape: Stroke) -> Artist:
        colour, width = f"#{shape.colour}", shape.width * _POINT
        style: Literal["-", ":"] = ":" if shape.dashed else "-"
        if shape.closed:
            fill = f"{colour}{round(255 * shape.filled):02X}"
            return patches.Polygon(
                shape.points, facecolor=fill, edgecolor=colour, linewidth=width, linestyle=style, transform=on_page
            )
        across, down = zip(*shape.points, strict=True)
        return Line2D(
            across, down, color=colour, linewidth=width, linestyle=style, solid_joinstyle="round",
            solid_capstyle="butt", transform=on_page,
        )  # fmt: skip

    return map(artist, drawing.shapes)


_ALIGNED: dict[str, Literal["left", "center", "right"]] = {"start": "left", "middle": "center", "end": "right"}
