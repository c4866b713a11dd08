"""Pictures of figures: laid out here once, written as SVG."""

from __future__ import annotations

from ...figures.content import Content
from ...language import Lang
from ..caption import caption
from .drawing import MARGIN, Drawing
from .look import WIDE, Look
from .of_forms import drawing

__all__ = ["NARROW", "WIDE", "svg"]

NARROW = 340.0  # for the page of a telephone


def svg(content: Content, lang: Lang, *, width: float = WIDE, red_up: bool = True) -> str:
    """A figure as SVG, its texts as text, in faces that the reader's device has.

    Parameters
    ----------
    content
        Of any form but a table.
    lang
        Of headers and of the faces asked for.
    width
        [pixels of 1/96 inch]; the layout follows it.
    red_up
        Whether what rose is red, and what fell green.
    """
    from .as_svg import written

    return written(_drawn(content, lang, width, red_up), lang, caption(content, lang), _told(content, lang))


def _drawn(content: Content, lang: Lang, width: float, red_up: bool) -> Drawing:
    return drawing(content, Look(lang, width - 2 * MARGIN, red_up))


def _told(content: Content, lang: Lang) -> str:
    return content.facts[0][lang] if content.facts else ""
