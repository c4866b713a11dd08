"""Numbers of figures as captions have them."""

from __future__ import annotations

from ..figures.content import Content, LeftOut
from ..language import Lang, Text
from ..model.figure import FigureKind


def label(figure: Content | LeftOut, lang: Lang) -> str:
    """A figure's number, such as “图 2-1” or “Table 2-1”; one that says itself what it is stays as it is."""
    number = figure.figure.number
    if not number[:1].isdigit():
        return number
    is_table = figure.is_table if isinstance(figure, Content) else figure.figure.kind is FigureKind.RANK_TABLE
    return (_TABLE if is_table else _FIGURE).format(number=number)[lang]


def caption(figure: Content | LeftOut, lang: Lang) -> str:
    """Number and title."""
    return f"{label(figure, lang)}  {figure.title}"


_FIGURE = Text("图 {number}", "Figure {number}")
_TABLE = Text("表 {number}", "Table {number}")
